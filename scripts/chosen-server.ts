import { PROFILES } from '../verification/simulator/index.js'
import type { ProfileName } from '../verification/simulator/profile.js'

/** The servers that can be simulated, for a page of help. */
export const SERVERS_HELP =
  `SERVER is one of:\n  ${Object.keys(PROFILES).join('\n  ')}\n` +
  'Without one it is gitea-1.26.4. (After 1.27 Gitea dropped the "1.": 28.1.0 is newer.)'

/** Ends with one line: whoever tries a script needs no stack trace. */
export function giveUp(why: string): never {
  console.error(`error: ${why}`)
  process.exit(1)
}

/** The simulated server of this name; ends with one line for a name that is none. */
export function serverNamed(name: string): ProfileName {
  return Object.hasOwn(PROFILES, name)
    ? (name as ProfileName)
    : giveUp(`there is no server "${name}". ${SERVERS_HELP}`)
}
