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
