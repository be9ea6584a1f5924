import type { Forge } from '../simulator/forge.js'
import { createForge } from '../simulator/forge.js'

export const UMBRELLA = 'CI / all-required (pull_request)'

/** Secrets are long: act hides every occurrence of one in its log. */
export const TOKEN = 'token-of-a-writer-in-this-simulation'

export const UNKNOWN_TOKEN = 'token-that-nobody-has-ever-registered'

export interface World {
  readonly forge: Forge
  readonly stale: number
}

/** A workflow of these jobs under an umbrella. */
export function workflowOf(names: readonly string[]): string {
  const job = { 'runs-on': 'linux', steps: [{ run: 'make' }] }
  const jobs = Object.fromEntries(names.map((name, index) => [`job${index}`, { name, ...job }]))
  // It only judges: green where every need is, and nothing else can end it red.
  const judge = Object.keys(jobs).map(key => `test "\${{ needs.${key}.result }}" = success`)
  const steps = [{ run: judge.join('\n') }]
  // JSON is YAML.
  const umbrella = { needs: Object.keys(jobs), if: 'always()', ...job, steps }
  return JSON.stringify({
    name: 'CI',
    on: 'pull_request',
    jobs: { ...jobs, 'all-required': umbrella },
  })
}

/**
 * A server whose umbrellas are ten minutes old; on the red head the last of these jobs has failed.
 */
export function makeWorld(jobs: readonly string[]): World {
  const forge = createForge('gitea-1.26.4')
  forge.addToken(TOKEN, { kind: 'writer' })
  forge.push({ branch: 'main', workflow: workflowOf(jobs) })
  const open = (branch: string, endings: Readonly<Record<string, 'failure'>>): number => {
    forge.push({ branch, files: { [branch]: '' } })
    const number = forge.openPull({ branch, doubleRun: false })
    for (const run of forge.runs(forge.head(number))) forge.runAll(run, endings)
    return number
  }
  const stale = open('stale', { 'all-required': 'failure' })
  open('red', { [jobs.at(-1) ?? '']: 'failure' })
  open('green', {})
  forge.clock.advance('10m')
  return { forge, stale }
}
