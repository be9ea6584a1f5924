import { describe, expect, it } from '@jest/globals'
import { createForge, serve } from '../../../verification/simulator/index.js'
import { drive, open, REQUIRED } from '../../../verification/simulator/stories.js'
import { runInProcess } from '../../support/in-process.js'
import { otherWays } from '../../support/other-ways.js'

const RED = { 'all-required': 'failure' } as const

describe.each(['gitea-1.22.6', 'forgejo-15'] as const)('the open pull requests of %s', profile => {
  it('are the same by either list, either first look and pages of twenty', async () => {
    const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
    forge.push({ branch: 'release' })
    for (let at = 0; at < 23; at += 1)
      drive(forge, open(forge, `b${at}`, {}, { doubleRun: false }), RED)
    drive(forge, open(forge, 'green', {}, { doubleRun: false }))
    open(forge, 'pending', {}, { doubleRun: false })
    drive(forge, open(forge, 'failed', {}, { doubleRun: false }), {
      ...RED,
      'Platform (Go)': 'failure',
    })
    forge.clock.advance('12m')
    const server = await serve(forge)
    const inputs = { 'required-contexts': REQUIRED.join('\n'), 'max-repairs': '0' }
    const { apiUrl, token } = server
    const options = { apiUrl, repo: 'acme/widgets', token, inputs }
    const differ = await otherWays(runInProcess, options)
    await server.close()
    expect(differ).toEqual([])
  })
})
