import { describe, expect, it } from '@jest/globals'
import { join } from 'node:path'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { runInProcess } from '../support/in-process.js'
import { ask, folders, inputsOf, recordings, umbrella } from '../support/replay-asking.js'
import { openRecording } from '../support/replay.js'

/** A sweep that names no required contexts: what must be green is read from the workflow files. */
async function sweep(folder: string) {
  const replay = await openRecording(join(recordings, folder))
  const repairs = Object.values(replay.scenarios).filter(
    ({ expected }) => expected?.kind === 'repair',
  )
  for (const { head } of repairs) replay.expectWrite(head, umbrella)
  const run = await runInProcess({
    apiUrl: replay.apiUrl,
    repo: `${replay.owner}/${replay.repo}`,
    token: replay.token,
    inputs: { 'min-age': '0s', 'umbrella-context': umbrella, ...inputsOf(replay.scenarios) },
  })
  const { status } = await ask(replay, '/contents/.gitea/workflows?ref=main')
  await replay.close()
  return { replay, report: run.report as SweepReport, folderStatus: status }
}

describe('without a list of required contexts', () => {
  it.each(folders)('%s: nothing is repaired that the list would not repair', async folder => {
    const { replay, report, folderStatus } = await sweep(folder)
    const named = Object.entries(replay.scenarios)
    // Without the base branch's folder nobody can say what the umbrella stands for.
    if (folderStatus !== 200) {
      expect(report.pulls.filter(({ kind }) => kind === 'repair')).toEqual([])
      const stale = Object.values(replay.scenarios).filter(one => one.expected?.kind === 'repair')
      for (const { number } of stale)
        expect(report.pulls.find(pull => pull.number === number)?.reason).toBe(
          'evidence-incomplete',
        )
    }
    for (const { head, kind } of report.pulls) {
      // Two pull requests stand on the shared head, and one of them has a name.
      const [name, scenario] = named.find(([, one]) => one.head === head) ?? []
      if (kind === 'repair') expect([name, scenario?.expected?.kind]).toEqual([name, 'repair'])
      if (scenario?.expected?.kind === 'never') expect([name, kind]).not.toEqual([name, 'repair'])
      if (name === 'skipped-canvas' || name === 'missing-shell')
        expect([name, kind]).toEqual([name, 'refuse'])
    }
    const written = replay.writes.map(({ sha }) => sha).sort()
    const proven = report.pulls.filter(({ outcome }) => outcome === 'compensated')
    expect([...new Set(proven.map(({ head }) => head))].sort()).toEqual(written)
  })
})
