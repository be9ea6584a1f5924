import { afterEach } from '@jest/globals'
import type { GithubServer } from '../../verification/simulator/github/server.js'
import { serveGithub } from '../../verification/simulator/github/server.js'
import type { GithubWorld } from '../../verification/simulator/github/world.js'
import type { Forge, SimulatedServer } from '../../verification/simulator/index.js'
import { serve } from '../../verification/simulator/index.js'

const open: { readonly close: () => Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()))
})

/** Closes it after the test. */
export function untilTheEnd<Server extends { readonly close: () => Promise<void> }>(
  server: Server,
): Server {
  open.push(server)
  return server
}

/** A simulated server, up to the end of the test. */
export const openServer = async (forge: Forge): Promise<SimulatedServer> =>
  untilTheEnd(await serve(forge))

/** The same of GitHub. */
export const openGithubServer = async (world: GithubWorld): Promise<GithubServer> =>
  untilTheEnd(await serveGithub(world))

/** Where the repository of the tests is on a server, and by which token. */
export const widgetsOn = ({
  apiUrl,
  token,
}: {
  readonly apiUrl: string
  readonly token: string
}) => ({
  apiUrl,
  repo: 'acme/widgets',
  token,
})
