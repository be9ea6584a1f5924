import type { z } from 'zod'
import type { WorkflowRun } from './core/acting/compensation.js'
import type { Policy } from './core/model/policy.js'
import type { RemedyChoice } from './core/acting/remedy.js'
import type { FailOn } from './report/report.js'
import { plain } from './report/text.js'
import type { InputName } from './config/inputs.js'
import { DEFAULTS, INPUTS } from './config/inputs.js'
import { distance } from './core/model/context.js'
import type { Runner } from './runner.js'

/** Everything a sweep is told, checked. */
export interface Config {
  readonly token: string
  readonly repo: string
  readonly apiUrl: string
  readonly policy: Policy
  readonly baseBranches: readonly string[]
  readonly pullRequest: number | null
  readonly dryRun: boolean
  readonly remedy: RemedyChoice
  readonly maxRepairs: number
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

/** What contradicts what: a name in two lists, or the umbrella in any. */
function contradictions(
  umbrella: string,
  lists: Readonly<Partial<Record<InputName, readonly string[]>>>,
): readonly Fault[] {
  const faults: Fault[] = []
  for (const [input, entries] of Object.entries(lists)) {
    if (entries.includes(umbrella))
      faults.push({
        input,
        given: umbrella,
        allowed: 'any context but the umbrella: it cannot prove itself',
      })
  }
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
  const umbrella = values['umbrella-context']
  if (umbrella !== undefined) {
    const lists = {
      'required-contexts': values['required-contexts'] ?? [],
      'optional-contexts': values['optional-contexts'] ?? [],
      'skippable-contexts': values['skippable-contexts'] ?? [],
      'external-contexts': values['external-contexts'] ?? [],
    }
    faults.push(...contradictions(umbrella, lists))
  }
  if (faults.length > 0) return { faults }
  return {
    config: assemble(
      values as { readonly [Name in InputName]: z.output<(typeof INPUTS)[Name][0]> },
      runner,
    ),
  }
}

function assemble(
  values: { readonly [Name in InputName]: z.output<(typeof INPUTS)[Name][0]> },
  runner: Pick<Runner, 'env'>,
): Config {
  return {
    token: values.token,
    repo: values.repo,
    apiUrl: values['api-url'],
    policy: {
      umbrella: values['umbrella-context'],
      required: values['required-contexts'],
      optional: values['optional-contexts'],
      skippable: values['skippable-contexts'],
      external: values['external-contexts'],
      minAge: values['min-age'],
      minGrade: values.evidence === 'auto' ? 'statuses' : values.evidence,
    },
    baseBranches: values['base-branches'],
    pullRequest: values['pull-request'].number,
    dryRun: values['dry-run'].on,
    remedy: values.remedy,
    maxRepairs: values['max-repairs'],
    failOn: values['fail-on'],
    workflowRun: readWorkflowRun(runner),
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
  return { number, id, repository: URL.canParse(link) && /^https?:\/\/\S+$/.test(link) ? link : '' }
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

/** An input under a name nobody reads, and the name that was probably meant. */
export interface UnknownInput {
  readonly name: string
  /** `null` when it resembles none of ours. */
  readonly meant: InputName | null
}

/** How many letters must change at most between a name and the one that was meant. */
const NEAR = 2

/**
 * Inputs given under names nobody reads. One that resembles ours is a typo, and a typo must not
 * silently mean the default.
 */
export function unknownInputs(names: readonly string[]): readonly UnknownInput[] {
  const known = Object.keys(DEFAULTS) as InputName[]
  const bare = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '')
  const spellings = new Set(
    known.flatMap(name => [name.toUpperCase(), name.toUpperCase().replaceAll('-', '_')]),
  )
  return [...names]
    .filter(name => !spellings.has(name.toUpperCase()))
    .sort()
    .map(name => {
      const near = nearest(bare(name), known.map(bare))
      return { name, meant: near === null ? null : (known[near] ?? null) }
    })
}

/** The place of the text that is nearest to this one, if it is near enough; else `null`. */
function nearest(text: string, texts: readonly string[]): number | null {
  const distances = texts.map(other => distance(text, other))
  const least = Math.min(...distances)
  return least <= Math.min(NEAR, Math.floor(text.length / 3)) ? distances.indexOf(least) : null
}

/** What an unknown input that looks like a typo is told. */
export function explainUnknown(unknown: readonly UnknownInput[]): string | null {
  const typos = unknown.filter(({ meant }) => meant !== null)
  if (typos.length === 0) return null
  const lines = typos.map(
    ({ name, meant }) => `${plain(name.toLowerCase(), 80)}: did you mean ${meant ?? ''}?`,
  )
  return (
    `${typos.length === 1 ? 'one input is' : `${typos.length} inputs are`} not known, ` +
    `nothing was written. ${lines.join(' | ')}`
  )
}
