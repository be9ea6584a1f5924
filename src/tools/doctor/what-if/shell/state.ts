import { UNTOLD } from '../expression.js'
import { unknown } from '../unknown.js'

/** A script is left, with this. */
export class Exit extends Error {
  readonly code: number

  constructor(code: number) {
    super()
    this.code = code
  }
}

/** A loop is left, or its next round begins. */
export class LoopJump extends Error {
  readonly ends: boolean

  constructor(ends: boolean) {
    super()
    this.ends = ends
  }
}

/** What all shells of one script share. */
interface Budget {
  left: number
}

/** A shell that runs a script by what is known. */
export interface Shell {
  readonly vars: Map<string, string | readonly string[]>
  /** Those of the environment that only a run tells. */
  readonly untold: ReadonlySet<string>
  readonly budget: Budget
  errexit: boolean
  nounset: boolean
  pipefail: boolean
  input: string | null
  out: string
  last: number
}

/** Variables that the runner sets, of which the file knows nothing. */
const OF_RUNNER =
  /^(?:GITHUB|GITEA|FORGEJO|RUNNER|ACTIONS|CI$|HOME$|PATH$|PWD$|RANDOM$|[A-Z_]*TOKEN)/

/** A variable; `null` where nobody set it. */
export function shellVariable(name: string, shell: Shell): string | readonly string[] | null {
  if (name === '?') return String(shell.last)
  const value = shell.vars.get(name)
  if (value !== undefined) return value
  if (shell.untold.has(name) || OF_RUNNER.test(name) || !/^[A-Za-z_]\w*$/.test(name))
    return unknown(`$${name} is known only to a run`)
  return null
}

/** A text that a script asks for: nothing in it may be something that only a run tells. */
export const knownText = (text: string): string =>
  text.includes(UNTOLD) ? unknown('outputs of jobs are known only to a run') : text

/** No umbrella has more to say (letters): two lines can make a text of any length. */
const LONGEST = 100_000

/** A text that can be followed. */
export const short = (text: string): string =>
  text.length > LONGEST ? unknown('its script makes too long a text') : text

/** One step of a script. */
export function spend({ budget, out }: Shell): void {
  budget.left -= 1
  if (budget.left < 0) unknown('its script takes too long to follow')
  short(out)
}

export const inside = (shell: Shell, input: string | null): Shell => ({
  ...shell,
  vars: new Map(shell.vars),
  input,
  out: '',
})
