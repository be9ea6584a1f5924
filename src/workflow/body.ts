import type { Fields } from './fields.js'
import { isFields, textOf, textsOf, wordOf } from './fields.js'

/** Variables by name; `null` where only a run tells them. */
export type Variables = Readonly<Record<string, string>> | null

/** A step of a job, as it stands in the file. */
export interface Step {
  readonly run: string | null
  readonly uses: string | null
  /** What it hands to an action. */
  readonly with: Variables
  readonly condition: string | null
  readonly env: Variables
  readonly shell: string | null
  /** Literally `true`: an expression is not. */
  readonly continueOnError: boolean
  /** Keys beside these that may change what it does, such as `working-directory`. */
  readonly others: readonly string[]
}

/** What a job does, as it stands in the file. */
export interface JobBody {
  readonly condition: string | null
  /** `null` when it is no text and no list of texts. */
  readonly runsOn: readonly string[] | null
  readonly env: Variables
  /** `defaults.run.shell` of the job. */
  readonly shell: string | null
  /** The names of its outputs; `null` where only a run tells them. */
  readonly outputs: readonly string[] | null
  /** `null` when the file gives none, or some that are no steps. */
  readonly steps: readonly Step[] | null
  /** Keys beside these that may change what it does, such as `container`. */
  readonly others: readonly string[]
}

/** A map of scalars. Nothing at all is an empty one. */
export function variablesOf(value: unknown): Variables {
  if (value === undefined || value === null) return {}
  if (!isFields(value)) return null
  const entries = Object.entries(value).map(([name, one]) => [name, wordOf(one ?? '')] as const)
  return entries.some(([, text]) => text === null)
    ? null
    : Object.fromEntries(entries.map(([name, text]) => [name, text ?? '']))
}

/** What `defaults.run` sets for every step. */
export interface Defaults {
  readonly shell: string | null
  /** Keys beside it, such as `working-directory`. */
  readonly others: readonly string[]
}

/** `defaults.run`: its shell, and what else it sets. */
export function defaultsOf(owner: Fields): Defaults {
  const value = owner['defaults'] ?? {}
  const run = isFields(value) ? (value['run'] ?? {}) : null
  if (!isFields(run)) return { shell: null, others: ['defaults'] }
  const { shell, ...others } = run
  const given = shell !== undefined && shell !== null
  const unreadable = given && textOf(shell) === null ? ['shell'] : []
  return { shell: textOf(shell), others: [...Object.keys(others), ...unreadable] }
}

/** Keys of a step that are read, or that never change what it ends with. */
const STEP_KEYS = new Set(
  'id name run uses with if env shell continue-on-error timeout-minutes'.split(' '),
)

/** The same of a job. A time limit by expression is told below. */
const JOB_KEYS = new Set(
  (
    'name needs if runs-on env defaults outputs steps strategy concurrency permissions ' +
    'continue-on-error timeout-minutes uses'
  ).split(' '),
)

/** Keys whose value is not of the shape that can be read. */
const misshapen = (owner: Fields, keys: readonly string[]): readonly string[] =>
  keys.filter(key => {
    const value = owner[key]
    return value !== undefined && value !== null && wordOf(value) === null
  })

/** Keys whose expressions could not be evaluated for some values, which fails what holds them. */
const failingKeys = (owner: Fields, keys: readonly string[]): readonly string[] =>
  keys.filter(key => /\b(?:fromjson|hashfiles|format)\b/i.test(JSON.stringify(owner[key] ?? '')))

const timeLimit = (owner: Fields): readonly string[] => {
  const value = owner['timeout-minutes'] ?? 1
  return typeof value === 'number' && value >= 1 ? [] : ['timeout-minutes']
}

function stepOf(value: unknown): Step | null {
  if (!isFields(value)) return null
  return {
    run: wordOf(value['run']),
    uses: textOf(value['uses']),
    with: variablesOf(value['with']),
    condition: wordOf(value['if']),
    env: variablesOf(value['env']),
    shell: textOf(value['shell']),
    continueOnError: value['continue-on-error'] === true,
    others: [
      ...Object.keys(value).filter(key => !STEP_KEYS.has(key)),
      ...misshapen(value, ['run', 'uses', 'if', 'shell']),
      ...failingKeys(value, ['name', 'continue-on-error']),
      ...timeLimit(value),
    ],
  }
}

function stepsOf(value: unknown): readonly Step[] | null {
  if (!Array.isArray(value)) return null
  const steps = value.map(stepOf)
  return steps.includes(null) ? null : steps.filter(step => step !== null)
}

/** What a job does, by its map. */
export function jobBodyOf(job: Fields): JobBody {
  const { shell, others } = defaultsOf(job)
  const runsOn = job['runs-on']
  const outputs = job['outputs'] ?? {}
  return {
    condition: wordOf(job['if']),
    runsOn: isFields(runsOn) ? null : textsOf(runsOn),
    env: variablesOf(job['env']),
    shell,
    outputs: isFields(outputs) ? Object.keys(outputs) : null,
    steps: stepsOf(job['steps']),
    others: [
      ...Object.keys(job).filter(key => !JOB_KEYS.has(key)),
      ...misshapen(job, ['if']),
      ...failingKeys(job, ['name', 'continue-on-error', 'strategy', 'concurrency']),
      ...timeLimit(job),
      ...others,
    ],
  }
}
