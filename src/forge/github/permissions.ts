/** What a call asks of a token, by method and path in the repository (docs/permissions.md). */
const OF_PATH: readonly (readonly [RegExp, string])[] = [
  [/^POST \/statuses\//, 'statuses: write'],
  [/^POST \/actions\//, 'actions: write'],
  [/^GET \/actions\//, 'actions: read'],
  [/^GET \/(?:commits\/[^/]+\/)?check-(?:suites|runs)\b/, 'checks: read'],
  [/^GET \/commits\/[^/]+\/status(?:es)?\b/, 'statuses: read'],
  [/^GET \/(?:contents|branches|git)\b/, 'contents: read'],
  [/^GET \/(?:commits\/[^/]+\/)?pulls\b/, 'pull-requests: read'],
]

/** A call without what stands before the repository and the repository itself. */
const belowRepository = (what: string): string =>
  what.replace(/^(\w+) \S*?\/repos\/[^/\s]+\/[^/\s]+/, '$1 ')

/** The same by the fields of a query that an error names. */
const OF_FIELD: Readonly<Record<string, string>> = {
  checkSuites: 'checks: read',
  checkRuns: 'checks: read',
  workflowRun: 'actions: read',
  status: 'statuses: read',
  pullRequests: 'pull-requests: read',
}

const needs = (permission: string | undefined): string =>
  permission === undefined ? '' : `: the token needs "${permission}"`

/** The permission that a refused call wants, as the end of a sentence; `''` where none is known. */
export const permissionOfCall = (what: string): string =>
  needs(OF_PATH.find(([path]) => path.test(belowRepository(what)))?.[1])

/** The same for a part of a query, by the path of its error. */
export const permissionOfPath = (path: readonly (string | number)[]): string =>
  needs(path.flatMap(step => OF_FIELD[step] ?? []).at(-1))
