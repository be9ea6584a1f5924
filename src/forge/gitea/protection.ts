import { z } from 'zod'
import type { Connection } from './connection.js'
import { lazy, parseOne } from '../schema.js'

/** Readable without admin rights on every version (docs/forge-facts.md, 6). */
const WireBranch = lazy(() =>
  z.object({
    enable_status_check: z.boolean(),
    status_check_contexts: z.array(z.string()).nullish(),
    protected: z.boolean().nullish(),
    required_approvals: z.number().nullish(),
    user_can_merge: z.boolean().nullish(),
    effective_branch_protection_name: z.string().nullish(),
  }),
)

/** What a branch tells everybody of the rule that counts for it. */
export interface BranchRule {
  readonly isProtected: boolean
  /** Contexts and patterns; `*` where every status counts. */
  readonly contexts: readonly string[]
  readonly approvals: number
  /** May whoever asks merge into it? `null`: not told. */
  readonly mayMerge: boolean | null
  /** The name of the rule, which is told to administrators alone; else `''`. */
  readonly rule: string
}

async function wireBranch({ http, root }: Connection, branch: string) {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  return parseOne(WireBranch(), (await http.get(path)).body, `GET ${path}`)
}

/** What a branch tells of its rule (docs/forge-facts.md, 6). Throws `ForgeError`. */
export async function branchRule(on: Connection, branch: string): Promise<BranchRule> {
  const rule = await wireBranch(on, branch)
  const contexts = [...new Set(rule.status_check_contexts ?? [])]
  return {
    isProtected: rule.protected ?? true,
    // Where a rule asks for statuses and names none, the worst of all must be green.
    contexts: !rule.enable_status_check ? [] : contexts.length === 0 ? ['*'] : contexts,
    approvals: rule.required_approvals ?? 0,
    mayMerge: rule.user_can_merge ?? null,
    rule: rule.effective_branch_protection_name ?? '',
  }
}

/** The contexts and patterns that a merge into this branch requires. Throws `ForgeError`. */
export async function requiredToMerge(on: Connection, branch: string): Promise<readonly string[]> {
  const rule = await wireBranch(on, branch)
  return rule.enable_status_check ? [...new Set(rule.status_check_contexts ?? [])] : []
}

const WireTip = lazy(() =>
  z.object({ commit: z.object({ id: z.string().regex(/^[0-9a-f]{40,64}$/) }) }),
)

/** The commit a branch stands on now. Throws `ForgeError`. */
export async function commitOf({ http, root }: Connection, branch: string): Promise<string> {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  const { body } = await http.get(path)
  return parseOne(WireTip(), body, `GET ${path}`).commit.id
}

const WireRepository = lazy(() => z.object({ default_branch: z.string().min(1) }))

/** The branch on which schedules run. Throws `ForgeError`. */
export async function defaultBranch({ http, root }: Connection): Promise<string> {
  const { body } = await http.get(root)
  return parseOne(WireRepository(), body, `GET ${root}`).default_branch
}
