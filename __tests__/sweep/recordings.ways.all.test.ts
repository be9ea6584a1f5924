import { afterEach, describe, expect, it } from '@jest/globals'
import { runInProcess } from '../support/in-process.js'
import { otherWays } from '../support/other-ways.js'
import {
  closeAll,
  folders,
  inputsOf,
  required,
  serving,
  umbrella,
} from '../support/replay-asking.js'

afterEach(closeAll)

describe('the recorded pull requests by either list and either first look', () => {
  it.each(folders)('%s: every way tells the same', async folder => {
    const { apiUrl, owner, repo, token, scenarios } = await serving(folder)
    const inputs = {
      'min-age': '0s',
      'umbrella-context': umbrella,
      'max-repairs': '0',
      'required-contexts': required.join('\n'),
      ...inputsOf(scenarios),
    }
    const place = { apiUrl, repo: `${owner}/${repo}`, token }
    expect(await otherWays(runInProcess, { ...place, inputs })).toEqual([])
  })
})
