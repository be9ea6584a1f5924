import { z } from 'zod'

/** An instant of the wire, in milliseconds. */
export const time = z.iso.datetime({ offset: true }).transform(text => Date.parse(text))

/** An instant that may be unset, which the servers write as 1970 or as the Go zero time. */
export const maybeTime = z.iso
  .datetime({ offset: true })
  .nullish()
  .transform(text => Math.max(0, Date.parse(text ?? '1970-01-01T00:00:00Z')))
