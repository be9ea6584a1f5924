import type { Case, Elif, For, If, While } from 'unbash'
import type { Value } from '../value.js'
import {
  NotJudging,
  requireJudgeable,
  literal,
  madeOf,
  knownTexts,
  shapeOf,
  shaped,
} from '../value.js'
import type { ScriptState, Status } from './state.js'
import { OK, assign, copy, mergeInto, signature } from './state.js'
import { patternOf } from './test-command.js'
import { expand, listValue } from './words.js'

/** One of several ways on, by the value that chooses it. */
interface Way {
  readonly by: Value
  readonly go: (shell: ScriptState) => Status
}

/** Goes on by each of several ways. */
export function ways(shell: ScriptState, given: readonly Way[]): Status {
  const exits = shell.exits.length
  const before = shell.guard
  const ended = given.map(({ by, go }) => {
    const branch = copy(shell)
    if (given.length > 1) branch.guard = madeOf([before, by], null)
    const status = go(branch)
    return { branch, status }
  })
  shell.alive = false
  for (const { branch } of ended) mergeInto(shell, branch)
  const left = shell.exits.length > exits || ended.some(({ branch }) => !branch.alive)
  shell.guard = left ? madeOf([before, ...ended.map(({ branch }) => branch.guard)], null) : before
  const alive = ended.filter(({ branch }) => branch.alive).map(({ status }) => status)
  return {
    ok: alive.some(({ ok }) => ok),
    fail: alive.some(({ fail }) => fail),
    by: madeOf([...given.map(({ by }) => by), ...alive.map(({ by }) => by)], null),
  }
}

export function conditional(
  [first, ...more]: readonly (If | Elif)[],
  otherwise: If['else'],
  shell: ScriptState,
  checked: boolean,
): Status {
  if (first === undefined)
    return otherwise === undefined ? OK : shell.walk.list(otherwise.commands, shell, checked)
  const asked = shell.walk.list(first.clause.commands, shell, false)
  if (!shell.alive) return asked
  const { ok, fail, by } = asked
  const body = (branch: ScriptState): Status =>
    branch.walk.list(first.then.commands, branch, checked)
  const rest = (branch: ScriptState): Status => conditional(more, otherwise, branch, checked)
  return ways(shell, [...(ok ? [{ by, go: body }] : []), ...(fail ? [{ by, go: rest }] : [])])
}

export function choice({ word, items }: Case, shell: ScriptState, checked: boolean): Status {
  const value = expand(word, shell, 'text')
  requireJudgeable(value, '"case"')
  let texts = shell.walk.facts.everyWay ? null : knownTexts(value)
  let by = value
  const open: Way[] = []
  for (const { pattern: patterns, body } of items) {
    const read = patterns.map(one => expand(one, shell, 'pattern'))
    for (const one of read) requireJudgeable(one, '"case"')
    by = madeOf([by, ...read], null)
    const known = patterns.map(patternOf)
    const isKnown = !known.includes(null)
    const names = (text: string): boolean => known.some(one => one?.(text) === true)
    if (isKnown && texts?.some(names) === false) continue
    open.push({ by, go: branch => branch.walk.list(body.commands, branch, checked) })
    if (patterns.some(({ text }) => text === '*')) texts = []
    else if (isKnown) texts = texts?.filter(text => !names(text)) ?? null
    if (texts?.length === 0) break
  }
  if (texts === null || texts.length > 0) open.push({ by, go: () => OK })
  return ways(shell, open)
}

/** A body that runs any number of times. */
function cycle(shell: ScriptState, by: Value, turn: (body: ScriptState) => void): void {
  const before = shell.guard
  const exits = shell.exits.length
  const breaks: ScriptState[] = []
  for (let round = 0; round < 12; round += 1) {
    const seen = signature(shell)
    const body: ScriptState = {
      ...copy(shell),
      breaks,
      guard: madeOf([before, by, shell.guard], null),
    }
    turn(body)
    if (shell.exits.length > exits || breaks.length > 0) {
      const guards = [body, ...breaks].map(({ guard }) => guard)
      shell.guard = madeOf([shell.guard, ...guards], null)
    }
    for (const one of [body, ...breaks]) mergeInto(shell, one)
    if (signature(shell) === seen) return
    if (round < 4) continue
    for (const [name, value] of shell.vars)
      if (shell.walk.facts.env.get(name) !== value)
        shell.vars.set(name, shaped({ ...value, values: null }, shapeOf(value)))
  }
  throw new NotJudging('a loop that cannot be followed')
}

export function loop(
  { name, wordlist = [], body }: For,
  shell: ScriptState,
  checked: boolean,
): Status {
  const by = listValue(wordlist, shell)
  requireJudgeable(by, '"for"')
  let status = OK
  cycle(shell, by, turn => {
    assign(name.text, by, turn)
    const ended = turn.walk.list(body.commands, turn, checked)
    status = { ok: true, fail: status.fail || ended.fail, by: madeOf([status.by, ended.by], null) }
  })
  return { ok: true, fail: status.fail, by: madeOf([by, status.by], null) }
}

export function repeated(
  { kind, clause, body }: While,
  shell: ScriptState,
  checked: boolean,
): Status {
  // What leaves the loop is a break, or the condition: only then does anything after it run.
  const left: ScriptState[] = []
  let by = literal()
  // It ends as the last round did.
  let status = OK
  cycle(shell, literal(), turn => {
    const asked = turn.walk.list(clause.commands, turn, false)
    by = asked.by
    const [goes, ends] = kind === 'until' ? [asked.fail, asked.ok] : [asked.ok, asked.fail]
    if (ends && turn.alive) left.push(copy(turn))
    turn.guard = madeOf([turn.guard, by], null)
    if (goes) {
      const ended = turn.walk.list(body.commands, turn, checked)
      status = {
        ok: true,
        fail: status.fail || ended.fail,
        by: madeOf([status.by, ended.by], null),
      }
    } else turn.alive = false
    left.push(...(turn.breaks ?? []))
  })
  const guard = madeOf([shell.guard, by], null)
  shell.alive = false
  for (const one of left) mergeInto(shell, one)
  shell.guard = guard
  return { ok: true, fail: status.fail, by: madeOf([by, status.by], null) }
}
