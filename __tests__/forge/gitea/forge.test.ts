import { describe, expect, it } from '@jest/globals'
import { openGiteaForge } from '../../../src/forge/gitea/forge.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { policy } from '../../support/builders.js'
import { answering } from '../../support/answer-table.js'
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

describe('the reads of the merge gate', () => {
  it.each([
    { rule: 'are offered where it is known how to ask', isKnown: true },
    { rule: 'are not offered elsewhere', isKnown: false },
  ])('$rule', ({ isKnown }) => {
    const { on } = answering(() => ({ body: {} }))
    const forge = openGiteaForge(openFake().api, {
      place,
      policy: policy(),
      cache: openCache(),
      ...(isKnown ? { connection: on } : {}),
    })
    expect(typeof forge.gate?.required).toBe(isKnown ? 'function' : 'undefined')
  })
})

describe('the heads of failed runs', () => {
  it.each([
    { rule: "are those of the umbrella's event", umbrella: 'gate (push)', asked: ['push'] },
    { rule: 'are not asked for by an umbrella without one', umbrella: 'gate', asked: [] },
  ])('$rule', async ({ umbrella, asked }) => {
    const events: string[] = []
    const fake = openFake({ version: '1.26.4', grade: 'jobs' })
    const failedHeads = (event: string) => {
      events.push(event)
      return fake.api.failedHeads(event)
    }
    const forge = openGiteaForge(
      { ...fake.api, failedHeads },
      { place, policy: policy({ umbrella }), cache: openCache() },
    )
    expect(await forge.failedHeads()).toEqual({ shas: new Set(), why: null })
    expect(events).toEqual(asked)
  })
})
