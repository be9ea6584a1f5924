import { z } from 'zod'
import type { Pull } from '../../core/model/evidence.js'
import type { MergeCondition } from '../../core/model/merge.js'
import { condition } from '../../core/model/merge.js'
import { attempt } from '../reading.js'
import { lazy, parseOne } from '../schema.js'
import type { Connection } from './connection.js'
import { readList } from './listing.js'
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
type Rule = z.infer<ReturnType<typeof WireRule>>

const WireMergeable = lazy(() =>
  z.object({
    state: z.string(),
    draft: z.boolean().nullish(),
    mergeable: z.boolean(),
    merge_base: z.string(),
    base: z.object({ sha: z.string() }),
  }),
)

const WireReview = lazy(() =>
  z.object({
    id: z.number(),
    state: z.string(),
    official: z.boolean().nullish(),
    stale: z.boolean().nullish(),
    dismissed: z.boolean().nullish(),
    user: z.object({ login: z.string() }).nullish(),
  }),
)
type Review = z.infer<ReturnType<typeof WireReview>>

/**
 * The rule as an administrator sees it. `none`: the branch has no rule; `hidden`: this token may not
 * read it, and then it is not known what it asks beside what a branch tells everybody.
 */
type Seen =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'none' }
  | { readonly kind: 'hidden'; readonly why: string }

async function ruleOf({ http, root }: Connection, branch: BranchRule): Promise<Seen> {
  if (!branch.isProtected) return { kind: 'none' }
  const path = `${root}/branch_protections`
  const found = await attempt(async () =>
    parseOne(z.array(WireRule()), (await http.get(path)).body, `GET ${path}`),
  )
  if (!found.ok) return { kind: 'hidden', why: 'only an administrator may read this rule' }
  const rule = found.value.find(
    ({ rule_name: name, branch_name: older }) => (name ?? older) === branch.rule,
  )
  return rule === undefined
    ? { kind: 'hidden', why: 'which rule counts for this branch is not told' }
    : { kind: 'rule', rule }
}

/** Does the rule ask for it? `null`: that cannot be read. */
const asks = (seen: Seen, field: (rule: Rule) => boolean | null | undefined): boolean | null =>
  seen.kind === 'rule' ? field(seen.rule) === true : seen.kind === 'none' ? false : null

const hiddenWhy = (seen: Seen): string => (seen.kind === 'hidden' ? seen.why : '')

const named = (reviews: readonly Review[]): string =>
  [...new Set(reviews.map(({ user }) => user?.login ?? 'a team'))].join(', ')

/** A condition that holds back only if the rule says so: met where there is nothing to hold back. */
function ifAsked(
  name: MergeCondition['name'],
  seen: Seen,
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

/** Approvals count as the server counts them: official ones that nobody dismissed. */
function approvals(seen: Seen, reviews: readonly Review[], needed: number): MergeCondition {
  const given = reviews.filter(
    ({ state, official, dismissed }) =>
      state === 'APPROVED' && official === true && dismissed !== true,
  )
  const fresh = given.filter(({ stale }) => stale !== true)
  const said = `${fresh.length} of ${needed} approvals`
  if (fresh.length >= needed)
    return condition('approvals', 'met', needed === 0 ? 'none is asked for' : said)
  if (given.length < needed)
    return condition('approvals', 'unmet', `${given.length} of ${needed} approvals`)
  const ignores = asks(
    seen,
    ({ dismiss_stale_approvals: dismiss, ignore_stale_approvals: ignore }) =>
      dismiss === true || ignore === true,
  )
  const older = `${said}, and ${given.length - fresh.length} of an older commit`
  if (ignores === null)
    return condition('approvals', 'unknown', `${older}; whether those count: ${hiddenWhy(seen)}`)
  return condition('approvals', ignores ? 'unmet' : 'met', older)
}

/** What reviews hold it back by. */
function byReviews(seen: Seen, reviews: readonly Review[], needed: number): MergeCondition[] {
  const isOfficial = ({ official, dismissed }: Review): boolean =>
    official === true && dismissed !== true
  const rejected = reviews.filter(one => one.state === 'REQUEST_CHANGES' && isOfficial(one))
  const asked = reviews.filter(one => one.state === 'REQUEST_REVIEW' && isOfficial(one))
  return [
    ifAsked(
      'requested-changes',
      seen,
      asks(seen, rule => rule.block_on_rejected_reviews),
      {
        is: rejected.length > 0,
        none: 'nobody requests changes',
        some: `${named(rejected)} requests changes`,
      },
    ),
    ifAsked(
      'review-requests',
      seen,
      asks(seen, rule => rule.block_on_official_review_requests),
      {
        is: asked.length > 0,
        none: 'no review is still asked for',
        some: `a review by ${named(asked)} is still asked for`,
      },
    ),
    approvals(seen, reviews, needed),
  ]
}

/** A glob of the rule that says more than a path by itself (docs/forge-facts.md, 6). */
const isGlob = (pattern: string): boolean => /[*?[\]{}\\!]/.test(pattern)

const WireFile = lazy(() => z.object({ filename: z.string() }))

/** A path equal to a pattern is protected for sure; what a glob matches only the server says. */
async function protectedFiles(on: Connection, seen: Seen, pull: Pull): Promise<MergeCondition> {
  const name = 'protected-files'
  if (seen.kind === 'hidden') return condition(name, 'unknown', seen.why)
  const text = seen.kind === 'rule' ? (seen.rule.protected_file_patterns ?? '') : ''
  const patterns = text
    .split(';')
    .map(one => one.trim().toLowerCase())
    .filter(one => one !== '')
  if (patterns.length === 0) return condition(name, 'met', 'no file is protected')
  const path = `${on.root}/pulls/${pull.number}/files`
  const found = await attempt(async () => {
    const { body, total } = await on.http.get(path, { page: 1, limit: 50 })
    const files = parseOne(z.array(WireFile()), body, `GET ${path}`)
    return {
      files: files.map(({ filename }) => filename),
      whole: total === null ? false : files.length >= total,
    }
  })
  const asked = `the rule protects ${patterns.join(', ')}`
  if (!found.ok) return condition(name, 'unknown', `${asked}; ${found.why.message}`)
  const { files, whole } = found.value
  const one = files.find(file => patterns.includes(file.toLowerCase()))
  if (one !== undefined) return condition(name, 'unmet', `it changes ${one}, and ${asked}`)
  return whole && !patterns.some(isGlob)
    ? condition(name, 'met', `${asked}, and none of them is changed`)
    : condition(
        name,
        'unknown',
        `${asked}; whether a changed file is one of them only the server says`,
      )
}

/** Whether the merge would be signed is known to the server alone. */
function signed(seen: Seen): MergeCondition {
  const asked = asks(seen, rule => rule.require_signed_commits)
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
  const found = await attempt(async () =>
    parseOne(z.array(WireDependency()), (await http.get(path)).body, `GET ${path}`),
  )
  if (!found.ok) return condition('dependencies', 'unknown', found.why.message)
  const open = found.value.filter(({ state }) => state === 'open')
  return open.length === 0
    ? condition('dependencies', 'met', 'it waits for no other')
    : condition(
        'dependencies',
        'unmet',
        `it waits for ${open.map(({ number }) => `#${number}`).join(', ')}`,
      )
}

/** Conflicts, a draft, and a branch that is behind, by the pull request itself. */
function byPull(wire: z.infer<ReturnType<typeof WireMergeable>>, seen: Seen): MergeCondition[] {
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
  const behind = from !== '' && base.sha !== '' && from !== base.sha
  return [
    condition('open', state === 'open' ? 'met' : 'unmet', `it is ${state}`),
    conflicts,
    ifAsked(
      'outdated-branch',
      seen,
      asks(seen, rule => rule.block_on_outdated_branch),
      {
        is: behind,
        none: 'it holds all of its base branch',
        some: 'its base branch has gone on since',
      },
    ),
    draft
      ? condition('draft', 'unmet', 'its title says that it is not finished')
      : condition('draft', 'met', 'it is no draft'),
  ]
}

const lost = (name: MergeCondition['name'], why: string): MergeCondition =>
  condition(name, 'unknown', why)

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
    parseOne(WireMergeable(), (await on.http.get(path)).body, `GET ${path}`),
  )
  const known = await attempt(() => branch(pull.base))
  const seen: Seen = known.ok
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
  const ofPull = wire.ok ? byPull(wire.value, seen) : [lost('conflicts', wire.why.message)]
  const ofReviews =
    reviews === null || !known.ok
      ? [lost('approvals', 'the reviews or the rule could not be read')]
      : byReviews(seen, reviews, known.value.approvals)
  const merges = known.ok ? known.value.mayMerge : null
  return [
    ...ofPull,
    ...ofReviews,
    signed(seen),
    await protectedFiles(on, seen, pull),
    await dependencies(on, pull),
    merges === null
      ? lost('permission', 'whether this token may merge could not be read')
      : condition(
          'permission',
          merges ? 'met' : 'unmet',
          merges
            ? 'this token may merge'
            : `whoever this token is of may not merge into ${pull.base}`,
        ),
  ]
}
