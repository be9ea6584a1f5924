import type { Runner } from '../runner.js'
import { yesOrNo } from './inputs.js'

/** What of a dry run was said, in all places together. */
interface DryRun {
  /** The text to read: the first that is neither yes nor no, else yes if any place says it. */
  readonly text: string | undefined
  /** Who says dry run, and who does not lift it; `null` where nobody tried. */
  readonly why: string | null
}

/** One place where a dry run can be asked for or not, and what is said there. */
interface DryRunAnswer {
  readonly where: string
  readonly text: string
}

/** What a command does about a stale umbrella: `look` never writes, `repair` asks for it. */
export type Purpose = 'look' | 'repair' | 'sweep'

/**
 * A dry run is a lock: whoever says it anywhere, on the command line or in a variable of either
 * spelling, gets no write, whatever is said elsewhere. What is neither yes nor no is a fault,
 * wherever it stands.
 */
export function dryRunOf(
  runner: Pick<Runner, 'input' | 'inputNames' | 'env'>,
  option: string | undefined,
  purpose: Purpose,
): DryRun {
  const said: DryRunAnswer[] = runner
    .inputNames()
    .filter(name => /^DRY[-_]RUN$/i.test(name))
    .map(name => ({ where: `INPUT_${name}`, text: runner.env(`INPUT_${name}`).trim() }))
  // A runner that has no variables gives its inputs all the same.
  const given = runner.input('dry-run')
  if (said.length === 0 && given !== undefined) said.push({ where: 'dry-run', text: given })
  if (option !== undefined) said.unshift({ where: '--dry-run', text: option })
  const read = said.map(one => ({ ...one, on: yesOrNo.safeParse(one.text).data }))
  const bad = read.find(({ on }) => on === undefined)
  if (bad !== undefined) return { text: bad.text, why: null }
  if (purpose === 'look') return { text: 'true', why: null }
  const where = (on: boolean): readonly string[] =>
    read.filter(one => one.on === on).map(one => `${one.where}=${one.text}`)
  const [yes, no] = [where(true), [...(purpose === 'repair' ? ['--repair'] : []), ...where(false)]]
  if (yes.length === 0) return { text: read[0]?.text, why: null }
  const why = `${yes.join(', ')} forbids it, whatever ${no.join(', ')} says`
  return { text: 'true', why: no.length === 0 ? null : why }
}
