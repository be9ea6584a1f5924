import { z } from 'zod'
import type { Pull } from '../../core/model/evidence.js'
import type { MergeCondition } from '../../core/model/merge.js'
import { condition } from '../../core/model/merge.js'
import { attempt } from '../reading.js'
import { PAGE_LIMIT } from '../pager.js'
import { lazy, parseOne, parseNumbered } from '../schema.js'
import type { Connection } from './connection.js'
import { readList } from './listing.js'
import { protectedFiles } from './protected-files.js'
import type { BranchRule } from './protection.js'
import { byReviews, WireReview } from './reviews.js'
import type { SeenRule } from './seen-rule.js'
import { ruleAsks, hiddenWhy, ifAsked, ruleOf } from './seen-rule.js'

const WireMergeable = lazy(() =>
  z.object({
    number: z.number(),
    state: z.string(),
    draft: z.boolean().nullish(),
    mergeable: z.boolean(),
    merge_base: z.string(),
    base: z.object({ sha: z.string() }),
  }),
)

/** Whether the merge would be signed is known to the server alone. */
function signed(seen: SeenRule): MergeCondition {
  const asked = ruleAsks(seen, rule => rule.require_signed_commits)
  if (asked === null) return condition('signed-commits', 'unknown', hiddenWhy(seen))
  return asked
    ? condition(
        'signed-commits',
        'unknown',
        'the rule asks for them; whether this server would sign the merge is not told',
      )
    : condition('signed-commits', 'met', 'none is asked for')
}

const WireDependency = lazy(() => z.object({ number: z.number(), state: z.string() }))

async function dependencies({ http, root }: Connection, pull: Pull): Promise<MergeCondition> {
  const path = `${root}/issues/${pull.number}/dependencies`
  const read = async (page: number) =>
    parseOne(
      z.array(WireDependency()),
      (await http.get(path, { page, limit: PAGE_LIMIT })).body,
      `GET ${path}`,
    )
  const found = await attempt(async () => {
    const first = await read(1)
    const open = first.filter(({ state }) => state === 'open')
    // A server may show fewer on a page than it was asked for, and does not count this list.
    const isWhole = open.length > 0 || first.length === 0 || (await read(2)).length === 0
    return { first, open, isWhole }
  })
  if (!found.ok) return condition('dependencies', 'unknown', found.why.message)
  const { first, open, isWhole } = found.value
  if (!isWhole)
    return condition('dependencies', 'unknown', `only ${first.length} of them were read`)
  return open.length === 0
    ? condition('dependencies', 'met', 'it waits for no other')
    : condition(
        'dependencies',
        'unmet',
        `it waits for ${open.map(({ number }) => `#${number}`).join(', ')}`,
      )
}

/** Conflicts, a draft, and a branch that is behind, by the pull request itself. */
function byPull(wire: z.infer<ReturnType<typeof WireMergeable>>, seen: SeenRule): MergeCondition[] {
  const { state, mergeable, merge_base: from, base } = wire
  const draft = wire.draft === true
  const conflicts = mergeable
    ? condition('conflicts', 'met', 'the server says it can be merged')
    : draft
      ? condition('conflicts', 'unknown', 'of a draft the server does not tell')
      : condition(
          'conflicts',
          'unmet',
          'the server says it cannot be merged: it has conflicts, or is still checked for them',
        )
  return [
    condition('open', state === 'open' ? 'met' : 'unmet', `it is ${state}`),
    conflicts,
    from === '' || base.sha === ''
      ? condition('outdated-branch', 'unknown', 'where it branched off is not told')
      : ifAsked(
          'outdated-branch',
          seen,
          ruleAsks(seen, rule => rule.block_on_outdated_branch),
          {
            is: from !== base.sha,
            none: 'it holds all of its base branch',
            some: 'its base branch has gone on since',
          },
        ),
    draft
      ? condition('draft', 'unmet', 'its title says that it is not finished')
      : condition('draft', 'met', 'it is no draft'),
  ]
}

/**
 * Every condition of a merge but the required contexts, by what this token may read: the pull
 * request, what a branch tells everybody, reviews, and where it may, the rule itself.
 */
export async function mergeConditions(
  on: Connection,
  branch: (name: string) => Promise<BranchRule>,
  pull: Pull,
): Promise<readonly MergeCondition[]> {
  const path = `${on.root}/pulls/${pull.number}`
  const wire = await attempt(async () =>
    parseNumbered(WireMergeable(), (await on.http.get(path)).body, `GET ${path}`, pull.number),
  )
  const known = await attempt(() => branch(pull.base))
  const seen: SeenRule = known.ok
    ? await ruleOf(on, known.value)
    : { kind: 'hidden', why: known.why.message }
  const reviews = await readList(on, {
    what: 'reviews',
    path: `/pulls/${pull.number}/reviews`,
    key: null,
    schema: WireReview(),
  }).then(
    ({ value, gaps }) => (gaps.length === 0 ? value : null),
    () => null,
  )
  const ofPull = wire.ok
    ? byPull(wire.value, seen)
    : [condition('conflicts', 'unknown', wire.why.message)]
  const ofReviews =
    reviews === null || !known.ok
      ? [condition('approvals', 'unknown', 'the reviews or the rule could not be read')]
      : byReviews(seen, reviews, known.value.approvals)
  const merges = known.ok ? known.value.mayMerge : null
  return [
    ...ofPull,
    ...ofReviews,
    signed(seen),
    await protectedFiles(on, seen, pull),
    await dependencies(on, pull),
    merges === null
      ? condition('permission', 'unknown', 'whether this token may merge could not be read')
      : condition(
          'permission',
          merges ? 'met' : 'unmet',
          merges
            ? 'this token may merge'
            : `whoever this token is of may not merge into ${pull.base}`,
        ),
  ]
}
