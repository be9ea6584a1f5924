import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { isFresh } from '../../scripts/sources.js'
import { DIFFERS } from './differs.js'
import type { Ended } from './run.js'
import { play } from './run.js'
import type { Situation } from './situation.js'
import { SITUATIONS } from './situations/index.js'

const USAGE = `npm run github-world -- [--only WORDS] [--show]

The bundle in a second fake GitHub, written from GitHub's documentation alone.
  --only WORDS   the situations whose name holds these words
  --show         what the bundle printed, and its requests
`

interface Counts {
  asExpected: number
  differs: number
  wrong: number
}

/** One line for a situation, and what was not as it should be. */
function tell({ name, faults, text, log }: Ended, show: boolean): keyof Counts {
  const why = DIFFERS[name]
  const failed = faults.length > 0
  const kind = failed === (why !== undefined) ? (failed ? 'differs' : 'asExpected') : 'wrong'
  const word = kind === 'asExpected' ? 'ok     ' : kind === 'differs' ? 'differs' : 'WRONG  '
  console.log(`${word} ${name}`)
  if (why !== undefined && failed) console.log(`        ${why}`)
  if (why !== undefined && !failed) console.log('        it is marked as different, and is not')
  if (kind === 'wrong' || show) for (const fault of faults) console.log(`        - ${fault}`)
  if (show) console.log(`${text}\n${log.join('\n')}\n`)
  return kind
}

/** Plays so many at a time; each line is told when its situation has ended. */
async function playAll(chosen: readonly Situation[], show: boolean): Promise<Counts> {
  const counts: Counts = { asExpected: 0, differs: 0, wrong: 0 }
  const left = chosen.values()
  const worker = async (): Promise<void> => {
    for (let one = left.next(); one.done !== true; one = left.next())
      counts[tell(await play(one.value), show)] += 1
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return counts
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  if (!isFresh(join(import.meta.dirname, '../..'))) {
    console.log('dist is older than src: npm run build')
    return 1
  }
  const at = words.indexOf('--only')
  const only = at === -1 ? '' : (words[at + 1] ?? '')
  const names = SITUATIONS.map(({ name }) => name)
  const twice = names.filter((name, place) => names.indexOf(name) !== place)
  const unknown = Object.keys(DIFFERS).filter(name => !names.includes(name))
  for (const name of twice) console.log(`WRONG   two situations are called ${name}`)
  for (const name of unknown) console.log(`WRONG   no situation is called ${name}`)
  const chosen = SITUATIONS.filter(({ name }) => name.includes(only))
  const counts = await playAll(chosen, words.includes('--show'))
  const wrong = counts.wrong + twice.length + unknown.length
  console.log(
    `\n${chosen.length} situations: ${counts.asExpected} as expected, ` +
      `${counts.differs} known to differ, ${wrong} wrong`,
  )
  return wrong > 0 || chosen.length === 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
