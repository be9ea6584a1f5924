import { matches } from '../../core/model/context.js'
import type { Command, Part } from './syntax.js'
import { isPlain } from './syntax.js'
import { NO_REDIRECTS } from './redirects.js'
import type { Frame, State, Status } from './state.js'
import { OK, copy, mergeInto, signature } from './state.js'
import { Builtins } from './builtins.js'
import type { Value } from '../value.js'
import { NotJudging, decide, literal, madeOf, textsOf } from '../value.js'

/** The pattern of all that is left; in quotes it is a star like any letter. */
const isStar = (part: Part | undefined): boolean =>
  part?.kind === 'text' && part.text === '*' && !part.quoted

/** Conditions, choices and loops: every way through them is followed. */
export abstract class Flow extends Builtins {
  /** One of several ways, each with what leads to it. */
  protected ways(
    state: State,
    frame: Frame,
    ways: readonly { readonly by: Value; readonly go: (state: State) => Status }[],
  ): Status {
    const exits = frame.exits.length
    const before = state.guard
    const ended = ways.map(({ by, go }) => {
      const branch = copy(state)
      if (ways.length > 1) branch.guard = madeOf([before, by], null)
      const status = go(branch)
      return { branch, status }
    })
    state.alive = false
    for (const { branch } of ended) mergeInto(state, branch)
    const left = frame.exits.length > exits || ended.some(({ branch }) => !branch.alive)
    state.guard = left ? madeOf([before, ...ended.map(({ branch }) => branch.guard)], null) : before
    const alive = ended.filter(({ branch }) => branch.alive).map(({ status }) => status)
    return {
      ok: alive.some(({ ok }) => ok),
      fail: alive.some(({ fail }) => fail),
      by: madeOf([...ways.map(({ by }) => by), ...alive.map(({ by }) => by)], null),
    }
  }

  protected conditional(
    { branches, otherwise }: Extract<Command, { kind: 'if' }>,
    state: State,
    frame: Frame,
    checked: boolean,
  ): Status {
    const [first, ...more] = branches
    if (first === undefined)
      return otherwise === null ? OK : this.list(otherwise, state, frame, checked)
    const [condition, body] = first
    const asked = this.list(condition, state, frame, false)
    if (!state.alive) return asked
    const { ok, fail, by } = asked
    const rest = { kind: 'if' as const, branches: more, otherwise, redirects: NO_REDIRECTS }
    return this.ways(state, frame, [
      ...(ok ? [{ by, go: (branch: State) => this.list(body, branch, frame, checked) }] : []),
      ...(fail
        ? [{ by, go: (branch: State) => this.conditional(rest, branch, frame, checked) }]
        : []),
    ])
  }

  protected choice(
    { word, branches }: Extract<Command, { kind: 'case' }>,
    state: State,
    frame: Frame,
    checked: boolean,
  ): Status {
    const value = this.expand(word, state, frame)
    decide(value, '"case"')
    let texts = this.facts.everyWay ? null : textsOf(value)
    let by = value
    const ways: { by: Value; go: (state: State) => Status }[] = []
    for (const { patterns, body } of branches) {
      const read = patterns.map(one => this.expand(one, state, frame))
      for (const one of read) decide(one, '"case"')
      by = madeOf([by, ...read], null)
      const globs = patterns.map(isPlain)
      const known = globs.every(glob => glob !== null && !/[[\\]/.test(glob))
      const isRest = patterns.some(([only, ...more]) => more.length === 0 && isStar(only))
      const hit = (text: string): boolean => globs.some(glob => matches(glob ?? '', text))
      if (texts !== null && known && !texts.some(hit)) continue
      ways.push({ by, go: branch => this.list(body, branch, frame, checked) })
      if (isRest) texts = []
      else if (texts !== null && known) texts = texts.filter(text => !hit(text))
      if (texts?.length === 0) break
    }
    if (texts === null || texts.length > 0) ways.push({ by, go: () => OK })
    return this.ways(state, frame, ways)
  }

  /** A body that runs any number of times. */
  protected cycle(
    state: State,
    frame: Frame,
    by: Value,
    turn: (state: State, inner: Frame) => void,
  ): void {
    const before = state.guard
    const exits = frame.exits.length
    const breaks: State[] = []
    for (let round = 0; round < 12; round += 1) {
      const seen = signature(state)
      const body = copy(state)
      body.guard = madeOf([before, by, state.guard], null)
      const inner: Frame = { exits: frame.exits, breaks, out: frame.out }
      turn(body, inner)
      frame.out = inner.out
      if (frame.exits.length > exits || breaks.length > 0)
        state.guard = madeOf([state.guard, body.guard, ...breaks.map(({ guard }) => guard)], null)
      mergeInto(state, body)
      for (const one of breaks) mergeInto(state, one)
      if (signature(state) === seen) return
      if (round > 3)
        for (const [name, value] of state.vars)
          if (round > 3 && this.facts.env.get(name) !== value)
            state.vars.set(name, { ...value, values: null })
    }
    throw new NotJudging('a loop that cannot be followed')
  }

  protected loop(
    { name, words, body }: Extract<Command, { kind: 'for' }>,
    state: State,
    frame: Frame,
    checked: boolean,
  ): Status {
    const items = words.map(word => this.items(word, state, frame))
    const by = madeOf(
      items,
      items.some(({ values }) => values === null)
        ? null
        : items.flatMap(({ values }) => values ?? []),
    )
    decide(by, '"for"')
    let status = OK
    this.cycle(state, frame, by, (turn, inner) => {
      this.assign(name, { ...by, json: false }, turn)
      status = this.list(body, turn, inner, checked)
    })
    return { ok: true, fail: status.fail, by: madeOf([by, status.by], null) }
  }

  protected repeated(
    { until, condition, body }: Extract<Command, { kind: 'while' }>,
    state: State,
    frame: Frame,
    checked: boolean,
  ): Status {
    // What leaves the loop is a break, or the condition: only then does anything after it run.
    const left: State[] = []
    let by = literal()
    this.cycle(state, frame, literal(), (turn, inner) => {
      const asked = this.list(condition, turn, inner, false)
      by = asked.by
      const [goes, ends] = until ? [asked.fail, asked.ok] : [asked.ok, asked.fail]
      if (ends && turn.alive) left.push(copy(turn))
      turn.guard = madeOf([turn.guard, by], null)
      if (goes) this.list(body, turn, inner, checked)
      else turn.alive = false
      left.push(...(inner.breaks ?? []))
    })
    const guard = madeOf([state.guard, by], null)
    state.alive = false
    for (const one of left) mergeInto(state, one)
    state.guard = guard
    return { ok: true, fail: false, by }
  }
}
