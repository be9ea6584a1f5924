import type { UmbrellaSearch } from '../forge/port.js'

/** The umbrella of a sweep that was given none, and why it is this one. */
interface ChosenUmbrella {
  readonly umbrella: string
  readonly why: string
  /** Is it the one that the documentation names for this forge? */
  readonly isDefault: boolean
}

/** So many contexts are named to somebody who has to choose. */
const NAMED_CONTEXTS = 10

function quoted(contexts: readonly string[]): string {
  const named = contexts.slice(0, NAMED_CONTEXTS).map(context => `"${context}"`)
  const more = contexts.length - named.length
  return `${named.join(' and ')}${more === 0 ? '' : ` and ${more} more`}`
}

/** Chooses only what is beyond doubt; else the default, which `umbrella-context` replaces. */
export function chooseUmbrella(search: UmbrellaSearch, otherwise: string): ChosenUmbrella {
  const fallback = (why: string): ChosenUmbrella => ({
    umbrella: otherwise,
    why: `the default, because ${why}`,
    isDefault: true,
  })
  if (search.kind === 'unreadable')
    return fallback(`branch protection could not be read: ${search.why}`)
  const { branch, contexts, required } = search
  const [only, ...more] = contexts
  if (only === undefined)
    return fallback(
      required.length === 0
        ? `the protection of ${branch} requires no context by name`
        : `the protection of ${branch} requires ${quoted(required)}, and no job that reads the ` +
            'results of its needs writes one of them',
    )
  if (more.length > 0) {
    return fallback(
      `the protection of ${branch} requires ${quoted(contexts)}, which may all be umbrellas`,
    )
  }
  return {
    umbrella: only,
    isDefault: only === otherwise,
    why:
      `the protection of ${branch} requires it, and a job that reads the results of its needs ` +
      'writes it',
  }
}
