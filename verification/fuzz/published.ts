// What a sweep, a comment and an explanation tell where every text of others is this one.
import { asRowId } from '../../src/core/model/ids.js'
import type { Explanation } from '../../src/sweep/report/explanation.js'
import { publish } from '../../src/sweep/report/publish.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { commentOf, repairsOf } from '../../src/tools/tracking/wording.js'
import { parseOutputs } from '../../__tests__/support/bundle.js'
import { structureOf } from '../../__tests__/support/markdown.js'
import { repaired, row, sweepOf } from '../../__tests__/support/reports.js'
import type { Surroundings } from './capture.js'
import { REPORT, written } from './capture.js'
import { demand } from './target.js'

/** What the newest run says of one context, told in this text. */
const contextOf = (text: string) => ({
  context: text,
  level: 'required' as const,
  says: 'failure' as const,
  source: null,
  run: null,
  job: null,
  row: null,
  why: text,
})

/** A sweep in which every text of others is this one. */
function sweepWith(text: string): SweepReport {
  const texts = { title: text, detail: text, outcomeDetail: text, command: text }
  const contexts = [contextOf(text)]
  const swept = sweepOf([
    row('alarm', 'false-green', { number: 1, ...texts, contexts }),
    row('refuse', 'required-missing', { number: 2, ...texts, contexts }),
    repaired('compensated', { number: 3, ...texts }),
    row('wait', 'run-open', { number: 4, ...texts, stuck: true }),
    row('refuse', 'required-failed', { number: 5, ...texts, contexts }),
  ])
  return {
    ...swept,
    policy: { ...swept.policy, umbrella: text, required: [text], baseBranches: [text] },
    server: { ...swept.server, version: text },
    remedy: { kind: 'status', why: text, missing: text },
  }
}

export function commentWith(text: string): string {
  const repairs = repairsOf(sweepWith(text)).map(one => ({
    ...one,
    cause: text.trim().slice(0, 120),
  }))
  const [first] = repairs
  if (first === undefined) throw new Error('there is a repair to tell')
  const raise = { cause: text, job: text, count: 2, of: 3, times: 3 }
  return commentOf({ kind: 'repairs', repairs: [first], recent: 3, raise })
}

export const published = (text: string, where: Surroundings) =>
  written(where, async runner => {
    const tracking = {
      recurrences: 1,
      daysSinceLast: 1,
      raise: text,
      comment: commentWith(text),
      posted: true,
      warning: text,
    }
    const faults = await publish(runner, sweepWith(text), {
      foldable: where === 'github',
      file: REPORT,
      tracking,
    })
    demand(faults.length === 0, () => faults.join('; '))
  })

interface Usual {
  readonly commands: readonly string[]
  readonly structure: string
  readonly names: string
}

/** What is written where every text is a plain word. */
async function usual(where: Surroundings): Promise<Usual> {
  const { log, summary, outputs } = await published('word', where)
  return {
    commands: [...log.matchAll(/^::([a-z-]+)/gm)].map(([, name = '']) => name),
    structure: JSON.stringify(structureOf(summary)),
    names: Object.keys(parseOutputs(outputs)).join(),
  }
}

const kept = new Map<Surroundings, Usual>()
export async function usualIn(where: Surroundings): Promise<Usual> {
  const known = kept.get(where) ?? (await usual(where))
  kept.set(where, known)
  return known
}

/** An explanation in which every text of others is this one. */
export function explanationWith(text: string): Explanation {
  const pull = row('refuse', 'required-failed', { title: text, detail: text, outcomeDetail: text })
  const rows = { row: asRowId(7), state: 'failure', run: null, url: text } as const
  const rule = { title: 'Is it so?', saw: text, decided: null }
  return {
    ...pull,
    repo: text,
    server: text,
    base: text,
    advice: 'look',
    umbrella: {
      context: text,
      history: [{ ...rows, writer: text, description: text, at: '2026-01-01T00:00:00Z' }],
    },
    contexts: [{ ...contextOf(text), url: text }],
    rules: [rule],
    gate: [{ context: text, state: text }],
    notes: [text],
    command: text,
  }
}
