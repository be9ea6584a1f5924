// What is inert, told without a line of src: by the rules of those who read it.
import { commandsIn, UNSEEN } from '../../__tests__/support/hostile.js'
import { demand } from './target.js'

/** The first letter of a text that no reader sees, apart from ends of lines; `null`: none. */
const unseenIn = (text: string): string | null => {
  const [found] = UNSEEN.exec(text.replaceAll('\n', '')) ?? []
  return found === undefined ? null : `U+${(found.codePointAt(0) ?? 0).toString(16)}`
}

/** A terminal is moved by nothing in it, and hides nothing of it. */
export function demandSeen(text: string): void {
  const unseen = unseenIn(text)
  demand(unseen === null, () => `${unseen ?? ''} is printed`)
}

/** The names of the commands in a log, each with the line it stands on. */
const commandNames = (log: string): readonly string[] =>
  commandsIn(log).map(line => /^::([a-z-]+)(?: [^:]*)?::/.exec(line)?.[1] ?? line)

/** A runner obeys these commands of ours, in this order, and no others. */
export function demandCommands(log: string, wanted: readonly string[]): void {
  const found = commandNames(log)
  demand(
    JSON.stringify(found) === JSON.stringify(wanted),
    () => `commands ${JSON.stringify(found).slice(0, 300)}, not ${JSON.stringify(wanted)}`,
  )
}

/** Commands that a sweep may give by itself. */
const OURS = /^(?:error|warning|group|endgroup)$/

/** Whatever is printed, a runner obeys commands of ours alone. */
export function demandOurs(log: string): void {
  const others = commandNames(log).filter(name => !OURS.test(name))
  demand(others.length === 0, () => `commands ${JSON.stringify(others).slice(0, 300)}`)
}
