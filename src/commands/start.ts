import type { Config } from '../config.js'
import { ForgeError } from '../forge/port.js'
import { plain } from '../report/text.js'

/** What a sweep that could not even start must say, by the forge's answer. */
const START: Readonly<Partial<Record<ForgeError['code'], string>>> = {
  unauthorized: 'token: the server does not accept it; allowed: a valid token of this server',
  forbidden:
    'token: it lacks a right; allowed: a token that may read pull requests, statuses and actions ' +
    'of this repository (docs/permissions.md)',
  'not-found':
    'repo: not found, or not visible to this token; allowed: owner/name of a repository ' +
    'of this server',
  'wrong-address':
    'api-url: there is no API at this address; allowed: the address of the API itself',
  redirected:
    'repo or api-url: the server redirects; allowed: the current name and the address of ' +
    'the API itself',
}

/** What ended a sweep before its end, in words. */
export function explainEnd(
  { repo, apiUrl }: Pick<Config, 'repo' | 'apiUrl'>,
  error: unknown,
): string {
  if (!(error instanceof ForgeError)) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return `this is a bug of umbrella-reaper, please report it: ${plain(trace, 2000)}`
  }
  return (
    `${START[error.code] ?? 'the sweep could not start'}; repo "${plain(repo)}" at ` +
    `${plain(apiUrl)}: ${plain(error.message)}; nothing was written`
  )
}
