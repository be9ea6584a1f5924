import type { Step } from './body.js'
import type { Facts } from './evaluate.js'
import type { Workflow, WorkflowJob } from './parse.js'
import { conditionValue, mayHoldOutputs, stepExits, withVariables } from './steps.js'
import type { Value } from './value.js'
import { NotJudging, madeOf, notJudging, truthOf } from './value.js'

/** What a job does beside waiting for others, by its file alone. */
export type JobWork =
  /**
   * Every condition that can end it depends on literals, the results of its needs, or what this
   * server says of this commit. `nothing`: it cannot fail by itself.
   */
  | { readonly kind: 'only-judges'; readonly by: 'needs' | 'polling' | 'nothing' }
  /** It does something else as well, or something that is not understood. */
  | {
      readonly kind: 'other-work'
      readonly why: string
      readonly readsNeeds: boolean
      readonly polls: boolean
    }

/** Steps of one job beyond this are not read. */
const MAX_STEPS = 50

/** Whether a job can end well, whether it can fail, and by what. */
interface PossibleEnds {
  readonly ok: boolean
  readonly fail: boolean
  readonly origins: ReadonlySet<string>
  readonly polls: boolean
}

/** `if: false` */
const isOff = (condition: string | null): boolean =>
  /^(?:false|\$\{\{\s*false\s*\}\})$/.test(condition ?? '')

function outcomeOf(workflow: Workflow, job: WorkflowJob, result: Facts['result']): PossibleEnds {
  const { body } = job
  const base: Facts = {
    needs: job.needs,
    outputs: mayHoldOutputs(workflow, job),
    env: new Map(),
    result,
    ofJob: true,
  }
  const condition = conditionValue(body.condition, base)
  if (result === null ? isOff(body.condition) : !truthOf(condition).yes)
    return { ok: true, fail: false, origins: new Set(), polls: false }
  const ofSteps: Facts = { ...base, ofJob: false }
  const whole = { ...ofSteps, env: withVariables(workflow.env, ofSteps) }
  const facts = { ...whole, env: withVariables(body.env, whole) }
  // A job whose condition asks for success alone is not held back by it: it runs, and then fails.
  let guard: Value = { ...condition, values: null }
  const origins = new Set<string>()
  let [ok, fail, polls] = [true, false, false]
  for (const step of body.steps ?? []) {
    const asked = conditionValue(step.condition, facts)
    const { yes, no } = truthOf(asked)
    // Where anything may have ended anyhow, every step is read that is not turned off literally.
    if (result === null ? isOff(step.condition) : !yes) continue
    const held = madeOf([guard, asked], null)
    const ended = stepExits(step, workflow, job, { ...facts, guard: held })
    polls ||= ended.polls
    if (step.continueOnError) continue
    for (const { fail: fails, by } of ended.exits) {
      if (!fails) continue
      const judged = by.from.has('results') || by.from.has('statuses')
      if (!judged && result === null) notJudging('it fails by nothing that it reads')
      // A failure that rests on the file alone can come although every need is green.
      if (!judged) ok = false
      for (const origin of by.from) origins.add(origin)
      fail = true
      guard = madeOf([guard, by], null)
    }
    if (!no && !ended.exits.some(one => one.ok)) ok = false
  }
  return { ok, fail, origins, polls }
}

function judging(workflow: Workflow, job: WorkflowJob): JobWork {
  const { body, matrix } = job
  if (job.reusable) notJudging('it calls another workflow')
  if (body.others.length > 0) notJudging(`it has ${body.others.join(', ').slice(0, 60)}`)
  if (workflow.defaults.others.length > 0)
    notJudging(`it has ${workflow.defaults.others.join(', ')}`)
  if (matrix.kind === 'expression') notJudging('its matrix is known only to a run')
  // An output is an expression, which can fail.
  if (body.outputs?.length !== 0) notJudging('it has outputs')
  if (body.steps === null || body.steps.length === 0) notJudging('it has no steps that can be read')
  if ((body.steps ?? []).length > MAX_STEPS) notJudging('it has too many steps')
  const any = outcomeOf(workflow, job, null)
  // Over green needs a job that only judges is green, or its condition lets it be skipped.
  if (!outcomeOf(workflow, job, 'success').ok) notJudging('it fails though all it needs is green')
  // One that polls can still wait until its time is up.
  if (any.polls || any.origins.has('statuses')) return { kind: 'only-judges', by: 'polling' }
  return { kind: 'only-judges', by: any.fail ? 'needs' : 'nothing' }
}

/** All texts of a job that a runner reads. */
function textsIn({ body }: WorkflowJob): readonly string[] {
  const values = (map: Step['env']): readonly string[] => Object.values(map ?? {})
  return [
    ...(body.condition === null ? [] : [body.condition]),
    ...values(body.env),
    ...(body.steps ?? []).flatMap(step => [
      ...[step.run, step.uses, step.condition].filter(text => text !== null),
      ...values(step.env),
      ...values(step.with),
    ]),
  ]
}

const NEEDS_READ = new RegExp(
  [
    /\bneeds\s*(?:\.\s*(?:\*|[\w-]+)|\[[^\]]*\])\s*(?:\.\s*result\b|\[\s*'result'\s*\])/,
    /\btojson\s*\(\s*needs\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
)

const POLLS = new RegExp(
  [
    '/commits/\\S+/(?:status|check-)|/statuses/|/actions/runs/\\S+/jobs',
    '\\bgh (?:pr checks|run (?:list|view|watch))',
    'merge-gatekeeper|wait-on-check|wait-for-(?:check|status)|alls-green-status',
  ].join('|'),
  'i',
)

/** Does the text of a job name what its needs ended with, whatever becomes of it there? */
export const namesResults = (job: WorkflowJob): boolean =>
  textsIn(job).some(text => NEEDS_READ.test(text))

/**
 * What this job does. Whatever is not understood is other work: a mistake here would let a success
 * be posted over a verdict of the job's own.
 */
export function workOf(workflow: Workflow, job: WorkflowJob): JobWork {
  try {
    return judging(workflow, job)
  } catch (error) {
    if (!(error instanceof NotJudging)) throw error
    const texts = textsIn(job)
    return {
      kind: 'other-work',
      why: error.message,
      readsNeeds: namesResults(job),
      polls: texts.some(text => POLLS.test(text)),
    }
  }
}

/**
 * Is this the job that answers for others? It reads what they ended with, or asks the server for
 * it. One that works on what others built is none: it does not run when they failed, and when it
 * fails itself, all that it needs is green. Nor is one that reads nothing, even if it cannot fail
 * on this branch: a pull request may have given it work, and nobody named it
 * (`__tests__/recordings/gitea-1.26.4-own-verdict`).
 */
export function isUmbrellaLike(
  workflow: Workflow,
  job: WorkflowJob,
  work = workOf(workflow, job),
): boolean {
  if (work.kind === 'only-judges')
    return work.by === 'polling' || (work.by === 'needs' && job.needs.length > 0)
  if (job.needs.length === 0) return work.polls
  return job.runsAlways && (work.readsNeeds || work.polls)
}
