import type { Explored, Hit } from './exploration.js'
import type { ProfileName } from './profile.js'
import { profileOf } from './profile.js'

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

/** The shortest trace of each finding, and how often it was met in all. */
function shortest(explored: readonly Explored[]): readonly FoundHit[] {
  const hits = new Map<string, FoundHit>()
  for (const { bound, hits: found } of explored)
    for (const hit of found) {
      const key = `${hit.law} ${hit.name} ${hit.name === '' ? hit.what.replace(/\d+/g, '') : ''}`
      const known = hits.get(key)
      const count = hit.count + (known?.count ?? 0)
      if (known === undefined || hit.trace.length < known.trace.length)
        hits.set(key, { ...hit, bound, count })
      else hits.set(key, { ...known, count })
    }
  return [...hits.values()]
}

/** What all explorations of one profile found. */
export function reportOf(profile: ProfileName, explored: readonly Explored[]): ProfileReport {
  const sum = (of: (one: Explored) => number): number =>
    explored.reduce((total, one) => total + of(one), 0)
  return {
    ...{ profile, explored, hits: shortest(explored) },
    states: sum(({ states }) => states),
    transitions: sum(({ transitions }) => transitions),
    seconds: sum(({ seconds }) => seconds),
  }
}

/** Findings that no blind spot names. */
export const violationsOf = ({ hits }: ProfileReport): readonly FoundHit[] =>
  hits.filter(({ name }) => name === '')

/**
 * What a report must show beside: every exploration came to its end, and the window was met, which
 * no client can close; with job rows nothing else is hidden.
 */
export function missedBy({ profile, explored, hits }: ProfileReport): readonly string[] {
  const { byRerun, grade } = profileOf(profile)
  const window = byRerun ? 'rerun-window' : 'post-window'
  const spots = [...new Set(hits.map(({ name }) => name).filter(name => name !== ''))]
  const more = spots.filter(name => grade === 'jobs' && name !== window)
  return [
    ...explored
      .filter(({ complete }) => !complete)
      .map(({ bound }) => `${profile}: "${bound}" was not explored to its end`),
    ...(spots.some(name => name === window) ? [] : [`${profile}: ${window} was never met`]),
    ...more.map(name => `${profile}: ${name} was met, and job rows hide nothing`),
  ]
}
