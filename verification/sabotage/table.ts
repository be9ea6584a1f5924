/** What became of one mutation. */
export interface Caught {
  readonly name: string
  /** The first test that failed; `null` when none did. */
  readonly by: string | null
  /** Why it could not be tried at all, or `null`. */
  readonly error: string | null
  readonly seconds: number
}

const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text

/** Mutation, the test that caught it, seconds: a line each. */
export function tableOf(results: readonly Caught[], width: number): string {
  const first = Math.max(8, ...results.map(({ name }) => name.length))
  const second = Math.max(24, width - first - 11)
  const line = (...[name, by, seconds]: readonly [string, string, string]): string =>
    `${name.padEnd(first)}  ${cut(by, second).padEnd(second)}  ${seconds.padStart(7)}`
  return [
    line('mutation', 'caught by', 'seconds'),
    ...results.map(({ name, by, error, seconds }) =>
      line(name, error === null ? (by ?? 'SURVIVED') : 'NOT TRIED', seconds.toFixed(1)),
    ),
  ].join('\n')
}
