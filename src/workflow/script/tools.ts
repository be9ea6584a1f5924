import type { Word } from './syntax.js'
import { isPlain } from './syntax.js'
import type { Frame, State, Status } from './state.js'
import { OK } from './state.js'
import { Expansion, checkGlob } from './expansion.js'
import { readsResultsOnly } from './jq.js'
import { polledBy } from './poll.js'
import type { Origin, Value } from '../value.js'
import { NotJudging, decide, from, madeOf } from '../value.js'

/** `needs` of which nothing but results was read. */
const resultsOf = (value: Value): Value => ({
  ...value,
  from: new Set<Origin>([...value.from].map(origin => (origin === 'needs' ? 'results' : origin))),
})

/** Commands that read what they are handed, and those that ask the server. */
export abstract class Tools extends Expansion {
  polls = false

  /** `null` for a command that is none of these. */
  protected tool(name: string, words: readonly Word[], state: State, frame: Frame): Status | null {
    switch (name) {
      case 'cat':
        if (words.length > 0 || state.input === null) throw new NotJudging('"cat" of a file')
        this.print(frame, state.input)
        return OK
      case 'grep':
        return this.grep(words, state, frame)
      case 'jq':
        return this.jq(words, state, frame)
      case 'curl':
      case 'gh':
        return this.ask(name, words, state, frame)
      default:
        return null
    }
  }

  private ask(name: 'curl' | 'gh', words: readonly Word[], state: State, frame: Frame): Status {
    const given = words.map(word => ({
      plain: isPlain(word),
      value: this.expand(word, state, frame),
    }))
    const fault = polledBy(name, given, this.facts.gh)
    if (fault !== null) throw new NotJudging(fault)
    this.polls = true
    const by = from('statuses', 'statuses of this commit')
    this.print(frame, { ...by, json: true })
    return { ok: true, fail: true, by }
  }

  protected grep(words: readonly Word[], state: State, frame: Frame): Status {
    if (state.input === null) throw new NotJudging('"grep" in a file')
    let pattern: Value | null = null
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] ?? []
      const plain = isPlain(word)
      if (plain !== null && /^-[qvicEFwxoh]+$/.test(plain)) continue
      if (plain === '--') continue
      const isOption = plain === '-e'
      if (isOption) at += 1
      else if (plain?.startsWith('-') === true)
        throw new NotJudging('"grep" with an option that is not known')
      if (pattern !== null && !isOption) throw new NotJudging('"grep" in a file')
      checkGlob(words[at] ?? [])
      pattern = this.expand(words[at] ?? [], state, frame)
    }
    if (pattern === null) throw new NotJudging('"grep" for nothing')
    const by = madeOf([state.input, pattern], null)
    decide(by, '"grep"')
    this.print(frame, { ...by, json: false })
    return { ok: true, fail: true, by }
  }

  protected jq(words: readonly Word[], state: State, frame: Frame): Status {
    const variables = new Map<string, 'needs' | 'plain'>()
    const read: Value[] = []
    let program: string | null = null
    let isInput = true
    const kindOf = (value: Value): 'needs' | 'plain' =>
      value.from.has('needs') ? 'needs' : 'plain'
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] ?? []
      const plain = isPlain(word)
      checkGlob(word)
      if (plain === '--arg' || plain === '--argjson') {
        const value = this.expand(words[at + 2] ?? [], state, frame)
        // Of two, jq keeps the first.
        if (variables.has(isPlain(words[at + 1]) ?? ''))
          throw new NotJudging('"jq" sets one name twice')
        variables.set(
          isPlain(words[at + 1]) ?? '',
          plain === '--arg' && kindOf(value) === 'needs' ? 'needs' : kindOf(value),
        )
        read.push(value)
        at += 2
      } else if (
        plain !== null &&
        /^(?:-[ercnsjaM]+|--exit-status|--raw-output|--compact-output|--slurp|--null-input)$/.test(
          plain,
        )
      ) {
        if (/^-[a-zA-Z]*n|^--null-input$/.test(plain)) isInput = false
        if (/^-[a-zA-Z]*s|^--slurp$/.test(plain) && state.input?.from.has('needs') === true)
          throw new NotJudging('"jq" of several inputs')
      } else if (plain === null || plain.startsWith('-') || program !== null) {
        throw new NotJudging('"jq" with a file, an option or a program that is not told')
      } else program = plain
    }
    if (isInput && state.input === null) throw new NotJudging('"jq" of a file')
    if (isInput && state.input !== null) read.push(state.input)
    const input = isInput && state.input !== null ? kindOf(state.input) : 'plain'
    if (program === null || !readsResultsOnly(program, input, variables))
      throw new NotJudging('"jq" reads more than results, or more than can be told')
    const by = madeOf(read.map(resultsOf), null)
    decide(by, '"jq"')
    this.print(frame, { ...by, json: true })
    return { ok: true, fail: true, by }
  }
}
