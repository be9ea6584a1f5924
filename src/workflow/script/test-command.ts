import type { TestExpression, Word, WordPart } from 'unbash'
import { isPattern, matches } from '../../core/model/context.js'
import type { Value } from '../value.js'
import { NotJudging, requireJudgeable, literal, madeOf, knownTexts, shapeOf } from '../value.js'
import type { ScriptState, Status } from './state.js'
import { isText, plainText } from './syntax.js'
import { expand, isList, isOneWord, isSplit } from './words.js'

/** How a test compares two numbers. */
export const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

type Brackets = 'single' | 'double'

const misread = (): never => {
  throw new NotJudging('a test that is not understood')
}

/** Does the pattern name this text? `null`: that is not told. */
const isLike = (text: string, pattern: string): boolean | null =>
  /[[\\]/.test(pattern) ? null : isPattern(pattern) ? matches(pattern, text) : text === pattern

const isQuoted = ({ type }: WordPart): boolean => type === 'SingleQuoted' || type === 'DoubleQuoted'

/**
 * How a shell compares a text with this word: letter by letter, or as a pattern. In a pattern what
 * stands in quotes, or behind a backslash, means itself: where such a part holds a letter of
 * patterns, or what a run puts in, the whole is not told.
 */
function comparison(word: Word): 'exact' | 'pattern' | 'untold' {
  const parts = word.parts ?? []
  if (plainText(word) !== null || (parts.length > 0 && parts.every(isQuoted))) return 'exact'
  const isHidden = (part: WordPart): boolean =>
    part.type === 'Literal' || isQuoted(part) ? !isText(part) || isSpecialText(part) : false
  return parts.some(isHidden) ? 'untold' : 'pattern'
}

const isSpecialText = (part: WordPart): boolean => /[*?[\]\\]/.test(part.text)

/** Which texts a pattern of `case` names; `null`: that is not told. */
export function patternOf(word: Word): ((text: string) => boolean) | null {
  const plain = plainText(word)
  if (plain !== null) return text => text === plain
  const isTold = word.parts?.every(part => isText(part) || part.type === 'Glob') === true
  if (!isTold || comparison(word) !== 'pattern') return null
  return /[[\\]/.test(word.value) ? null : text => matches(word.value, text)
}

type Comparison = ReturnType<typeof comparison>

/** How a test of two texts ends; `null`: that is not told. */
function compared(operator: string, one: string, other: string, as: Comparison): boolean | null {
  const numbers = COMPARISONS[operator]
  if (numbers !== undefined) {
    const isNumber = [one, other].every(text => /^-?\d+$/.test(text))
    return isNumber ? numbers(Number(one), Number(other)) : null
  }
  const like = as === 'untold' ? null : as === 'pattern' ? isLike(one, other) : one === other
  if (operator === '=' || operator === '==') return like
  return operator === '!=' && like !== null ? !like : null
}

/** Does a text hold what this regular expression names? `null`: that is not told. */
function isFound(text: string, pattern: string, word: Word): boolean | null {
  const parts = word.parts ?? []
  if (parts.length > 0 && parts.every(isQuoted)) return text.includes(pattern)
  if (parts.some(isQuoted)) return null
  const read = regularExpression(pattern)
  return /^(?:[\w ,:-]|\.\*?|[|^$()])*$/.test(pattern) ? read.test(text) : null
}

/** An invalid one ends the test red in bash, and so does what only JavaScript knows: `(?:a)`. */
function regularExpression(pattern: string): RegExp {
  try {
    if (!pattern.includes('(?')) return new RegExp(pattern, 'su')
  } catch {
    // It is refused below.
  }
  throw new NotJudging('a test by a regular expression that is not understood')
}

function answer(by: Value, answers: readonly (boolean | null)[] | null): Status {
  requireJudgeable(by, 'a test')
  const isTold = answers !== null && answers.length > 0
  return {
    ok: !isTold || answers.some(one => one !== false),
    fail: !isTold || answers.some(one => one !== true),
    by: { ...by, values: null },
  }
}

/** Is it empty, or not? */
function length(
  word: Word,
  some: boolean,
  shell: ScriptState,
  brackets: Brackets = 'single',
): Status {
  const value = expand(word, shell, brackets === 'double' ? 'text' : 'word')
  const texts = shell.walk.facts.everyWay ? null : knownTexts(value)
  return answer(value, texts?.map(text => (text !== '') === some) ?? null)
}

/** Both sides of a comparison of numbers must be some, as far as their texts are known. */
function requireNumbers(
  sides: readonly Value[],
  texts: readonly string[],
  isDouble: boolean,
): void {
  if (isDouble) {
    // What is no number there is arithmetic, with the names of variables in it.
    const isNumber = (text: string): boolean => /^(?:-?[1-9]\d*|0|)$/.test(text)
    if (sides.some(side => shapeOf(side) !== 'number') || !texts.every(isNumber))
      throw new NotJudging('arithmetic of a text')
  }
  // `[` ends with an error where a side is no number.
  else if (!texts.every(text => /^-?\d{1,15}$/.test(text)))
    throw new NotJudging('a test of a number that is none')
}

function binary(
  { operator, left, right }: { operator: string; left: Word; right: Word },
  brackets: Brackets,
  shell: ScriptState,
): Status {
  const isDouble = brackets === 'double'
  const one = expand(left, shell, isDouble ? 'text' : 'word')
  const other = expand(right, shell, isDouble ? 'pattern' : 'word')
  const [a, b] = [knownTexts(one), knownTexts(other)]
  if (operator in COMPARISONS) requireNumbers([one, other], [...(a ?? []), ...(b ?? [])], isDouble)
  const as = isDouble ? comparison(right) : 'exact'
  const known =
    shell.walk.facts.everyWay || a === null || b === null
      ? null
      : a.flatMap(x =>
          b.map(y => (operator === '=~' ? isFound(x, y, right) : compared(operator, x, y, as))),
        )
  return answer(madeOf([one, other], null), known)
}

const not = ({ ok, fail, by }: Status): Status => ({ ok: fail, fail: ok, by })

/** Of several tests all must hold, or any. */
function combinedTests(all: boolean, tests: readonly Status[]): Status {
  const by = madeOf(
    tests.map(test => test.by),
    null,
  )
  const every = (key: 'ok' | 'fail'): boolean => tests.every(test => test[key])
  const some = (key: 'ok' | 'fail'): boolean => tests.some(test => test[key])
  return all
    ? { ok: every('ok'), fail: some('fail'), by }
    : { ok: some('ok'), fail: every('fail'), by }
}

/** How `[[ ... ]]` can end. */
export function testOf(test: TestExpression, shell: ScriptState): Status {
  switch (test.type) {
    case 'TestUnary':
      return length(test.operand, test.operator === '-n', shell, 'double')
    case 'TestBinary':
      return binary(test, 'double', shell)
    case 'TestNot':
      return not(testOf(test.operand, shell))
    case 'TestGroup':
      return testOf(test.expression, shell)
    case 'TestLogical': {
      const tests = test.operands.map(one => testOf(one, shell))
      return combinedTests(test.operator === '&&', tests)
    }
  }
}

const BINARY = new Set(['=', '==', '!=', ...Object.keys(COMPARISONS)])

/** An operator of `[`: a word without quotes. */
const operatorOf = (word: Word | undefined): string =>
  word !== undefined && word.text === word.value ? (plainText(word) ?? '') : ''

/** Text outside of quotes that would become words of a test, such as `-e` and a file, or none. */
function checkOneWord(word: Word, shell: ScriptState): void {
  if (isList(word)) throw new NotJudging('a test of a list')
  if (isSplit(word) && !isOneWord(expand(word, shell, 'text')))
    throw new NotJudging('a test of a text that is not in quotes')
}

/** How `[ ... ]` can end, by the words between the brackets. */
export function bracketOf(words: readonly Word[], shell: ScriptState): Status {
  for (const word of words) checkOneWord(word, shell)
  if (words.length === 0) return { ok: false, fail: true, by: literal() }
  let at = 0
  const take = (operator: string): boolean => {
    const isHere = operatorOf(words[at]) === operator
    if (isHere) at += 1
    return isHere
  }
  const list = (joint: string, of: () => Status): readonly Status[] => {
    const tests = [of()]
    while (take(joint)) tests.push(of())
    return tests
  }
  const single = (): Status => {
    const [one, two, three] = words.slice(at, at + 3)
    if (one === undefined) return misread()
    const operator = operatorOf(two)
    if (BINARY.has(operator)) {
      at += 3
      return three === undefined
        ? misread()
        : binary({ operator, left: one, right: three }, 'single', shell)
    }
    if (take('!')) return not(single())
    const unary = operatorOf(one)
    if (!/^-[a-zA-Z]$/.test(unary) || two === undefined) {
      at += 1
      return length(one, true, shell)
    }
    if (unary !== '-z' && unary !== '-n') throw new NotJudging(`a test asks "${unary}"`)
    at += 2
    return length(two, unary === '-n', shell)
  }
  const all = (): Status => combinedTests(true, list('-a', single))
  const read = combinedTests(false, list('-o', all))
  return at < words.length ? misread() : read
}
