/** What a shell says of a process that ended by such a signal. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const

/** What a process is told from outside while it runs. */
interface Signals {
  readonly name: () => string | null
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** Listens for the signals that tell a process to stop. */
export function openSignals(): Signals {
  let first: keyof typeof SIGNALS | null = null
  const wake = new Set<() => void>()
  process.on('exit', () => {
    if (first !== null) process.exitCode = SIGNALS[first]
  })
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (first !== null) process.exit()
      first = name
      for (const up of wake) up()
    })
  return {
    name: () => first,
    sleep: milliseconds =>
      new Promise(resolve => {
        const up = (): void => {
          clearTimeout(timer)
          wake.delete(up)
          resolve()
        }
        const timer = setTimeout(up, milliseconds)
        wake.add(up)
      }),
  }
}
