import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { BLIND_SPOTS } from '../../verification/proof/blind.js'
import { LAWS } from '../../verification/proof/law-names.js'
import { NAIVES } from '../../verification/proof/naive.js'
import { caught, naiveSection } from '../../verification/proof/why.js'

const MINUTE = 60_000
const why = readFileSync(new URL('../../docs/why.md', import.meta.url), 'utf8')

describe('the explorer finds what is wrong', () => {
  test.each(NAIVES.map(naive => ({ name: naive.name, naive })))(
    'a false green of: $name, as docs/why.md tells it',
    async ({ naive }) => {
      const hit = await caught(naive)
      expect(hit.name).toBe('')
      expect(hit.trace.length).toBeLessThanOrEqual(15)
      expect(why).toContain(naiveSection(naive, hit))
    },
    MINUTE,
  )
})

// What no client can see takes longer to find: `npm run proof` compares the whole of it.
test('docs/why.md has every law, and a section for everything that no client can see', () => {
  for (const [law, words] of Object.entries(LAWS)) expect(why).toContain(`- **${law}**: ${words}`)
  expect(
    [...why.matchAll(/^### (.+)$/gm)].map(([, title]) => title).slice(-BLIND_SPOTS.length),
  ).toEqual([...BLIND_SPOTS])
})
