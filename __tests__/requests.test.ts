import { describe, expect, it } from '@jest/globals'
import type { ProfileName } from '../verification/simulator/index.js'
import { createForge, serve } from '../verification/simulator/index.js'
import { runInProcess } from './support/in-process.js'

const JOBS = ['build', 'test']

/** A server with so many pull requests, all of them green. */
function quiet(profile: ProfileName, pulls: number): ReturnType<typeof createForge> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  const job = { 'runs-on': 'linux', steps: [{ run: 'make' }] }
  const jobs = Object.fromEntries(JOBS.map(name => [name, { name, ...job }]))
  const umbrella = { needs: JOBS, if: 'always()', ...job }
  const workflow = JSON.stringify({
    name: 'CI',
    on: 'pull_request',
    jobs: { ...jobs, 'all-required': umbrella },
  })
  forge.push({ branch: 'main', workflow })
  for (let at = 0; at < pulls; at += 1) {
    forge.push({ branch: `b${at}`, files: { [`f${at}`]: '' } })
    const number = forge.openPull({ branch: `b${at}`, doubleRun: false })
    for (const run of forge.runs(forge.head(number))) forge.runAll(run)
  }
  forge.clock.advance('20m')
  return forge
}

const PROFILES = ['gitea-1.22.6', 'gitea-1.23.8', 'gitea-1.26.4', 'forgejo-15'] as const

describe('what a sweep of quiet pull requests costs', () => {
  it.each(PROFILES.flatMap(profile => [1, 7, 60].map(pulls => ({ profile, pulls }))))(
    '$profile, $pulls pull requests: pages, one request a head, and four more at the most',
    async ({ profile, pulls }) => {
      const server = await serve(quiet(profile, pulls))
      try {
        const run = await runInProcess({
          ...{ apiUrl: server.apiUrl, repo: 'acme/widgets', token: server.token },
          inputs: { 'umbrella-context': 'CI / all-required (pull_request)' },
        })
        expect(run.outputs).toMatchObject({ scanned: String(pulls), stale: '0', failed: '0' })
        const pages = Math.ceil(pulls / 50)
        expect(server.requests.length).toBeLessThanOrEqual(pages + pulls + 4)
        const paths = server.requests.map(({ path }) => path)
        // None of them is the dear one, which asks git what a full commit id is.
        expect(paths.filter(path => /\/commits\/\w+\/status(es)?$/.test(path))).toEqual([])
      } finally {
        await server.close()
      }
    },
  )
})
