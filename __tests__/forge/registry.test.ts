import { expect, it } from '@jest/globals'
import type { Opened } from '../../src/forge/opened.js'
import type { ForgeKind, OpenOptions } from '../../src/forge/registry.js'
import { openForge } from '../../src/forge/registry.js'
import { failureOf } from '../support/answer-table.js'

const OPTIONS = {} as OpenOptions
const OPENED = { defaultUmbrella: 'gate' } as Opened

/** Kinds of forges, of which those say that the server is theirs. */
function kindsOf(...theirs: readonly boolean[]) {
  const asked: string[] = []
  const kinds = theirs.map((isTheirs, at): ForgeKind => ({
    name: `Kind ${at}`,
    open: () => {
      asked.push(`Kind ${at}`)
      return Promise.resolve(isTheirs ? OPENED : null)
    },
  }))
  return { kinds, asked }
}

it('a server is opened by the first kind that knows it, and no other is asked', async () => {
  const { kinds, asked } = kindsOf(false, true, true)
  expect(await openForge(kinds, OPTIONS)).toBe(OPENED)
  expect(asked).toEqual(['Kind 0', 'Kind 1'])
})

it('a server that no kind knows is said to be none of them', async () => {
  expect(await failureOf(openForge(kindsOf(false, false).kinds, OPTIONS))).toBe(
    'not-found: the server is none of the forges known here: Kind 0, Kind 1',
  )
})
