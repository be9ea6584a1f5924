import type { Runner } from '../runner.js'
import { userinfoIn } from '../shown/secrets.js'
import { githubApi } from './pull-address.js'

/** Tokens that an environment holds for one forge, and the variables that name that forge. */
const HELD = [
  { token: 'GITEA_TOKEN', servers: ['GITEA_SERVER_URL', 'GITEA_API_URL'] },
  { token: 'FORGEJO_TOKEN', servers: ['FORGEJO_SERVER_URL', 'FORGEJO_API_URL'] },
  { token: 'GITHUB_TOKEN', servers: ['GITHUB_SERVER_URL', 'GITHUB_API_URL'] },
] as const

/** The API that the environment names; an input that is empty names none. */
export const apiUrlOf = (runner: Pick<Runner, 'env' | 'input'>): string =>
  (runner.input('api-url') ?? '') || runner.env('GITHUB_API_URL')

/** The token that is meant for this tool, and the server it is meant for. */
const OWN = { token: 'UMBRELLA_REAPER_TOKEN', server: 'UMBRELLA_REAPER_URL' } as const

const originOf = (address: string): string | null =>
  URL.canParse(address) ? new URL(address).origin : null

/**
 * What the GitHub CLI would use for github.com: a shell holds these for that server alone. Inside
 * a workflow `GITHUB_TOKEN` is of whatever server runs it.
 */
function tokenOfCli(runner: Pick<Runner, 'env'>): string {
  const own = runner.env('GH_TOKEN').trim()
  return own === '' && runner.env('GITHUB_SERVER_URL') === ''
    ? runner.env('GITHUB_TOKEN').trim()
    : own
}

/** Which API is asked, and where a token for it may lie. */
interface TokenQuestion {
  readonly apiUrl: string
  /** Did an option name this API? */
  readonly confirmed: boolean
  readonly file: string | null
}

/** Is this server the one of that API? GitHub's pages and its API are at two origins. */
function isServerOfApi(server: string, api: string): boolean {
  const origin = originOf(server)
  if (origin === null || origin === 'null') return false
  return origin === api || originOf(githubApi(origin)) === api
}

/**
 * May the token that is meant for this tool go to this API? Where its server is named beside it,
 * there alone; else where the inputs beside it lead. An option that names the API confirms it.
 */
function isMeantFor(
  runner: Pick<Runner, 'env' | 'input'>,
  { confirmed }: TokenQuestion,
  api: string,
): boolean {
  const server = runner.env(OWN.server).trim()
  return confirmed || isServerOfApi(server === '' ? (runner.input('api-url') ?? '') : server, api)
}

/**
 * The token for an API, by hand: from a file, or meant for this tool, or held for the very server
 * that is asked. An address pasted from anywhere never gets a token that was meant for another
 * server. `undefined`: there is none.
 */
export function tokenFor(
  runner: Pick<Runner, 'env' | 'readText' | 'input'>,
  question: TokenQuestion,
): string | undefined {
  const { apiUrl, file } = question
  if (file !== null) return runner.readText(file)?.trim()
  const origin = originOf(apiUrl)
  if (origin === null) return undefined
  const own = runner.env(OWN.token).trim()
  if (own !== '' && isMeantFor(runner, question, origin)) return own
  const held = HELD.find(
    ({ token, servers }) =>
      runner.env(token) !== '' && servers.some(name => originOf(runner.env(name)) === origin),
  )
  if (held !== undefined) return runner.env(held.token)
  const cli = origin === 'https://api.github.com' ? tokenOfCli(runner) : ''
  if (cli !== '') return cli
  // Under cron the token is an input, for the server that the other inputs name.
  return originOf(apiUrlOf(runner)) === origin ? runner.input('token') : undefined
}

/** What to do where no token was found; `null` inside a workflow, whose input says it. */
export function explainNoToken(runner: Pick<Runner, 'env'>): string | null {
  if (runner.env(OWN.token).trim() === '')
    return runner.env('GITHUB_ACTIONS') === 'true'
      ? null
      : `give a token: set ${OWN.token}, with ${OWN.server} or --api-url beside it for its ` +
          'server, or give --token-file FILE'
  const server = runner.env(OWN.server).trim()
  return (
    `${OWN.token} goes to the server that ${OWN.server} names ` +
    `(${server === '' ? 'it is not set' : `now "${server}"`}), or to --api-url`
  )
}

/** What is shorter than this is no token, and would be part of many words. */
const SHORTEST_TOKEN = 8

/** Every secret that is known of before anything is read: none of them is ever shown. */
export function secretsOf(
  runner: Pick<Runner, 'env' | 'input' | 'inputNames' | 'argv'>,
): readonly string[] {
  const variables = [OWN.token, ...HELD.map(({ token }) => token), 'GH_TOKEN']
  const tokens = [...variables.map(name => runner.env(name).trim()), runner.input('token') ?? '']
  const given = [
    ...runner.argv(),
    ...runner.inputNames().map(name => runner.env(`INPUT_${name}`).trim()),
  ]
  return [
    ...tokens.filter(({ length }) => length >= SHORTEST_TOKEN),
    ...userinfoIn(given.map(text => text.replace(/^--[\w-]+=/, ''))),
  ]
}
