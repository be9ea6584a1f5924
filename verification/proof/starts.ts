/** Looks and emitter are one instant each: that lets more happen between them. */
export const whole = { atOnce: true, wholeEmitter: true } as const

export const stale = { start: 'stale', may: {} } as const
