import { describe, expect, it } from '@jest/globals'
import { checkRecording } from '../../../verification/simulator/contract.js'
import type { Defect } from '../../../verification/simulator/profiles.js'
import {
  comparedNames,
  NOT_SIMULATED,
  readRecording,
  recordingNames,
} from '../../../verification/simulator/recording.js'

const folder = new URL('../../recordings', import.meta.url).pathname

describe('the simulator answers as the recorded servers did', () => {
  it('every recording is compared, but for those that are named', () => {
    expect(recordingNames(folder)).toEqual([...comparedNames(folder), ...NOT_SIMULATED].sort())
    expect(comparedNames(folder).length).toBeGreaterThan(8)
  })

  it.each([...comparedNames(folder)])(
    '%s',
    async name => {
      const report = await checkRecording(readRecording(folder, name))
      expect(report.unexplained).toEqual([])
      expect(report.compared).toBeGreaterThan(9)
      // The shortest has one pull request with two runs of three jobs.
      expect(report.rows).toBeGreaterThanOrEqual(12)
      // Eleven on 1.24.7, whose server had several runners; twelve where the runs of two pull
      // requests write one commit; elsewhere fewer than ten.
      expect(report.explained['two-writers'] ?? 0).toBeLessThanOrEqual(12)
    },
    180_000,
  )
})

describe('a simulator broken on purpose fails by name', () => {
  it.each<{ defect: Defect; recording: string; rule: string }>([
    { defect: 'latest-by-time', recording: 'gitea-1.22.6', rule: 'latest-is-the-highest-id' },
    {
      defect: 'latest-by-time',
      recording: 'gitea-1.26.4-false-green',
      rule: 'latest-is-the-highest-id',
    },
    { defect: 'total-count-as-total', recording: 'gitea-1.26.4', rule: 'total-count-is-the-page' },
    { defect: 'skipped-as-own-state', recording: 'gitea-1.22.6', rule: 'skipped-has-its-state' },
    {
      defect: 'posted-success-wins',
      recording: 'gitea-1.26.4+37834',
      rule: 'posted-row-stands-beside',
    },
  ])('$defect in $recording breaks $rule', async ({ defect, recording, rule }) => {
    const report = await checkRecording(readRecording(folder, recording), defect)
    expect(report.broken).toEqual([rule])
  })
})
