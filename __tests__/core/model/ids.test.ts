import { expect, it } from '@jest/globals'
import type { JobId, JobKey, RowId, RunId, RunKey } from '../../../src/core/model/ids.js'
import { asJobId, asJobKey, asRowId, asRunId, asRunKey } from '../../../src/core/model/ids.js'

const one = {
  row: (id: RowId): number => id,
  runKey: (key: RunKey): number => key,
  runId: (id: RunId): number => id,
  jobKey: (key: JobKey): number => key,
  jobId: (id: JobId): number => id,
}

it('an id of one kind does not compile as one of another', () => {
  const said = [
    one.row(asRowId(1)),
    // @ts-expect-error a plain number is no id
    one.row(1),
    // @ts-expect-error a run's key is not its id
    one.runId(asRunKey(1)),
    // @ts-expect-error a run's id is not its key
    one.runKey(asRunId(1)),
    // @ts-expect-error a job's key is not its id
    one.jobId(asJobKey(1)),
    // @ts-expect-error a job's id is not its key
    one.jobKey(asJobId(1)),
    // @ts-expect-error a row is no run
    one.runKey(asRowId(1)),
  ]
  expect(said).toEqual([1, 1, 1, 1, 1, 1, 1])
})
