import type { Ran } from './bundle.js'
import { explainWith, sweepWith, TOKEN } from './bundle.js'
import { faultsOf } from './judge.js'
import { GithubServer } from './server.js'
import type { Situation } from './situation.js'
import { NEEDS } from './situations/files.js'
import { World } from './world.js'

/** How a situation ended. */
export interface Ended {
  readonly name: string
  readonly faults: readonly string[]
  /** For a person who looks into it. */
  readonly text: string
  readonly log: readonly string[]
}

function ask(server: GithubServer, situation: Situation): Promise<Ran> {
  const { explain, doctor, inputs = NEEDS, as = server.world.repository.slug } = situation
  if (explain === undefined && doctor === undefined) {
    const token = situation.token === undefined ? {} : { token: situation.token }
    return sweepWith(server, { 'min-age': '5m', ...token, ...inputs }, as)
  }
  const at = ['--repo', as, '--api-url', `${server.origin}/api/v3`]
  const words =
    explain === undefined ? ['doctor', ...at] : ['explain', ...at, '--pull', String(explain)]
  return explainWith(server, words, inputs)
}

/** Builds the world of a situation, lets the bundle loose in it, and judges. */
export async function play(situation: Situation): Promise<Ended> {
  const world = new World()
  situation.world(world)
  const server = await GithubServer.open(world, TOKEN)
  try {
    const ran = await ask(server, situation)
    return {
      name: situation.name,
      faults: faultsOf(situation, server, ran),
      text: ran.text,
      log: server.log.map(({ status, line }) => `${status} ${line}`),
    }
  } finally {
    await server.close()
  }
}
