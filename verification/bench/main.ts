// npm run bench [-- --quick] [--previous <ref>] [--out <folder>]; see README.md beside this file.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isFresh } from '../../scripts/sources.js'
import { FULL, QUICK } from './grid.js'
import { measure } from './measure.js'
import type { Results } from './measure.js'
import { previousRef, unpack } from './previous.js'
import { reportOf } from './report.js'

/** Figures to a thousandth: what stands behind is noise. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    previous: { type: 'string' },
    out: { type: 'string' },
  },
})
if (!isFresh(process.cwd())) throw new Error('dist is older than src: npm run build')

const ref = given.previous ?? previousRef()
const previous = ref === null ? null : unpack(ref)
try {
  const found = await measure(given.quick ? QUICK : FULL, previous, line => {
    process.stderr.write(`${line}\n`)
  })
  const results: Results = { quick: given.quick, ...found }
  const report = reportOf(results)
  process.stdout.write(report)
  // A quick run is a trial: it leaves the kept results alone, unless it is told where to write.
  const folder = given.out ?? (given.quick ? null : 'verification/bench')
  if (folder !== null) {
    writeFileSync(join(folder, 'RESULTS.md'), report)
    writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(results, rounded, 2)}\n`)
  }
} finally {
  previous?.remove()
}
