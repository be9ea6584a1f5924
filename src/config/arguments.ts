import { parseArgs } from 'node:util'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import { OUTCOMES } from '../core/plan/outcome.js'
import { STALE_CAUSES, REASONS } from '../core/rules/verdict.js'
import type { AuditArguments } from './audit-arguments.js'
import { AUDIT_OPTIONS, auditArguments, commitArgument } from './audit-arguments.js'
import type { InputName } from './inputs.js'
import { readPullAddress } from './pull-address.js'
import { OPTIONS, unknownOption, unknownWord, withFlags } from './options.js'

/** What is asked for on a command line. */
export type Command =
  | { readonly kind: 'sweep'; readonly given: Given }
  | {
      readonly kind: 'explain'
      readonly given: Given
      readonly json: boolean
      readonly repair: boolean
    }
  | {
      readonly kind: 'doctor'
      readonly given: Given
      readonly json: boolean
      readonly asked: DoctorOptions
      /**
       * A checkout and its server, or those that its folders speak of; `null` asks the server of
       * `--repo`.
       */
      readonly checkout: { readonly path: string; readonly server: string | null } | null
    }
  | { readonly kind: 'audit'; readonly given: Given; readonly asked: AuditArguments }
  | { readonly kind: 'verify'; readonly given: Given; readonly json: boolean; readonly sha: string }
  | { readonly kind: 'help'; readonly topic: HelpTopic | null }
  | { readonly kind: 'version' }

/** The commands that have a page of help of their own. */
export const COMMANDS = ['sweep', 'explain', 'doctor', 'audit', 'verify'] as const
const HELP_WORDS = [...Object.values(REASONS).flat(), ...OUTCOMES, ...STALE_CAUSES]
export type HelpTopic = (typeof HELP_WORDS | typeof COMMANDS)[number]

/** How a diagnosis is told. */
export interface DoctorOptions {
  /** The umbrella: a context, or the name or key of a job. */
  readonly umbrella: string | null
  /** All findings with all tables, and not the first screen of them. */
  readonly all: boolean
  /** Do warnings end it red, too? */
  readonly strict: boolean
  /** `write` the changes into the checkout, or print them as a patch. */
  readonly changes: 'write' | 'print' | null
}

/** Inputs given as options, and where a token and a report lie. */
export interface Given {
  readonly inputs: Readonly<Partial<Record<InputName, string>>>
  readonly tokenFile: string | null
  readonly report: string | null
  /** Does an option name the API itself? An address that is pasted may lead anywhere. */
  readonly confirmed: boolean
}

/** What only the doctor knows. */
const DOCTOR_FLAGS = ['all', 'strict', 'fix', 'diff']

/** Options that one command alone knows. */
const OWN_OPTIONS = {
  doctor: ['umbrella', ...DOCTOR_FLAGS],
  audit: [...AUDIT_OPTIONS, 'csv'],
  explain: ['repair'],
} as const

type OptionValues = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>

/** A list may be given as several options, one entry each. */
function inputsOf(values: OptionValues): Partial<Record<InputName, string>> {
  const given: Partial<Record<InputName, string>> = {}
  for (const name of OPTIONS) {
    const value = values[name]
    if (Array.isArray(value)) given[name] = value.join('\n')
  }
  if (values['pull'] !== undefined) given['pull-request'] = String(values['pull'])
  return given
}

const misunderstood = (why: string): Result<never> => failure(`${why}; see --help`)

/** What the arguments ask for, or what cannot be understood. None at all is a sweep. */
export function readArguments(args: readonly string[]): Result<Command> {
  const list = { type: 'string', multiple: true } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...withFlags(args)],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(OPTIONS.map(name => [name, list])),
        pull: { type: 'string' },
        'token-file': { type: 'string' },
        report: { type: 'string' },
        server: { type: 'string' },
        json: { type: 'boolean' },
        repair: { type: 'boolean' },
        umbrella: { type: 'string' },
        csv: { type: 'boolean' },
        ...Object.fromEntries(AUDIT_OPTIONS.map(name => [name, { type: 'string' } as const])),
        ...Object.fromEntries(DOCTOR_FLAGS.map(name => [name, { type: 'boolean' } as const])),
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    })
    return parsedCommand(positionals, values)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const [, unknown] = /Unknown option '--([^']*)'/.exec(said) ?? []
    return misunderstood(
      unknown === undefined ? (said.split('. ')[0] ?? said) : unknownOption(unknown),
    )
  }
}

function parsedCommand([word, ...rest]: readonly string[], values: OptionValues): Result<Command> {
  if (values['version'] === true || word === 'version') return success({ kind: 'version' })
  if (word === 'help') return helpOf(rest)
  if (values['help'] === true)
    return success({ kind: 'help', topic: COMMANDS.find(command => command === word) ?? null })
  const strange = Object.entries(OWN_OPTIONS)
    .flatMap(([command, names]) => (command === word ? [] : names))
    .find(name => values[name] !== undefined)
  if (strange !== undefined) return misunderstood(`${word ?? 'sweep'} does not know "${strange}"`)
  const inputs = inputsOf(values)
  const given = {
    inputs,
    tokenFile: optionText(values, 'token-file'),
    report: optionText(values, 'report'),
    confirmed: inputs['api-url'] !== undefined,
  }
  switch (word ?? 'sweep') {
    case 'sweep': {
      const odd = rest[0] ?? ['json', 'repair', 'server'].find(name => values[name] !== undefined)
      return odd === undefined
        ? success({ kind: 'sweep', given })
        : misunderstood(`sweep does not know "${odd}"`)
    }
    case 'doctor':
      return doctorOf(rest, given, values)
    case 'explain':
      return explainOf(rest, given, values)
    case 'audit':
    case 'verify':
      return auditOf([word ?? '', ...rest], given, values)
    default:
      return misunderstood(unknownWord('command', word ?? '', [...COMMANDS, 'help', 'version']))
  }
}

const optionText = (values: OptionValues, name: string): string | null =>
  typeof values[name] === 'string' ? values[name] : null

/** A checkout, or a repository by its name. */
function doctorOf(
  [path, ...more]: readonly string[],
  given: Given,
  values: OptionValues,
): Result<Command> {
  const server = optionText(values, 'server')
  const [json, fix, diff] = ['json', 'fix', 'diff'].map(name => values[name] === true)
  if (more.length > 0) return misunderstood('doctor takes one folder')
  if ([json, fix, diff].filter(Boolean).length > 1)
    return misunderstood('doctor takes one of --json, --fix and --diff')
  const asked: DoctorOptions = {
    umbrella: optionText(values, 'umbrella'),
    all: values['all'] === true,
    strict: values['strict'] === true,
    changes: fix ? 'write' : diff ? 'print' : null,
  }
  const command = { kind: 'doctor', given, json: json === true, asked } as const
  if (given.inputs.repo === undefined)
    return success({ ...command, checkout: { path: path ?? '.', server } })
  if (path !== undefined || server !== null)
    return misunderstood('doctor takes a folder with --server, or --repo, and not both')
  return fix
    ? misunderstood('doctor changes a checkout alone: --fix has no --repo')
    : success({ ...command, checkout: null })
}

function auditOf(
  [word, ...rest]: readonly string[],
  given: Given,
  values: OptionValues,
): Result<Command> {
  const json = values['json'] === true
  if (given.inputs.repo === undefined) return misunderstood(`${word ?? ''} needs --repo`)
  if (word === 'verify') {
    const sha = commitArgument(rest)
    return sha.ok
      ? success({ kind: 'verify', given, json, sha: sha.value })
      : misunderstood(sha.why)
  }
  if (rest[0] !== undefined) return misunderstood(`audit does not know "${rest[0]}"`)
  const asked = auditArguments(name => optionText(values, name), {
    json,
    csv: values['csv'] === true,
  })
  return asked.ok ? success({ kind: 'audit', given, asked: asked.value }) : misunderstood(asked.why)
}

function helpOf([topic, ...more]: readonly string[]): Result<Command> {
  if (topic === undefined) return success({ kind: 'help', topic: null })
  const topics = [...COMMANDS, ...HELP_WORDS]
  const found = topics.find(code => code === topic)
  if (found !== undefined && more.length === 0) return success({ kind: 'help', topic: found })
  return misunderstood(unknownWord('topic', topic, topics))
}

function explainOf(words: readonly string[], given: Given, values: OptionValues): Result<Command> {
  const asked = explainInputs(words, given.inputs)
  if (!asked.ok) return asked
  const inputs = asked.value
  // Without a number all pulls would be swept, and with --repair written to.
  const number = inputs['pull-request'] ?? ''
  return /^[1-9]\d{0,14}$/.test(number)
    ? success({
        kind: 'explain',
        given: { ...given, inputs },
        json: values['json'] === true,
        repair: values['repair'] === true,
      })
    : misunderstood(`"${number}" is no number of a pull request`)
}

/** The inputs of an explanation: those of the address, or a repository and a number. */
function explainInputs(
  [address, ...more]: readonly string[],
  inputs: Given['inputs'],
): Result<Given['inputs']> {
  if (more.length > 0) return misunderstood('explain takes one address')
  if (address === undefined)
    return inputs.repo !== undefined && inputs['pull-request'] !== undefined
      ? success(inputs)
      : failure('explain needs the address of a pull request, or --repo and --pull')
  const read = readPullAddress(address)
  if (read === null)
    return failure(
      `"${address}" is no address of a pull request, such as ` +
        'https://git.example.org/acme/widgets/pulls/7 or https://github.com/acme/widgets/pull/7',
    )
  return success({ 'api-url': read.apiUrl, repo: read.repo, 'pull-request': read.pull, ...inputs })
}
