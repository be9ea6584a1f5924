/**
 * What a merge may wait for, in the order in which it is best answered: what takes a new commit
 * comes first, for that starts every check anew and may take approvals away; who may merge comes
 * last.
 */
const MERGE_CONDITIONS = [
  'open',
  'conflicts',
  'outdated-branch',
  'signed-commits',
  'protected-files',
  'draft',
  'required-contexts',
  'requested-changes',
  'review-requests',
  'approvals',
  'conversations',
  'dependencies',
  'other-rules',
  'merge-queue',
  'permission',
] as const
export type ConditionName = (typeof MERGE_CONDITIONS)[number]

/** One condition of a merge, as the forge states it. */
export interface MergeCondition {
  readonly name: ConditionName
  /** `unknown`: the token may not read it, or the forge does not tell it. */
  readonly state: 'met' | 'unmet' | 'pending' | 'unknown'
  readonly detail: string
}

/** A condition and its state, in words. */
export const condition = (
  name: ConditionName,
  state: MergeCondition['state'],
  detail: string,
): MergeCondition => ({ name, state, detail })

/** In the order in which they are best answered. */
export const conditionsInOrder = (
  conditions: readonly MergeCondition[],
): readonly MergeCondition[] =>
  [...conditions].sort(
    (a, b) => MERGE_CONDITIONS.indexOf(a.name) - MERGE_CONDITIONS.indexOf(b.name),
  )
