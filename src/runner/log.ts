/** The log of this process, whoever reads it. */
interface Log {
  /** Carries out what prints, unless nobody reads any more. */
  readonly tell: (print: () => void) => void
  /** The same for what must reach a person: also told beside a log that cannot be written. */
  readonly alarm: (message: string, print: () => void) => void
}

/**
 * A reader that has read enough (`umbrella-reaper explain --json | head`) is no fault and no
 * reason to end: what was begun goes on in silence. Any other fault, such as a full disk, ends the
 * process red and is told on the other stream.
 */
export function openLog(): Log {
  let isRead = true
  let fault: string | null = null
  const broken = ({ code, message }: NodeJS.ErrnoException): void => {
    if (code === 'EPIPE') isRead = false
    else fault ??= message
  }
  const beside = (line: string): void => {
    process.stderr.write(`${line}\n`)
  }
  process.stdout.on('error', broken)
  // Then nobody is left to be told.
  process.stderr.on('error', () => undefined)
  process.on('exit', () => {
    if (fault === null) return
    process.exitCode = process.exitCode === undefined ? 1 : process.exitCode
    beside(`error: the log could not be written: ${fault}`)
  })
  const tell = (print: () => void): void => {
    if (isRead) print()
  }
  return {
    tell,
    alarm: (message, print) => {
      tell(print)
      if (fault !== null) beside(`error: ${message}`)
    },
  }
}
