import type { RepairDependencies } from '../act/dependencies.js'
import type { Proven } from '../act/repair.js'
import { repair } from '../act/repair.js'
import { undoOf, undoOfEarlier, withdrawEarlier } from '../act/withdraw.js'
import type { Config } from '../config.js'
import { allow } from '../core/acting/breaker.js'
import type { Outcome } from '../core/acting/outcome.js'
import type { Remedy } from '../core/acting/remedy.js'
import { remedyFor } from '../core/acting/remedy.js'
import type { Withdrawal } from '../core/acting/withdrawal.js'
import { closingOf } from '../core/acting/withdrawal.js'
import type { Repair } from '../core/rules/verdict.js'
import type { Judged } from './judged.js'
import { leading, namesOf, provenOf } from './judged.js'

/** What was done about a head. */
export interface Done {
  readonly remedy: Remedy['kind'] | 'withdraw'
  readonly outcome: Outcome
}

/** What a sweep carries its repairs out with. */
export interface CarryOut {
  readonly config: Config
  readonly dependencies: RepairDependencies
  readonly nonce: () => string
  readonly note: (line: string) => void
}

/** What a person can do where nothing can be sent at all. */
const NEW_COMMIT = 'git commit --allow-empty && git push   # a new commit gets new statuses'

/** Withdraws what no longer holds, then repairs proven heads, each by its SHA. */
export async function carryOut(
  on: CarryOut,
  judged: readonly Judged[],
): Promise<ReadonlyMap<string, Done>> {
  const done = new Map<string, Done>()
  const proven = judged.flatMap(head => provenOf(head) ?? [])
  // A gate that is open wrongly comes first.
  const spent = await withdrawals(on, judged, done)
  const heads = proven.map(head => ({ sha: head.evidence.sha, verdict: leading(head), head }))
  const { allowed, held, why } = allow(heads, judged.length, on.config.maxRepairs, spent)
  for (const { sha, verdict } of held) {
    const { kind } = planFor(on, sha, verdict)
    done.set(sha, { remedy: kind, outcome: { code: 'held', detail: why } })
  }
  let cannotWin = false
  for (const { sha, verdict, head } of allowed) {
    const remedy = planFor(on, sha, verdict)
    const outcome = await carryOutOne(on, head, remedy, cannotWin)
    cannotWin ||= outcome.code === 'unconfirmed' && outcome.postsCannotWin
    done.set(sha, { remedy: remedy.kind, outcome })
  }
  return done
}

function planFor({ config, dependencies, nonce }: CarryOut, sha: string, verdict: Repair): Remedy {
  const { forge, writer } = dependencies
  return remedyFor({
    server: forge.server,
    choice: config.remedy,
    sha,
    context: config.policy.umbrella,
    verdict,
    writer,
    nonce: nonce(),
  })
}

async function carryOutOne(
  { config, dependencies, note }: CarryOut,
  head: Proven,
  remedy: Remedy,
  cannotWin: boolean,
): Promise<Outcome> {
  if (remedy.kind === 'report') {
    const { why, instead } = remedy
    const command = instead === null ? NEW_COMMIT : dependencies.forge.print(instead)
    return { code: 'none', detail: why, command }
  }
  if (config.dryRun) {
    return { code: 'dry-run', detail: 'nothing was written', posted: remedy.post }
  }
  if (cannotWin) return { code: 'held', detail: 'a posted success cannot win on this server' }
  const outcome = await repair(dependencies, head, remedy)
  note(`${namesOf(head.evidence)}: ${outcome.code}`)
  return outcome
}

/** Takes back what no longer holds; answers how many writes that took. */
async function withdrawals(
  on: CarryOut,
  judged: readonly Judged[],
  done: Map<string, Done>,
): Promise<number> {
  const { policy, baseBranches, maxRepairs } = on.config
  let spent = 0
  for (const { evidence } of judged) {
    const found = closingOf(policy, baseBranches, evidence)
    if (found === null) continue
    const held = maxRepairs !== 0 && spent >= maxRepairs
    const outcome = await withdrawOne(on, { evidence, found, held })
    if (!held) spent += 1
    on.note(`${namesOf(evidence)}: ${outcome.code}`)
    done.set(evidence.sha, { remedy: 'withdraw', outcome })
  }
  return spent
}

async function withdrawOne(
  { config, dependencies }: CarryOut,
  {
    evidence,
    found,
    held,
  }: {
    readonly evidence: Judged['evidence']
    readonly found: Withdrawal
    readonly held: boolean
  },
): Promise<Outcome> {
  const { forge, writer } = dependencies
  const post = undoOf(undoOfEarlier(found, evidence.sha, writer), writer)
  const detail = `our row ${found.row.id} must be taken back: ${found.why}`
  if (config.remedy === 'report') {
    return { code: 'none', detail, command: forge.print({ kind: 'status', post }) }
  }
  if (config.dryRun) return { code: 'dry-run', detail, posted: post }
  if (held) {
    return { code: 'held', detail: `${detail}; max-repairs (${config.maxRepairs}) is reached` }
  }
  return withdrawEarlier(dependencies, evidence)
}
