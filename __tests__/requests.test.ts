import { describe, expect, it } from '@jest/globals'
import type { ProfileName } from '../verification/simulator/index.js'
import { createForge, serve } from '../verification/simulator/index.js'
import { countOf, requiredOf, UMBRELLA, world } from '../verification/bench/world.js'
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

const RED_SIZES = [
  { pulls: 6, red: 100 },
  { pulls: 20, red: 50 },
  { pulls: 60, red: 20 },
] as const

/**
 * What the release before the cheap reads (bc148c8) sent on repositories of these sizes, where
 * every other red pull request is stale and gets a status.
 */
const BEFORE = [
  { profile: 'gitea-1.22.6', sent: [38, 70, 126] },
  { profile: 'forgejo-15', sent: [51, 103, 200] },
  { profile: 'gitea-1.23.8', sent: [42, 88, 182] },
  { profile: 'gitea-1.26.4', sent: [58, 102, 164] },
] as const

/** One for the refs, where open pull requests are listed as issues. */
const ONCE_A_SWEEP = 1

describe('what a sweep of red pull requests costs', () => {
  it.each(
    BEFORE.flatMap(({ profile, sent }) =>
      RED_SIZES.map((size, at) => ({ profile, ...size, before: sent[at] ?? 0 })),
    ),
  )(
    '$profile, $pulls pull requests, $red % red: no more than before, for each of them',
    async ({ profile, before, ...size }) => {
      const plan = { profile, contexts: 6, ...size }
      const server = await serve(world(plan))
      try {
        const run = await runInProcess({
          ...{ apiUrl: server.apiUrl, repo: 'acme/widgets', token: server.token },
          inputs: {
            ...{ 'umbrella-context': UMBRELLA, 'required-contexts': requiredOf(plan).join('\n') },
            ...{ remedy: 'status', 'max-repairs': '0' },
          },
        })
        expect(run.outputs).toMatchObject({
          ...{ compensated: String(countOf(plan, 'stale')), failed: '0' },
          refused: String(countOf(plan, 'red')),
        })
        expect(server.requests.length).toBeLessThanOrEqual(before + ONCE_A_SWEEP)
      } finally {
        await server.close()
      }
    },
  )
})
