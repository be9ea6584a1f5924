/** How bad it is: an error makes umbrellas wrong, or merges wait for nothing. */
export const SEVERITIES = ['error', 'warning', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Where something stands: a file of the repository, or elsewhere, as `branch protection`. */
export interface SourceLocation {
  readonly file: string
  readonly line: number | null
}

/** Something that makes an umbrella's status wrong here: one cause, with every place of it. */
export interface DoctorFinding extends SourceLocation {
  readonly code: string
  readonly severity: Severity
  /** Further places of the same cause. */
  readonly also: readonly SourceLocation[]
  /** What happens, and what leads there. */
  readonly what: string
  /** What to do, in words. */
  readonly advice: string
}

/** Findings of one cause and one text as one, with all their places. */
export function joinedFindings(findings: readonly DoctorFinding[]): readonly DoctorFinding[] {
  const kept = new Map<string, DoctorFinding>()
  for (const one of findings) {
    const key = JSON.stringify([one.code, one.what, one.advice])
    const first = kept.get(key)
    const { file, line } = one
    kept.set(
      key,
      first === undefined ? one : { ...first, also: [...first.also, { file, line }, ...one.also] },
    )
  }
  return [...kept.values()]
}
