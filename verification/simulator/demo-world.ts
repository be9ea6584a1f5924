import type { Forge } from './forge.js'
import { createForge } from './forge.js'
import type { ProfileName } from './profile.js'
import type { Story } from './stories.js'
import { STORIES, UMBRELLA, workflow } from './stories.js'

/** A pull request of the demo, and what it is there to show. */
interface Told extends Pick<Story, 'name' | 'shows'> {
  readonly number: number
}

/** What the demo and `npm run simulator` play with. */
interface DemoWorld {
  readonly forge: Forge
  readonly pulls: readonly Told[]
}

/**
 * Two protected branches with the workflow that every pull request changes, and one pull request of
 * each kind, twelve minutes old. What must be green is read from the workflow: no list is given.
 */
export function demoWorld(profile: ProfileName, start?: string): DemoWorld {
  const place = { owner: 'acme', repo: 'widgets' }
  const forge = createForge(profile, start === undefined ? place : { ...place, start })
  forge.push({ branch: 'main', workflow: workflow() })
  forge.push({ branch: 'release', workflow: workflow() })
  for (const branch of ['main', 'release']) forge.protect(branch, [UMBRELLA])
  const pulls = STORIES.map(({ name, shows, make }) => ({ name, shows, number: make(forge) }))
  forge.clock.advance('12m')
  return { forge, pulls }
}
