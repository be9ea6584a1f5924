import type { Step } from './body.js'
import type { Expression } from './expression.js'
import { parseCondition, parseTemplate } from './expression.js'
import type { Workflow, WorkflowJob } from './parse.js'
import type { Status } from './script.js'
import { isSpecial, runScript } from './script.js'
import type { Facts, Value } from './value.js'
import {
  NotJudging,
  decide,
  holdsSyntax,
  literal,
  madeOf,
  templateValue,
  truthOf,
  valueOf,
} from './value.js'

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

/** The action that judges by `toJSON(needs)`, from GitHub, whatever its version. */
const ALLS_GREEN = /^(?:https:\/\/github\.com\/)?re-actors\/alls-green@[\w./-]+$/i

const refuse = (why: string): never => {
  throw new NotJudging(why)
}

/** Do the needs of a job hold outputs, or may they? */
function mayHoldOutputs(workflow: Workflow, job: WorkflowJob): boolean {
  return job.needs.some(need => {
    const found = workflow.jobs.find(({ id }) => id.toLowerCase() === need.toLowerCase())
    return found === undefined || found.reusable || found.body.outputs?.length !== 0
  })
}

type Environment = ReadonlyMap<string, Value>

/** Variables of one level, over those of the levels above. */
function withVariables(given: Step['env'], facts: Facts): Environment {
  if (given === null) return refuse('its env is known only to a run')
  const env = new Map(facts.env)
  for (const [name, text] of Object.entries(given)) {
    if (!/^[A-Za-z_]\w*$/.test(name) || isSpecial(name)) refuse(`its env sets ${name.slice(0, 60)}`)
    env.set(name, templateValue(text, facts))
  }
  return env
}

const FUNCTIONS = /\b(?:always|success|failure|cancelled)\s*\(/i

/** What a condition says; a condition that asks for no status asks for success besides. */
function conditionValue(condition: string | null, facts: Facts): Value {
  const text = condition ?? 'success()'
  const asked = FUNCTIONS.test(text)
  const read = text.trim() === '' ? null : parseCondition(text)
  if (read === null) return refuse('an "if" that cannot be read')
  const value = valueOf(read, facts)
  // One that asks for the event or a ref tells only whether the job runs at all. But where it does
  // not run, the server writes a skip, which is an answer of its own.
  decide(value, '"if"')
  if (asked) return value
  const success: Expression = { kind: 'call', name: 'success', args: [] }
  return valueOf({ kind: 'binary', operator: '&&', left: success, right: read }, facts)
}

/** A private-use letter for each expression of a script, which is put in before a shell reads it. */
function markedScript(text: string, facts: Facts) {
  if (/[\uE000-\uF8FF]/.test(text)) refuse('its script holds a character of no meaning')
  if (/::\s*(?:set-env|add-path|add-matcher)|##\[/i.test(text))
    refuse('its script speaks to the runner')
  const parts = parseTemplate(text)
  if (parts === null) return refuse('its script holds an expression that cannot be read')
  const marks = new Map<string, { readonly value: Value; readonly safe: boolean }>()
  const marked = parts.map(part => {
    if (typeof part === 'string') return part
    const mark = String.fromCharCode(0xe100 + marks.size)
    const value = valueOf(part, facts)
    marks.set(mark, { value, safe: isWord(part, value) })
    return mark
  })
  if (marks.size > 500) refuse('its script holds too many expressions')
  return { text: marked.join(''), marks }
}

const ofEnv = (expression: Expression): boolean => {
  switch (expression.kind) {
    case 'literal':
      return false
    case 'path':
      return expression.names[0] === 'env'
    case 'call':
      return expression.args.some(ofEnv)
    case 'not':
      return ofEnv(expression.of)
    case 'binary':
      return ofEnv(expression.left) || ofEnv(expression.right)
  }
}

/** Can a shell read what this becomes as nothing but a word or a list of words? */
function isWord(expression: Expression, { values }: Value): boolean {
  if (values === null) return !holdsSyntax(expression) && !ofEnv(expression)
  return values.every(
    value => typeof value !== 'string' || /^[\w .,:/%@+=\uE001-\uE006-]*$/.test(value),
  )
}

/** Which shell runs a step? Only bash and sh are understood. */
function checkShell(workflow: Workflow, { body }: WorkflowJob, { shell }: Step): void {
  const given = shell ?? body.shell ?? workflow.defaults.shell
  if (given !== null) {
    if (given !== 'bash' && given !== 'sh') refuse(`its shell is ${given.slice(0, 60)}`)
    return
  }
  // Without a shell it is bash or sh, but not on Windows.
  if (body.runsOn === null || body.runsOn.some(label => /win|\$\{\{/i.test(label)))
    refuse('its shell is not told')
}

/** How alls-green can end: it reads nothing but what it is handed. */
function allsGreen({ with: given }: Step, facts: Facts): readonly Status[] {
  const { jobs, ...others } = given ?? {}
  const parts = parseTemplate((jobs ?? '').trim()) ?? []
  const [only, ...more] = parts
  const isNeeds =
    only !== undefined &&
    typeof only !== 'string' &&
    only.kind === 'call' &&
    only.name === 'tojson' &&
    only.args.length === 1 &&
    only.args[0]?.kind === 'path' &&
    only.args[0].names.join('.') === 'needs'
  if (!isNeeds || more.length > 0) refuse('alls-green is not handed toJSON(needs)')
  for (const [name, text] of Object.entries(others)) {
    if (name !== 'allowed-failures' && name !== 'allowed-skips')
      refuse(`alls-green is handed ${name.slice(0, 60)}`)
    decide(templateValue(text, facts), `alls-green's ${name}`)
  }
  const result = facts.needs.length === 0 ? literal() : valueOf(RESULTS, facts)
  return [{ ok: true, fail: facts.result === null, by: { ...result, values: null } }]
}

const RESULTS: Expression = { kind: 'path', names: ['needs', '*', 'result'] }

function stepExits(
  step: Step,
  workflow: Workflow,
  job: WorkflowJob,
  facts: Facts & { guard: Value },
) {
  const { run, uses } = step
  if (step.others.length > 0) refuse(`a step with ${step.others.join(', ').slice(0, 60)}`)
  const env = withVariables(step.env, facts)
  const inner = { ...facts, env }
  if (uses !== null) {
    if (run !== null || !ALLS_GREEN.test(uses)) refuse(`it uses ${uses.slice(0, 60)}`)
    return { exits: allsGreen(step, inner), polls: false }
  }
  if (run === null) return refuse('a step that does nothing that can be read')
  checkShell(workflow, job, step)
  const { text, marks } = markedScript(run, inner)
  const gh = workflow.path.replaceAll('\\', '/').includes('.github/')
  return runScript(text, { env, marks, gh, guard: facts.guard })
}

/** Whether a job can end well, whether it can fail, and by what. */
interface Outcome {
  readonly ok: boolean
  readonly fail: boolean
  readonly origins: ReadonlySet<string>
  readonly polls: boolean
}

function outcomeOf(workflow: Workflow, job: WorkflowJob, result: Facts['result']): Outcome {
  const { body } = job
  const base: Facts = {
    needs: job.needs,
    outputs: mayHoldOutputs(workflow, job),
    env: new Map(),
    result,
    ofJob: true,
  }
  const condition = conditionValue(body.condition, base)
  if (!truthOf(condition).yes) return { ok: true, fail: false, origins: new Set(), polls: false }
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
    if (!yes) continue
    const held = madeOf([guard, asked], null)
    const ended = stepExits(step, workflow, job, { ...facts, guard: held })
    polls ||= ended.polls
    if (step.continueOnError) continue
    for (const { fail: fails, by } of ended.exits) {
      if (!fails) continue
      const judged = by.from.has('results') || by.from.has('statuses')
      if (!judged && result === null) refuse('it fails by nothing that it reads')
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
  if (job.reusable) refuse('it calls another workflow')
  if (body.others.length > 0) refuse(`it has ${body.others.join(', ').slice(0, 60)}`)
  if (workflow.defaults.others.length > 0) refuse(`it has ${workflow.defaults.others.join(', ')}`)
  if (matrix.kind === 'expression') refuse('its matrix is known only to a run')
  if (body.outputs === null) refuse('its outputs are known only to a run')
  if (body.steps === null || body.steps.length === 0) refuse('it has no steps that can be read')
  if ((body.steps ?? []).length > MAX_STEPS) refuse('it has too many steps')
  const any = outcomeOf(workflow, job, null)
  // Over green needs a job that only judges is green, or its condition lets it be skipped.
  if (!outcomeOf(workflow, job, 'success').ok) refuse('it fails though all it needs is green')
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

const NEEDS_READ =
  /\bneeds\s*(?:\.\s*(?:\*|[\w-]+)|\[[^\]]*\])\s*(?:\.\s*result\b|\[\s*'result'\s*\])|\btojson\s*\(\s*needs\b/i

const POLLS = new RegExp(
  [
    '/commits/\\S+/(?:status|check-)|/statuses/|/actions/runs/\\S+/jobs',
    '\\bgh (?:pr checks|run (?:list|view|watch))',
    'merge-gatekeeper|wait-on-check|wait-for-(?:check|status)|alls-green-status',
  ].join('|'),
  'i',
)

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
      readsNeeds: texts.some(text => NEEDS_READ.test(text)),
      polls: texts.some(text => POLLS.test(text)),
    }
  }
}

/**
 * Is this the job that answers for others? It reads what they ended with, asks the server for it,
 * or cannot fail by itself. One that works on what others built is none: it does not run when they
 * failed, and when it fails itself, all that it needs is green.
 */
export function isUmbrellaLike(workflow: Workflow, job: WorkflowJob): boolean {
  const work = workOf(workflow, job)
  if (work.kind === 'only-judges') return work.by === 'polling' || job.needs.length > 0
  if (job.needs.length === 0) return work.polls
  return job.runsAlways && (work.readsNeeds || work.polls)
}
