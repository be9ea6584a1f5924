import { isPattern, matches } from '../../core/model/context.js'
import type { Word } from './syntax.js'
import type { Value } from '../value.js'
import { NotJudging, decide, literal, madeOf, textsOf } from '../value.js'

/** A word of a test, and its text where nothing is put into it. */
export interface TestWord {
  readonly value: Value
  readonly plain: string | null
  readonly word: Word
}

interface Answer {
  readonly ok: boolean
  readonly fail: boolean
  readonly by: Value
}

const BINARY = new Set('= == != =~ -eq -ne -lt -le -gt -ge < >'.split(' '))

const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

/** Does the pattern on the right name this text? `null`: that is not told. */
function isLike(text: string, pattern: string, glob: boolean): boolean | null {
  if (!glob) return text === pattern
  if (pattern.includes('[') || pattern.includes('\\')) return null
  return isPattern(pattern) ? matches(pattern, text) : text === pattern
}

function compared(operator: string, one: string, other: string, glob: boolean): boolean | null {
  const numbers = NUMBERS[operator]
  if (numbers !== undefined) {
    const plain = /^-?\d+$/
    return plain.test(one) && plain.test(other) ? numbers(Number(one), Number(other)) : null
  }
  if (operator === '=' || operator === '==') return isLike(one, other, glob)
  if (operator === '!=') {
    const like = isLike(one, other, glob)
    return like === null ? null : !like
  }
  return null
}

function answer(by: Value, answers: readonly (boolean | null)[] | null): Answer {
  decide(by, 'a test')
  return {
    ok: answers === null || answers.some(one => one !== false),
    fail: answers === null || answers.some(one => one !== true),
    by: { ...by, values: null, json: false },
  }
}

class Reader {
  private readonly words: readonly (TestWord | string)[]
  private readonly brackets: 'single' | 'double'
  private readonly everyWay: boolean
  private at = 0

  constructor(
    words: readonly (TestWord | string)[],
    brackets: 'single' | 'double',
    everyWay: boolean,
  ) {
    this.words = words
    this.brackets = brackets
    this.everyWay = everyWay
  }

  whole(): Answer {
    if (this.words.length === 0) return { ok: false, fail: true, by: literal() }
    const read = this.any()
    if (this.at < this.words.length) throw new NotJudging('a test that is not understood')
    return read
  }

  /** The operator at a place: text without anything put in and, in `[[`, outside of quotes. */
  private operatorAt(at: number): string | null {
    const word = this.words[at]
    if (word === undefined || typeof word === 'string') return word ?? null
    const quoted = word.word.some(part => part.kind === 'text' && part.quoted)
    return quoted ? null : word.plain
  }

  private take(...operators: readonly string[]): boolean {
    if (!operators.includes(this.operatorAt(this.at) ?? '')) return false
    this.at += 1
    return true
  }

  private any(): Answer {
    let read = this.all()
    while (this.take(this.brackets === 'single' ? '-o' : '||')) {
      const next = this.all()
      const by = madeOf([read.by, next.by], null)
      read = { ok: read.ok || next.ok, fail: read.fail && next.fail, by }
    }
    return read
  }

  private all(): Answer {
    let read = this.negated()
    while (this.take(this.brackets === 'single' ? '-a' : '&&')) {
      const next = this.negated()
      const by = madeOf([read.by, next.by], null)
      read = { ok: read.ok && next.ok, fail: read.fail || next.fail, by }
    }
    return read
  }

  private negated(): Answer {
    if (!BINARY.has(this.operatorAt(this.at + 1) ?? '') && this.take('!')) {
      const { ok, fail, by } = this.negated()
      return { ok: fail, fail: ok, by }
    }
    if (this.brackets === 'double' && this.take('(')) {
      const inner = this.any()
      if (!this.take(')')) throw new NotJudging('a test that is not understood')
      return inner
    }
    return this.primary()
  }

  private primary(): Answer {
    const word = this.words[this.at]
    const operator = this.operatorAt(this.at + 1)
    if (operator !== null && BINARY.has(operator)) return this.binary(operator)
    const unary = this.operatorAt(this.at)
    if (unary !== null && /^-[a-zA-Z]$/.test(unary) && this.words[this.at + 1] !== undefined) {
      if (unary !== '-z' && unary !== '-n') throw new NotJudging(`a test asks "${unary}"`)
      this.at += 1
      return this.length(unary === '-n')
    }
    if (word === undefined || typeof word === 'string')
      throw new NotJudging('a test that is not understood')
    return this.length(true)
  }

  private length(some: boolean): Answer {
    const word = this.words[this.at]
    if (word === undefined || typeof word === 'string')
      throw new NotJudging('a test that is not understood')
    this.at += 1
    const texts = this.everyWay ? null : textsOf(word.value)
    return answer(word.value, texts === null ? null : texts.map(text => (text !== '') === some))
  }

  private binary(operator: string): Answer {
    const [one, other] = [this.words[this.at], this.words[this.at + 2]]
    if (typeof one !== 'object' || typeof other !== 'object')
      throw new NotJudging('a test that is not understood')
    this.at += 3
    const [left, right] = [textsOf(one.value), textsOf(other.value)]
    const quoted = other.word.every(part => part.kind === 'text' && part.quoted)
    const glob = this.brackets === 'double' && !quoted
    if (operator in NUMBERS && this.brackets === 'double')
      for (const text of [...(left ?? []), ...(right ?? [])])
        // What is no number there is arithmetic, with the names of variables in it.
        if (!/^(?:-?[1-9]\d*|0|)$/.test(text)) throw new NotJudging('arithmetic of a text')
    const known =
      this.everyWay || left === null || right === null
        ? null
        : left.flatMap(a => right.map(b => compared(operator, a, b, glob)))
    return answer(madeOf([one.value, other.value], null), known)
  }
}

/** How `test`, `[` or `[[` can end. A test of files is none that is understood. */
export const testOf = (
  words: readonly (TestWord | string)[],
  brackets: 'single' | 'double',
  everyWay: boolean,
): Answer => new Reader(words, brackets, everyWay).whole()
