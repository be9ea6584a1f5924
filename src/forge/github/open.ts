import type { ForgeKind } from '../registry.js'

/**
 * Is this the address of GitHub's API? github.com and its data residency say so by their host,
 * Enterprise Server by its path; Gitea's and Forgejo's ends in `/api/v1`.
 */
export function isGithub(apiUrl: string): boolean {
  const { hostname, pathname } = new URL(apiUrl)
  return (
    hostname === 'api.github.com' ||
    /^api\..+\.ghe\.com$/.test(hostname) ||
    /\/api\/v3\/?$/.test(pathname)
  )
}

/** GitHub. Its adapter is loaded only where the API is GitHub's: other sweeps start faster. */
export const GITHUB: ForgeKind = {
  name: 'GitHub',
  open: async options => {
    if (!isGithub(options.place.apiUrl)) return null
    const { openGithub } = await import('./adapter.js')
    return openGithub(options)
  },
}
