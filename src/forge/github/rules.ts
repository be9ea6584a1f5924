import type { RequiredCheck } from '../../core/model/check.js'
import { z } from 'zod'
import type { ReadPage } from '../pager.js'
import { readPages } from '../pager.js'
import { ForgeError } from '../port.js'
import { parseOne } from '../schema.js'
import { hasNextPage } from './client.js'
import type { Repository } from './repository.js'
import { WireBranch, WireRule } from './wire.js'

/** GitHub writes -1 and 0 for "any app". */
const appOf = (id: number | null | undefined): number | null => (id == null || id <= 0 ? null : id)

/** What rulesets demand; readable with any token (docs/github-facts.md, 2). */
async function byRules(
  { client, root }: Repository,
  branch: string,
): Promise<readonly RequiredCheck[]> {
  const path = `${root}/rules/branches/${encodeURIComponent(branch)}`
  const read: ReadPage<RequiredCheck> = async (page, limit) => {
    const answer = await client.find(path, { per_page: limit, page })
    const { status, body, at } = answer
    // Servers that are too old for rulesets have none.
    const rules = status === 404 ? [] : parseOne(z.array(WireRule), body, `GET ${path}`)
    const rows = rules
      .filter(({ type }) => type === 'required_status_checks')
      .flatMap(({ parameters }) => parameters?.required_status_checks ?? [])
      .map(check => ({ context: check.context, app: appOf(check.integration_id) }))
    return { rows, unreadable: 0, total: null, more: hasNextPage(answer), at }
  }
  const key = ({ context, app }: RequiredCheck): string => `${app ?? ''} ${context}`
  const { rows, gap } = await readPages(read, { key, most: 10, limit: 100, once: true })
  if (gap !== null) throw new ForgeError('unexpected-shape', `GET ${path}: ${gap.detail}`)
  return rows
}

/** What classic branch protection demands, as far as a branch tells without admin rights. */
async function byProtection(
  { client, root }: Repository,
  branch: string,
): Promise<RequiredCheck[]> {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  const { status, body } = await client.find(path)
  if (status === 404) return []
  const { protection } = parseOne(WireBranch, body, `GET ${path}`)
  const required = protection?.required_status_checks
  const pinned = (required?.checks ?? []).map(({ context, app_id: app }) => ({
    context,
    app: appOf(app),
  }))
  const known = new Set(pinned.map(({ context }) => context))
  const plain = (required?.contexts ?? [])
    .filter(context => !known.has(context))
    .map(context => ({ context, app: null }))
  return [...pinned, ...plain]
}

/** Every check that a merge into this branch requires. Throws `ForgeError`. */
export async function requiredChecks(
  on: Repository,
  branch: string,
): Promise<readonly RequiredCheck[]> {
  const [rules, protection] = await Promise.all([byRules(on, branch), byProtection(on, branch)])
  return [...rules, ...protection]
}
