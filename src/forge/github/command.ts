import type { Write } from '../../core/plan/remedy.js'
import type { RepositoryAddress } from '../repository-address.js'

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The host that the GitHub CLI must be told, where it is not github.com. */
function hostOf({ apiUrl }: RepositoryAddress): string {
  const { hostname } = new URL(apiUrl)
  if (hostname === 'api.github.com') return ''
  return `GH_HOST=${hostname.replace(/^api\.(?=.+\.ghe\.com$)/, '')} `
}

/** The command of the GitHub CLI by which a person could send exactly this write. */
export function commandOf(place: RepositoryAddress, write: Write): string {
  const host = hostOf(place)
  if (write.kind === 'rerun') {
    const what = write.wholeRun ? String(write.run) : `--job ${write.job}`
    return `${host}gh run rerun ${what} --repo ${place.repo}`
  }
  const { sha, context, state, description, targetUrl } = write.post
  const fields = Object.entries({ state, context, description, target_url: targetUrl })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` -f ${quote(`${name}=${value}`)}`)
  return `${host}gh api --method POST repos/${place.repo}/statuses/${sha}${fields.join('')}`
}

/** Where people see this server's pages. */
export function webRoot(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl)
  if (host === 'api.github.com') return 'https://github.com'
  if (/^api\..+\.ghe\.com$/.test(host)) return `${protocol}//${host.slice('api.'.length)}`
  return `${protocol}//${host}`
}
