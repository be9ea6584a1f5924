import type { Command, Word } from './syntax.js'
import { isPlain } from './syntax.js'
import type { Frame, State, Status } from './state.js'
import { OK, copy, isSpecial } from './state.js'
import { checkGlob, isQuoted } from './expansion.js'
import { testOf } from './test-command.js'
import { Tools } from './tools.js'
import type { Value } from '../value.js'
import { NotJudging, decide, joined, literal, madeOf, textsOf } from '../value.js'

const listOf = (given: readonly Value[]): Value['values'] =>
  given.some(({ values }) => values === null) ? null : given.flatMap(({ values }) => values ?? [])

/** `NAME=` and the word behind it; `null` where a word has none. */
function splitAssignment(word: Word): readonly [string, Word | null] {
  let name = ''
  for (const [at, part] of word.entries()) {
    if (part.kind !== 'text') return ['', null]
    if (part.text === '=' && !part.quoted) return [name, word.slice(at + 1)]
    name += part.text
  }
  return [name, null]
}

/** Whatever else a script runs is work, also where nothing seems to lead to it. */
export const COMMANDS = new Set(
  (
    ': true false echo printf exit test [ set break continue export read sleep cat grep jq ' +
    'curl gh'
  ).split(' '),
)

export function refuseCommand(name: string | null): never {
  const what = name === null ? 'a command whose name is not told' : `it runs ${name.slice(0, 60)}`
  throw new NotJudging(what)
}

/** Commands of the shell itself. */
export abstract class Builtins extends Tools {
  protected simple(
    command: Extract<Command, { kind: 'simple' }>,
    state: State,
    frame: Frame,
  ): Status {
    const { assignments, words } = command
    const [first, ...rest] = words
    this.substituted = null
    if (first !== undefined && assignments.length > 0) {
      const isRead =
        isPlain(first) === 'read' &&
        assignments.every(
          ({ name, words: given }) => name === 'IFS' && given.every(one => isPlain(one) !== null),
        )
      if (!isRead) throw new NotJudging('it sets a variable for one command')
    }
    if (first === undefined) {
      for (const { name, adds, list, words: values } of assignments) {
        const old = adds ? [this.lookup(name, state)] : []
        const given = values.map(word =>
          list ? this.items(word, state, frame) : this.expand(word, state, frame),
        )
        const value =
          adds || list
            ? madeOf([...old, ...given], list && !adds ? listOf(given) : null)
            : (given[0] ?? literal(''))
        this.assign(name, value, state)
      }
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
      return this.substituted ?? OK
    }
    const name = isPlain(first)
    if (name === null) return refuseCommand(name)
    return this.builtin(name, rest, state, frame)
  }

  protected builtin(name: string, words: readonly Word[], state: State, frame: Frame): Status {
    const args = (): readonly Value[] => words.map(word => this.expand(word, state, frame))
    switch (name) {
      case ':':
      case 'true':
        args()
        return OK
      case 'false':
        return { ok: false, fail: true, by: literal() }
      case 'echo':
        this.print(
          frame,
          args().reduce((a, b) => joined(joined(a, literal(' ')), b), literal('')),
        )
        return OK
      case 'printf':
        return this.printf(words, state, frame)
      case 'exit':
        return this.exit(words, state, frame)
      case 'test':
      case '[':
        return this.bracket(name, words, state, frame)
      case 'set':
        return this.options(words, state)
      case 'break':
      case 'continue':
        if (words.length > 0 || frame.breaks === null)
          throw new NotJudging(`"${name}" out of a loop`)
        frame.breaks.push(copy(state))
        state.alive = false
        return OK
      case 'export':
        return this.exported(words, state, frame)
      case 'read':
        return this.read(words, state)
      case 'sleep':
        if (!words.every(word => /^\d+(?:\.\d+)?[smh]?$/.test(isPlain(word) ?? '')))
          throw new NotJudging('"sleep" for a time that is not told')
        return OK
      default:
        return this.tool(name, words, state, frame) ?? refuseCommand(name)
    }
  }

  protected exit(words: readonly Word[], state: State, frame: Frame): Status {
    const [word, ...more] = words
    if (more.length > 0) throw new NotJudging('"exit" with two numbers')
    const value = word === undefined ? state.last : this.expand(word, state, frame)
    decide(value, '"exit"')
    const codes = textsOf(value)
    if (codes?.some(code => !/^\d{1,3}$/.test(code))) throw new NotJudging('"exit" with no number')
    this.leave(frame, state, {
      ok: codes === null || codes.includes('0'),
      fail: codes === null || codes.some(code => !/^0+$/.test(code)),
      by: value,
    })
    state.alive = false
    return { ok: false, fail: false, by: value }
  }

  protected printf(words: readonly Word[], state: State, frame: Frame): Status {
    const [format, ...rest] = words
    const plain = format === undefined ? null : isPlain(format)
    if (plain === null || /%(?![%sbq])|^-/.test(plain))
      throw new NotJudging('"printf" of no plain text')
    const given = rest.map(word => this.expand(word, state, frame))
    this.print(frame, madeOf(given, null))
    return OK
  }

  protected bracket(name: string, words: readonly Word[], state: State, frame: Frame): Status {
    const inner = name === '[' ? words.slice(0, -1) : words
    if (name === '[' && isPlain(words.at(-1)) !== ']') throw new NotJudging('"]" is missing')
    for (const word of inner) {
      checkGlob(word)
      this.checkOneWord(word, state, frame)
    }
    return testOf(
      inner.map(word => ({ value: this.expand(word, state, frame), plain: isPlain(word), word })),
      'single',
      this.facts.everyWay,
    )
  }

  /** Text outside of quotes that would become words of a test, such as `-e` and a file. */
  private checkOneWord(word: Word, state: State, frame: Frame): void {
    if (word.every(isQuoted)) return
    const texts = word.some(({ kind }) => kind === 'text')
      ? []
      : textsOf(this.expand(word, state, frame))
    if (texts?.some(text => !/^[\w.,:/@%+=-]*$/.test(text)) === true)
      throw new NotJudging('a test of a text that is not in quotes')
  }

  protected options(words: readonly Word[], state: State): Status {
    for (let at = 0; at < words.length; at += 1) {
      const option = isPlain(words[at]) ?? ''
      const sign = option[0]
      const letters = option.slice(1)
      if ((sign !== '-' && sign !== '+') || !/^[euxEo]+$/.test(letters))
        throw new NotJudging('"set" with an option that is not known')
      const on = sign === '-'
      const names = Array.from(letters, letter => {
        if (letter !== 'o') return letter
        at += 1
        return isPlain(words[at]) ?? ''
      })
      for (const name of names) {
        if (name === 'e' || name === 'errexit') state.errexit = on
        else if (name === 'u' || name === 'nounset') state.nounset = on
        else if (!['x', 'xtrace', 'pipefail', 'E', 'errtrace'].includes(name))
          throw new NotJudging('"set" with an option that is not known')
      }
    }
    return OK
  }

  /** `export NAME` and `export NAME=text`. */
  protected exported(words: readonly Word[], state: State, frame: Frame): Status {
    for (const word of words) {
      const [name, value] = splitAssignment(word)
      if (!/^[A-Za-z_]\w*$/.test(name) || isSpecial(name))
        throw new NotJudging(`it exports ${name.slice(0, 60)}`)
      if (value !== null) this.assign(name, this.expand(value, state, frame), state)
    }
    return OK
  }

  protected read(words: readonly Word[], state: State): Status {
    if (state.input === null) throw new NotJudging('"read" of an input that is not told')
    const by = { ...madeOf([state.input], null), json: false }
    decide(by, '"read"')
    for (const word of words) {
      const name = isPlain(word) ?? ''
      if (name === '-r' || name === '-ra') continue
      if (!/^[A-Za-z_]\w*$/.test(name))
        throw new NotJudging('"read" with an option that is not known')
      this.assign(name, by, state)
    }
    return { ok: true, fail: true, by }
  }

  protected leave(frame: Frame, state: State, status: Status): void {
    frame.exits.push({ ...status, by: madeOf([status.by, state.guard], null) })
  }
}
