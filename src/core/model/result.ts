/**
 * What was asked for, or why it cannot be had: in words, as a gap, or as a list of faults. This is
 * the one convention for a failure that its caller goes on with; what ends a whole step is thrown.
 */
export type Result<T, Why = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Why }

export const success = <T>(value: T): Result<T, never> => ({ ok: true, value })

export const failure = <Why>(why: Why): Result<never, Why> => ({ ok: false, why })
