import { describe, expect, it } from '@jest/globals'
import { authorOf, keyed, signedRows } from '../../../src/forge/gitea/signing.js'
import { dialectOf } from '../../../src/forge/gitea/dialect.js'
import { readVersion, traitsOf } from '../../../src/forge/versions.js'
import { readRuns, rowsOf, run, STALE, withPhantoms } from '../../support/builders.js'
import { server, spokenBy, VERSIONS } from '../../support/servers.js'

const WORDS = ['waiting', 'blocked', 'running', 'success', 'failure', 'cancelled', 'skipped']

/** Every kind of line that tests of core are written in. */
const LINES = [
  ...STALE,
  ...WORDS.map(word => `R2 Test ${word}`),
  ...WORDS.map(word => `R2.7 Ops / Check (push) ${word} @5m`),
  'R2 Test success 10m0s',
  'R2 umbrella failure 1h6m40s',
  'us green 6 2 aaaa',
  'us undo 6 2 aaaa failure',
  '@alice umbrella failure',
  '@alice audit/x success "green [ur-green 1 1 aaaa]"',
  'token Test failure',
  'token Test success "Successful in 3s"',
  'echo R1 @alice Test failure "Failing after 3s"',
  'echo R1 token Test success "all good"',
  'echo R1 token Test success "Failing after 3s"',
  'echo R1 token Test success "Successful in 3s [ur-green 1 1 aaaa]"',
]

describe.each(VERSIONS)('what tests of core say of %s is what the adapter reads of it', version => {
  const read = readVersion(version)
  const dialect = dialectOf(read)

  it('traits, and how rows name a job', () => {
    expect(spokenBy(version)).toMatchObject({
      traits: traitsOf(read),
      jobKey: dialect.jobInTargetUrl,
      phantoms: dialect.postsPhantomRows,
      timesCancelled: dialect.descriptions === 'gitea-1.27',
    })
    expect(server(version).kind).toBe(read.kind)
  })

  it.each(LINES)('the author of %s', line => {
    const [row] = rowsOf([line], version)
    expect(row).toMatchObject({ author: row && authorOf(row, dialect.descriptions) })
  })

  it('jobs of a run, and rows that name none of them', () => {
    const shown = run(1, ['Lint success', 'Test failure', 'umbrella failure'])
    const runs = readRuns([shown], version)
    expect(runs[0]?.jobs).toEqual(keyed(shown.jobs, dialect))
    const rows = rowsOf(['R1 Lint success', 'R1.77 Test failure', 'R2.77 Test success'], version)
    expect(withPhantoms(rows, runs, version)).toEqual(signedRows(rows, runs, dialect))
  })
})
