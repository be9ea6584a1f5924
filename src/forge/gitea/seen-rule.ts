import { z } from 'zod'
import type { MergeCondition } from '../../core/model/merge.js'
import { condition } from '../../core/model/merge.js'
import { attempt } from '../reading.js'
import { lazy, parseOne } from '../schema.js'
import type { Connection } from './connection.js'
import type { BranchRule } from './protection.js'

/** What only an administrator may read of a rule (docs/forge-facts.md, 6). */
const WireRule = lazy(() =>
  z.object({
    rule_name: z.string().nullish(),
    branch_name: z.string().nullish(),
    block_on_rejected_reviews: z.boolean().nullish(),
    block_on_official_review_requests: z.boolean().nullish(),
    block_on_outdated_branch: z.boolean().nullish(),
    dismiss_stale_approvals: z.boolean().nullish(),
    ignore_stale_approvals: z.boolean().nullish(),
    require_signed_commits: z.boolean().nullish(),
    protected_file_patterns: z.string().nullish(),
  }),
)
type ProtectionRule = z.infer<ReturnType<typeof WireRule>>

/**
 * The rule as an administrator sees it. `none`: the branch has no rule; `hidden`: this token may
 * not read it, and then it is not known what it asks beside what a branch tells everybody.
 */
export type SeenRule =
  | { readonly kind: 'rule'; readonly rule: ProtectionRule }
  | { readonly kind: 'none' }
  | { readonly kind: 'hidden'; readonly why: string }

/** The rule that counts for a branch, where this token may read it. */
export async function ruleOf({ http, root }: Connection, branch: BranchRule): Promise<SeenRule> {
  if (!branch.isProtected) return { kind: 'none' }
  const path = `${root}/branch_protections`
  const found = await attempt(async () =>
    parseOne(z.array(WireRule()), (await http.get(path)).body, `GET ${path}`),
  )
  if (!found.ok) {
    const isRefused = ['forbidden', 'not-found', 'unauthorized'].includes(found.why.code)
    const why = isRefused ? 'only an administrator may read this rule' : found.why.message
    return { kind: 'hidden', why }
  }
  const rule = found.value.find(
    ({ rule_name: name, branch_name: older }) => (name ?? older) === branch.rule,
  )
  return rule === undefined
    ? { kind: 'hidden', why: 'which rule counts for this branch is not told' }
    : { kind: 'rule', rule }
}

/** Does the rule ask for it? `null`: that cannot be read. */
export const ruleAsks = (
  seen: SeenRule,
  field: (rule: ProtectionRule) => boolean | null | undefined,
): boolean | null =>
  seen.kind === 'rule' ? field(seen.rule) === true : seen.kind === 'none' ? false : null

/** Why more of the rule is not known; `''` where it is. */
export const hiddenWhy = (seen: SeenRule): string => (seen.kind === 'hidden' ? seen.why : '')

/** A condition that holds back only if the rule says so; met where there is nothing to. */
export function ifAsked(
  name: MergeCondition['name'],
  seen: SeenRule,
  asked: boolean | null,
  said: { readonly none: string; readonly some: string; readonly is: boolean },
): MergeCondition {
  if (!said.is) return condition(name, 'met', said.none)
  if (asked === null)
    return condition(
      name,
      'unknown',
      `${said.some}; whether that holds it back: ${hiddenWhy(seen)}`,
    )
  return asked
    ? condition(name, 'unmet', said.some)
    : condition(name, 'met', `${said.some}, which the rule lets pass`)
}
