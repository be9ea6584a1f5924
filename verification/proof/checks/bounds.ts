import type { Bound } from './world.js'
import { NOTHING } from './world.js'

const bound = (name: string, change: Partial<Bound> & Pick<Bound, 'shape'>): Bound => ({
  name,
  runs: 2,
  cancels: false,
  instances: 1,
  may: { ...NOTHING, lose: 1 },
  ...change,
})

/** What is explored for check runs, by size; `full` holds the others. */
export const CHECK_BOUNDS: Readonly<Record<'test' | 'ci' | 'full', readonly Bound[]>> = {
  test: [
    bound('needs, two runs', { shape: 'needs' }),
    bound('polls, two runs', { shape: 'polls' }),
    bound('posts, a re-run, a person', {
      shape: 'posts',
      runs: 1,
      may: { ...NOTHING, rerun: 1, person: 1 },
    }),
  ],
  ci: [
    bound('needs, two runs, cancelled', { shape: 'needs', cancels: true }),
    bound('needs, a re-run by a person', {
      shape: 'needs',
      may: { ...NOTHING, lose: 1, rerun: 1 },
    }),
    bound('needs, an approval', { shape: 'needs', may: { ...NOTHING, lose: 1, hold: 1 } }),
    bound('needs, two instances', { shape: 'needs', runs: 1, instances: 2 }),
    bound('polls, three runs', { shape: 'polls', runs: 3, may: NOTHING }),
    bound('posts, two runs, a person', { shape: 'posts', may: { ...NOTHING, person: 1 } }),
    bound('posts, a re-run', { shape: 'posts', may: { ...NOTHING, rerun: 1 } }),
    bound('posts, a red of its own, a re-run', {
      shape: 'posts',
      runs: 1,
      may: { ...NOTHING, rerun: 1, own: 1 },
    }),
    bound('needs, a run without the gate', {
      shape: 'needs',
      may: { ...NOTHING, lose: 1, gateless: 1 },
    }),
    bound('posts, two instances, two runs', { shape: 'posts', instances: 2, may: NOTHING }),
  ],
  full: [
    bound('polls, a run without the gate', {
      shape: 'polls',
      runs: 3,
      may: { ...NOTHING, gateless: 1 },
    }),
    bound('needs, three runs', { shape: 'needs', runs: 3 }),
    bound('needs, two instances, two runs', { shape: 'needs', instances: 2 }),
    bound('polls, three runs, a re-run', {
      shape: 'polls',
      runs: 3,
      may: { ...NOTHING, rerun: 1 },
    }),
    bound('posts, two runs, a red of its own', { shape: 'posts', may: { ...NOTHING, own: 1 } }),
    bound('posts, two instances, a person', {
      shape: 'posts',
      instances: 2,
      may: { ...NOTHING, person: 1 },
    }),
  ],
}
