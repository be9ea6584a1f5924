import type { z } from 'zod'
import type { WorkflowRun } from './core/plan/compensation.js'
import type { Policy } from './core/model/policy.js'
import type { Result } from './core/model/result.js'
import { failure, success } from './core/model/result.js'
import type { RemedyChoice } from './core/plan/remedy.js'
import type { Alarms } from './core/triage/triage.js'
import type { FailOn } from './sweep/report/report.js'
import { plain } from './sweep/report/text.js'
import type { InputName, SCOPES } from './config/inputs.js'
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
  /** `required`: every other context that a merge requires is judged too, and only told. */
  readonly scope: (typeof SCOPES)[number]
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
  /** Branches and tags that are told of beside the pull requests. */
  readonly branches: readonly string[]
  /** The one commit that is told of, and nothing else; `null`: pull requests are swept. */
  readonly sha: string | null
  /** How far false greens are looked for. */
  readonly alarms: Alarms
  /** The workflow run this sweep is a step of; `null` under cron. */
  readonly workflowRun: WorkflowRun | null
  /** The workflow file of that run; `null` where there is none, or the runner does not tell. */
  readonly workflowFile: string | null
}

/** One input that cannot be used: which, what was given, what is allowed. */
interface Fault {
  readonly input: string
  readonly given: string
  readonly allowed: string
}

/** Inputs that the runner may tell where they are not given. */
const FALLBACK: Readonly<Partial<Record<InputName, string>>> = {
  repo: 'REPOSITORY',
  'api-url': 'API_URL',
}

/**
 * A variable of the runner: every runner sets the GITHUB_ name, newer Forgejo runners the FORGEJO_
 * one too (docs/forge-facts.md, 8).
 */
const serverVariable = (runner: Pick<Runner, 'env'>, name: string): string =>
  runner.env(`GITHUB_${name}`) || runner.env(`FORGEJO_${name}`)

/** The lists of a policy, each an input of the same name. */
type Lists = Pick<Policy, 'required' | 'optional' | 'skippable' | 'external'>

/** Lists that name the umbrella itself. */
const umbrellaListed = (umbrella: string, lists: Lists): readonly Fault[] =>
  (['required', 'optional', 'skippable', 'external'] as const)
    .filter(list => lists[list].includes(umbrella))
    .map(list => ({
      input: `${list}-contexts`,
      given: umbrella,
      allowed: 'any context but the umbrella: it cannot prove itself',
    }))

/** Names that are in two lists which contradict each other. */
const contradictions = (lists: Lists): readonly Fault[] =>
  (['required', 'external'] as const).flatMap(list =>
    lists[list]
      .filter(entry => lists.optional.includes(entry))
      .map(entry => ({
        input: `${list}-contexts`,
        given: entry,
        allowed: 'a context that is not in optional-contexts too',
      })),
  )

/**
 * What an error may show of an input: never a token, not even where it was put by mistake, nor an
 * address with a password in it.
 */
function shownInput(name: InputName, given: string, token: string): string {
  const secret =
    name === 'token' ||
    (token !== '' && given.includes(token)) ||
    (name === 'api-url' && given.includes('@'))
  return secret && given !== '' ? '(hidden)' : given
}

/** Every input, read. */
type InputValues = { readonly [Name in InputName]: z.output<(typeof INPUTS)[Name][0]> }

/**
 * Reads every input; answers a config, or every fault at once. Nothing has been asked of any server
 * yet.
 */
export function readConfig(
  runner: Pick<Runner, 'input' | 'env'>,
): Result<Config, readonly Fault[]> {
  const faults: Fault[] = []
  const text = (name: InputName): string => {
    const given = runner.input(name)
    const fallback = FALLBACK[name]
    // An empty text is what somebody gave, not a default; only what the runner itself tells may
    // stand in for it.
    return fallback !== undefined && (given === undefined || given === '')
      ? serverVariable(runner, fallback)
      : (given ?? DEFAULTS[name])
  }
  const read = (name: InputName): unknown => {
    const [schema, allowed] = INPUTS[name]
    const parsed = schema.safeParse(text(name))
    if (parsed.success) return parsed.data
    faults.push({ input: name, given: shownInput(name, text(name), text('token')), allowed })
    return undefined
  }
  const names = Object.keys(INPUTS) as InputName[]
  const values = Object.fromEntries(names.map(name => [name, read(name)])) as Partial<InputValues>
  const umbrella = values['umbrella-context'] ?? null
  const lists = {
    required: values['required-contexts'] ?? [],
    optional: values['optional-contexts'] ?? [],
    skippable: values['skippable-contexts'] ?? [],
    external: values['external-contexts'] ?? [],
  }
  if (umbrella !== null) faults.push(...umbrellaListed(umbrella, lists))
  faults.push(...contradictions(lists))
  return faults.length > 0
    ? failure(faults)
    : success(assemble(values as InputValues, lists, runner))
}

function assemble(values: InputValues, lists: Lists, runner: Pick<Runner, 'env'>): Config {
  const context = values['umbrella-context']
  return {
    token: values.token,
    repo: values.repo,
    apiUrl: values['api-url'],
    policy: {
      umbrella: context ?? DEFAULT_UMBRELLA,
      ...lists,
      minAge: values['min-age'],
      minGrade: values.evidence === 'auto' ? 'statuses' : values.evidence,
      userVouches: context !== null && lists.required.length > 0,
      mayRerun: values.remedy !== 'status',
    },
    umbrellaFrom: { kind: context === null ? 'unset' : 'input' },
    scope: values.scope,
    baseBranches: values['base-branches'],
    pullRequest: values['pull-request'],
    trackingIssue: values['tracking-issue'],
    dryRun: values['dry-run'],
    remedy: values.remedy,
    rerunDependents: values['rerun-dependents'],
    rerunWholeRun: values.remedy === 'rerun' && values['rerun-whole-run'],
    maxRepairs: values['max-repairs'],
    concurrency: values.concurrency,
    failOn: values['fail-on'],
    alarms: values.alarms,
    branches: values.branches,
    sha: values.sha,
    workflowRun: readWorkflowRun(runner),
    workflowFile: readWorkflowFile(runner, values.repo),
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
): Result<Config, readonly Fault[]> {
  const { policy } = config
  const faults = umbrellaListed(umbrella, policy)
  if (faults.length > 0) return failure(faults)
  return success({
    ...config,
    policy: { ...policy, umbrella, userVouches: isDefault && policy.required.length > 0 },
    umbrellaFrom: { kind: 'chosen', why },
  })
}

/**
 * The run we are part of, as the runner tells it; anything but plain numbers and an http address is
 * not believed.
 */
function readWorkflowRun(runner: Pick<Runner, 'env'>): WorkflowRun | null {
  const number = serverVariable(runner, 'RUN_NUMBER')
  const id = serverVariable(runner, 'RUN_ID')
  if (![number, id].every(text => /^\d{1,15}$/.test(text))) return null
  const server = serverVariable(runner, 'SERVER_URL').replace(/\/+$/, '')
  const link = `${server}/${serverVariable(runner, 'REPOSITORY')}`
  // An address with a password in it is not put under a status.
  const isPage = URL.canParse(link) && /^https?:\/\/[^\s@]+$/.test(link)
  return { number, id, repository: isPage ? link : '' }
}

/** The workflow file of that run, where it is one of the repository that is swept. */
function readWorkflowFile(runner: Pick<Runner, 'env'>, repo: string): string | null {
  const [path = ''] = serverVariable(runner, 'WORKFLOW_REF').split('@')
  return path.toLowerCase().startsWith(`${repo.toLowerCase()}/`)
    ? path.slice(repo.length + 1)
    : null
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
