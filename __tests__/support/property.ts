import { createHash } from 'node:crypto'
import { expect } from '@jest/globals'
import fc from 'fast-check'
import type { Seed } from './seeds.js'
import { SEEDS } from './seeds.js'

/**
 * New cases of every property: enough for a run while one works. `npm run verify` asks for 300,
 * `npm run verify:full` for 10,000.
 */
export const CASES = Number(process.env['PROPERTY_CASES'] ?? 50)
// No cases would pass every property.
if (!Number.isInteger(CASES) || CASES < 1)
  throw new Error(`PROPERTY_CASES must be a whole number above 0, not ${CASES}`)

// A predicate says no by `false` or by throwing, as fast-check has it.
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type
type Said = boolean | void
type Arbitraries<T extends unknown[]> = { readonly [K in keyof T]: fc.Arbitrary<T[K]> }

/**
 * A short name of a case, by which a kept seed shows that it still makes the case it was kept for.
 */
function nameOfCase(made: unknown): string {
  return createHash('sha256').update(fc.stringify(made)).digest('hex').slice(0, 12)
}

const testName = (): string => expect.getState().currentTestName ?? ''

/**
 * The cases this test failed on once. Throws when a seed makes another case now: what it was kept
 * for must be found again.
 */
function kept<T extends unknown[]>(cases: fc.Arbitrary<T>): readonly T[] {
  return SEEDS.filter(({ property }) => property === testName()).map(({ seed, path, made }) => {
    const [found] = fc.sample(cases, { seed, path, numRuns: 1 })
    if (found === undefined || nameOfCase(found) !== made)
      throw new Error(`seed ${seed}, path ${path} makes another case now: find it again`)
    return found
  })
}

function conclude<T extends unknown[]>(details: fc.RunDetails<[T]>): void {
  if (!details.failed) return
  const { seed, counterexamplePath, counterexample, errorInstance } = details
  const made = counterexample === null ? '' : nameOfCase(counterexample[0])
  const line: Seed = { property: testName(), seed, path: counterexamplePath ?? '', made, fault: '' }
  const report = fc.defaultReportMessage(details) ?? ''
  throw new Error(`${report}\n\nKeep it in __tests__/support/seeds.ts: ${JSON.stringify(line)}`, {
    cause: errorInstance,
  })
}

const parametersOf = <T extends unknown[]>(
  cases: fc.Arbitrary<T>,
  examples: readonly T[],
): fc.Parameters<[T]> => {
  const first = [...kept(cases), ...examples].map((one): [T] => [one])
  return { numRuns: CASES + first.length, examples: first }
}

/**
 * Holds for every case the running test failed on once, for the examples, and for new cases.
 */
export function holds<T extends unknown[]>(
  arbitraries: Arbitraries<T>,
  predicate: (...given: T) => Said,
  examples: readonly T[] = [],
): void {
  const cases = fc.tuple<T>(...arbitraries)
  conclude(
    fc.check(
      fc.property(cases, given => predicate(...given)),
      parametersOf(cases, examples),
    ),
  )
}

/** The same for what must be waited for. */
export async function holdsLater<T extends unknown[]>(
  arbitraries: Arbitraries<T>,
  predicate: (...given: T) => Promise<Said>,
  examples: readonly T[] = [],
): Promise<void> {
  const cases = fc.tuple<T>(...arbitraries)
  conclude(
    await fc.check(
      fc.asyncProperty(cases, given => predicate(...given)),
      parametersOf(cases, examples),
    ),
  )
}
