import { describe, expect, it } from '@jest/globals'
import { asJobId, asRunId } from '../../../src/core/model/ids.js'
import { openRuns, postRerun } from '../../../src/forge/gitea/reruns.js'
import { answering, failureOf } from '../../support/answer-table.js'
import { SHA } from '../../support/builders.js'

const run = (id: number, path: string) => ({
  id,
  run_number: id - 1000,
  path,
  event: 'push',
  head_sha: SHA,
  status: 'waiting',
})
const listing = (status: string): string => `GET /actions/runs?status=${status}&page=1&limit=50`
const WORDS = ['requested', 'pending', 'waiting', 'queued', 'in_progress', 'queued']

describe('the open runs of a workflow file', () => {
  it('are asked for by every word, in the order a run goes through them', async () => {
    const { on, asked } = answering(request => {
      const rows =
        request === listing('waiting')
          ? [run(1001, 'ci.yml@refs/heads/main'), run(1002, 'deploy.yml@refs/heads/main')]
          : request === listing('queued')
            ? [run(1003, 'ci.yml')]
            : []
      return { body: { workflow_runs: rows, total_count: rows.length } }
    })
    expect(await openRuns(on, 'ci.yml')).toEqual(
      [1001, 1003, 1003].map(key => ({ run: key, file: 'ci.yml', head: null })),
    )
    expect(asked).toEqual(WORDS.map(listing))
  })

  it('are not known where one of them cannot be read', async () => {
    const { on, asked } = answering(() => ({ body: { workflow_runs: [{}], total_count: 1 } }))
    const missing = (name: string, what: string): string =>
      `${name} Invalid input: expected ${what}, received undefined`
    expect(await failureOf(openRuns(on, 'ci.yml'))).toBe(
      'unexpected-shape: open runs: a row cannot be read: ' +
        [missing('id', 'number'), missing('run_number', 'number'), missing('path', 'string')].join(
          '; ',
        ),
    )
    expect(asked).toHaveLength(1)
  })
})

it('a re-run is of one job of its run, and sends nothing with it', async () => {
  const { on, asked } = answering(() => ({ body: '', status: 201 }))
  await postRerun(on, { kind: 'rerun', run: asRunId(12), job: asJobId(34), wholeRun: false })
  expect(asked).toEqual(['POST /actions/runs/12/jobs/34/rerun'])
})
