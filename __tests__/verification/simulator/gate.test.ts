import { describe, expect, it } from '@jest/globals'
import { createForge, type ProfileName } from '../../../verification/simulator/index.js'
import { globOf } from '../../../verification/simulator/glob.js'

function gateOver(
  profile: ProfileName,
  contexts: readonly string[],
  rows: readonly (readonly [string, string])[],
) {
  const forge = createForge(profile)
  const sha = forge.push({ branch: 'topic' })
  const number = forge.openPull({ branch: 'topic' })
  forge.protect('main', contexts)
  for (const [context, state] of rows) forge.post(sha, { context, state })
  return forge.gate(number)
}

describe('the merge gate', () => {
  it.each<{
    rule: string
    profile: ProfileName
    contexts: string[]
    rows: [string, string][]
    mergeable: boolean
  }>([
    {
      rule: 'before 1.24.3 only the first match counts',
      profile: 'gitea-1.23.8',
      contexts: ['CI / *'],
      rows: [
        ['CI / a', 'success'],
        ['CI / b', 'failure'],
      ],
      mergeable: true,
    },
    {
      rule: 'from 1.24.3 on all matches count',
      profile: 'gitea-1.24.7',
      contexts: ['CI / *'],
      rows: [
        ['CI / a', 'success'],
        ['CI / b', 'failure'],
      ],
      mergeable: false,
    },
    {
      rule: 'an unknown state is ignored up to 1.24',
      profile: 'gitea-1.24.7',
      contexts: ['a'],
      rows: [['a', 'bogus']],
      mergeable: true,
    },
    {
      rule: 'an unknown state blocks from 1.25 on',
      profile: 'gitea-1.25.5',
      contexts: ['a'],
      rows: [['a', 'bogus']],
      mergeable: false,
    },
    {
      rule: 'skipped passes from 1.25 on',
      profile: 'gitea-1.25.5',
      contexts: ['a'],
      rows: [['a', 'skipped']],
      mergeable: true,
    },
    {
      rule: 'a warning passes on 1.25',
      profile: 'gitea-1.25.5',
      contexts: ['a'],
      rows: [['a', 'warning']],
      mergeable: true,
    },
    {
      rule: 'a warning is red on 1.26',
      profile: 'gitea-1.26.4',
      contexts: ['a'],
      rows: [['a', 'warning']],
      mergeable: false,
    },
    {
      rule: 'a pattern that matches nothing waits',
      profile: 'gitea-1.26.4',
      contexts: ['a', 'b'],
      rows: [['a', 'success']],
      mergeable: false,
    },
    {
      rule: 'without contexts every row counts',
      profile: 'gitea-1.22.6',
      contexts: [],
      rows: [
        ['a', 'success'],
        ['b', 'pending'],
      ],
      mergeable: false,
    },
    {
      rule: 'an invalid pattern is dropped',
      profile: 'gitea-1.22.6',
      contexts: ['a', '[b'],
      rows: [['a', 'success']],
      mergeable: true,
    },
  ])('$rule ($profile)', ({ profile, contexts, rows, mergeable }) => {
    expect(gateOver(profile, contexts, rows).mergeable).toBe(mergeable)
  })

  it('a context with a bracket does not match itself', () => {
    expect(globOf('CI / build [x] (push)')?.test('CI / build [x] (push)')).toBe(false)
    expect(globOf('CI / *')?.test('CI / a / b')).toBe(true)
  })
})
