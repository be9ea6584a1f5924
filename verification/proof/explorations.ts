import type { Missing } from './asking.js'
import type { Bound } from './bound.js'
import { boundOf } from './bound.js'
import type { Size } from './bounds.js'
import { boundsOf } from './bounds.js'
import type { Explored } from './exploration.js'
import { explore } from './explore.js'
import type { ProfileName } from './profile.js'
import { profileOf } from './profile.js'

/** One bound, explored with the real client or with one that lacks an organ. */
interface Planned {
  readonly bound: Bound
  readonly missing: Missing
}

/**
 * Runs that tell their pull request do so even if no list ever shows one that was opened later: its
 * run is judged like any other. That all of it fits together no list can say here.
 */
const BLIND_LIST: Planned = {
  missing: 'blind-list',
  bound: boundOf('a second pull request, every list blind', {
    start: 'stale',
    runs: 2,
    pulls: 2,
    may: { open: 1 },
  }),
}

/** Everything that is explored on one profile at this size. */
export function plannedFor(name: ProfileName, size: Size): readonly Planned[] {
  const profile = profileOf(name)
  const real = boundsOf(size, profile).map((bound): Planned => ({ bound, missing: null }))
  // Task rows tell it, and job rows.
  const tells = profile.name === 'forgejo-15' || profile.name === 'gitea-1.26.4'
  return tells ? [...real, BLIND_LIST] : real
}

/** Explores one of them; of a client that lacks an organ it only counts what was proven. */
export async function carryOut(name: ProfileName, { bound, missing }: Planned): Promise<Explored> {
  const found = await explore(profileOf(name), bound, missing)
  return missing === null
    ? found
    : { ...found, hits: found.hits.filter(({ law, name }) => law === 'I1' && name === '') }
}
