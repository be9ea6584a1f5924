import type { Value } from '../value.js'
import { RUN_MARK, knownTexts } from '../value.js'
import { readsResultsOnly } from './jq.js'

/** A word of a command, and its text where nothing is put into it. */
interface Argument {
  readonly plain: string | null
  readonly value: Value
}

const { api, server, repository, commit, run } = RUN_MARK

const WHAT = [
  `commits/${commit}/(?:status|statuses|check-runs|check-suites)`,
  `statuses/${commit}`,
  // The run itself tells its event, its actor and its branch besides.
  `actions/runs/${run}/jobs`,
].join('|')

/** Of a query nothing but letters, digits and the facts of the run. */
const PATH = `repos/${repository}/(?:${WHAT})(?:\\?[\\w=&.%-]*)?$`

const isHeader = ({ value, plain }: Argument): boolean =>
  (knownTexts(value) ?? ['']).every(text =>
    /^(?:authorization|accept|content-type|x-github-api-version)\s*:/i.test(text),
  ) &&
  !value.from.has('needs') &&
  plain?.startsWith('@') !== true

const isGet = ({ plain }: Argument): boolean => plain === 'GET'
const isNumber = ({ plain }: Argument): boolean => /^\d+$/.test(plain ?? '')
const isProgram = ({ plain }: Argument): boolean =>
  plain !== null && readsResultsOnly(plain, 'plain', new Map())

/** What a command may be handed, so that it asks this server for what it says of this commit. */
interface PollClient {
  readonly flags: RegExp
  /** Options with a value, and what that must be. */
  readonly options: readonly (readonly [RegExp, (value: Argument) => boolean])[]
  /** The address at which the statuses, check runs or jobs of this commit are told. */
  readonly address: RegExp
}

export const CURL: PollClient = {
  flags: /^(?:-[sSfLkg]+|--silent|--show-error|--fail|--fail-with-body|--location|--compressed)$/,
  options: [
    [/^(?:--retry|--retry-delay|--max-time|-m|--connect-timeout)$/, isNumber],
    [/^(?:-X|--request)$/, isGet],
    [/^(?:-H|--header)$/, isHeader],
  ],
  address: new RegExp(`^(?:${api}|${server}/api/v[13])/${PATH}`),
}

/** Behind `gh api`, which adds the address of the server. */
export const GH: PollClient = {
  flags: /^--(?:paginate|silent)$/,
  options: [
    [/^(?:-X|--method)$/, isGet],
    [/^(?:-H|--header)$/, isHeader],
    [/^(?:-q|--jq)$/, isProgram],
  ],
  address: new RegExp(`^/?${PATH}`),
}

/** Why this command does more than to ask for the statuses of this commit; `null`: it does not. */
export function faultOf(args: readonly Argument[], { flags, options, address }: PollClient) {
  let addresses = 0
  for (let at = 0; at < args.length; at += 1) {
    const { plain, value } = args[at] ?? { plain: null, value: null }
    if (plain !== null && flags.test(plain)) continue
    const option = options.find(([name]) => plain !== null && name.test(plain))
    if (option !== undefined) {
      const given = args[at + 1]
      if (given === undefined || !option[1](given)) return `with a ${plain ?? ''} that is not known`
      at += 1
      continue
    }
    if (plain?.startsWith('-') === true) return `with ${plain}`
    const texts = value === null ? [] : (knownTexts(value) ?? [])
    if (texts.length === 0 || !texts.every(text => address.test(text)))
      return 'for another address than the statuses of this commit'
    addresses += 1
  }
  return addresses === 1 ? null : 'for no address'
}
