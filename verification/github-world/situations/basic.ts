import type { Situation } from '../situation.js'
import { CI, NEEDS } from './files.js'

export const BASIC: readonly Situation[] = [
  {
    name: 'needs: the gate lost its runner over green jobs',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.require('main', ['all-required'])
      const one = w.pull(1)
      w.run('ci.yml', one, {
        ago: 60,
        jobs: { lint: 'success', test: 'success', 'all-required': 'lost' },
      })
    },
    inputs: NEEDS,
    pulls: { 1: 'stale' },
    outcomes: { 1: 'rerun' },
    wrote: ['rerun all-required in run 1'],
    gate: { 1: 'open' },
  },
]
