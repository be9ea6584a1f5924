import { parseArgs } from 'node:util'
import type { Reason } from '../core/rules/verdict.js'
import { REASONS } from '../core/rules/verdict.js'
import type { InputName } from './inputs.js'
import { DEFAULTS } from './inputs.js'

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
      /** A checkout and its server; `null` asks the server of `--repo`. */
      readonly checkout: { readonly path: string; readonly server: string } | null
    }
  | { readonly kind: 'help'; readonly topic: Reason | null }
  | { readonly kind: 'version' }

/** Inputs given as options, and where a token and a report lie. */
export interface Given {
  readonly inputs: Readonly<Partial<Record<InputName, string>>>
  readonly tokenFile: string | null
  readonly report: string | null
  /** Does an option name the API itself? An address that is pasted may lead anywhere. */
  readonly confirmed: boolean
}

/** What cannot be understood, in one sentence. */
export interface Misunderstood {
  readonly fault: string
}

/** Every input but the token, which must never stand in a list of processes. */
const OPTIONS = (Object.keys(DEFAULTS) as InputName[]).filter(name => name !== 'token')

const REASON_CODES: readonly Reason[] = Object.values(REASONS).flat()

/** The address of a pull request, as people have it at hand. */
interface PullAddress {
  readonly apiUrl: string
  readonly repo: string
  readonly pull: string
}

/** Where the API of a GitHub server is whose pages are at this origin. */
export function githubApi(origin: string): string {
  const { protocol, hostname } = new URL(origin)
  return hostname === 'github.com' || hostname.endsWith('.ghe.com')
    ? `${protocol}//api.${hostname}`
    : `${origin}/api/v3`
}

/**
 * Reads `https://git.example.org/acme/widgets/pulls/7` or `https://github.com/acme/widgets/pull/7`,
 * with whatever follows; else `null`.
 */
export function readPullAddress(text: string): PullAddress | null {
  if (!URL.canParse(text)) return null
  const { origin, protocol, pathname, username, password } = new URL(text)
  const match = /^(.*)\/([\w.-]+)\/([\w.-]+)\/(pulls?)\/([1-9]\d{0,14})(?:\/.*)?$/.exec(pathname)
  if (match === null || !/^https?:$/.test(protocol) || username !== '' || password !== '')
    return null
  const [, below = '', owner = '', name = '', word, pull = ''] = match
  const repo = `${owner}/${name}`
  if (word === 'pull') return below === '' ? { apiUrl: githubApi(origin), repo, pull } : null
  return { apiUrl: `${origin}${below}/api/v1`, repo, pull }
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>

/** A list may be given as several options, one entry each. */
function inputsOf(values: Values): Partial<Record<InputName, string>> {
  const given: Partial<Record<InputName, string>> = {}
  for (const name of OPTIONS) {
    const value = values[name]
    if (Array.isArray(value)) given[name] = value.join('\n')
  }
  if (values['pull'] !== undefined) given['pull-request'] = String(values['pull'])
  return given
}

/** What the arguments ask for. None at all is a sweep, as an action and under cron. */
export function readArguments(args: readonly string[]): Command | Misunderstood {
  const list = { type: 'string', multiple: true } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(OPTIONS.map(name => [name, list])),
        pull: { type: 'string' },
        'token-file': { type: 'string' },
        report: { type: 'string' },
        server: { type: 'string' },
        json: { type: 'boolean' },
        repair: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    })
    return commandOf(positionals, values)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return { fault: `${said.split('. ')[0] ?? said}; see --help` }
  }
}

function commandOf(words: readonly string[], values: Values): Command | Misunderstood {
  const [word, ...rest] = words
  if (values['version'] === true) return { kind: 'version' }
  if (word === 'help') return helpOf(rest)
  if (values['help'] === true) return { kind: 'help', topic: null }
  const text = (name: string): string | null =>
    typeof values[name] === 'string' ? values[name] : null
  const inputs = inputsOf(values)
  const confirmed = inputs['api-url'] !== undefined
  const given = { tokenFile: text('token-file'), report: text('report'), confirmed }
  if (word === undefined || word === 'sweep') {
    const odd = rest[0] ?? ['json', 'repair', 'server'].find(name => values[name] !== undefined)
    if (odd !== undefined) return { fault: `sweep does not know "${odd}"; see --help` }
    return { kind: 'sweep', given: { ...given, inputs } }
  }
  if (word === 'doctor') return doctorOf(rest, { ...given, inputs }, values)
  if (word !== 'explain')
    return {
      fault: `there is no command "${word}"; there are: sweep, explain, doctor, help; see --help`,
    }
  const asked = explained(rest, inputs)
  if ('fault' in asked) return asked
  // Without a number all pulls would be swept, and with --repair written to.
  if (!/^[1-9]\d{0,14}$/.test(asked['pull-request'] ?? ''))
    return { fault: `"${asked['pull-request'] ?? ''}" is no number of a pull request; see --help` }
  const { json, repair } = { json: values['json'] === true, repair: values['repair'] === true }
  return { kind: 'explain', given: { ...given, inputs: asked }, json, repair }
}

/** A checkout needs the server named, a repository its name. */
function doctorOf(words: readonly string[], given: Given, values: Values): Command | Misunderstood {
  const [path, ...more] = words
  const server = typeof values['server'] === 'string' ? values['server'] : null
  const json = values['json'] === true
  if (more.length > 0) return { fault: 'doctor takes one folder; see --help' }
  if (values['repair'] === true) return { fault: 'doctor does not know "repair"; see --help' }
  if (given.inputs.repo !== undefined && path === undefined && server === null)
    return { kind: 'doctor', given, json, checkout: null }
  if (given.inputs.repo !== undefined)
    return { fault: 'doctor takes a folder with --server, or --repo, and not both; see --help' }
  if (server === null)
    return { fault: 'doctor needs --repo, or a folder and --server gitea-1.22; see --help' }
  return { kind: 'doctor', given, json, checkout: { path: path ?? '.', server } }
}

function helpOf([topic, ...more]: readonly string[]): Command | Misunderstood {
  if (topic === undefined) return { kind: 'help', topic: null }
  const reason = REASON_CODES.find(code => code === topic)
  return reason !== undefined && more.length === 0
    ? { kind: 'help', topic: reason }
    : { fault: `there is no reason "${topic}"; there are: ${REASON_CODES.join(', ')}` }
}

/** The inputs of an explanation: those of the address, or a repository and a number. */
function explained(
  words: readonly string[],
  inputs: Given['inputs'],
): Given['inputs'] | Misunderstood {
  const [address, ...more] = words
  if (more.length > 0) return { fault: 'explain takes one address; see --help' }
  if (address === undefined)
    return inputs.repo !== undefined && inputs['pull-request'] !== undefined
      ? inputs
      : { fault: 'explain needs the address of a pull request, or --repo and --pull' }
  const read = readPullAddress(address)
  if (read === null)
    return {
      fault:
        `"${address}" is no address of a pull request, such as ` +
        'https://git.example.org/acme/widgets/pulls/7 or https://github.com/acme/widgets/pull/7',
    }
  return { 'api-url': read.apiUrl, repo: read.repo, 'pull-request': read.pull, ...inputs }
}
