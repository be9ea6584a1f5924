/**
 * Situations in which the bundle differs from what is true, and how. One that is listed and passes
 * is an error: take it off.
 */
export const DIFFERS: Readonly<Record<string, string>> = {}
