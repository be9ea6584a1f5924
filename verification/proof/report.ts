import type { Explored, Hit } from './exploration.js'
import type { Profile, ProfileName } from './profile.js'
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
    profile,
    explored,
    hits: shortest(explored),
    states: sum(({ states }) => states),
    transitions: sum(({ transitions }) => transitions),
    seconds: sum(({ seconds }) => seconds),
  }
}

/** Findings that no blind spot names. */
export const violationsOf = ({ hits }: ProfileReport): readonly FoundHit[] =>
  hits.filter(({ name }) => name === '')

/** The windows that no client can close: after a post, after a re-run, or either. */
function windowsOf({ byRerun, remedy, reruns }: Profile): readonly string[] {
  if (byRerun) return ['rerun-window']
  return remedy === 'auto' && reruns !== 'none' ? ['post-window', 'rerun-window'] : ['post-window']
}

/**
 * What a report must show beside: every exploration came to its end, and a window was met; with job
 * rows nothing else is hidden.
 */
export function missedBy({ profile, explored, hits }: ProfileReport): readonly string[] {
  const windows = windowsOf(profileOf(profile))
  const spots = [...new Set(hits.map(({ name }) => name).filter(name => name !== ''))]
  const hidden = spots.filter(name => !windows.includes(name))
  const more = profileOf(profile).grade === 'jobs' ? hidden : []
  const isMet = spots.some(name => windows.includes(name))
  return [
    ...explored
      .filter(({ complete }) => !complete)
      .map(({ bound }) => `${profile}: "${bound}" was not explored to its end`),
    ...(isMet ? [] : [`${profile}: ${windows.join(' or ')} was never met`]),
    ...more.map(name => `${profile}: ${name} was met, and job rows hide nothing`),
  ]
}
