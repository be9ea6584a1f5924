import type { TestExpression, Word } from 'unbash'
import { COMPARISONS } from '../../../../workflow/script/test-command.js'
import { unknown } from '../unknown.js'
import { knownText } from './state.js'
import { matchesWhole, regexFor } from './pattern.js'
import type { Words } from './words.js'

const misread = (): never => unknown('a test that is not understood')

function compared(operator: string, one: string, other: string): boolean {
  const [a, b] = [knownText(one), knownText(other)]
  const numbers = COMPARISONS[operator]
  if (numbers !== undefined) {
    if (![a, b].every(text => /^\s*-?\d+\s*$/.test(text))) return misread()
    return numbers(Number(a), Number(b))
  }
  if (operator === '=' || operator === '==') return a === b
  return operator === '!=' ? a !== b : misread()
}

/** A regular expression of bash, as far as it is one of JavaScript too. */
function matchesRegex(text: string, { text: source }: Word, pattern: string): boolean {
  if (/\[\[:|\\[<>]/.test(source)) return misread()
  return regexFor(pattern, knownText(text).length).test(text)
}

/** `[[ ... ]]` */
export function isTrueTest(test: TestExpression, words: Words): boolean {
  switch (test.type) {
    case 'TestUnary': {
      const text = words.text(test.operand)
      if (test.operator === '-z') return knownText(text) === ''
      return test.operator === '-n' ? knownText(text) !== '' : misread()
    }
    case 'TestBinary': {
      const { operator, left, right } = test
      const one = words.text(left)
      if (operator === '=~') return matchesRegex(one, right, words.text(right))
      if (operator in COMPARISONS) return compared(operator, one || '0', words.text(right) || '0')
      const is = matchesWhole(knownText(words.pattern(right)), knownText(one))
      return operator === '!=' ? !is : operator === '=' || operator === '==' ? is : misread()
    }
    case 'TestNot':
      return !isTrueTest(test.operand, words)
    case 'TestGroup':
      return isTrueTest(test.expression, words)
    case 'TestLogical':
      return test.operator === '&&'
        ? test.operands.every(one => isTrueTest(one, words))
        : test.operands.some(one => isTrueTest(one, words))
  }
}

const BINARY = new Set(['=', '==', '!=', ...Object.keys(COMPARISONS)])

/** `[ ... ]`, by the words between the brackets. */
export function isTrueBracket(words: readonly string[]): boolean {
  let at = 0
  const take = (word: string): boolean => {
    if (words[at] !== word) return false
    at += 1
    return true
  }
  const single = (): boolean => {
    const [one, two, three] = words.slice(at, at + 3)
    if (one === undefined) return misread()
    if (two !== undefined && BINARY.has(two) && three !== undefined) {
      at += 3
      return compared(two, one, three)
    }
    if (one === '!' && two !== undefined) {
      at += 1
      return !single()
    }
    if ((one === '-z' || one === '-n') && two !== undefined) {
      at += 2
      return (knownText(two) === '') === (one === '-z')
    }
    if (/^-[a-zA-Z]$/.test(one) && two !== undefined) return misread()
    at += 1
    return knownText(one) !== ''
  }
  const all = (): boolean => {
    let is = single()
    while (take('-a')) is = single() && is
    return is
  }
  if (words.length === 0) return false
  let is = all()
  while (take('-o')) is = all() || is
  return at < words.length ? misread() : is
}
