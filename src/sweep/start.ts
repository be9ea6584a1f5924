import type { Stop } from '../apply/stop.js'
import type { Config } from '../config.js'
import { ForgeError } from '../forge/port.js'
import type { OpenOptions } from '../forge/registry.js'
import { plain } from './report/text.js'
import type { Runner } from '../runner.js'

/** Ten minutes: twice the usual schedule. What is not read by then is a gap. */
const SWEEP_BUDGET = 600_000

/** An hour: an audit may read thousands of commits, and no schedule waits for it. */
export const AUDIT_BUDGET = 3_600_000

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
  'server-error':
    'the server answered with an error of its own: try again in a minute; if it stays, look into ' +
    "the server's log, or into that of the proxy before it",
  timeout: 'the server did not answer in time: try again, or lower concurrency',
  'rate-limited': 'the server limits requests: try again later, or lower concurrency',
  redirected:
    'repo or api-url: the server redirects; allowed: the current name and the address of ' +
    'the API itself',
}

/** What nothing here foresaw, with its place; its text is a stranger's, too. */
function explainBug(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `this is a bug of umbrella-reaper, please report it: ${plain(trace, 2000)}`
}

/**
 * Does something, and tells what nothing in it foresaw. Left alone, Node.js would print that as it
 * is, with whatever text and secret stands in it.
 */
export async function guarded(
  runner: Pick<Runner, 'fail'>,
  go: () => Promise<void>,
): Promise<void> {
  try {
    await go()
  } catch (error) {
    runner.fail(explainBug(error))
  }
}

/** Six letters and digits, by which an instance knows its own row. */
export const nonceOf = (runner: Pick<Runner, 'random'>): string =>
  Math.floor(runner.random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0')

/** What ended a sweep before its end, in words. */
export function explainEnd(
  { repo, apiUrl }: Pick<Config, 'repo' | 'apiUrl'>,
  error: unknown,
): string {
  if (!(error instanceof ForgeError)) return explainBug(error)
  return (
    `${START[error.code] ?? 'the sweep could not start'}; repo "${plain(repo)}" at ` +
    `${plain(apiUrl)}: ${plain(error.message)}; nothing was written`
  )
}

/** How a forge is opened for one start; `isData`: what is printed is data, and no log. */
export function openOptions(
  config: Config,
  runner: Runner,
  {
    stop,
    isData,
    budget = SWEEP_BUDGET,
  }: { readonly stop: Stop; readonly isData: boolean; readonly budget?: number },
): OpenOptions {
  return {
    place: { apiUrl: config.apiUrl, repo: config.repo },
    token: config.token,
    userAgent: 'umbrella-reaper',
    budget,
    concurrency: config.concurrency,
    sweepFile: config.workflowFile,
    now: runner.now,
    wallClock: runner.wallClock,
    warn: line => {
      if (!isData) runner.warning(line)
    },
    stopped: stop.silence,
    random: runner.random,
    sleep: runner.sleep,
  }
}
