import type { ForgeState, Protection, Pull, StatusRow } from './state.js'
import { globOf } from './glob.js'
import { combine, latestRows, noBetterThan } from './statuses.js'

/**
 * What the merge gate says of a pull: the state it computed (`none`: no rule asks for statuses) and
 * whether it may be merged.
 */
export interface Gate {
  readonly state: string
  readonly mergeable: boolean
}

/**
 * The status gate of a pull's base branch, read on the tip of the head branch
 * (services/pull/commit_status.go; docs/forge-facts.md, 6).
 */
export function gateOf(forge: ForgeState, pull: Pull): Gate {
  const rule = ruleFor(forge, pull.base)
  if (rule?.checks !== true) return { state: 'none', mergeable: pull.open }
  const rows = latestRows(forge, headSha(forge, pull))
  const state =
    rule.contexts.length === 0
      ? stateOfAll(forge, rows)
      : stateOfRequired(forge, rule.contexts, rows)
  return { state, mergeable: pull.open && forge.profile.gate.passes.includes(state) }
}

/** The tip of the pull's branch, which the gate and GET /pulls/{n} use on every version. */
export function headSha(forge: ForgeState, pull: Pull): string {
  return forge.branches[pull.branch] ?? pull.refSha
}

/** The first matching rule: plain names before globs, then age (docs/forge-facts.md, 6). */
export function ruleFor(forge: ForgeState, branch: string): Protection | undefined {
  return (
    forge.protections.find(rule => rule.rule === branch) ??
    forge.protections.find(rule => globOf(rule.rule)?.test(branch))
  )
}

const statesOf = (rows: readonly StatusRow[]): readonly string[] => rows.map(({ state }) => state)

function stateOfAll(forge: ForgeState, rows: readonly StatusRow[]): string {
  return forge.profile.gate.several === 'combine'
    ? combine(forge.profile, statesOf(rows))
    : rows.length === 0
      ? 'pending'
      : worstOf(rows)
}

function stateOfRequired(
  forge: ForgeState,
  contexts: readonly string[],
  rows: readonly StatusRow[],
): string {
  const patterns = contexts.map(globOf).filter(pattern => pattern !== null)
  const matches = patterns.map(pattern => rows.filter(row => pattern.test(row.context)))
  if (forge.profile.gate.several === 'combine') {
    const state = combine(forge.profile, statesOf(matches.flat()))
    return state === 'success' && matches.some(rowsOfOne => rowsOfOne.length === 0)
      ? 'pending'
      : patterns.length === 0
        ? 'success'
        : state
  }
  if (matches.some(rowsOfOne => rowsOfOne.length === 0)) return 'pending'
  return worstOf(
    matches.flatMap(rowsOfOne =>
      forge.profile.gate.several === 'first' ? rowsOfOne.slice(0, 1) : rowsOfOne,
    ),
  )
}

function worstOf(rows: readonly StatusRow[]): string {
  let worst = 'success'
  for (const { state } of rows) {
    if (state === 'skipped') continue
    if (noBetterThan(state, worst)) worst = state
  }
  return worst
}
