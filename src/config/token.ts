import type { Runner } from '../runner.js'

/** Tokens that an environment holds for one forge, and the variables that name that forge. */
const HELD = [
  { token: 'GITEA_TOKEN', servers: ['GITEA_SERVER_URL', 'GITEA_API_URL'] },
  { token: 'FORGEJO_TOKEN', servers: ['FORGEJO_SERVER_URL', 'FORGEJO_API_URL'] },
  { token: 'GITHUB_TOKEN', servers: ['GITHUB_SERVER_URL', 'GITHUB_API_URL'] },
] as const

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

/**
 * The token for an API, by hand: from a file, or meant for this tool, or held for the very server
 * that is asked. An address pasted from anywhere never gets a token that was meant for another
 * server. `undefined`: there is none.
 */
export function tokenFor(
  runner: Pick<Runner, 'env' | 'readText' | 'input'>,
  apiUrl: string,
  file: string | null,
): string | undefined {
  if (file !== null) return runner.readText(file)?.trim()
  const own = runner.env('UMBRELLA_REAPER_TOKEN').trim()
  if (own !== '') return own
  const origin = originOf(apiUrl)
  if (origin === null) return undefined
  const held = HELD.find(
    ({ token, servers }) =>
      runner.env(token) !== '' && servers.some(name => originOf(runner.env(name)) === origin),
  )
  if (held !== undefined) return runner.env(held.token)
  const cli = origin === 'https://api.github.com' ? tokenOfCli(runner) : ''
  if (cli !== '') return cli
  // Under cron the token is an input, for the server that the other inputs name.
  return originOf(runner.input('api-url') ?? runner.env('GITHUB_API_URL')) === origin
    ? runner.input('token')
    : undefined
}
