import type { Profile } from './profile.js'
import { gitea122 } from './profiles-gitea.js'

export const forgejo11: Profile = {
  ...gitea122,
  name: 'forgejo-11',
  family: 'forgejo',
  version: '11.0.11+gitea-1.22.0',
  actions: { ...gitea122.actions, tasks: true },
  dedupe: 'state+description',
  unnamedFloods: false,
  targetSuffix: true,
  doubleRunOnOpen: false,
  conditionAfterFailure: 'any',
  omitsSkippedNeeds: false,
  gate: { several: 'worst', passes: ['success'] },
}

export const forgejo12: Profile = {
  ...forgejo11,
  name: 'forgejo-12',
  version: '12.0.4+gitea-1.22.0',
  actions: { ...forgejo11.actions, runs: 'readers' },
  dedupe: 'state',
  unnamedFloods: true,
  gate: { several: 'first', passes: ['success'] },
}

export const forgejo15: Profile = {
  ...forgejo12,
  name: 'forgejo-15',
  version: '15.0.3+gitea-1.22.0',
  dedupe: 'state+description',
  unnamedFloods: false,
  unknownShaOnPost: 404,
  gate: { several: 'worst', passes: ['success'] },
}

export const forgejo16: Profile = {
  ...forgejo15,
  name: 'forgejo-16',
  version: '16.0.0+gitea-1.22.0',
  actions: { ...forgejo15.actions, jobs: 'forgejo', cancel: true },
  skippedState: 'skipped',
  gate: { several: 'worst', passes: ['success', 'skipped'] },
}
