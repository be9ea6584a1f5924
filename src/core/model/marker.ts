import type { RowId, RunKey } from './ids.js'

/**
 * What a row of ours says to the next sweep: `green` a compensation, `undo` what was put back. It
 * names the red row and the newest run it was decided on, and a nonce by which one instance of
 * us knows its own write.
 */
export interface Marker {
  readonly kind: 'green' | 'undo'
  readonly red: RowId
  readonly run: RunKey
  readonly nonce: string
}

const STATUS_MARK = / \[ur-(green|undo) (\d{1,15}) (\d{1,15}) ([a-z0-9]{4,12})\]$/

export function writeMarker(mark: Marker): string {
  return ` [ur-${mark.kind} ${mark.red} ${mark.run} ${mark.nonce}]`
}

/** The mark at the end of a description, or `null`. */
export function readMarker(description: string): Marker | null {
  const match = STATUS_MARK.exec(description)
  if (match === null) return null
  const [, kind, red, run, nonce] = match as unknown as [
    string,
    Marker['kind'],
    string,
    string,
    string,
  ]
  return { kind, red: Number(red) as RowId, run: Number(run) as RunKey, nonce }
}
