// Whole sweeps of the code of the bundle, from its entry to its report, over a simulated server
// some of whose answers are changed: the server lies, and nothing falls over.
import fc from 'fast-check'
import type { Exchanges, RawAnswer } from '../../src/forge/exchange.js'
import { openGithub } from '../../src/forge/github/adapter.js'
import { giteaOver } from '../../src/forge/gitea/open.js'
import type { ForgeKind } from '../../src/forge/registry.js'
import { main } from '../../src/main.js'
import { Chance } from '../random/chance.js'
import { githubStage } from '../random/github-stage.js'
import { giteaStage } from '../random/gitea-stage.js'
import { drawScript } from '../random/script.js'
import { ALL_PROFILES } from '../random/setup.js'
import type { Stage } from '../random/stage.js'
import { hostileText } from '../../__tests__/support/hostile.js'
import { written } from './capture.js'
import { demandOurs, demandSeen } from './judge.js'
import type { Json } from './json.js'
import { changes, mutated } from './json.js'
import type { Target } from './target.js'
import { demand, target } from './target.js'

/** What becomes of one answer. */
const lie = fc.record({
  /** Which answer of the sweep it is. */
  at: fc.nat(25),
  changes,
  status: fc.option(fc.constantFrom(200, 201, 204, 301, 403, 404, 409, 422, 429, 500, 502)),
  type: fc.option(hostileText),
  cut: fc.option(fc.nat(200)),
})

type Lie = typeof lie extends fc.Arbitrary<infer One> ? One : never

function lied({ status, headers, bytes }: RawAnswer, one: Lie): RawAnswer {
  const text = bytes.toString()
  let body: string
  try {
    body = JSON.stringify(mutated(JSON.parse(text) as Json, one.changes))
  } catch {
    body = `${text}]`
  }
  return {
    status: one.status ?? status,
    headers: { ...headers, ...(one.type === null ? {} : { 'content-type': one.type }) },
    bytes: Buffer.from(one.cut === null ? body : body.slice(0, one.cut)),
  }
}

/** A sweep that asks more than so many times for three pull requests does not end. */
const MOST_REQUESTS = 3_000

/** The way to a stage that changes some answers. */
function exchangesTo({ server, token }: Stage, lies: readonly Lie[]): Exchanges {
  let asked = 0
  return {
    send: async (method, address, body) => {
      asked += 1
      demand(asked <= MOST_REQUESTS, () => `more than ${MOST_REQUESTS} requests`)
      const { pathname: path, searchParams: query } = new URL(`http://127.0.0.1:3000${address}`)
      const sent = body === null ? undefined : (JSON.parse(JSON.stringify(body)) as never)
      const given = await server.answer({ sweep: 1, method, path, query, token, body: sent })
      server.pass(20)
      const headers = Object.fromEntries(
        Object.entries(given.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      )
      const raw = { status: given.status, headers, bytes: Buffer.from(given.text) }
      return lies.filter(({ at }) => at === asked - 1).reduce(lied, raw)
    },
    close: () => undefined,
  }
}

/** A world of the random driver after some of its steps. */
function staged(seed: number): { readonly stage: Stage; readonly isGithub: boolean } {
  const { setup, rounds } = drawScript(seed, ALL_PROFILES)
  const isGithub = setup.profile === 'github'
  const stage = isGithub ? githubStage(setup) : giteaStage(setup)
  for (const { before } of rounds.slice(0, 1)) for (const step of before) stage.act(step)
  return { stage, isGithub }
}

const sweeps = target(
  { name: 'sweeps over changed answers', kind: 'parser', weight: 5 },
  fc.tuple(fc.nat(1_000_000), fc.array(lie, { minLength: 1, maxLength: 4 })),
  async ([seed, lies]) => {
    const { stage, isGithub } = staged(seed)
    const exchanges = exchangesTo(stage, lies)
    const kind: ForgeKind = isGithub
      ? { name: 'GitHub', open: options => openGithub(options, () => exchanges) }
      : giteaOver(() => exchanges)
    const chance = new Chance(seed)
    const inputs: Readonly<Record<string, string>> = { ...stage.inputs, token: stage.token }
    const env: Readonly<Record<string, string>> = {
      GITHUB_API_URL: stage.apiUrl,
      GITHUB_REPOSITORY: stage.repo,
    }
    const { log } = await written(isGithub ? 'github' : 'gitea', runner =>
      main(
        {
          ...runner,
          argv: () => [],
          input: name => inputs[name],
          inputNames: () => [],
          env: name => env[name] ?? '',
          now: () => stage.server.now(),
          wallClock: () => Number.MAX_SAFE_INTEGER,
          random: () => chance.next(),
          sleep: milliseconds => {
            stage.server.pass(milliseconds)
            return Promise.resolve()
          },
        },
        [kind],
      ),
    )
    const told = log.replace(/^::add-mask::.*\n/gm, '')
    demandSeen(told)
    demandOurs(told)
    demand(!told.includes('bug of umbrella-reaper'), () => told.slice(-1_000))
    demand(told.trim() !== '', () => 'it says nothing')
  },
)

export const SWEEP_TARGETS: readonly Target[] = [sweeps]
