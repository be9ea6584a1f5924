import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { BLIND_SPOTS } from '../../verification/proof/blind.js'
import { LAWS } from '../../verification/proof/law-names.js'
import { NAIVES } from '../../verification/proof/naive.js'

const why = readFileSync(new URL('../../docs/why.md', import.meta.url), 'utf8')

// Traces are explored by `npm run proof` alone, which compares the whole of it.
test('docs/why.md has every law, and a section for each simpler design and each blind spot', () => {
  for (const [law, words] of Object.entries(LAWS)) expect(why).toContain(`- **${law}**: ${words}`)
  const titles = NAIVES.map(({ name }) => name.charAt(0).toUpperCase() + name.slice(1))
  expect([...why.matchAll(/^### (.+)$/gm)].map(([, title]) => title)).toEqual([
    ...titles,
    ...BLIND_SPOTS,
  ])
})
