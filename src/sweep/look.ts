import type { Config } from '../config.js'
import { matchesAny } from '../core/model/context.js'
import type { Evidence, Preview } from '../core/model/evidence.js'
import { hasBase } from '../core/model/evidence.js'
import type { Triage } from '../core/triage/triage.js'
import { mayHoldBack } from '../core/triage/gate.js'
import { triage } from '../core/triage/triage.js'
import type { FailedHeads, Forge, Head } from '../forge/port.js'
import { attempt } from '../forge/reading.js'
import { eachOf } from '../forge/retry.js'
import type { Explanation } from './report/explanation.js'
import type { LeftAloneCounts } from './report/report.js'
import { plain, plural } from './report/text.js'
import type { JudgedHead } from '../core/rules/decide.js'
import { isAskedFor } from './judged.js'
import { judge, studyAndJudge } from './study.js'

/** What heads are looked at with. */
export interface LookTools {
  readonly forge: Forge
  /** What a sweep tells while it runs. */
  readonly note: (line: string) => void
  /** Is told all about the one pull that was asked for; its head is studied whatever its state. */
  readonly explain?: (explanation: Explanation) => void
}

/** What was seen of the heads of a sweep. */
export interface Looked {
  /** Those with something to do or to tell, and those without the umbrella. */
  readonly judged: readonly JudgedHead[]
  /** The pull requests of the others. */
  readonly leftAlone: LeftAloneCounts
  /** Those of them whose umbrella is still running, by number. */
  readonly pending: readonly number[]
}

/** Previews every head, studies those that need it, and judges all that is not left alone. */
export async function look(
  config: Config,
  { forge, note, explain }: LookTools,
  heads: readonly Head[],
): Promise<Looked> {
  const looked = progress('looked at', heads.length, note)
  const hidden = new Set<string>()
  const previews = await eachOf(heads, config.concurrency, async head => {
    const preview = await previewed(config, forge, head, why => hidden.add(why))
    looked()
    return preview
  })
  for (const why of hidden) note(`scope: what a merge requires was not read: ${why}`)
  const failed = config.alarms === 'cheap' ? await forge.failedHeads() : NOT_ASKED
  if (failed.why !== null) note(`false greens were not looked for: ${failed.why}`)
  const blocked = await basesThatRequire(config, forge, previews)
  const isBlocked = ({ evidence: { pulls }, triage: decided }: Previewed): boolean =>
    isMissing(decided) && pulls.some(pull => hasBase(pull) && blocked.has(pull.base))
  const study = previews.filter(
    preview =>
      explain !== undefined ||
      preview.triage.kind === 'study' ||
      failed.shas.has(preview.evidence.sha) ||
      isBlocked(preview),
  )
  if (study.length > 0) {
    const some = `${study.length} of ${plural(heads.length, 'commit')}: ${restOf(previews, study)}`
    const isAll = study.length === heads.length
    note(`studying ${isAll ? plural(study.length, 'commit') : some}`)
  }
  const evidence = study.map(one =>
    explain !== undefined || isBlocked(one)
      ? { ...one.evidence, umbrellaWriters: new Map() }
      : one.evidence,
  )
  const tick = progress('studied', evidence.length, note)
  const studied = await studyAndJudge(config, forge, evidence, tick)
  return sortedOut(config, previews, new Map(study.map((preview, at) => [preview, studied[at]])))
}

/** `off` looks for none, and `deep` reads every head whose gate is green. */
const NOT_ASKED: FailedHeads = { shas: new Set(), why: null }

/** What is not studied, in words. */
function restOf(previews: readonly Previewed[], study: readonly Previewed[]): string {
  const chosen = new Set(study)
  const rest = previews.filter(one => !chosen.has(one))
  const unread = rest.filter(({ evidence }) => evidence.gaps.length > 0).length
  return `${unread === 0 ? '' : `${unread} could not be read, `}the rest needs no repair`
}

const isMissing = (decided: Triage): boolean =>
  decided.kind === 'skip' && decided.reason === 'umbrella-missing'

/**
 * The base branches of heads that lack the umbrella whose merges require it: such a pull request is
 * blocked. Asked only where there is such a head; what cannot be read is asked by the next sweep.
 */
async function basesThatRequire(
  { policy: { umbrella } }: Config,
  forge: Forge,
  previews: readonly Previewed[],
): Promise<ReadonlySet<string>> {
  const bare = previews.filter(preview => isMissing(preview.triage))
  const pulls = bare.flatMap(({ evidence }) => evidence.pulls)
  const found = new Set<string>()
  for (const base of new Set(pulls.filter(hasBase).map(pull => pull.base))) {
    const required = await attempt(() => forge.requiredToMerge(base))
    if (required.ok && matchesAny(required.value, umbrella)) found.add(base)
  }
  return found
}

/** How far a sweep has come is told after so many heads, and so many times at the most. */
const LEAST_STEP = 25
const MOST_STEPS = 20

/** Tells now and then with how many of the heads something was done. */
function progress(done: string, heads: number, note: LookTools['note']): () => void {
  const step = Math.max(LEAST_STEP, Math.ceil(heads / MOST_STEPS))
  let count = 0
  return () => {
    count += 1
    if (count % step === 0) note(`${done} ${count} of ${heads} commits`)
  }
}

/** A head as its preview shows it, and what that is enough for. */
interface Previewed {
  readonly evidence: Evidence
  readonly triage: Triage
}

/** Is a head only counted? Not where one pull request was asked for: that one is told. */
const isCounted = (
  { pullRequest }: Config,
  decided: Triage,
): decided is Triage & { readonly kind: 'skip' } =>
  // What a head carries in place of the umbrella may tell a wrong name.
  decided.kind === 'skip' && decided.reason !== 'umbrella-missing' && pullRequest === null

/**
 * Does another context that a merge requires hold back a head whose umbrella does not? Asked only
 * where such contexts are judged; what cannot be read is told, also where no head is studied.
 */
async function isHeldBack(
  config: Config,
  forge: Forge,
  preview: Preview,
  hide: (why: string) => void,
): Promise<boolean> {
  const { gate } = forge
  if (config.scope === 'umbrella' || gate === undefined) return false
  for (const { base } of preview.evidence.pulls.filter(hasBase)) {
    const required = await attempt(() => gate.required(base))
    if (!required.ok) hide(plain(required.why.message))
    else if (mayHoldBack(config.policy, preview, required.value)) return true
  }
  return false
}

async function previewed(
  config: Config,
  forge: Forge,
  head: Head,
  hide: (why: string) => void,
): Promise<Previewed> {
  const listed = await forge.preview(head)
  const asked = triage(config.policy, listed, config.alarms)
  const isHeld = asked.kind === 'skip' && (await isHeldBack(config, forge, listed, hide))
  const decided: Triage = isHeld ? { kind: 'study' } : asked
  if (decided.kind === 'skip') {
    const { evidence } = listed
    // There are thousands of these: their rows are read again if a failed run stands there.
    return {
      evidence: isCounted(config, decided) ? { ...evidence, latest: [] } : evidence,
      triage: decided,
    }
  }
  const preview = await forge.atCurrentHead(listed)
  const { evidence } = preview
  const isSame = evidence.sha === listed.evidence.sha
  return { evidence, triage: isSame ? decided : triage(config.policy, preview, config.alarms) }
}

/** What is counted, and what was judged by its study; the rest is judged by its preview. */
function sortedOut(
  config: Config,
  previews: readonly Previewed[],
  studied: ReadonlyMap<Previewed, JudgedHead | undefined>,
): Looked {
  const leftAlone = { 'umbrella-missing': 0, 'umbrella-green': 0, 'umbrella-pending': 0 }
  const pending: number[] = []
  const judged: JudgedHead[] = []
  for (const preview of previews) {
    const { evidence, triage: decided } = preview
    const whole = studied.get(preview)
    if (whole !== undefined) judged.push(whole)
    else if (isCounted(config, decided)) {
      const counted = evidence.pulls.filter(pull => isAskedFor(config, pull))
      leftAlone[decided.reason] += counted.length
      if (decided.reason === 'umbrella-pending')
        pending.push(...counted.map(({ number }) => number))
    } else judged.push(judge(config, evidence))
  }
  return { judged, leftAlone, pending }
}
