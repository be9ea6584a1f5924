import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { SEEDS } from './support/seeds.js'

const folder = new URL('./', import.meta.url)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.test.ts'))
  .map(path => readFileSync(new URL(path, folder), 'utf8'))

test.each(SEEDS)(
  'seed $seed is kept for a property that exists: $property',
  ({ property, fault }) => {
    const named = sources.some(source =>
      [...source.matchAll(/describe\('([^']+)'/g)].some(
        ([, suite = '']) =>
          property.startsWith(`${suite} `) &&
          source.includes(`it('${property.slice(suite.length + 1)}'`),
      ),
    )
    expect(named).toBe(true)
    expect(fault).not.toBe('')
  },
)
