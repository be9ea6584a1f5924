import { beforeAll, describe, expect, it } from '@jest/globals'
import { loadUmbrellaWork } from '../../src/forge/umbrella-work.js'
import { readYaml } from '../../src/workflow/yaml.js'
import type { Fault } from '../../verification/random/fault.js'
import type { Told } from '../../verification/random/sweep.js'
import { openStale, staleWorld, sweepOnce } from '../support/fault-points.js'

const HEADS = 60

beforeAll(async () => {
  await readYaml('', new Uint8Array())
  await loadUmbrellaWork()
})

/** A sweep over many stale heads of which every history takes long; its clock costs nothing. */
async function slowSweep(): Promise<Told> {
  const world = staleWorld('the write itself')
  for (let at = 1; at < HEADS; at += 1) openStale(world, `topic-${at}`)
  let asked = 0
  const told = await sweepOnce(world, 1, ({ path }): Fault | null => {
    asked += 1
    return asked > HEADS && path.includes('/statuses/') ? { kind: 'slow', after: false } : null
  })
  if (told === null) throw new Error('it was killed')
  return told
}

describe('a sweep whose time is used up', () => {
  it('ends in time, tells how far it came, and how many it did not come to', async () => {
    const { lines, report, took } = await slowSweep()
    // Ten minutes, and the last requests that were under way.
    expect(took).toBeLessThan(700_000)
    const unjudged = report?.unjudged
    if (unjudged == null) throw new Error('everything was judged')
    const given = report?.pulls.filter(({ reason }) => reason === 'evidence-incomplete') ?? []
    expect(unjudged.pulls).toBeGreaterThan(5)
    expect(unjudged.pulls).toBeLessThanOrEqual(given.length)
    expect(unjudged.why).toContain('the time of this sweep is used up')
    const headline = lines.find(line => line.startsWith(`${HEADS} open pull requests: `))
    expect(headline).toContain(
      `${unjudged.pulls} of them were not judged (the time of this sweep is used up): the next ` +
        'sweep looks at all of them again',
    )
    expect(lines).toContain(`looked at 50 of ${HEADS} commits`)
    expect(lines.some(line => /^studied 25 of \d+ commits$/.test(line))).toBe(true)
    expect(lines.some(line => / could not be read, the rest needs no repair$/.test(line))).toBe(
      true,
    )
    // What was not judged is not among what was written.
    expect(report?.pulls.filter(({ outcome }) => outcome === 'compensated')).toEqual([])
  })
})
