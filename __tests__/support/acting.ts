import type { RepairDependencies } from '../../src/apply/dependencies.js'
import type { Proven } from '../../src/apply/repair.js'
import { repair } from '../../src/apply/repair.js'
import { studyAndJudge } from '../../src/sweep/study.js'
import { openGiteaForge } from '../../src/forge/gitea/forge.js'
import { readMarker } from '../../src/core/model/marker.js'
import { decide } from '../../src/core/rules/decide.js'
import type { Policy } from '../../src/core/model/policy.js'
import type { Outcome } from '../../src/core/plan/outcome.js'
import { planOf, remedyFor } from '../../src/core/plan/remedy.js'
import type { Repair } from '../../src/core/rules/verdict.js'
import type { ForgeErrorCode } from '../../src/forge/port.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { ForgeError } from '../../src/forge/port.js'
import type { Line } from './builders.js'
import { policy, pull, SHA, UMBRELLA } from './builders.js'
import { sleepingClock } from './clock.js'
import type { FakeForge, FakeStart } from './fake-forge.js'
import { openFake } from './fake-forge.js'

const place = { apiUrl: 'https://git.example.org/api/v1', repo: 'o/r' }

/** Everything a repair on this server is carried out with. */
export const benchOf = (fake: FakeForge, asked: Partial<Policy> = {}): RepairDependencies => ({
  forge: openGiteaForge(fake.api, {
    place,
    policy: policy(asked),
    cache: openCache(),
  }),
  policy: policy(asked),
  baseBranches: [],
  writer: { run: '812', url: 'https://git.example.org/run' },
  rerunAllowed: { dependentsToo: false, wholeRunToo: false },
  clock: sleepingClock(() => pauses.get(fake)?.shift()?.()),
})

/** Each pause of a look back lets this happen, in order; the clock follows. */
const pauses = new WeakMap<FakeForge, (() => void)[]>()

/** What happens on this fake while a re-run is waited for, pause by pause. */
export function whilePausing(fake: FakeForge, ...acts: readonly (() => void)[]): void {
  pauses.set(fake, [...acts])
}

/** First look at the fake's head: what a sweep would have proven. */
export async function look(bench: RepairDependencies, start: FakeStart): Promise<Proven> {
  const [first = pull(), ...rest] = start.pulls ?? [pull()]
  const head = { sha: SHA, pulls: [first, ...rest] as const }
  const { evidence: preview } = await bench.forge.preview(head)
  const [judged] = await studyAndJudge(bench, bench.forge, [preview])
  if (judged === undefined) throw new Error('nothing seen')
  const { evidence } = judged
  return {
    evidence,
    verdicts: new Map(
      [...decide(bench.policy, [], evidence)].filter(
        (pair): pair is [number, Repair] => pair[1].kind === 'repair',
      ),
    ),
  }
}

/** Carries out what was proven; `nonce` tells instances apart. */
export async function carryOut(
  proven: Proven,
  bench: RepairDependencies,
  nonce = 'ab12cd',
): Promise<Outcome> {
  const verdict = [...proven.verdicts.values()].sort((a, b) => b.run - a.run)[0]
  if (verdict === undefined) throw new Error('nothing proven')
  const remedy = remedyFor({
    server: bench.forge.server,
    choice: 'status',
    plan: planOf(bench.forge.server, 'status', verdict.stands),
    basis: verdict.basis,
    sha: SHA,
    context: UMBRELLA,
    verdict,
    writer: bench.writer,
    nonce,
    staleBeside: [],
    sharesGroup: false,
    objection: null,
  })
  if (remedy.kind !== 'status') throw new Error('nothing to post')
  return repair(bench, proven, remedy)
}

/** Who wrote the umbrella's newest row, by its mark, and what it says. */
export const umbrella = (fake: FakeForge): string => {
  const row = fake
    .rows()
    .filter(({ context }) => context === UMBRELLA)
    .at(-1)
  return `${readMarker(row?.description ?? '')?.kind ?? 'other'}: ${row?.state ?? 'none'}`
}

/** What becomes of one repair when this happens after the first look. */
export async function act(
  start: FakeStart,
  meanwhile: (fake: FakeForge) => void,
): Promise<{ readonly outcome: Outcome; readonly fake: FakeForge }> {
  const fake = openFake(start)
  const bench = benchOf(fake)
  const proven = await look(bench, start)
  meanwhile(fake)
  return { outcome: await carryOut(proven, bench), fake }
}

/** A call that ends with this error of the forge. */
export const fails = (code: ForgeErrorCode) => (): never => {
  throw new ForgeError(code, `the server said ${code}`)
}

/** Writes these rows after the second look and before our own. */
export const between =
  (...lines: readonly Line[]) =>
  (fake: FakeForge): void => {
    fake.before('post', 1, () => {
      for (const line of lines) fake.write(line)
    })
  }
