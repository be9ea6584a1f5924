import type { List, Part, Quotes, Word } from './syntax.js'
import { isPlain } from './syntax.js'
import type { Frame, ScriptFacts, State, Status } from './state.js'
import { copy, fromRunner, isSpecial } from './state.js'
import type { Value } from '../value.js'
import { NotJudging, decide, either, joined, literal, madeOf, textsOf } from '../value.js'

/** Does a shell leave this as one word? */
export function isQuoted(part: Part): boolean {
  return part.kind === 'expression' ? part.quotes !== 'none' : part.quoted
}

/** Text in which a shell looks for files, or for braces to unfold. */
export function checkGlob(word: Word): void {
  const open = word.some(part => part.kind === 'text' && !part.quoted && /[*?[~{]/.test(part.text))
  const plain = isPlain(word)
  if (open && plain !== '[' && plain !== '*') throw new NotJudging('it looks for files')
  if (open && plain === '*') throw new NotJudging('it looks for files')
}

const joinedOut = (one: Value, other: Value): Value => ({ ...madeOf([one, other], null) })

/** What words become. */
export abstract class Expansion {
  protected readonly facts: ScriptFacts

  constructor(facts: ScriptFacts) {
    this.facts = facts
  }

  /** Runs commands, for a substitution. */
  protected abstract list(list: List, state: State, frame: Frame, checked: boolean): Status

  /** How the last substitution ended: an assignment ends as it did. */
  protected substituted: Status | null = null

  protected print(frame: Frame, value: Value): void {
    frame.out = frame.out === null ? value : joinedOut(frame.out, value)
  }

  protected assign(name: string, value: Value, state: State): void {
    if (isSpecial(name)) throw new NotJudging(`it sets ${name}`)
    state.vars.set(name, {
      ...madeOf([value, { ...state.guard, values: [] }], value.values),
      json: value.json,
    })
  }

  protected lookup(name: string, state: State): Value {
    if (name === '?') return state.last
    return state.vars.get(name) ?? fromRunner(name)
  }

  protected arithmetic(text: string, state: State): Value {
    const names = [...text.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name)
    const by = madeOf(
      names.map(name => this.lookup(name, state)),
      null,
    )
    decide(by, 'arithmetic')
    // A shell reads the text of a variable as arithmetic again, with names and assignments in it.
    for (const name of names)
      if (textsOf(this.lookup(name, state))?.some(one => !/^-?\d*$/.test(one)) === true)
        throw new NotJudging(`arithmetic of $${name}, which is no number`)
    if (/\+\+|--|(?:^|[^=!<>])=(?!=)|<<=|>>=/.test(text))
      for (const name of names) this.assign(name, by, state)
    return { ...by, values: null }
  }

  protected variable(part: Extract<Part, { kind: 'variable' }>, state: State, frame: Frame): Value {
    const { name, change, words } = part
    const isSet = state.vars.has(name) || name === '?' || fromRunner(name).from.has('own')
    const value = this.lookup(name, state)
    if (state.nounset && !isSet && !change.endsWith('-'))
      throw new NotJudging(`$${name} may be unset, which ends the script`)
    const given = words.map(word => this.expand(word, state, frame))
    if (change === '' || change === '[@]' || change === '[*]') return value
    if (!/^:?-$/.test(change)) return { ...madeOf([value, ...given], null), json: value.json }
    return given.reduce(either, value)
  }

  protected expression(mark: string, quotes: Quotes): Value {
    const found = this.facts.marks.get(mark)
    if (found === undefined) throw new NotJudging('its script holds a character of no meaning')
    const { value, safe } = found
    // What an output of a need holds can break a script in quotes, whatever it says: that is a
    // fault of the script, and no verdict on the output. Everywhere else it could be a command.
    if (value.from.has('other')) throw new NotJudging(`its script holds ${value.what}`)
    if (value.json && quotes !== 'one' && quotes !== 'document')
      throw new NotJudging(`${value.what} stands outside of single quotes`)
    if (!value.json && !safe) throw new NotJudging('an expression could be more than a word')
    return value
  }

  /** The text of a word, with all that is put into it. */
  protected expand(word: Word, state: State, frame: Frame): Value {
    return word.map(part => this.part(part, state, frame)).reduce(joined, literal(''))
  }

  protected part(part: Part, state: State, frame: Frame): Value {
    switch (part.kind) {
      case 'text':
        return literal(part.text)
      case 'variable':
        return this.variable(part, state, frame)
      case 'arithmetic':
        return this.arithmetic(part.text, state)
      case 'expression':
        return this.expression(part.mark, part.quotes)
      case 'substitution': {
        const inner = { ...copy(state), goesOn: true }
        const shell: Frame = { exits: [], breaks: null, out: null }
        const ended = this.inShell(this.list(part.body, inner, shell, state.errexit), inner, shell)
        this.substituted = ended
        const out = shell.out ?? literal('')
        return { ...madeOf([out, { ...ended.by, values: [] }], out.values), json: out.json }
      }
    }
  }

  /** What a word becomes in a list: words of its own, unless it stands in quotes. */
  protected items(word: Word, state: State, frame: Frame): Value {
    const plain = isPlain(word)
    if (plain !== null && /^\{\d+\.\.\d+\}$/.test(plain)) return { ...literal(), values: null }
    checkGlob(word)
    const value = this.expand(word, state, frame)
    const isSplit = word.some(part => part.kind !== 'text' && !isQuoted(part))
    const texts = textsOf(value)
    return texts === null || !isSplit
      ? value
      : madeOf(
          [value],
          texts.flatMap(text => text.split(/\s+/).filter(one => one !== '')),
        )
  }

  protected inShell(status: Status, state: State, shell: Frame): Status {
    const all = [...shell.exits, ...(state.alive ? [status] : [])]
    return {
      ok: all.some(({ ok }) => ok),
      fail: all.some(({ fail }) => fail),
      by: madeOf(
        all.map(({ by }) => by),
        null,
      ),
    }
  }
}
