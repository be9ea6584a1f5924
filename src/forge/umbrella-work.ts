let loaded: Promise<typeof import('../workflow/umbrella-work.js')> | undefined

/**
 * What tells a job that only judges its needs. It brings a parser of scripts, so it is loaded only
 * where it is asked for, once, from a file of its own.
 */
export const loadUmbrellaWork = (): Promise<typeof import('../workflow/umbrella-work.js')> =>
  (loaded ??= import('../workflow/umbrella-work.js'))
