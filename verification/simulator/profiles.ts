import type { Profile, ProfileName } from './profile.js'
import { forgejo11, forgejo12, forgejo15, forgejo16 } from './profiles-forgejo.js'
import {
  gitea122,
  gitea123,
  gitea124,
  gitea125,
  gitea1260,
  gitea1264,
  gitea127,
  gitea28,
} from './profiles-gitea.js'

/** Every server version the simulator can be. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  'gitea-1.22.6': gitea122,
  'gitea-1.23.8': gitea123,
  'gitea-1.24.7': gitea124,
  'gitea-1.25.5': gitea125,
  'gitea-1.26.0': gitea1260,
  'gitea-1.26.4': gitea1264,
  'gitea-1.27.0': gitea127,
  'gitea-28.1.0': gitea28,
  'forgejo-11': forgejo11,
  'forgejo-12': forgejo12,
  'forgejo-15': forgejo15,
  'forgejo-16': forgejo16,
}

/** Ways to break a profile on purpose; the contract must notice each by name. */
export const DEFECTS = [
  'latest-by-time',
  'total-count-as-total',
  'skipped-as-own-state',
  'posted-success-wins',
] as const

export type Defect = (typeof DEFECTS)[number]

/** The profile with one deliberate defect. */
export function breakProfile(profile: Profile, defect: Defect): Profile {
  switch (defect) {
    case 'latest-by-time':
      return { ...profile, latestBy: 'time' }
    case 'total-count-as-total':
      return { ...profile, totalCount: 'all' }
    case 'skipped-as-own-state':
      return { ...profile, skippedState: 'skipped' }
    case 'posted-success-wins':
      return { ...profile, hash: 'context' }
    default:
      return defect satisfies never
  }
}
