// One thing that is fuzzed: inputs that fast-check draws, and what must hold of each.
import fc from 'fast-check'

/** How long one input may take (milliseconds), three times in a row: the machine is busy, too. */
const LONGEST = 2_000

/** What became of the inputs of one target. */
export interface Played {
  readonly name: string
  readonly kind: Target['kind']
  readonly inputs: number
  /** Milliseconds of all inputs, and of the slowest. */
  readonly took: number
  readonly slowest: number
  /** The smallest input that fails, with how to see it again; `null`: none fails. */
  readonly fault: string | null
}

export interface Target {
  readonly name: string
  /** Does it read what others wrote, or write what others will read? */
  readonly kind: 'parser' | 'sink'
  /** Its part of all inputs, against that of the others. */
  readonly weight: number
  readonly play: (inputs: number, seed: number, path?: string) => Promise<Played>
}

/** Throws where something does not hold: the shrinker looks for the smallest such input. */
export function demand(isSo: boolean, what: () => string): void {
  if (!isSo) throw new Error(what())
}

/** Carries out one check and answers how long it took. */
async function timed<Input>(check: Check<Input>, input: Input): Promise<number> {
  const began = performance.now()
  await check(input)
  return performance.now() - began
}

// A check says no by throwing.
type Check<Input> = (input: Input) => unknown

/** What a failure is told by: the input that is left of it may be long. */
const SHOWN = 2_000

function faultOf<Input>(name: string, details: fc.RunDetails<[Input]>): string {
  const { seed, counterexamplePath, counterexample, errorInstance } = details
  const why = errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance)
  const again = `--only '${name}' --seed ${seed} --path ${counterexamplePath ?? ''}`
  const input = fc.stringify(counterexample?.[0])
  return `${why.slice(0, SHOWN)}\ninput: ${input.slice(0, SHOWN)}\nagain: npm run fuzz -- ${again}`
}

/** A target: its inputs, and what must hold of each within the time that one may take. */
export function target<Input>(
  { name, kind, weight }: Pick<Target, 'name' | 'kind' | 'weight'>,
  inputs: fc.Arbitrary<Input>,
  check: Check<Input>,
): Target {
  const play = async (count: number, seed: number, path?: string): Promise<Played> => {
    let slowest = 0
    const one = async (input: Input): Promise<void> => {
      let took = await timed(check, input)
      for (let again = 0; took > LONGEST && again < 2; again += 1)
        took = Math.min(took, await timed(check, input))
      slowest = Math.max(slowest, took)
      demand(took <= LONGEST, () => `it took ${took.toFixed(0)} ms; allowed: ${LONGEST}`)
    }
    const began = performance.now()
    const details = await fc.check(fc.asyncProperty(inputs, one), {
      numRuns: count,
      seed,
      ...(path === undefined ? {} : { path }),
    })
    return {
      name,
      kind,
      inputs: details.numRuns,
      took: performance.now() - began,
      slowest,
      fault: details.failed ? faultOf(name, details) : null,
    }
  }
  return { name, kind, weight, play }
}
