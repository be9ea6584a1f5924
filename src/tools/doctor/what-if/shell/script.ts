import { isScriptCommand } from '../../../../workflow/script/commands.js'
import { readScript } from '../../../../workflow/script/syntax.js'
import { NotJudging } from '../../../../workflow/value.js'
import { Unknown, unknown } from '../unknown.js'
import { runList, own } from './run.js'
import type { Shell } from './state.js'
import { LoopJump } from './state.js'

/** Commands of one script beyond this are not followed. */
const MAX_COMMANDS = 5000

/** How a script is started. */
interface ScriptStart {
  readonly env: ReadonlyMap<string, string | null>
  readonly isPosix: boolean
  readonly pipefail: boolean
}

/** What scripts ended with, or why that is unknown: most are played many times over. */
const playedScripts = new Map<string, number | string>()

/** The exit status of a script; throws `Unknown` where only a run tells. */
export function exitOf(text: string, start: ScriptStart): number {
  const { env, isPosix, pipefail } = start
  const key = JSON.stringify([text, isPosix, pipefail, [...env]])
  let known = playedScripts.get(key)
  if (known === undefined) {
    try {
      known = run(text, start)
    } catch (error) {
      if (!(error instanceof Unknown)) throw error
      known = error.message
    }
    if (playedScripts.size > 2000) playedScripts.clear()
    playedScripts.set(key, known)
  }
  return typeof known === 'string' ? unknown(known) : known
}

function run(text: string, { env, isPosix, pipefail }: ScriptStart): number {
  const vars = new Map([...env].flatMap(([name, one]) => (one === null ? [] : [[name, one]])))
  const shell: Shell = {
    vars,
    untold: new Set([...env].flatMap(([name, one]) => (one === null ? [name] : []))),
    budget: { left: MAX_COMMANDS },
    errexit: true,
    nounset: false,
    pipefail,
    input: null,
    out: '',
    last: 0,
  }
  try {
    const script = readScript(text, isScriptCommand, isPosix)
    return own(() => runList(script.commands, shell, true))
  } catch (error) {
    if (error instanceof NotJudging) return unknown(error.message)
    if (error instanceof LoopJump) return unknown('a loop is left that is none')
    throw error
  }
}
