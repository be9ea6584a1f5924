import { expect, it } from '@jest/globals'
import { asJobId, asRunKey } from '../../../src/core/model/ids.js'
import { pagesOf } from '../../../src/forge/gitea/pages.js'

const WEB = 'https://git.example.org/sub'

it.each([
  { rule: 'an API address', apiUrl: `${WEB}/api/v1`, byId: true, web: WEB },
  { rule: 'an API address that ends in slashes', apiUrl: `${WEB}/api/v1//`, byId: false, web: WEB },
  { rule: 'an API that is elsewhere', apiUrl: `${WEB}/api/v2`, byId: true, web: null },
  { rule: 'an address that goes on behind it', apiUrl: `${WEB}/api/v1/x`, byId: true, web: null },
  {
    rule: 'an address that breaks in two lines',
    apiUrl: `nowhere\n${WEB}/api/v1`,
    byId: true,
    web: null,
  },
])('the pages of a repository by $rule', ({ apiUrl, byId, web }) => {
  const pages = pagesOf({ apiUrl, repo: 'o/r' }, byId)
  const run = asRunKey(12)
  expect([
    pages.addressOf(run),
    pages.addressOf(run, asJobId(30)),
    pages.addressOfPull(7),
    pages.addressOfCommit('abc'),
  ]).toEqual(
    web === null
      ? ['', '', '', '']
      : [
          `${web}/o/r/actions/runs/12`,
          `${web}/o/r/actions/runs/12${byId ? '/jobs/30' : ''}`,
          `${web}/o/r/pulls/7`,
          `${web}/o/r/commit/abc`,
        ],
  )
})
