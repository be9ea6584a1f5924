import type { Step, Variables } from '../../../workflow/body.js'
import { isFields } from '../../../workflow/fields.js'
import type { Workflow, WorkflowJob } from '../../../workflow/parse.js'
import type { World } from './expression.js'
import { filled, conditionHolds } from './expression.js'
import { exitOf } from './shell/script.js'
import { Unknown, unknown } from './unknown.js'

/** What a job that runs says. */
export type JobVerdict =
  | { readonly kind: 'green' }
  | { readonly kind: 'red' }
  | { readonly kind: 'unknown'; readonly why: string }

const ALLS_GREEN = /(?:^|\/)re-actors\/alls-green@/i

/** Names, as alls-green takes them: JSON, or separated by commas. */
function namesIn(text: string): readonly string[] {
  if (text.trim() === '') return []
  try {
    const read: unknown = JSON.parse(text)
    if (Array.isArray(read)) return read.map(String)
  } catch {
    // Separated by commas.
  }
  return text.split(',').map(one => one.trim())
}

/** Which jobs alls-green is told to let through, and how. */
interface Allowed {
  readonly failures: readonly string[]
  readonly skips: readonly string[]
}

/** What an alls-green step allows, as far as the file tells; `null`: the step is none. */
export function allowedBy({ uses, with: given }: Step): Allowed | null {
  if (uses === null || !ALLS_GREEN.test(uses)) return null
  const list = (name: string): readonly string[] => namesIn(given?.[name] ?? '')
  return { failures: list('allowed-failures'), skips: list('allowed-skips') }
}

/** `alls-green`, as its script judges: no jobs at all are a failure. */
function isAllsGreen(given: Variables, world: World): boolean {
  const input = (name: string): string => filled(given?.[name] ?? '', world)
  const failures = new Set(namesIn(input('allowed-failures')))
  const skips = new Set(namesIn(input('allowed-skips')))
  const text = input('jobs')
  let jobs: unknown
  try {
    jobs = JSON.parse(text)
  } catch {
    return false
  }
  const all = isFields(jobs) ? Object.entries(jobs) : unknown('alls-green is not handed needs')
  if (all.length === 0) return false
  return all.every(([name, job]) => {
    const result = isFields(job) ? job['result'] : null
    if (skips.has(name)) return result === 'success' || result === 'skipped'
    return failures.has(name) || result === 'success'
  })
}

type Environment = ReadonlyMap<string, string | null>

/** Variables of one level, over those above; `null` where only a run tells one. */
function withVariables(given: Variables, world: World): Environment {
  if (given === null) return unknown('its env is known only to a run')
  const env = new Map(world.env)
  for (const [name, text] of Object.entries(given)) {
    let value: string | null = null
    try {
      value = filled(text, world)
    } catch (error) {
      if (!(error instanceof Unknown)) throw error
    }
    env.set(name, value)
  }
  return env
}

/** What a step ends with: is it well? Throws where only a run tells. */
function endsWell(step: Step, { workflow, job, pipefail }: Judged, above: World): boolean {
  const world = { ...above, env: withVariables(step.env, above) }
  const { run, uses } = step
  const odd = step.others.filter(key => key !== 'timeout-minutes')
  if (odd.length > 0) return unknown(`a step with ${odd.join(', ').slice(0, 60)}`)
  if (uses !== null)
    return ALLS_GREEN.test(uses)
      ? isAllsGreen(step.with, world)
      : unknown(`it uses ${uses.slice(0, 60)}`)
  if (run === null) return unknown('a step that does nothing that can be read')
  const shell = step.shell ?? job.body.shell ?? workflow.defaults.shell
  if (shell !== null && shell !== 'bash' && shell !== 'sh')
    return unknown(`its shell is ${shell.slice(0, 60)}`)
  if (shell === null && job.body.runsOn?.some(label => /win/i.test(label)) !== false)
    return unknown('its shell is not told')
  const start = {
    env: world.env,
    isPosix: shell === 'sh',
    pipefail: shell === 'bash' || (shell === null && pipefail),
  }
  return exitOf(filled(run, world), start) === 0
}

/** A job whose steps are played through. */
interface Judged {
  readonly workflow: Workflow
  readonly job: WorkflowJob
  /** Is a pipe red where any of its commands is, without a word in the file? */
  readonly pipefail: boolean
}

/** `if: false` */
const isOff = (condition: string | null): boolean =>
  condition !== null && /^(?:false|\$\{\{\s*false\s*\}\})$/.test(condition.trim())

/** What the steps of a job say, one after the other. */
export function verdictOf(judged: Judged, bare: World): JobVerdict {
  const { workflow, job } = judged
  const { steps } = job.body
  if (job.reusable || steps === null)
    return { kind: 'unknown', why: 'it has no steps that can be read' }
  let failed = false
  let why = job.body.others.length > 0 ? `it has ${job.body.others.join(', ').slice(0, 60)}` : null
  try {
    const world = {
      ...bare,
      env: withVariables(job.body.env, { ...bare, env: withVariables(workflow.env, bare) }),
    }
    for (const step of steps) {
      if (isOff(step.condition)) continue
      const status = { ...world.status, success: !failed, failure: failed }
      const now = { ...world, status }
      const runs = conditionHolds(step.condition, now)
      if (runs === false) continue
      const ends = answerOrWhy(() => endsWell(step, judged, now))
      if (ends === true || step.continueOnError) continue
      if (ends === false && runs === true) failed = true
      else why ??= typeof ends === 'string' ? ends : 'an "if" that only a run tells'
    }
  } catch (error) {
    if (!(error instanceof Unknown)) throw error
    why = error.message
  }
  if (failed) return { kind: 'red' }
  return why === null ? { kind: 'green' } : { kind: 'unknown', why }
}

/** Its answer, or why there is none. */
function answerOrWhy(go: () => boolean): boolean | string {
  try {
    return go()
  } catch (error) {
    // Nothing that anybody wrote by hand is nested so deeply that it ends the stack.
    if (error instanceof RangeError) return 'it is nested too deeply'
    if (!(error instanceof Unknown)) throw error
    return error.message
  }
}
