import type { RepairDependencies, Proven } from '../act/repair.js'
import { blockersOf, repair, takeBack, undoFor } from '../act/repair.js'
import { openCollector, suspects } from '../forge/gitea/looks.js'
import type { Config } from '../config.js'
import { allow } from '../core/acting/breaker.js'
import { writerOf } from '../core/acting/compensation.js'
import { isCandidate } from '../core/rules/candidate.js'
import { matchesAny } from '../core/model/context.js'
import { decide } from '../core/rules/decide.js'
import type { Evidence, NonEmpty, Pull } from '../core/model/evidence.js'
import { nonEmpty } from '../core/model/evidence.js'
import type { Outcome } from '../core/acting/outcome.js'
import { closingOf } from '../core/acting/withdrawal.js'
import type { Remedy } from '../core/acting/remedy.js'
import { postCommand, remedyFor } from '../core/acting/remedy.js'
import type { PullReport, SweepReport } from '../report/report.js'
import { describePull, REPORT_SCHEMA } from '../report/report.js'
import type { Repair, Verdict } from '../core/rules/verdict.js'
import type { Forge } from '../forge/port.js'

/** What a sweep tells while it runs. */
export interface Progress {
  readonly note: (line: string) => void
}

/** A head with a verdict for each of its open pulls. */
interface Judged {
  readonly evidence: Evidence
  readonly verdicts: ReadonlyMap<number, Verdict>
}

const NOTHING: Outcome = {
  code: 'none',
  detail: '',
  posted: null,
  command: null,
  gate: null,
  postsCannotWin: false,
}

/**
 * Every open pull, grouped by the commit it stands on: read once, judged for each, written once.
 */
function headsOf(pulls: readonly Pull[]): ReadonlyMap<string, NonEmpty<Pull>> {
  const heads = new Map<string, NonEmpty<Pull>>()
  for (const pull of pulls) {
    const known = heads.get(pull.head)
    heads.set(pull.head, known === undefined ? [pull] : [...known, pull])
  }
  return heads
}

/** Which pulls this sweep was asked to judge. The others still count where they share a head. */
function wanted({ pullRequest, baseBranches }: Config, pull: Pull): boolean {
  if (pullRequest !== null) return pull.number === pullRequest
  return baseBranches.length === 0 || matchesAny(baseBranches, pull.base)
}

/** A head whose every pull is proven: only then may its one write open them all. */
function provenOf({ evidence, verdicts }: Judged): Proven | null {
  const repairs = [...verdicts].flatMap(([number, verdict]): [number, Repair][] =>
    verdict.kind === 'repair' ? [[number, verdict]] : [],
  )
  return repairs.length === verdicts.size && repairs.length > 0
    ? { evidence, verdicts: new Map(repairs) }
    : null
}

/** The verdict a head's one write speaks of: that of its highest newest run. */
function leading(proven: Proven): Repair {
  const [first, ...rest] = nonEmpty([...proven.verdicts.values()]) ?? []
  if (first === undefined) throw new Error('a proven head has a verdict')
  return rest.reduce((best, verdict) => (verdict.run > best.run ? verdict : best), first)
}

/**
 * One sweep: list, look, judge, repair, report. A single head's trouble never stops the others; an
 * unreadable list does.
 */
export async function sweep(
  config: Config,
  forge: Forge,
  nonce: () => string,
  requests: () => number,
  progress: Progress,
): Promise<SweepReport> {
  const { policy, baseBranches } = config
  const open = await forge.openPulls()
  const collector = openCollector(forge, policy, open.defaultBranch)
  const heads = [...headsOf(open.pulls)].filter(([, pulls]) =>
    pulls.some(pull => wanted(config, pull)),
  )
  progress.note(
    `${open.pulls.length} open pull requests; judging ${heads.length} heads by ` +
      `"${policy.umbrella}"`,
  )

  let looked = 0
  const glances = await Promise.all(
    heads.map(async ([sha, pulls]) => {
      const evidence = await collector.firstLook(sha, pulls)
      looked += 1
      if (looked % 25 === 0) progress.note(`looked at ${looked} of ${heads.length} heads`)
      return evidence
    }),
  )
  const study = [
    ...glances.filter(head => isCandidate(policy, head)),
    ...(await suspects(forge, policy, glances, line => {
      progress.note(line)
    })),
  ]
  if (study.length > 0)
    progress.note(`studying ${study.length} of ${heads.length} heads: the rest needs no repair`)
  const studied = new Map((await collector.study(study)).map(head => [head.sha, head]))
  const judged = glances.map((firstLook): Judged => {
    const evidence = studied.get(firstLook.sha) ?? firstLook
    return { evidence, verdicts: decide(policy, baseBranches, evidence) }
  })

  const writer = writerOf(config.workflowRun, forge.server.traits.jobInTargetUrl === 'id')
  const bench: RepairDependencies = {
    forge,
    collector,
    policy,
    baseBranches,
    writer,
    apiUrl: config.apiUrl,
    repo: config.repo,
  }
  const outcomes = await actOn(config, bench, judged, nonce, progress)
  const pulls = judged.flatMap(head => reportsOf(config, head, outcomes.get(head.evidence.sha)))
  const { kind, version, grade, gradeLimit, capabilities } = forge.server
  return {
    schema: REPORT_SCHEMA,
    repo: config.repo,
    server: { kind, version, grade, gradeLimit, capabilities },
    policy: {
      umbrella: policy.umbrella,
      required: policy.required,
      optional: policy.optional,
      external: policy.external,
      minGrade: policy.minGrade,
      minAgeSeconds: policy.minAge / 1000,
      baseBranches,
      remedy: config.remedy,
      maxRepairs: config.maxRepairs,
      dryRun: config.dryRun,
      pullRequest: config.pullRequest,
    },
    requests: requests(),
    pulls: pulls.sort((a, b) => a.number - b.number),
  }
}

interface Done {
  readonly remedy: Remedy['kind'] | 'withdraw'
  readonly outcome: Outcome
}

/**
 * Takes back what no longer holds, before anything new is written: a gate that is open wrongly
 * comes first.
 */
async function withdrawals(
  config: Config,
  bench: RepairDependencies,
  judged: readonly Judged[],
  done: Map<string, Done>,
  progress: Progress,
): Promise<number> {
  let spent = 0
  for (const { evidence } of judged) {
    const found = closingOf(config.policy, config.baseBranches, evidence)
    if (found === null) continue
    const held = config.maxRepairs !== 0 && spent >= config.maxRepairs
    const undo = undoFor(found, evidence.sha, bench.writer)
    const what = `our row ${found.row.id} must be taken back: ${found.why}`
    const outcome: Outcome =
      config.remedy === 'report'
        ? { ...NOTHING, detail: what, command: postCommand(bench, undo) }
        : config.dryRun
          ? { ...NOTHING, code: 'dry-run', detail: what, posted: undo }
          : held
            ? {
                ...NOTHING,
                code: 'held',
                detail: `${what}; max-repairs (${config.maxRepairs}) is reached`,
              }
            : await takeBack(bench, evidence)
    if (!held) spent += 1
    progress.note(`${evidence.pulls.map(({ number }) => `#${number}`).join(', ')}: ${outcome.code}`)
    done.set(evidence.sha, { remedy: 'withdraw', outcome })
  }
  return spent
}

/** Repairs proven heads one after the other, oldest red first. */
async function actOn(
  config: Config,
  bench: RepairDependencies,
  judged: readonly Judged[],
  nonce: () => string,
  progress: Progress,
): Promise<ReadonlyMap<string, Done>> {
  const done = new Map<string, Done>()
  const proven = judged.flatMap(head => provenOf(head) ?? [])
  const spent = await withdrawals(config, bench, judged, done, progress)
  const heads = proven.map(head => ({ sha: head.evidence.sha, verdict: leading(head), head }))
  const { allowed, held, why } = allow(heads, judged.length, config.maxRepairs, spent)
  const plan = (sha: string, verdict: Repair): Remedy =>
    remedyFor(
      bench.forge.server,
      config.remedy,
      bench,
      sha,
      config.policy.umbrella,
      verdict,
      bench.writer,
      nonce(),
    )
  for (const { sha, verdict } of held) {
    done.set(sha, {
      remedy: plan(sha, verdict).kind,
      outcome: { ...NOTHING, code: 'held', detail: why },
    })
  }
  let cannotWin = false
  for (const { sha, verdict, head } of allowed) {
    const remedy = plan(sha, verdict)
    if (remedy.kind === 'report')
      done.set(sha, {
        remedy: remedy.kind,
        outcome: { ...NOTHING, detail: remedy.why, command: remedy.command },
      })
    else if (config.dryRun)
      done.set(sha, {
        remedy: remedy.kind,
        outcome: {
          ...NOTHING,
          code: 'dry-run',
          detail: 'nothing was written',
          posted: remedy.post,
        },
      })
    else if (cannotWin)
      done.set(sha, {
        remedy: remedy.kind,
        outcome: { ...NOTHING, code: 'held', detail: 'a posted success cannot win on this server' },
      })
    else {
      const outcome = await repair(bench, head, remedy)
      cannotWin ||= outcome.postsCannotWin
      progress.note(
        `${head.evidence.pulls.map(({ number }) => `#${number}`).join(', ')}: ${outcome.code}`,
      )
      done.set(sha, { remedy: remedy.kind, outcome })
    }
  }
  return done
}

function reportsOf(
  config: Config,
  { evidence, verdicts }: Judged,
  done: Done | undefined,
): readonly PullReport[] {
  const numbers = evidence.pulls.map(({ number }) => number)
  return evidence.pulls
    .filter(pull => wanted(config, pull))
    .map((pull): PullReport => {
      const verdict = verdicts.get(pull.number)
      if (verdict === undefined) throw new Error(`pull request ${pull.number} was not judged`)
      const { kind, reason, detail, grade, umbrella, run } = verdict
      const ended = kind === 'repair' || done?.remedy === 'withdraw' ? done : undefined
      return {
        ...describePull(
          pull,
          numbers.filter(number => number !== pull.number),
        ),
        kind,
        reason,
        detail,
        grade,
        run,
        umbrella: umbrella === null ? null : { ...umbrella, age: Math.floor(umbrella.age / 1000) },
        cause: kind === 'repair' ? verdict.cause : null,
        proof: kind === 'repair' ? verdict.proof : [],
        stuck: kind === 'wait' && verdict.stuck,
        remedy: ended?.remedy ?? 'none',
        outcome: ended?.outcome.code ?? 'none',
        outcomeDetail: ended?.outcome.detail ?? '',
        posted: ended?.outcome.posted ?? null,
        command: ended?.outcome.command ?? null,
        gate:
          ended?.outcome.gate ??
          (kind === 'leave' ? null : blockersOf(evidence, config.policy.umbrella)),
      }
    })
}
