import type { UmbrellaSearch } from '../forge/port.js'

/** The umbrella of a sweep that was given none, and why it is this one. */
export interface ChosenUmbrella {
  readonly umbrella: string
  readonly why: string
  /** Is it the one that the documentation names for this forge? */
  readonly isDefault: boolean
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
  const { branch, contexts } = search
  const [only, ...more] = contexts
  if (only === undefined)
    return fallback(
      `the protection of ${branch} requires no context that a job with needs and always() writes`,
    )
  if (more.length > 0) {
    const named = contexts.map(context => `"${context}"`).join(' and ')
    return fallback(`the protection of ${branch} requires ${named}, which may all be umbrellas`)
  }
  return {
    umbrella: only,
    isDefault: only === otherwise,
    why: `the protection of ${branch} requires it, and a job with needs and always() writes it`,
  }
}
