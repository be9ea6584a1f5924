import type { RequiredCheck } from '../../core/model/check.js'
import { z } from 'zod'
import type { ReadPage } from '../pager.js'
import { readPages } from '../pager.js'
import { ForgeError } from '../port.js'
import { attempt } from '../reading.js'
import { parseOne } from '../schema.js'
import { hasNextPage } from './client.js'
import type { Repository } from './repository.js'
import { WireBranch, WireRule } from './wire.js'

/** GitHub writes -1 and 0 for "any app". */
const appIdOf = (id: number | null | undefined): number | null =>
  id == null || id <= 0 ? null : id

/** What rulesets or classic protection demand. */
interface Demands {
  readonly checks: readonly RequiredCheck[]
  /** Do merges go through a merge queue? */
  readonly queue: boolean
}

/** What rulesets demand; readable with any token (docs/github-facts.md, 2). */
async function byRules({ client, root }: Repository, branch: string): Promise<Demands> {
  const path = `${root}/rules/branches/${encodeURIComponent(branch)}`
  let queue = false
  const read: ReadPage<RequiredCheck> = async (page, limit) => {
    const answer = await client.find(path, { per_page: limit, page })
    const { status, body, at } = answer
    // Servers that are too old for rulesets have none.
    const rules = status === 404 ? [] : parseOne(z.array(WireRule), body, `GET ${path}`)
    queue ||= rules.some(({ type }) => type === 'merge_queue')
    const rows = rules
      .filter(({ type }) => type === 'required_status_checks')
      .flatMap(({ parameters }) => parameters?.required_status_checks ?? [])
      .map(check => ({ context: check.context, app: appIdOf(check.integration_id) }))
    return { rows, unreadable: 0, total: null, more: hasNextPage(answer), at }
  }
  const keyed = (checks: readonly RequiredCheck[]): readonly (readonly [string, RequiredCheck])[] =>
    checks.map(check => [`${check.app ?? ''} ${check.context}`, check])
  const { rows, gap } = await readPages(read, { keyed, most: 10, limit: 100, once: true })
  if (gap !== null) throw new ForgeError('unexpected-shape', `GET ${path}: ${gap.detail}`)
  return { checks: rows, queue }
}

/** What classic branch protection demands, as far as a branch tells without admin rights. */
async function byProtection({ client, root }: Repository, branch: string): Promise<Demands> {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  const { status, body } = await client.find(path)
  if (status === 404) return { checks: [], queue: false }
  const { protection } = parseOne(WireBranch, body, `GET ${path}`)
  const required = protection?.required_status_checks
  const pinned = (required?.checks ?? []).map(({ context, app_id: app }) => ({
    context,
    app: appIdOf(app),
  }))
  const known = new Set(pinned.map(({ context }) => context))
  const plain = (required?.contexts ?? [])
    .filter(context => !known.has(context))
    .map(context => ({ context, app: null }))
  return { checks: [...pinned, ...plain], queue: false }
}

/** What a merge into a branch requires, as far as it can be read. */
export interface Protection extends Demands {
  /** Why there may be more that this token may not read; `null`: there is no more. */
  readonly hidden: string | null
}

/**
 * Every check that a merge into this branch requires. Where a plan has no rulesets for private
 * repositories GitHub refuses to tell them, with 403 (docs/github-facts.md, 2): then it is not
 * known what else is required. Throws `ForgeError` for whatever the next try may tell.
 */
export async function protectionOf(on: Repository, branch: string): Promise<Protection> {
  const read = [byRules, byProtection].map(by => attempt(by(on, branch)))
  const checks: RequiredCheck[] = []
  let hidden: string | null = null
  let queue = false
  for (const found of await Promise.all(read)) {
    if (found.ok) {
      checks.push(...found.value.checks)
      queue ||= found.value.queue
    } else if (found.why.code === 'forbidden') hidden ??= found.why.message
    else throw found.why
  }
  return { checks, hidden, queue }
}

/** The contexts that a merge into this branch requires, all of them. Throws `ForgeError`. */
export async function requiredCheckNames(
  on: Repository,
  branch: string,
): Promise<readonly string[]> {
  const { checks, hidden } = await protectionOf(on, branch)
  if (hidden !== null) throw new ForgeError('forbidden', hidden)
  return checks.map(({ context }) => context)
}
