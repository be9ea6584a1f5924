import { readdirSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import type { Judgement } from '../../src/core/rules/decide.js'
import type { DecideCase } from './builders.js'
import { judgeCase } from './builders.js'
import { traceLines } from './trace-lines.js'
import { keptIn, readKept } from './kept.js'

const verdict =
  (kind: string) =>
  (reason: string, more: object = {}) => ({ kind, reason, ...more })

/** The part of a verdict that a rule is about. */
export const leave = verdict('leave')
export const refuse = verdict('refuse')
export const wait = verdict('wait')
export const alarm = (more: object = {}) => ({ kind: 'alarm', reason: 'false-green', ...more })
export const stale = (more: object = {}) => ({ kind: 'repair', reason: 'stale', ...more })

const FOLDER = new URL('../core/rules/verdicts/', import.meta.url)
const TRACES = new URL('../core/rules/traces/', import.meta.url)

/** Every reason that some kept verdict gives. */
export function reasonsKept(): ReadonlySet<unknown> {
  const verdicts = readdirSync(FOLDER).flatMap(name =>
    Object.values(readKept(new URL(name, FOLDER))),
  )
  return new Set(verdicts.map(said => (said as Record<string, unknown>)['reason']))
}

/**
 * Judges every case of a table: the part of the verdict its rule is about, and the whole of it as
 * `__tests__/core/rules/verdicts/<table>.json` keeps it; and by which rules, as `traces` beside it.
 */
export const judges = (table: string, cases: readonly DecideCase[]): void => {
  keepVerdicts(table, cases, judgeCase)
}

/** The same for cases of any kind of evidence. */
export function keepVerdicts<Case extends { readonly rule: string; readonly verdict: object }>(
  table: string,
  cases: readonly Case[],
  judge: (case_: Case) => Judgement,
): void {
  const keep = keptIn(
    new URL(`${table}.json`, FOLDER),
    cases.map(({ rule }) => rule),
  )

  const keepTrace = keptIn(
    new URL(`${table}.json`, TRACES),
    cases.map(({ rule }) => rule),
  )

  it.each([...cases])('$rule', case_ => {
    const judged = judge(case_)
    expect(judged.verdict).toMatchObject(case_.verdict)
    keep(case_.rule, judged.verdict)
    keepTrace(case_.rule, traceLines(judged.trace()))
  })
}
