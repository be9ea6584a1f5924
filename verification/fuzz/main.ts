// npm run fuzz -- --inputs N [--seed S] [--only NAME [--path P]]; see docs/verification.md.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Played } from './target.js'
import { TARGETS } from './targets.js'
import type { Asked, Said } from './worker.js'

/** A target that says nothing for so long hangs (milliseconds). */
const SILENCE = 600_000

function readAsked(words: readonly string[]): Asked {
  const { values } = parseArgs({
    args: [...words],
    options: {
      inputs: { type: 'string', default: '50000' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      only: { type: 'string', default: '' },
      path: { type: 'string' },
    },
  })
  const [inputs, seed] = [Number(values.inputs), Number(values.seed)]
  const names = TARGETS.map(({ name }) => name)
  if (!Number.isSafeInteger(inputs) || inputs < 1 || !Number.isSafeInteger(seed))
    throw new Error('--inputs N and --seed N are whole numbers')
  if (values.only !== '' && !names.includes(values.only))
    throw new Error(`--only takes one of: ${names.join(', ')}`)
  return { inputs, seed, only: values.only, ...(values.path && { path: values.path }) }
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)

function tell({ name, kind, inputs, took, slowest, fault }: Played): void {
  const figures = `${String(inputs).padStart(8)} inputs ${seconds(took).padStart(7)} s`
  const end = fault === null ? '' : '  FAILED'
  console.log(
    `${kind} ${name.padEnd(34)}${figures}, slowest ${slowest.toFixed(0).padStart(5)} ms${end}`,
  )
  if (fault !== null) console.log(`${fault}\n`)
}

/** Waits for the process that plays them, and ends it where it says nothing any more. */
function watch(asked: Asked): Promise<readonly Played[]> {
  return new Promise((resolve, reject) => {
    const found: Played[] = []
    let at = 'the start'
    const worker = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    })
    worker.send(asked)
    const late = setTimeout(() => {
      worker.kill('SIGKILL')
      reject(new Error(`${at} hangs, with seed ${asked.seed}`))
    }, SILENCE)
    worker.on('message', (said: Said) => {
      late.refresh()
      if (said.kind === 'began') at = said.name
      else {
        found.push(said.played)
        tell(said.played)
      }
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      clearTimeout(late)
      resolve(found)
    })
  })
}

const asked = readAsked(process.argv.slice(2))
const began = performance.now()
const found = await watch(asked)
const sum = found.reduce((all, { inputs }) => all + inputs, 0)
const failed = found.filter(({ fault }) => fault !== null)
const took = seconds(performance.now() - began)
console.log(`\n${sum} inputs, seed ${asked.seed}, ${took} s; failed: ${failed.length}`)
// A process that ended early has played too few.
process.exitCode = failed.length === 0 && sum >= asked.inputs ? 0 : 1
