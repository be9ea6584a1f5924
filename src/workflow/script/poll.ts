import { readsResultsOnly } from './jq.js'
import type { Value } from '../value.js'
import { MARK, textsOf } from '../value.js'

/** A word of a command, and its text where nothing is put into it. */
interface Argument {
  readonly plain: string | null
  readonly value: Value
}

const { api, server, repository, commit, run } = MARK

const WHAT = [
  `commits/${commit}/(?:status|statuses|check-runs|check-suites)`,
  `statuses/${commit}`,
  // The run itself tells its event, its actor and its branch besides.
  `actions/runs/${run}/jobs`,
].join('|')

/** Of a query nothing but letters, digits and the facts of the run. */
const QUERY = `(?:\\?[\\w=&.%-]*)?`

/** An address at which this server tells the statuses, check runs or jobs of this commit. */
const OF_CURL = new RegExp(
  `^(?:${api}|${server}/api/v[13])/repos/${repository}/(?:${WHAT})${QUERY}$`,
)

/** The same for `gh api`, which adds the address of the server. */
const OF_GH = new RegExp(`^/?repos/${repository}/(?:${WHAT})${QUERY}$`)

const HEADER = /^(?:authorization|accept|content-type|x-github-api-version)\s*:/i

/** Options without a value, and with one that is a plain number or goes nowhere. */
const CURL_FLAGS =
  /^(?:-[sSfLkg]+|--silent|--show-error|--fail|--fail-with-body|--location|--compressed)$/
const CURL_NUMBERS = new Set(['--retry', '--retry-delay', '--max-time', '-m', '--connect-timeout'])

/** The texts a word can be, with what nobody knows left out. */
function isAddress(value: Value, shape: RegExp): boolean {
  const texts = textsOf(value)
  return texts !== null && texts.length > 0 && texts.every(text => shape.test(text))
}

const isHeader = ({ value, plain }: Argument, before: readonly string[]): boolean =>
  before.some(text => HEADER.test(text)) &&
  !value.from.has('needs') &&
  plain?.startsWith('@') !== true

/** How a header begins: its name is told even where its value is not. */
function beginnings(argument: Argument): readonly string[] {
  return textsOf(argument.value) ?? []
}

function curl(args: readonly Argument[]): string | null {
  let addresses = 0
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at]
    const plain = argument?.plain ?? null
    const next = args[at + 1]
    if (argument === undefined) break
    if (plain !== null && CURL_FLAGS.test(plain)) continue
    if (plain !== null && CURL_NUMBERS.has(plain)) {
      if (!/^\d+$/.test(next?.plain ?? '')) return `curl ${plain} of no number`
      at += 1
    } else if (plain === '-X' || plain === '--request') {
      if (next?.plain !== 'GET') return 'curl sends something else than GET'
      at += 1
    } else if (plain === '-H' || plain === '--header') {
      if (next === undefined || !isHeader(next, beginnings(next)))
        return 'curl sends a header that is not understood'
      at += 1
    } else if (plain?.startsWith('-') === true) {
      return `curl ${plain}`
    } else if (isAddress(argument.value, OF_CURL)) {
      addresses += 1
    } else return 'curl asks another address than the statuses of this commit'
  }
  return addresses === 1 ? null : 'curl asks no address'
}

function gh(args: readonly Argument[]): string | null {
  const [command, ...rest] = args
  if (command?.plain !== 'api') return `it runs gh ${command?.plain ?? ''}`.trim()
  let addresses = 0
  for (let at = 0; at < rest.length; at += 1) {
    const argument = rest[at]
    const plain = argument?.plain ?? null
    const next = rest[at + 1]
    if (argument === undefined) break
    if (plain === '--paginate' || plain === '--silent') continue
    if (plain === '-X' || plain === '--method') {
      if (next?.plain !== 'GET') return 'gh sends something else than GET'
      at += 1
    } else if (plain === '-q' || plain === '--jq') {
      if (next?.plain == null || !readsResultsOnly(next.plain, 'plain', new Map()))
        return 'gh runs a program that is not understood'
      at += 1
    } else if (plain === '-H' || plain === '--header') {
      if (next === undefined || !isHeader(next, beginnings(next)))
        return 'gh sends a header that is not understood'
      at += 1
    } else if (plain?.startsWith('-') === true) {
      return `gh api ${plain}`
    } else if (isAddress(argument.value, OF_GH)) {
      addresses += 1
    } else return 'gh asks another address than the statuses of this commit'
  }
  return addresses === 1 ? null : 'gh asks no address'
}

/**
 * Why this command does not poll: it asks something else than what this server says of this commit,
 * or does more than to ask. `null` where it polls. `gh` speaks to GitHub unless told otherwise.
 */
export function polledBy(
  name: 'curl' | 'gh',
  args: readonly Argument[],
  ghIsHere: boolean,
): string | null {
  if (name === 'curl') return curl(args)
  return ghIsHere ? gh(args) : 'gh asks another server than this one'
}
