import { describe, expect, it } from '@jest/globals'
import { openGiteaForge } from '../../../src/forge/gitea/forge.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { policy } from '../../support/builders.js'
import { openFake } from '../../support/fake-forge.js'

const place = { apiUrl: 'https://git.example.org/api/v1', repo: 'o/r' }

describe('a link to a workflow run', () => {
  const run = { number: '812', id: '9001', repository: 'https://git.example.org/o/r' }

  it.each([
    { rule: 'by number', version: '1.25.5', given: run, url: `${run.repository}/actions/runs/812` },
    { rule: 'by id', version: '1.26.4', given: run, url: `${run.repository}/actions/runs/9001` },
    {
      rule: 'nowhere without an address',
      version: '1.26.4',
      given: { ...run, repository: '' },
      url: '',
    },
  ])('$rule', ({ version, given, url }) => {
    const forge = openGiteaForge(openFake({ version }).api, {
      place,
      policy: policy(),
      cache: openCache(),
    })
    expect(forge.linkTo(given)).toBe(url)
  })
})
