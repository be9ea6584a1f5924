import { nearestTo } from '../core/model/context.js'
import type { InputName } from './inputs.js'
import { DEFAULTS, yesOrNo } from './inputs.js'

/** Every input but the token, which must never stand in a list of processes. */
export const OPTIONS = (Object.keys(DEFAULTS) as InputName[]).filter(name => name !== 'token')

/** Inputs that are yes or no: their options are flags, and may be lifted by `--no-…`. */
const FLAGS: readonly string[] = OPTIONS.filter(name => DEFAULTS[name] === 'false')

/** Options that are no inputs, but for those of `parseArgs` alone. */
const OTHERS = ['pull', 'token-file', 'report', 'server', 'json', 'repair', 'help', 'version']

/**
 * A flag says yes by itself, and what is said of it otherwise: `--dry-run`, `--no-dry-run`,
 * `--dry-run false`. What else follows it is no word about it.
 */
export function withFlags([first, ...rest]: readonly string[]): readonly string[] {
  if (first === undefined || first === '--') return first === undefined ? [] : [first, ...rest]
  const [, no = '', name = ''] = /^--(no-)?([a-z-]+)$/.exec(first) ?? []
  if (!FLAGS.includes(name)) return [first, ...withFlags(rest)]
  if (no !== '') return [`--${name}=false`, ...withFlags(rest)]
  const [word, ...after] = rest
  return word !== undefined && yesOrNo.safeParse(word).success
    ? [`--${name}=${word}`, ...withFlags(after)]
    : [`--${name}=true`, ...withFlags(rest)]
}

/** What is said of an option that nobody knows. */
export function unknownOption(option: string): string {
  if (option === 'token')
    return (
      'a token is never an argument, where others could read it: put it into ' +
      'UMBRELLA_REAPER_TOKEN or --token-file FILE'
    )
  const near = nearestTo(option.replace(/^no-/, ''), [...OPTIONS, ...OTHERS])
  const meant = near.map(name => `--${name}`).join(' or ')
  return `there is no option --${option}${meant === '' ? '' : `; did you mean ${meant}?`}`
}

/** A word that is none of these, with the two that come nearest, else with all of them. */
export function unknownWord(what: string, word: string, all: readonly string[]): string {
  const near = nearestTo(word, all)
  return (
    `there is no ${what} "${word}"; ` +
    (near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${all.join(', ')}`)
  )
}
