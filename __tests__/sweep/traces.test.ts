import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { join } from 'node:path'
import { headsOf } from '../../src/sweep/judged.js'
import { Stop } from '../../src/apply/stop.js'
import { carryOut } from '../../src/sweep/carry-out.js'
import { explained } from '../../src/sweep/explanation.js'
import { look } from '../../src/sweep/look.js'
import { judge } from '../../src/sweep/study.js'
import { sweep } from '../../src/sweep/sweep.js'
import type { Forge } from '../../src/forge/port.js'
import type { Config } from '../../src/config.js'
import { readConfig } from '../../src/config.js'
import type { Judgement } from '../../src/core/rules/decide.js'
import { planOf } from '../../src/core/plan/remedy.js'
import { FORGES } from '../../src/forge/kinds.js'
import type { Opened } from '../../src/forge/opened.js'
import { openForge } from '../../src/forge/registry.js'
import type { Explanation } from '../../src/sweep/report/explanation.js'
import { explanationLines } from '../../src/sweep/report/explanation.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { traceLines } from '../support/trace-lines.js'
import { keptIn } from '../support/kept.js'
import { loadRecording } from '../support/replay-recording.js'
import { openRecording } from '../support/replay.js'
import type { Replay } from '../support/replay.js'
import { folders, inputsOf, recordings, umbrella } from '../support/replay-asking.js'
import { lateClock, sleepingClock } from '../support/clock.js'

/** What may be told of an umbrella that nobody wrote. */
const ABSENT = ['umbrella-missing', 'no-writer', 'not-written', 'never-run', 'filtered', 'run-open']

const REQUIRED = [
  'CI / Detect changes (pull_request)',
  'CI / Platform (Go) (pull_request)',
  'CI / Canvas (Next.js) (pull_request)',
  'CI / Shellcheck (E2E scripts) (pull_request)',
  'CI / Python Lint & Test (pull_request)',
]

function configOf({ apiUrl, owner, repo, token, scenarios }: Replay): Config {
  const inputs: Readonly<Record<string, string>> = {
    token,
    repo: `${owner}/${repo}`,
    'api-url': apiUrl,
    'umbrella-context': umbrella,
    'required-contexts': REQUIRED.join('\n'),
    'min-age': '0s',
    'dry-run': 'true',
    ...inputsOf(scenarios),
  }
  const read = readConfig({ input: name => inputs[name], env: () => '' })
  if (!read.ok) throw new Error(JSON.stringify(read.why))
  return read.value
}

const open = ({ token, apiUrl, repo }: Config): Promise<Opened> =>
  openForge(FORGES, {
    place: { apiUrl, repo },
    token,
    sweepFile: null,
    userAgent: 'umbrella-reaper',
    budget: 60_000,
    concurrency: 4,
    now: () => performance.now(),
    ...lateClock,
    random: () => 0.5,
    sleep: () => Promise.resolve(),
  })

/** Every open pull, explained as if it alone had been asked for. */
async function explainedAll(
  config: Config,
  forge: Forge,
): Promise<ReadonlyMap<number, Explanation>> {
  const clock = sleepingClock()
  const quiet = { nonce: () => 'aaaaaa', requests: () => 0, note: () => undefined, clock }
  const { pulls } = await forge.openPulls()
  // Who wants an explanation has every head studied, whatever its state.
  const { judged } = await look(
    config,
    { ...quiet, forge, explain: () => undefined },
    headsOf(config, pulls),
  )
  const { policy, baseBranches } = config
  const writer = { run: null, url: '' }
  const rerunAllowed = { dependentsToo: false, wholeRunToo: false }
  const dependencies = { forge, policy, baseBranches, writer, rerunAllowed, clock }
  const stop = new Stop(() => null)
  const plan = planOf(forge.server, config.remedy)
  const outcomes = await carryOut(
    { ...quiet, config, dependencies, plan, stop, heads: judged.length },
    judged,
  )
  return new Map(
    judged.flatMap(({ evidence, judgements }) =>
      evidence.pulls.flatMap(pull => {
        const judgement = judgements.get(pull.number)
        const done = outcomes.get(evidence.sha)
        if (judgement === undefined) return []
        const head = { config, forge, evidence, judgements, done }
        const told = explained(head, pull, judgement)
        return [[pull.number, told] as const]
      }),
    ),
  )
}

describe.each(folders)('%s', folder => {
  const place = join(recordings, folder)
  // A pull that is not open is judged by no sweep.
  const scenarios = Object.entries(loadRecording(place, '').scenarios).filter(
    ([, { expected }]) => expected !== null,
  )
  const keep = keptIn(
    new URL(`../traces/${folder}.json`, import.meta.url),
    scenarios.map(([name]) => name),
  )
  const keepExplanation = keptIn(
    new URL(`../explanations/${folder}.json`, import.meta.url),
    scenarios.map(([name]) => name),
  )
  let replay: Replay
  let opened: Opened
  let judgements: ReadonlyMap<number, Judgement>
  let report: SweepReport
  let explanations: ReadonlyMap<number, Explanation>

  beforeAll(async () => {
    replay = await openRecording(place)
    const config = configOf(replay)
    opened = await open(config)
    const forge = opened.forgeFor(config.policy, true)
    const tools = {
      forge,
      nonce: () => 'aaaaaa',
      requests: opened.requests,
      note: () => undefined,
      clock: sleepingClock(),
    }
    const { pulls } = await forge.openPulls()
    const heads = headsOf(config, pulls)
    const { judged } = await look(config, tools, heads)
    // Of heads that are only counted the preview is all there is.
    const seen = new Set(judged.map(({ evidence }) => evidence.sha))
    const others = heads.filter(({ sha }) => !seen.has(sha))
    const previews = await Promise.all(others.map(head => forge.preview(head)))
    const counted = previews.map(({ evidence }) => judge(config, evidence))
    judgements = new Map([...judged, ...counted].flatMap(head => [...head.judgements]))
    report = await sweep(config, tools)
    explanations = await explainedAll(config, forge)
  }, 60_000)
  afterAll(async () => {
    opened.close()
    await replay.close()
  })

  it.each(scenarios.map(([name, { number }]) => ({ name, number })))(
    '$name: one can follow its verdict from the trace',
    ({ name, number }) => {
      const judgement = judgements.get(number)
      if (judgement === undefined) throw new Error(`#${number} was not judged`)
      const { verdict } = judgement
      const trace = judgement.trace()
      keep(name, { verdict: `${verdict.kind}: ${verdict.reason}`, trace: traceLines(trace) })
      const [last, ...before] = [...trace.steps].reverse()
      expect(last).toMatchObject({ decided: verdict.reason, saw: verdict.detail })
      expect(before.every(({ decided }) => decided === null)).toBe(true)
      expect(before.length).toBeGreaterThan(0)
    },
  )

  it.each(scenarios.map(([name, { number }]) => ({ name, number })))(
    '$name: explained in a page that somebody can act on',
    ({ name, number }) => {
      const explanation = explanations.get(number)
      if (explanation === undefined) throw new Error(`#${number} was not explained`)
      const lines = explanationLines(explanation)
      keepExplanation(
        name,
        lines.map(line => line.replaceAll(replay.url, 'https://git.example.org')),
      )
      const swept = judgements.get(number)?.verdict.reason
      // Why nobody wrote an umbrella that no merge requires is told only to who asks.
      if (swept === 'umbrella-missing') expect(ABSENT).toContain(explanation.reason)
      else expect(explanation.reason).toBe(swept)
      expect(lines.length).toBeLessThan(80)
    },
  )

  it('the contexts of the report are those of the traces', () => {
    for (const { number, contexts } of report.pulls) {
      const said = contexts.map(({ run, ...row }) => ({ ...row, run: run?.key ?? null }))
      expect(said).toEqual(judgements.get(number)?.trace().contexts)
      for (const { run } of contexts) {
        if (run !== null)
          expect(run.url).toBe(`${replay.url}/${report.repo}/actions/runs/${run.key}`)
      }
    }
  })
})
