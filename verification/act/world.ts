import type { Forge } from '../simulator/forge.js'
import { createForge } from '../simulator/forge.js'
import { workflow } from '../simulator/stories.js'

export const UMBRELLA = 'CI / all-required (pull_request)'

/** Secrets are long: act hides every occurrence of one in its log. */
export const TOKEN = 'token-of-a-writer-in-this-simulation'

export const UNKNOWN_TOKEN = 'token-that-nobody-has-ever-registered'

export interface World {
  readonly forge: Forge
  readonly stale: number
}

/** The umbrella of the older of two runs ends last, and red; the newer one is green. */
function race(forge: Forge, number: number): void {
  const [older, newer] = [...forge.runs(forge.head(number))].sort((a, b) => a.id - b.id)
  if (older === undefined || newer === undefined) throw new Error('a race needs two runs')
  forge.runAll(older, { 'all-required': 'never' })
  forge.runAll(newer)
  const umbrella = forge.job(older, 'all-required')
  forge.pick(umbrella)
  forge.complete(umbrella, 'failure', { seconds: 40 })
}

/**
 * A server whose umbrellas are ten minutes old; on the red head the last of these jobs has failed.
 */
export function makeWorld(jobs: readonly string[]): World {
  const forge = createForge('gitea-1.26.4')
  forge.addToken(TOKEN, { kind: 'writer' })
  forge.push({ branch: 'main', workflow: workflow({ jobs }) })
  const open = (branch: string, doubleRun = false): number => {
    forge.push({ branch, files: { [branch]: '' } })
    return forge.openPull({ branch, doubleRun })
  }
  const stale = open('stale', true)
  race(forge, stale)
  for (const run of forge.runs(forge.head(open('red'))))
    forge.runAll(run, { [jobs.at(-1) ?? '']: 'failure' })
  for (const run of forge.runs(forge.head(open('green')))) forge.runAll(run)
  forge.clock.advance('10m')
  return { forge, stale }
}
