import { outcomeCommand, outcomeBlockers, postedOf, rerunOf } from '../core/plan/outcome.js'
import { asRowId, asRunKey } from '../core/model/ids.js'
import { carriersOf, readChecks } from '../core/view/checks/result.js'
import { umbrellaRows } from '../core/view/read.js'
import type { CheckEvidence, Evidence, ListedPull } from '../core/model/evidence.js'
import { baseBranchName } from '../core/model/evidence.js'
import { formatInstant } from '../core/model/time.js'
import { blockersOf } from '../core/view/gate.js'
import { headStatusesOf } from '../core/view/head-statuses.js'
import type { Judgement } from '../core/rules/decide.js'
import type { Forge } from '../forge/port.js'
import { adviceFor } from './report/advice.js'
import type { Explanation, UmbrellaHistory } from './report/explanation.js'
import type { UmbrellaTold } from './merge.js'
import { mergeOf } from './merge.js'
import type { EndedHead } from './sweep-report.js'
import { outcomeFor } from './sweep-report.js'

/** Rows of the umbrella that are shown; what is older says little. */
const SHOWN_ROWS = 12

function historyOf({ forge, evidence, config }: EndedHead): readonly UmbrellaHistory[] {
  const { umbrella } = config.policy
  if (evidence.kind === 'checks') return checkHistory(forge, evidence, umbrella)
  return headStatusesOf(evidence)
    .of(umbrella)
    .slice(0, SHOWN_ROWS)
    .map(({ id, state, author, creator, description, createdAt }) => ({
      row: id,
      state,
      run: author.kind === 'actions' ? author.run : null,
      url: author.kind === 'actions' ? forge.addressOf(author.run) : '',
      writer:
        author.kind === 'actions'
          ? 'Actions'
          : author.kind === 'us'
            ? 'us'
            : (creator ?? 'unknown'),
      description,
      at: formatInstant(createdAt),
    }))
}

/** Every job of the umbrella's name, and every status, the newest first. */
function checkHistory(
  forge: Forge,
  evidence: CheckEvidence,
  umbrella: string,
): readonly UmbrellaHistory[] {
  const { legs } = carriersOf(readChecks(evidence), umbrella)
  const jobs = legs.map(({ check, suite, state, executions }) => ({
    row: asRowId(check.id),
    state,
    run: asRunKey(suite.run.id),
    url: forge.addressOf(asRunKey(suite.run.id), check.id),
    writer: 'Actions',
    description: executions > 1 ? `executed ${executions} times` : '',
    at: check.startedAt === null ? '' : formatInstant(check.startedAt),
  }))
  const rows = umbrellaRows(evidence, umbrella).map(row => ({
    row: row.id,
    state: row.state,
    run: null,
    url: '',
    writer: row.author.kind === 'us' ? 'us' : (row.creator ?? 'unknown'),
    description: row.description,
    at: formatInstant(row.createdAt),
  }))
  return [...jobs, ...rows].slice(0, SHOWN_ROWS)
}

/** A merge queue that waits for a check which nobody makes. */
function notesOf(evidence: Evidence, umbrella: string): readonly string[] {
  const stalls = evidence.kind === 'checks' ? (evidence.queue?.stalls ?? []) : []
  return stalls.map(
    base =>
      `the merge queue of ${base} waits for ${umbrella}, whose workflow does not start on ` +
      'merge_group: add that event to it',
  )
}

/** What a merge waits for, where this forge tells it. */
function wholeMerge(
  { gate }: EndedHead,
  { number }: ListedPull,
  umbrella: UmbrellaTold,
): Pick<Explanation, 'merge'> {
  const found = gate?.get(number)
  return found === undefined ? {} : { merge: mergeOf(found, umbrella) }
}

/** All that can be said of the pull request that was asked for, where it stands on this head. */
export function explanationOf(head: EndedHead): readonly Explanation[] {
  const { config, evidence, judgements } = head
  const pull = evidence.pulls.find(({ number }) => number === config.pullRequest)
  const judgement = pull === undefined ? undefined : judgements.get(pull.number)
  return pull === undefined || judgement === undefined ? [] : [explained(head, pull, judgement)]
}

/** The same for any pull request of a head: why, on what evidence, and what may be done. */
export function explained(head: EndedHead, pull: ListedPull, judgement: Judgement): Explanation {
  const { config, forge, evidence, done } = head
  const { verdict } = judgement
  const trace = judgement.trace()
  const outcome = outcomeFor(verdict, done)
  const posted = outcome === undefined ? null : postedOf(outcome)
  const rerun = outcome === undefined ? null : rerunOf(outcome)
  const command = outcome === undefined ? null : outcomeCommand(outcome)
  const proposed =
    posted !== null
      ? forge.print({ kind: 'status', post: posted })
      : rerun === null
        ? null
        : forge.print(rerun)
  const others = evidence.pulls.map(({ number }) => number).filter(number => number !== pull.number)
  const advice = adviceFor({
    kind: verdict.kind,
    reason: verdict.reason,
    outcome: outcome?.code ?? 'none',
    contexts: trace.contexts,
  })
  const shown = command ?? (outcome?.code === 'dry-run' ? proposed : null)
  return {
    repo: config.repo,
    server: `${forge.server.kind} ${forge.server.version}`,
    number: pull.number,
    title: pull.title,
    head: pull.head,
    base: baseBranchName(pull),
    sharedWith: others,
    kind: verdict.kind,
    reason: verdict.reason,
    detail: verdict.detail,
    advice,
    grade: verdict.grade,
    umbrella: { context: config.policy.umbrella, history: historyOf(head) },
    requiredFrom: trace.source,
    contexts: trace.contexts.map(row => ({
      ...row,
      url: row.run === null ? '' : forge.addressOf(row.run),
    })),
    rules: trace.steps,
    gate:
      (outcome === undefined ? null : outcomeBlockers(outcome)) ??
      blockersOf(evidence, config.policy.umbrella),
    notes: notesOf(evidence, config.policy.umbrella),
    remedy: done?.remedy ?? 'none',
    outcome: outcome?.code ?? 'none',
    outcomeDetail: outcome?.detail ?? '',
    ...wholeMerge(head, pull, {
      context: config.policy.umbrella,
      verdict,
      isRepaired: outcome?.code === 'compensated' || outcome?.code === 'rerun',
      advice,
      command: shown,
    }),
    command: shown,
  }
}
