import { z } from 'zod'
import type { Pull } from '../../core/model/evidence.js'
import type { ConditionName, MergeCondition } from '../../core/model/merge.js'
import { condition } from '../../core/model/merge.js'
import { attempt } from '../reading.js'
import { lazy, parseOne } from '../schema.js'
import { hasNextPage } from './client.js'
import type { Repository } from './repository.js'

/** Classic protection as anybody may read it (`refUpdateRule`), or an administrator. */
const ClassicRule = lazy(() =>
  z.object({
    requiresConversationResolution: z.boolean(),
    requiresSignatures: z.boolean(),
    requiresStrictStatusChecks: z.boolean().nullish(),
  }),
)

/** What GraphQL tells of a merge. */
export const NodeMerge = lazy(() =>
  z.object({
    viewerPermission: z.string().nullish(),
    pullRequest: z.object({
      state: z.string(),
      isDraft: z.boolean(),
      mergeable: z.string(),
      mergeStateStatus: z.string(),
      reviewDecision: z.string().nullish(),
      isInMergeQueue: z.boolean().nullish(),
      isMergeQueueEnabled: z.boolean().nullish(),
      reviewThreads: z.object({
        totalCount: z.number(),
        nodes: z.array(z.object({ isResolved: z.boolean() }).nullable()).nullish(),
      }),
      commits: z.object({
        totalCount: z.number(),
        nodes: z
          .array(
            z
              .object({
                commit: z.object({
                  oid: z.string(),
                  signature: z.object({ isValid: z.boolean() }).nullish(),
                }),
              })
              .nullable(),
          )
          .nullish(),
      }),
      baseRef: z
        .object({
          refUpdateRule: ClassicRule().nullish(),
          branchProtectionRule: ClassicRule().nullish(),
        })
        .nullish(),
    }),
  }),
)
type Merge = z.infer<ReturnType<typeof NodeMerge>>
export type MergePullNode = Merge['pullRequest']

const WireMergeRule = lazy(() =>
  z.object({
    type: z.string(),
    parameters: z
      .object({
        required_review_thread_resolution: z.boolean().nullish(),
        strict_required_status_checks_policy: z.boolean().nullish(),
      })
      .nullish(),
  }),
)
type MergeRule = z.infer<ReturnType<typeof WireMergeRule>>

/** What is known of the rules of a base branch; `null`: that could not be read. */
export interface Rules {
  readonly rulesets: readonly MergeRule[] | null
  /** `null` where there is none, or it is hidden from this token. */
  readonly classic: z.infer<ReturnType<typeof ClassicRule>> | null
  /** Is it known that there is no more than that? */
  readonly isWhole: boolean
}

async function rulesetsOf(
  { client, root }: Repository,
  branch: string,
): Promise<readonly MergeRule[] | null> {
  const path = `${root}/rules/branches/${encodeURIComponent(branch)}`
  const found = await attempt(async () => {
    const answer = await client.find(path, { per_page: 100, page: 1 })
    if (answer.status === 404) return []
    const rules = parseOne(z.array(WireMergeRule()), answer.body, `GET ${path}`)
    return hasNextPage(answer) ? null : rules
  })
  return found.ok ? found.value : null
}

const WireProtected = lazy(() => z.object({ protected: z.boolean() }))

/** Has the branch any classic rule? What is not told is taken for one. */
async function isProtected({ client, root }: Repository, branch: string): Promise<boolean> {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  const found = await attempt(async () =>
    parseOne(WireProtected(), (await client.get(path)).body, `GET ${path}`),
  )
  return !found.ok || found.value.protected
}

/** The rules of the base branch of a pull request, as far as this token may read them. */
export async function rulesOf(on: Repository, pull: Pull, merge: Merge): Promise<Rules> {
  const rulesets = await rulesetsOf(on, pull.base)
  const base = merge.pullRequest.baseRef
  const classic = base?.branchProtectionRule ?? base?.refUpdateRule ?? null
  const isTold = classic !== null || merge.viewerPermission === 'ADMIN'
  return {
    rulesets,
    classic,
    isWhole: rulesets !== null && (isTold || !(await isProtected(on, pull.base))),
  }
}

/** Do the rules ask for it? `null`: no rule that could be read does, and there may be others. */
export function rulesAsk(
  { rulesets, classic, isWhole }: Rules,
  byRule: (rule: MergeRule) => boolean,
  byClassic: (rule: NonNullable<Rules['classic']>) => boolean | null | undefined,
): boolean | null {
  if ((rulesets ?? []).some(byRule)) return true
  const said = classic === null ? false : (byClassic(classic) ?? null)
  if (said === true) return true
  return said === null || !isWhole ? null : false
}

const RULES_HIDDEN = 'whether a rule asks for that could not be read'

/** Met where there is nothing to hold back, whatever the rules ask. */
export function ifAsked(
  name: ConditionName,
  asked: boolean | null,
  said: { readonly is: boolean; readonly none: string; readonly some: string },
): MergeCondition {
  if (!said.is) return condition(name, 'met', said.none)
  if (asked === null) return condition(name, 'unknown', `${said.some}; ${RULES_HIDDEN}`)
  return asked
    ? condition(name, 'unmet', said.some)
    : condition(name, 'met', `${said.some}, and no rule asks for more`)
}
