import type { z } from 'zod'
import type { WorkflowRun } from './core/acting/compensation.js'
import type { Policy } from './core/model/policy.js'
import type { RemedyChoice } from './core/acting/remedy.js'
import type { FailOn } from './report/report.js'
import { plain } from './report/text.js'
import type { InputName } from './config/inputs.js'
import { DEFAULT_UMBRELLA, DEFAULTS, INPUTS } from './config/inputs.js'
import type { Runner } from './runner.js'

/** Everything a sweep is told, checked. */
export interface Config {
  readonly token: string
  readonly repo: string
  readonly apiUrl: string
  readonly policy: Policy
  /** Why this umbrella: given, chosen (in words), or the default until one is looked for. */
  readonly umbrellaFrom:
    | { readonly kind: 'input' }
    | { readonly kind: 'unset' }
    | { readonly kind: 'chosen'; readonly why: string }
  readonly baseBranches: readonly string[]
  readonly pullRequest: number | null
  /** The issue that counts repairs; `null` without one. */
  readonly trackingIssue: number | null
  readonly dryRun: boolean
  /** Who says dry run although a write was asked for elsewhere; `null` or absent: nobody. */
  readonly dryRunBy?: string | null
  readonly remedy: RemedyChoice
  readonly rerunDependents: boolean
  /** Only with `remedy: rerun`, for it costs every job's minutes again. */
  readonly rerunWholeRun: boolean
  readonly maxRepairs: number
  /** Requests under way at the same time. */
  readonly concurrency: number
  readonly failOn: FailOn
  /** The workflow run this sweep is a step of; `null` under cron. */
  readonly workflowRun: WorkflowRun | null
}

/** One input that cannot be used: which, what was given, what is allowed. */
export interface Fault {
  readonly input: string
  readonly given: string
  readonly allowed: string
}

/** Inputs that must be given, or come from the runner. */
const FALLBACK: Readonly<Partial<Record<InputName, string>>> = {
  repo: 'REPOSITORY',
  'api-url': 'API_URL',
}

/**
 * A variable of the runner: every runner sets the GITHUB_ name, newer Forgejo runners the FORGEJO_
 * one too (docs/forge-facts.md, 8).
 */
const variable = (runner: Pick<Runner, 'env'>, name: string): string =>
  runner.env(`GITHUB_${name}`) || runner.env(`FORGEJO_${name}`)

type Lists = Readonly<Partial<Record<InputName, readonly string[]>>>

/** Lists that name the umbrella itself. */
function umbrellaListed(umbrella: string, lists: Lists): readonly Fault[] {
  const faults: Fault[] = []
  for (const [input, entries] of Object.entries(lists)) {
    if (entries.includes(umbrella))
      faults.push({
        input,
        given: umbrella,
        allowed: 'any context but the umbrella: it cannot prove itself',
      })
  }
  return faults
}

/** Names that are in two lists which contradict each other. */
function contradictions(lists: Lists): readonly Fault[] {
  const faults: Fault[] = []
  const optional = new Set(lists['optional-contexts'] ?? [])
  for (const input of ['required-contexts', 'external-contexts'] as const) {
    for (const entry of lists[input] ?? []) {
      if (optional.has(entry))
        faults.push({
          input,
          given: entry,
          allowed: 'a context that is not in optional-contexts too',
        })
    }
  }
  return faults
}

/**
 * What an error may show of an input: never a token, not even where it was put by mistake, nor an
 * address with a password in it.
 */
function shown(name: InputName, given: string, token: string): string {
  const secret =
    name === 'token' ||
    (token !== '' && given.includes(token)) ||
    (name === 'api-url' && given.includes('@'))
  return secret && given !== '' ? '(hidden)' : given
}

/**
 * Reads every input; answers a config, or every fault at once. Nothing has been asked of any server
 * yet.
 */
export function readConfig(
  runner: Pick<Runner, 'input' | 'env'>,
): { readonly config: Config } | { readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const text = (name: InputName): string => {
    const given = runner.input(name)
    const fallback = FALLBACK[name]
    // An empty text is what somebody gave, not a default; only what the runner itself tells may
    // stand in for it.
    return fallback !== undefined && (given === undefined || given === '')
      ? variable(runner, fallback)
      : (given ?? DEFAULTS[name])
  }
  const read = <Name extends InputName>(
    name: Name,
  ): z.output<(typeof INPUTS)[Name][0]> | undefined => {
    const [schema, allowed] = INPUTS[name]
    const parsed = schema.safeParse(text(name))
    if (parsed.success) return parsed.data as z.output<(typeof INPUTS)[Name][0]>
    faults.push({ input: name, given: shown(name, text(name), text('token')), allowed })
    return undefined
  }
  const names = Object.keys(INPUTS) as InputName[]
  const values = Object.fromEntries(names.map(name => [name, read(name)])) as {
    readonly [Name in InputName]: z.output<(typeof INPUTS)[Name][0]> | undefined
  }
  const umbrella = values['umbrella-context']?.context ?? null
  const lists = {
    'required-contexts': values['required-contexts'] ?? [],
    'optional-contexts': values['optional-contexts'] ?? [],
    'skippable-contexts': values['skippable-contexts'] ?? [],
    'external-contexts': values['external-contexts'] ?? [],
  }
  if (umbrella !== null) faults.push(...umbrellaListed(umbrella, lists))
  faults.push(...contradictions(lists))
  if (faults.length > 0) return { faults }
  return {
    config: assemble(values as Values, runner),
  }
}

/** Every input, read. */
type Values = { readonly [Name in InputName]: z.output<(typeof INPUTS)[Name][0]> }

function assemble(values: Values, runner: Pick<Runner, 'env'>): Config {
  return {
    token: values.token,
    repo: values.repo,
    apiUrl: values['api-url'],
    policy: {
      umbrella: values['umbrella-context'].context ?? DEFAULT_UMBRELLA,
      required: values['required-contexts'],
      optional: values['optional-contexts'],
      skippable: values['skippable-contexts'],
      external: values['external-contexts'],
      minAge: values['min-age'],
      minGrade: values.evidence === 'auto' ? 'statuses' : values.evidence,
      userVouches:
        values['umbrella-context'].context !== null && values['required-contexts'].length > 0,
      mayRerun: values.remedy !== 'status',
    },
    umbrellaFrom: { kind: values['umbrella-context'].context === null ? 'unset' : 'input' },
    baseBranches: values['base-branches'],
    pullRequest: values['pull-request'].number,
    trackingIssue: values['tracking-issue'].number,
    dryRun: values['dry-run'].on,
    remedy: values.remedy,
    rerunDependents: values['rerun-dependents'].on,
    rerunWholeRun: values.remedy === 'rerun' && values['rerun-whole-run'].on,
    maxRepairs: values['max-repairs'],
    concurrency: values.concurrency,
    failOn: values['fail-on'],
    workflowRun: readWorkflowRun(runner),
  }
}

/** An umbrella that no input names; is it the one that the documentation names? */
interface FoundUmbrella {
  readonly umbrella: string
  readonly why: string
  readonly isDefault: boolean
}

/** A configuration with an umbrella that was found, or why its lists do not allow that one. */
export function withUmbrella(
  config: Config,
  { umbrella, why, isDefault }: FoundUmbrella,
): { readonly config: Config } | { readonly faults: readonly Fault[] } {
  const { required, optional, skippable, external } = config.policy
  const faults = umbrellaListed(umbrella, {
    'required-contexts': required,
    'optional-contexts': optional,
    'skippable-contexts': skippable,
    'external-contexts': external,
  })
  return faults.length > 0
    ? { faults }
    : {
        config: {
          ...config,
          policy: { ...config.policy, umbrella, userVouches: isDefault && required.length > 0 },
          umbrellaFrom: { kind: 'chosen', why },
        },
      }
}

/**
 * The run we are part of, as the runner tells it; anything but plain numbers and an http address is
 * not believed.
 */
function readWorkflowRun(runner: Pick<Runner, 'env'>): WorkflowRun | null {
  const [number, id, server, repository] = ['RUN_NUMBER', 'RUN_ID', 'SERVER_URL', 'REPOSITORY'].map(
    name => variable(runner, name),
  )
  const link = `${server?.replace(/\/+$/, '') ?? ''}/${repository ?? ''}`
  if (
    number === undefined ||
    id === undefined ||
    !/^\d{1,15}$/.test(number) ||
    !/^\d{1,15}$/.test(id)
  )
    return null
  // An address with a password in it is not put under a status.
  const isPage = URL.canParse(link) && /^https?:\/\/[^\s@]+$/.test(link)
  return { number, id, repository: isPage ? link : '' }
}

/** All faults in one message: each input, what was given, what is allowed. */
export function explainFaults(faults: readonly Fault[]): string {
  const lines = faults.map(
    ({ input, given, allowed }) =>
      `${input}: ${given === '' ? 'nothing was given' : `given "${plain(given, 120)}"`}; ` +
      `allowed: ${allowed}`,
  )
  return (
    `${faults.length === 1 ? 'one input' : `${faults.length} inputs`} cannot be used, ` +
    `nothing was written. ${lines.join(' | ')}`
  )
}
