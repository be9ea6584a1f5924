import { z } from 'zod'
import type { Connection } from './connection.js'
import { lazy, parseOne } from '../schema.js'

/** Readable without admin rights on every version (docs/forge-facts.md, 6). */
const WireBranch = lazy(() =>
  z.object({
    enable_status_check: z.boolean(),
    status_check_contexts: z.array(z.string()).nullish(),
  }),
)

/** The contexts and patterns that a merge into this branch requires. Throws `ForgeError`. */
export async function requiredToMerge(
  { http, root }: Connection,
  branch: string,
): Promise<readonly string[]> {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  const { body } = await http.get(path)
  const rule = parseOne(WireBranch(), body, `GET ${path}`)
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
