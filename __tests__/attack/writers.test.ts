import { describe, expect, it } from '@jest/globals'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { doubleWriters } from '../../src/workflow/writers.js'
import { naming } from '../support/gitea-version.js'
import { traits } from '../support/servers.js'

const JOBS = 'jobs: { test: { runs-on: x, steps: [{ run: make }] } }'
const file = (name: string, on = 'pull_request'): string => `name: ${name}\non: ${on}\n${JOBS}\n`

/** Is it told that these two may write one context, or that one of them cannot be read? */
async function isTold(context: string, texts: readonly string[]): Promise<boolean> {
  const version = '1.22.6'
  const files = await Promise.all(
    texts.map((text, at) => parseWorkflow(`.gitea/workflows/${at}.yml`, Buffer.from(text))),
  )
  const { targetSuffix } = traits(version)
  const asked = { contexts: [context], naming: naming(version), targetSuffix }
  return doubleWriters(files, asked).length > 0 || files.some(({ kind }) => kind === 'unreadable')
}

describe('two files that write one context are never taken for one', () => {
  it.each([
    ['a number as a name', '1.10 / test (pull_request)', [file('1.10'), file("'1.10'")]],
    ['true as a name', 'true / test (pull_request)', [file('true'), file("'true'")]],
    ['a name behind a blank', 'CI / test (pull_request)', [file('CI'), file("' CI'")]],
    [
      "an event by the server's own name",
      'CI / test (pull_request)',
      [file('CI'), file('CI', '[pull_request_sync]')],
    ],
  ])('%s', async (_name, context, texts) => {
    expect(await isTold(context, texts)).toBe(true)
  })
})
