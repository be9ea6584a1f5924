import { describe, expect, it } from '@jest/globals'
import { TIMED } from '../../verification/bench/cost.js'
import type { TimedProfile } from '../../verification/bench/cost.js'
import { floorOf } from '../../verification/bench/floor.js'
import type { Tally } from '../../verification/bench/stage.js'
import { openStage } from '../../verification/bench/stage.js'
import { UMBRELLA } from '../../verification/bench/world.js'
import { runInProcess } from '../support/in-process.js'
import { widgetsOn } from '../support/open-server.js'

const PULLS = 300

const worldOf = (profile: TimedProfile) => ({ profile, pulls: PULLS, contexts: 6, red: 0 })

/** One sweep of 300 pull requests, all of them green, as the server saw it. */
async function quietSweep(profile: TimedProfile): Promise<Tally> {
  const stage = await openStage({ world: worldOf(profile), latency: 0, busy: false })
  try {
    const run = await runInProcess({
      ...widgetsOn(stage),
      inputs: { 'umbrella-context': UMBRELLA },
    })
    expect(run.outputs).toMatchObject({ scanned: String(PULLS), stale: '0', failed: '0' })
    return stage.tally()
  } finally {
    await stage.close()
  }
}

/**
 * What the same sweep cost by the release before: pages of 50 of `GET /pulls`, one
 * `GET /commits/{sha}/status` for each head, and at its start the version, one row of the tasks and
 * one of the runs; where runs are listed two lists more, of those that failed and those that were
 * cancelled. The bench sends that release's own bundle, and
 * `__tests__/verification/bench/main.test.ts` holds it to the same sums.
 */
const BEFORE: Readonly<Record<'gitea-1.22.6' | 'gitea-1.26.4', number>> = {
  'gitea-1.22.6': 6 * 830 + 300 * 36 + 3 * 5,
  'gitea-1.26.4': 6 * 22 + 300 * 10 + 5 * 5,
}

describe('server milliseconds of a quiet sweep of 300 pull requests', () => {
  it('on 1.26.4 at most 0.7 of what the release before cost', async () => {
    const { milliseconds } = await quietSweep('gitea-1.26.4')
    expect(milliseconds / BEFORE['gitea-1.26.4']).toBeLessThanOrEqual(0.7)
  })

  it('on 1.22.6 at most a sixth of what the release before cost', async () => {
    const { milliseconds } = await quietSweep('gitea-1.22.6')
    expect(milliseconds / BEFORE['gitea-1.22.6']).toBeLessThanOrEqual(1 / 6)
  })

  it.each(TIMED)('%s: every request is one the costs know, but five at the most', async profile => {
    const { byRoute, milliseconds, requests } = await quietSweep(profile)
    expect(byRoute.other).toBeLessThanOrEqual(5)
    expect(byRoute['one pull']).toBe(0)
    const floor = floorOf(worldOf(profile))
    expect(milliseconds).toBeGreaterThanOrEqual(floor.milliseconds)
    expect(requests).toBeGreaterThanOrEqual(floor.requests)
  })
})
