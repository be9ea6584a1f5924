import { describe, expect, it } from '@jest/globals'
import { GITHUB_NAMING, namingOf, noteOf, readVersion } from '../../src/forge/versions.js'

const NOT_TOLD = 'the server does not tell its version; what its rows prove depends on it'

describe('a version', () => {
  it.each([
    { text: '1.22.16', major: 1, minor: 22, patch: 16, dev: false },
    { text: '1.26', major: 1, minor: 26, patch: 0, dev: false },
    { text: '1.26.0+dev-5', major: 1, minor: 26, patch: 0, dev: true },
  ])('$text is read whole', ({ text, ...read }) => {
    expect(readVersion(text)).toEqual({ kind: 'gitea', text, ...read })
  })

  it.each(['nonsense', '1.22.6\nand more'].map(text => ({ text })))(
    'is none in "$text"',
    ({ text }) => {
      expect(() => readVersion(text)).toThrow(NOT_TOLD)
    },
  )

  it('that is newer than any known one is said to be read strictly', () => {
    expect(
      ['28.1.9', '28.2.0', '17.0.0+gitea-1.22.0'].map(text => noteOf(readVersion(text))),
    ).toEqual([
      null,
      'gitea 28.2.0 is newer than any version known here: what its rows prove is read in the ' +
        'strictest way',
      'forgejo 17.0.0+gitea-1.22.0 is newer than any version known here: what its rows prove is ' +
        'read in the strictest way',
    ])
  })
})

describe('how a version names the contexts of jobs', () => {
  const FORGEJO = { expressionStands: false, matrixName: 'interpolate', unnamed: '/ ' }
  it.each([
    {
      version: '1.22.6',
      matrixName: 'append',
      expressionStands: true,
      callerWrites: true,
      unnamed: '/ ',
    },
    {
      version: '1.26.4',
      matrixName: 'interpolate',
      expressionStands: true,
      callerWrites: true,
      unnamed: '/ ',
    },
    {
      version: '1.27.0+dev-1',
      matrixName: 'interpolate',
      expressionStands: true,
      callerWrites: false,
      unnamed: 'ci.yml / ',
    },
    {
      version: '28.0.0',
      matrixName: 'interpolate',
      expressionStands: false,
      callerWrites: false,
      unnamed: 'ci.yml / ',
    },
    { version: '12.0.0+gitea-1.22.0', ...FORGEJO, matrixName: null, callerWrites: true },
    { version: '13.0.0+gitea-1.22.0', ...FORGEJO, callerWrites: true },
    { version: '14.0.0+gitea-1.22.0', ...FORGEJO, callerWrites: true },
    { version: '15.0.0+gitea-1.22.0', ...FORGEJO, callerWrites: false },
  ])('$version', ({ version, unnamed, ...naming }) => {
    const { prefix, ...rest } = namingOf(readVersion(version))
    expect(rest).toEqual({ ...naming, eventSuffix: true, matrixOrder: 'name' })
    const path = '.gitea/workflows/ci.yml'
    expect([prefix({ name: 'CI', path }), prefix({ name: '', path })]).toEqual(['CI / ', unnamed])
  })

  it('GitHub names the job alone', () => {
    expect(GITHUB_NAMING.prefix({ name: 'CI', path: 'ci.yml' })).toBe('')
  })
})
