// The README's workflow for GitHub against a simulated Enterprise Server.
import { GATE } from '../e2e/github/setups.js'
import { serveGithub } from '../simulator/github/server.js'
import { GithubWorld } from '../simulator/github/world.js'
import type { Told } from './run.js'
import { wish } from './seen.js'

/** What a workflow is run against, and what it must have done. */
export interface Stand {
  readonly apiUrl: string
  readonly url: string
  readonly repository: string
  readonly token: string
  readonly faults: (told: Told) => readonly string[]
  readonly close: () => Promise<void>
}

/** A server with one pull request whose gate lost its runner over green jobs. */
export async function standOnGithub({ writes }: { readonly writes: boolean }): Promise<Stand> {
  const world = new GithubWorld()
  const { head } = world.pull()
  const workflow = world.workflow({
    path: '.github/workflows/ci.yml',
    jobs: [{ name: 'lint' }, { name: GATE, needs: ['lint'], gate: 'needs' }],
  })
  const suite = world.ended(workflow, { sha: head }, { lint: 'success' })
  world.end(suite, GATE, 'failure', true)
  world.now += 1200
  const server = await serveGithub(world)
  const said = writes
    ? '1 open pull request: 1 repaired'
    : '1 open pull request: 1 would be repaired'
  return {
    apiUrl: server.apiUrl,
    url: server.apiUrl.replace('/api/v3', ''),
    repository: 'acme/widgets',
    token: server.token,
    faults: ({ lines }) => {
      const sent = server.requests
        .filter(({ method, path }) => method === 'POST' && path !== '/graphql')
        .map(({ path }) => path.replace(/\d+/, '<job>'))
      const wanted = writes ? ['/repos/acme/widgets/actions/jobs/<job>/rerun'] : []
      return [
        ...wish(String(sent) === String(wanted), `sent: ${sent.join(', ') || 'nothing'}`),
        ...wish(
          lines.some(line => line.startsWith(said)),
          `no line begins with "${said}"`,
        ),
        ...server.faults,
      ]
    },
    close: () => server.close(),
  }
}
