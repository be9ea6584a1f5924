/** Contexts of commit statuses are compared without case (docs/github-facts.md, 2). */
export const sameStatus = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase()
