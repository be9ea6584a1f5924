import type { RequiredCheck } from '../../core/model/check.js'
import { z } from 'zod'
import { ForgeError } from '../port.js'
import { parseOne } from '../shape.js'
import type { Repository } from './repository.js'
import { WireBranch, WireRepository, WireRule } from './wire.js'

/** GitHub writes -1 and 0 for "any app". */
const appOf = (id: number | null | undefined): number | null => (id == null || id <= 0 ? null : id)

/** What rulesets demand; readable with any token (docs/github-facts.md, 2). */
async function byRules({ client, root }: Repository, branch: string): Promise<RequiredCheck[]> {
  const path = `${root}/rules/branches/${encodeURIComponent(branch)}`
  const found: RequiredCheck[] = []
  for (let page = 1; page <= 10; page += 1) {
    const { status, body, more } = await client.get(path, { per_page: 100, page })
    // Servers that are too old for rulesets have none.
    if (status === 404) return found
    for (const { type, parameters } of parseOne(z.array(WireRule), body, `GET ${path}`))
      if (type === 'required_status_checks')
        for (const check of parameters?.required_status_checks ?? [])
          found.push({ context: check.context, app: appOf(check.integration_id) })
    if (!more) return found
  }
  throw new ForgeError('unexpected-shape', `GET ${path}: more than 1000 rules`)
}

/** What classic branch protection demands, as far as a branch tells without admin rights. */
async function byProtection(
  { client, root }: Repository,
  branch: string,
): Promise<RequiredCheck[]> {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  const { status, body } = await client.get(path)
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

/** The branch on which schedules run. Throws `ForgeError`. */
export async function defaultBranch({ client, root }: Repository): Promise<string> {
  const { body } = await client.get(root)
  return parseOne(WireRepository, body, `GET ${root}`).default_branch
}
