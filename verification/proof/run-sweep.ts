import type { Clock } from '../../src/apply/dependencies.js'
import type { Config } from '../../src/config.js'
import { openGiteaForge } from '../../src/forge/gitea/forge.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { loadUmbrellaWork } from '../../src/forge/umbrella-work.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { sweep } from '../../src/sweep/sweep.js'
import type { Ask, Missing } from './asking.js'
import { plainSweep } from './config.js'
import type { World } from './model.js'
import { portOf } from './port.js'

/** What a sweep ended with: the verdict and the outcome of its first pull request. */
export interface Ended {
  readonly kind: string
  readonly reason: string
  readonly outcome: string
}

// What is loaded when it is first asked for would take more than one turn of the loop.
await loadUmbrellaWork()

const PLACE = { apiUrl: 'http://forge/api/v1', repo: 'o/r' }

const config = ({ policy, profile: { remedy } }: World): Config =>
  plainSweep({ apiUrl: 'http://forge/api/v1', policy, remedy })

/** Half a minute goes by in every pause: a re-run is looked back at twice, no more. */
function clockOf(): Clock {
  let now = 0
  return {
    now: () => now,
    sleep: () => {
      now += 30_000
      return Promise.resolve()
    },
  }
}

const endOf = ({ pulls: [first] }: SweepReport): Ended => ({
  kind: first?.kind ?? 'none',
  reason: first?.reason ?? 'none',
  outcome: first?.outcome ?? 'none',
})

/** One sweep of our real code over a port. */
export async function runSweep(
  world: World,
  missing: Missing,
  nonce: string,
  ask: Ask,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const port = portOf(world, missing, ask, () => {
      resolve({ kind: 'repair', reason: 'stale', outcome: 'posted' })
    })
    const policy = missing === 'own-verdict' ? { ...world.policy, userVouches: true } : world.policy
    const forge = openGiteaForge(port, {
      place: PLACE,
      policy,
      cache: openCache(),
    })
    const tools = {
      forge,
      nonce: () => nonce,
      requests: () => 0,
      note: () => undefined,
      clock: clockOf(),
    }
    sweep({ ...config(world), policy }, tools).then(report => {
      resolve(endOf(report))
    }, reject)
  })
}
