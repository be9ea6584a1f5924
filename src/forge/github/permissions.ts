/** What a call asks of a token, by its method and path (docs/permissions.md). */
const OF_PATH: readonly (readonly [RegExp, string])[] = [
  [/^POST \S*\/statuses\//, 'statuses: write'],
  [/^POST \S*\/actions\//, 'actions: write'],
  [/\/actions\//, 'actions: read'],
  [/\/check-(?:suites|runs)/, 'checks: read'],
  [/\/status(?:es)?\b/, 'statuses: read'],
  // The rules of a branch need no right of their own: where they are refused, the plan has none.
  [/\/(?:contents|git)\b|(?<!\/rules)\/branches\b/, 'contents: read'],
  [/\/pulls\b/, 'pull-requests: read'],
]

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
  needs(OF_PATH.find(([path]) => path.test(what))?.[1])

/** The same for a part of a query, by the path of its error. */
export const permissionOfPath = (path: readonly (string | number)[]): string =>
  needs(path.flatMap(step => OF_FIELD[step] ?? []).at(-1))
