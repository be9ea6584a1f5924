// How far one sweep over one stale head goes through the code: files, functions, calls from one
// file to another, and how often the questions are asked that want one answer a look.
// `npm run flow -- assess rerunReach` counts the calls of these functions too.
import type { Flow } from './steps.js'
import { flowOf } from './steps.js'

/** Functions whose answer belongs to a look: asking again means that nobody kept it. */
const QUESTIONS = ['umbrellaOf', 'planOf', 'judgeHead']

function row(name: string, cells: readonly (string | number)[]): string {
  return [name.padEnd(18), ...cells.map(cell => String(cell).padStart(11))].join('  ')
}

const questions = [...QUESTIONS, ...process.argv.slice(2)]
console.log(row('line', ['files', 'functions', 'moves', ...questions]))
const { LINES } = await import('./lines.js')
for (const { name, sweep } of LINES) {
  // The first sweep of a process also makes what is made once.
  let flow: Flow | null = null
  for (let times = 0; times < 2; times += 1)
    await sweep(async work => {
      flow = await flowOf(work)
    })
  const { files, functions, moves, asked } = flow as unknown as Flow
  console.log(row(name, [files, functions, moves, ...questions.map(one => asked.get(one) ?? 0)]))
}
