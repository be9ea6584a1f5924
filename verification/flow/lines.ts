import { runInProcess } from '../../__tests__/support/in-process.js'
import { playGithub } from '../e2e/github/play.js'
import { GITHUB_SCENARIOS } from '../e2e/github/scenarios.js'
import type { ProfileName } from '../simulator/index.js'
import { createForge, serve } from '../simulator/index.js'
import { race, REQUIRED, UMBRELLA } from '../simulator/stories.js'

/** One way through the code: a sweep that repairs a single head. Throws if it does not. */
interface Line {
  readonly name: string
  /** Prepares the server and sweeps it; `measured` counts what is done by the sweep alone. */
  readonly sweep: (measured: (work: () => Promise<unknown>) => Promise<void>) => Promise<void>
}

/** An older run's red stands over a newest run that is green. */
const onGitea = (name: string, profile: ProfileName): Line => ({
  name,
  sweep: async measured => {
    const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
    forge.protect('main', [UMBRELLA])
    race(forge, 'stale', { 'Canvas (Next.js)': 'failure' }, {}, 'failure')
    forge.clock.advance('12m')
    const server = await serve(forge)
    const inputs = { 'required-contexts': REQUIRED.join('\n') }
    try {
      await measured(async () => {
        const { apiUrl, token } = server
        const run = await runInProcess({ apiUrl, repo: 'acme/widgets', token, inputs })
        if (run.outputs['compensated'] !== '1') throw new Error(`${name}:\n${run.stdout}`)
      })
    } finally {
      await server.close()
    }
  },
})

/** A scenario of the end-to-end suite. */
const onGithub = (name: string, scenario: string): Line => ({
  name,
  sweep: async measured => {
    const found = GITHUB_SCENARIOS.find(one => one.name === scenario)
    if (found === undefined) throw new Error(`no scenario ${scenario}`)
    const { faults } = await playGithub(found, async options => {
      const runs: Awaited<ReturnType<typeof runInProcess>>[] = []
      await measured(async () => {
        runs.push(await runInProcess(options))
      })
      const [run] = runs
      if (run === undefined) throw new Error(`${name} was not swept`)
      return run
    })
    if (faults.length > 0) throw new Error(`${name}: ${faults.join('; ')}`)
  },
})

/** The lines that the figures are kept for. */
export const LINES: readonly Line[] = [
  onGitea('Gitea 1.22, post', 'gitea-1.22.6'),
  onGitea('Gitea 1.26, post', 'gitea-1.26.4'),
  onGithub('GitHub, post', 'status-posted'),
  onGithub('GitHub, re-run', 'gate-lost-its-runner'),
]
