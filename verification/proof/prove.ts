import type { Size } from './bounds.js'
import { SIZES, boundsOf } from './bounds.js'
import type { Explored, Hit } from './exploration.js'
import { explore } from './explore.js'
import type { ProfileName } from './profile.js'
import { PROFILES, profileOf } from './profile.js'

/** A finding with the bound in which its shortest trace was met. */
export interface FoundHit extends Hit {
  readonly bound: string
}

/** Every bound of one profile. */
export interface ProfileReport {
  readonly profile: ProfileName
  readonly states: number
  readonly transitions: number
  readonly seconds: number
  readonly explored: readonly Explored[]
  readonly hits: readonly FoundHit[]
}

/** Explores every bound of a size for one profile, and keeps the shortest trace of each finding. */
export async function prove(profile: ProfileName, size: Size): Promise<ProfileReport> {
  const explored: Explored[] = []
  const hits = new Map<string, FoundHit>()
  for (const bound of boundsOf(size, profileOf(profile))) {
    const result = await explore(profileOf(profile), bound)
    explored.push(result)
    for (const hit of result.hits) {
      const key = `${hit.law} ${hit.name} ${hit.name === '' ? hit.what.replace(/\d+/g, '') : ''}`
      const known = hits.get(key)
      const count = hit.count + (known?.count ?? 0)
      if (known === undefined || hit.trace.length < known.trace.length)
        hits.set(key, { ...hit, bound: bound.name, count })
      else hits.set(key, { ...known, count })
    }
  }
  const sum = (of: (one: Explored) => number): number =>
    explored.reduce((total, one) => total + of(one), 0)
  return {
    profile,
    explored,
    states: sum(({ states }) => states),
    transitions: sum(({ transitions }) => transitions),
    seconds: sum(({ seconds }) => seconds),
    hits: [...hits.values()],
  }
}

// As a process of its own: the profile and the size are its arguments, the report its one message.
const [profile, size] = [
  PROFILES.find(name => name === process.argv[2]),
  SIZES.find(name => name === process.argv[3]),
]
if (process.send !== undefined && profile !== undefined && size !== undefined) {
  const report = await prove(profile, size)
  process.send(report, () => {
    process.exit()
  })
}
