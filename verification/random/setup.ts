import type { Forge, ProfileName } from '../simulator/index.js'
import { PROFILES, createForge } from '../simulator/index.js'
import { workflowFolder } from '../simulator/events.js'
import { Chance } from './chance.js'
import type { FileSpec, JobSpec, UmbrellaKind } from './files.js'
import { contextFor, fileText } from './files.js'

/** How one world is: the server, its workflow, the policy of all its sweeps. */
export interface Setup {
  readonly profile: ProfileName
  /** Actions answers 403 to this token, from the start to the end. */
  readonly denied: boolean
  readonly main: FileSpec
  /** The same file on the branch `release`. */
  readonly release: FileSpec
  /** What both branches require to merge. */
  readonly protection: readonly string[]
  readonly inputs: Readonly<Record<string, string>>
}

const JOBS: readonly JobSpec[] = [
  { key: 'lint', name: 'Lint' },
  { key: 'test', name: 'Test' },
  { key: 'build', name: 'Build' },
]

function umbrellaName(chance: Chance, kind: UmbrellaKind): string {
  if (chance.is(0.55)) return 'all-required'
  return kind === 'own' ? 'coverage' : 'gate'
}

function filesOf(chance: Chance): Pick<Setup, 'main' | 'release'> {
  const kind = chance.weighted({ judges: 45, own: 25, polls: 15, nothing: 15 })
  const key = umbrellaName(chance, kind)
  const jobs = JOBS.slice(0, 2 + chance.below(2)).map(job =>
    chance.is(0.12) ? { ...job, dynamic: true } : job,
  )
  const all = jobs.map(job => job.key)
  const some = kind === 'own' && chance.is(0.6) ? all.slice(0, 1) : all
  const needs = kind === 'polls' && chance.is(0.7) ? null : some
  const branches = chance.is(0.3) ? ['main'] : []
  const main: FileSpec = {
    path: 'ci.yml',
    event: 'pull_request',
    branches,
    jobs,
    umbrella: { key, kind, needs },
  }
  const fewer = needs === null || needs.length < 2 ? needs : needs.slice(0, -1)
  const release = { ...main, umbrella: { key, kind, needs: fewer } }
  return { main, release: chance.is(0.3) ? release : main }
}

function listOf(chance: Chance, main: FileSpec): string {
  const all = main.jobs.map(({ name }) => contextFor(name))
  switch (chance.weighted({ none: 55, all: 25, some: 10, pattern: 10 })) {
    case 'none':
      return ''
    case 'all':
      return all.join('\n')
    case 'some':
      return all.slice(0, 1).join('\n')
    case 'pattern':
      return 'CI / * (pull_request)'
  }
}

/** Draws a world. */
export function drawSetup(chance: Chance, profile: ProfileName): Setup {
  const { main, release } = filesOf(chance)
  const umbrella = main.umbrella?.key ?? ''
  const jobs = main.jobs.map(({ name }) => contextFor(name))
  const isNamed = chance.is(umbrella === 'all-required' ? 0.3 : 0.5)
  return {
    profile,
    main,
    release,
    denied: chance.is(0.15),
    protection: [...(chance.is(0.5) ? jobs : []), contextFor(umbrella)],
    inputs: {
      'umbrella-context': isNamed ? contextFor(umbrella) : '',
      'required-contexts': listOf(chance, main),
      remedy: chance.weighted({ auto: 70, status: 15, rerun: 15 }),
      'min-age': chance.weighted({ '0s': 60, '30s': 30, '5m': 10 }),
      'max-repairs': '0',
    },
  }
}

/** The server of a world, with its two branches and nothing else. */
export function buildForge({ profile, main, release, protection }: Setup): Forge {
  const forge = createForge(PROFILES[profile])
  const path = (file: FileSpec): string => `${workflowFolder(forge.state)}/${file.path}`
  forge.push({ branch: 'main', files: { [path(main)]: fileText(main) } })
  forge.push({ branch: 'release', files: { [path(release)]: fileText(release) } })
  forge.protect('main', protection)
  forge.protect('release', protection)
  return forge
}

/** A server that can be driven. */
export type Driven = ProfileName | 'github'
export const ALL_PROFILES: readonly Driven[] = [
  ...(Object.keys(PROFILES) as ProfileName[]),
  'github',
]
