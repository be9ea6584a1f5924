import type { ArithmeticExpression } from 'unbash'
import { unknown } from '../unknown.js'
import type { Shell } from './state.js'
import { shellVariable } from './state.js'

const COUNT: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '&&': (a, b) => Number(a !== 0 && b !== 0),
  '||': (a, b) => Number(a !== 0 || b !== 0),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  ',': (_, b) => b,
}

const ASSIGN: Readonly<Record<string, string>> = { '+=': '+', '-=': '-', '*=': '*', '|=': '|' }

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text)

/** A number, or the variable that holds one. */
function wordValue(text: string, shell: Shell): number {
  if (/^\d+$/.test(text)) return text.startsWith('0') ? Number.parseInt(text, 8) : Number(text)
  const length = /^\$\{#(\w+)\[[@*]\]\}$/.exec(text)?.[1]
  if (length !== undefined) return [shellVariable(length, shell) ?? []].flat().length
  const name = /^\$?\{?([A-Za-z_]\w*)\}?$/.exec(text)?.[1]
  if (name === undefined) return unknown('arithmetic that is not understood')
  const value = String(shellVariable(name, shell) ?? '')
  return value === '' ? 0 : /^-?\d+$/.test(value) ? Number(value) : unknown('arithmetic of a text')
}

function changedVariable(
  name: ArithmeticExpression,
  shell: Shell,
  to: (old: number) => number,
): number {
  if (name.type !== 'ArithmeticWord' || !isName(name.value))
    return unknown('arithmetic that is not understood')
  const now = to(wordValue(name.value, shell))
  shell.vars.set(name.value, String(now))
  return now
}

/** What `((...))` counts. */
export function counted(one: ArithmeticExpression, shell: Shell): number {
  switch (one.type) {
    case 'ArithmeticWord':
      return wordValue(one.value, shell)
    case 'ArithmeticGroup':
      return counted(one.expression, shell)
    case 'ArithmeticTernary':
      return counted(counted(one.test, shell) !== 0 ? one.consequent : one.alternate, shell)
    case 'ArithmeticUnary': {
      const { operator, operand, prefix } = one
      if (operator === '++' || operator === '--') {
        const step = operator === '++' ? 1 : -1
        const now = changedVariable(operand, shell, old => old + step)
        return prefix ? now : now - step
      }
      const value = counted(operand, shell)
      return operator === '!' ? Number(value === 0) : operator === '-' ? -value : value
    }
    case 'ArithmeticBinary': {
      const { operator, left, right } = one
      if (operator === '=') return changedVariable(left, shell, () => counted(right, shell))
      const own = ASSIGN[operator]
      const count = COUNT[own ?? operator] ?? unknown('arithmetic that is not understood')
      if (own !== undefined)
        return changedVariable(left, shell, old => count(old, counted(right, shell)))
      const a = counted(left, shell)
      if (operator === '&&' && a === 0) return 0
      if (operator === '||' && a !== 0) return 1
      return count(a, counted(right, shell))
    }
    case 'ArithmeticCommandExpansion':
      return unknown('arithmetic of a command')
  }
}
