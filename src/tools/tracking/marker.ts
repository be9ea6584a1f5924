import { nonEmpty } from '../../core/model/evidence.js'
import type { NonEmpty } from '../../core/model/evidence.js'
import { jsonLines } from '../../shown/line.js'

/** One repair, as a comment keeps it. */
export interface RepairMark {
  /** Which write it was: a repair is told once. */
  readonly key: string
  readonly cause: string
  /** The context of the umbrella. */
  readonly job: string
}

/** What a comment of ours is about. */
type Mark =
  | { readonly kind: 'repairs'; readonly repairs: NonEmpty<RepairMark> }
  /** It proposed to close the issue. */
  | { readonly kind: 'quiet' }

/** Repairs and letters that keep a comment below what GitHub takes, however they are escaped. */
export const MOST_MARKS = 50
export const LONGEST = 120

const MARKER = /<!-- umbrella-reaper\/1 (\{[^<>&-]*\}) -->\s*$/

/** Characters that could end a comment of HTML, or begin another. */
const escaped = (letter: string): string =>
  `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The end of a comment, which no reader sees: by it a later sweep knows what was told. */
export function markerOf(mark: Mark): string {
  const json = jsonLines(mark, 0)
    .join('')
    .replace(/[<>&-]/g, escaped)
  return `<!-- umbrella-reaper/1 ${json} -->`
}

const markText = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : null

function repairOf(value: unknown): RepairMark | null {
  if (typeof value !== 'object' || value === null) return null
  const fields = value as Readonly<Record<string, unknown>>
  const [key, cause, job] = [fields['key'], fields['cause'], fields['job']].map(markText)
  return key == null || cause == null || job == null ? null : { key, cause, job }
}

/** What a comment says at its end; `null` for any text that we would not have written. */
export function readMark(body: string): Mark | null {
  const json = MARKER.exec(body)?.[1]
  if (json === undefined) return null
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { kind, repairs } = value as Readonly<Record<string, unknown>>
  if (kind === 'quiet') return { kind }
  if (kind !== 'repairs' || !Array.isArray(repairs) || repairs.length > MOST_MARKS) return null
  const read = nonEmpty(repairs.flatMap(one => repairOf(one) ?? []))
  return read?.length === repairs.length ? { kind, repairs: read } : null
}
