import { describe, expect, it } from '@jest/globals'
import type { OutcomeCode } from '../../src/core/plan/outcome.js'
import type { ForgeErrorCode } from '../../src/forge/port.js'
import { act, between, fails, whilePausing } from '../support/acting.js'
import { contextOf, gap, NATURAL, pull, SHA, STALE, UMBRELLA } from '../support/builders.js'
import type { FakeForge, FakeStart } from '../support/fake-forge.js'
import { keptIn } from '../support/kept.js'

interface ActCase {
  readonly rule: string
  readonly start?: FakeStart
  readonly meanwhile: (fake: FakeForge) => void
  readonly outcome: OutcomeCode
  /** Everything written after the first look, by anybody. */
  readonly written: readonly string[]
  readonly posts: number
}

const NOTHING: readonly ActCase[] = [
  {
    rule: 'changed-meanwhile: the pull is re-based while it is read by itself',
    meanwhile: fake => {
      fake.before('pull', 1, () => fake.listed.splice(0, 1, pull(7, { base: 'release' })))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: a second pull is opened while the first is read by itself',
    meanwhile: fake => {
      fake.before('pull', 1, () => fake.listed.push(pull(9)))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'closed: a list of branch tips shows no such pull',
    start: { tips: true },
    meanwhile: fake => {
      fake.listed.pop()
    },
    outcome: 'closed',
    written: [],
    posts: 0,
  },
  {
    rule: 'head-moved: a list of branch tips shows the pull elsewhere',
    start: { tips: true },
    meanwhile: fake => {
      fake.listed.splice(0, 1, pull(7, { head: 'c'.repeat(40) }))
    },
    outcome: 'head-moved',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: a list of branch tips shows a second pull there',
    start: { tips: true },
    meanwhile: fake => {
      fake.listed.push(pull(9))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'closed: a pull was closed',
    meanwhile: fake => fake.pulls.set(7, { open: false, head: SHA }),
    outcome: 'closed',
    written: [],
    posts: 0,
  },
  {
    rule: 'head-moved: a pull has a new head',
    meanwhile: fake => fake.pulls.set(7, { open: true, head: 'c'.repeat(40) }),
    outcome: 'head-moved',
    written: [],
    posts: 0,
  },
  {
    rule: 'head-moved: the second pull on the head',
    start: { version: '1.24.0', pulls: [pull(7), pull(9)] },
    meanwhile: fake => fake.pulls.set(9, { open: true, head: 'c'.repeat(40) }),
    outcome: 'head-moved',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: the pull cannot be read again',
    meanwhile: fake => {
      fake.before('pull', 1, fails('server-error'))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: a second pull was opened on the head, and has no run yet',
    meanwhile: fake => {
      fake.listed.push(pull(9))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule:
      'changed-meanwhile: a second pull was opened after the list, and its run is ' +
      'seen in the rows',
    meanwhile: fake => {
      fake.after('openPulls', 1, () => {
        fake.listed.push(pull(9))
        fake.write('R2 Test waiting')
      })
    },
    outcome: 'changed-meanwhile',
    written: ['other: pending'],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: one of two pulls left the list',
    start: { version: '1.24.0', pulls: [pull(7), pull(9)] },
    meanwhile: fake => {
      fake.listed.pop()
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: the pull now targets another branch',
    meanwhile: fake => {
      fake.listed.splice(0, 1, pull(7, { base: 'release' }))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: another pull stands there instead',
    meanwhile: fake => {
      fake.listed.splice(0, 1, pull(9))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: the list shows no pull on the head',
    meanwhile: fake => {
      fake.listed.splice(0, 1, pull(7, { head: 'c'.repeat(40) }))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: the open pulls cannot be listed again',
    meanwhile: fake => {
      fake.before('openPulls', 1, fails('server-error'))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'compensated: a pull on another head was opened',
    meanwhile: fake => {
      fake.listed.push(pull(9, { head: 'c'.repeat(40) }))
    },
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'changed-meanwhile: a re-run began',
    meanwhile: fake => {
      fake.write('R1 Test waiting')
    },
    outcome: 'changed-meanwhile',
    written: ['other: pending'],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: a new red umbrella row',
    meanwhile: fake => {
      fake.write('R1 umbrella failure')
    },
    outcome: 'changed-meanwhile',
    written: ['other: failure'],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: green all by itself',
    meanwhile: fake => {
      fake.write('R1 umbrella success')
    },
    outcome: 'changed-meanwhile',
    written: ['other: success'],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: a newer run',
    start: { version: '1.24.0' },
    meanwhile: fake => {
      for (const line of [
        'R2 Lint success',
        'R2 Test success',
        'R2 umbrella success',
        'R1 umbrella failure',
      ])
        fake.write(line)
    },
    outcome: 'changed-meanwhile',
    written: ['other: success', 'other: success', 'other: success', 'other: failure'],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: another instance was first',
    meanwhile: fake => {
      fake.write('us green 9 1 zzzzzz')
    },
    outcome: 'changed-meanwhile',
    written: ['green: success'],
    posts: 0,
  },
  {
    rule: "changed-meanwhile: a person's veto",
    meanwhile: fake => {
      fake.write('@alice umbrella failure')
    },
    outcome: 'changed-meanwhile',
    written: ['other: failure'],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: the history cannot be read again',
    meanwhile: fake => {
      fake.before('history', 1, fails('unreachable'))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
  {
    rule: 'changed-meanwhile: the latest rows cannot be read again',
    meanwhile: fake => {
      fake.before('latestRows', 1, fails('out-of-time'))
    },
    outcome: 'changed-meanwhile',
    written: [],
    posts: 0,
  },
]

const LOST: readonly ForgeErrorCode[] = [
  'server-error',
  'timeout',
  'unreachable',
  'not-json',
  'unexpected-shape',
]
/** The row of a lost write that lands in the pause of this number, after these. */
function lands(fake: FakeForge, pause: number, ...before: readonly string[]): void {
  fake.before('post', 1, fails('server-error'))
  const idle = Array<() => void>(pause).fill(() => undefined)
  whilePausing(fake, ...idle, () => {
    for (const line of before) fake.write(line)
    fake.land()
  })
}

const POSTED: readonly ActCase[] = [
  {
    rule: 'compensated: nothing came in between',
    meanwhile: () => undefined,
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: two pulls on one head, one write',
    start: { version: '1.24.0', pulls: [pull(7), pull(9)] },
    meanwhile: () => undefined,
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: by job rows',
    start: { version: '1.26.4', grade: 'jobs' },
    meanwhile: () => undefined,
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: by task rows',
    start: { version: '1.23.8', grade: 'tasks' },
    meanwhile: () => undefined,
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: the natural race',
    start: { version: '1.23.8', rows: NATURAL },
    meanwhile: () => undefined,
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: a row in a context that does not count',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('@bot chat/bot pending')
      })
    },
    outcome: 'compensated',
    written: ['other: pending', 'green: success'],
    posts: 1,
  },
  ...LOST.map((code): ActCase => ({
    rule: `compensated: ${code} after the row was written`,
    meanwhile: fake => {
      fake.after('post', 1, fails(code))
    },
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  })),
  ...LOST.map((code): ActCase => ({
    rule: `unconfirmed: ${code} and no row was written`,
    meanwhile: fake => {
      fake.before('post', 1, fails(code))
    },
    outcome: 'unconfirmed',
    written: [],
    posts: 1,
  })),
  {
    rule: 'compensated: the answer is lost and the history cannot be read at once',
    meanwhile: fake => {
      fake.after('post', 1, fails('timeout'))
      fake.before('history', 2, fails('unreachable'))
    },
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the answer is lost and the history cannot be read',
    meanwhile: fake => {
      fake.after('post', 1, fails('timeout'))
      for (let nth = 2; nth < 12; nth += 1) fake.before('history', nth, fails('unreachable'))
    },
    outcome: 'unconfirmed',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: the answer is lost, and the row lands 0.7 s later',
    meanwhile: fake => {
      lands(fake, 1)
    },
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'withdrawn: the row of a lost answer lands late, and a re-run began before it',
    meanwhile: fake => {
      lands(fake, 1, 'R1 Test waiting')
    },
    outcome: 'withdrawn',
    written: ['other: pending', 'green: success', 'undo: pending'],
    posts: 2,
  },

  {
    rule: 'unconfirmed: the answer is lost, and the history has a gap',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.gap('history', gap('chat/bot'))
        fails('timeout')()
      })
    },
    outcome: 'unconfirmed',
    written: [],
    posts: 1,
  },
  ...(['rejected', 'redirected', 'not-found', 'out-of-time'] as const).map((code): ActCase => ({
    rule: `failed: ${code}, nothing was written`,
    meanwhile: fake => {
      fake.before('post', 1, fails(code))
    },
    outcome: 'failed',
    written: [],
    posts: 1,
  })),
  ...(['forbidden', 'unauthorized'] as const).map((code): ActCase => ({
    rule: `no-right: ${code}`,
    meanwhile: fake => {
      fake.before('post', 1, fails(code))
    },
    outcome: 'no-right',
    written: [],
    posts: 1,
  })),
  {
    rule: 'superseded: a red row above ours',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.write('R1 umbrella failure')
      })
    },
    outcome: 'superseded',
    written: ['green: success', 'other: failure'],
    posts: 1,
  },
  {
    rule: 'superseded: a row below and one above ours',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('R1 umbrella running')
      })
      fake.after('post', 1, () => {
        fake.write('R1 umbrella success')
      })
    },
    outcome: 'superseded',
    written: ['other: pending', 'green: success', 'other: success'],
    posts: 1,
  },
  {
    rule: 'already-compensated: another instance for the same red row',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('us green 9 1 zzzzzz')
      })
    },
    outcome: 'already-compensated',
    written: ['green: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'overtaken: Actions wrote success itself',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('R1 umbrella success')
      })
    },
    outcome: 'overtaken',
    written: ['other: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'withdrawn: a late success of an older run over the red of a newer one',
    meanwhile: between(
      'R2 Test failure',
      'R2 umbrella running',
      'R2 umbrella failure',
      'R1 Test running',
      'R1 Test success',
      'R1 umbrella running',
      'R1 umbrella success',
    ),
    outcome: 'withdrawn',
    written: [
      'other: failure',
      'other: pending',
      'other: failure',
      'other: pending',
      'other: success',
      'other: pending',
      'other: success',
      'green: success',
      'undo: failure',
    ],
    posts: 2,
  },
  {
    rule: 'overtaken: somebody else wrote success',
    meanwhile: between('@alice umbrella success'),
    outcome: 'overtaken',
    written: ['other: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'overtaken: Actions wrote success itself, and a job is going',
    meanwhile: between('R1 umbrella success', 'R1 Test waiting'),
    outcome: 'overtaken',
    written: ['other: success', 'other: pending', 'green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: the answer is lost, and the same words stand above ours in another context',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.write({ ...fake.rows().at(-1), line: '@alice chat/bot success', context: 'chat/bot' })
        fails('timeout')()
      })
    },
    outcome: 'compensated',
    written: ['green: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'superseded: the answer is lost, and other words stand above ours',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.write('@alice umbrella success')
        fails('timeout')()
      })
    },
    outcome: 'superseded',
    written: ['green: success', 'other: success'],
    posts: 1,
  },
  {
    rule: 'compensated: the look back has a gap in a context that does not count',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.gap('history', gap('chat/bot'))
      })
    },
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: the gate has a gap in another context',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.gap('latestRows', gap('chat/bot'))
      })
    },
    outcome: 'compensated',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the gate has a gap in the umbrella',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.gap('latestRows', gap(UMBRELLA))
      })
    },
    outcome: 'unconfirmed',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the gate shows no umbrella',
    meanwhile: fake => {
      fake.after('history', 2, () => {
        fake.tamper(rows => rows.filter(({ context }) => context !== UMBRELLA))
      })
    },
    outcome: 'unconfirmed',
    written: [],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the gate shows a success of another instance for another red row',
    meanwhile: fake => {
      fake.after('history', 2, () => {
        fake.write('us green 4 1 zzzzzz')
      })
    },
    outcome: 'unconfirmed',
    written: ['green: success', 'green: success'],
    posts: 1,
  },
  {
    rule:
      'compensated: another instance wrote for the same red row after us: the lower row ' +
      'is the repair',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.write('us green 9 1 zzzzzz')
      })
    },
    outcome: 'compensated',
    written: ['green: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'already-compensated: two other instances, one before and one after us',
    meanwhile: fake => {
      between('us green 9 1 yyyyyy')(fake)
      fake.after('post', 1, () => {
        fake.write('us green 9 1 zzzzzz')
      })
    },
    outcome: 'already-compensated',
    written: ['green: success', 'green: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'superseded: another instance wrote for the same red row after us, and a job is going',
    meanwhile: fake => {
      between('R1 Test waiting')(fake)
      fake.after('post', 1, () => {
        fake.write('us green 9 1 zzzzzz')
      })
    },
    outcome: 'superseded',
    written: ['other: pending', 'green: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'superseded: another instance wrote for another red row after us',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.write('us green 4 1 zzzzzz')
      })
    },
    outcome: 'superseded',
    written: ['green: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'compensated: the gate shows the success of another instance for the same red row',
    meanwhile: fake => {
      fake.after('history', 2, () => {
        fake.write('us green 9 1 zzzzzz')
      })
    },
    outcome: 'compensated',
    written: ['green: success', 'green: success'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: two latest rows, in the umbrella and in another context that blocks',
    start: {
      keyedByWorkflow: true,
      rows: [
        'R9 Ops / Check (pull_request) failure',
        '@bot Ops / Check (pull_request) failure',
        ...STALE,
      ],
    },
    meanwhile: () => undefined,
    outcome: 'unconfirmed',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'withdrawn: our mark in another context that counts is no double',
    meanwhile: between({ line: 'us green 9 1 zzzzzz', context: contextOf('Test') }),
    outcome: 'withdrawn',
    written: ['green: success', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'withdrawn: another instance took its success back',
    meanwhile: between('us undo 9 1 zzzzzz pending'),
    outcome: 'withdrawn',
    written: ['undo: pending', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'withdrawn: a red of another instance is not what stood',
    meanwhile: between('us undo 9 1 zzzzzz failure'),
    outcome: 'withdrawn',
    written: ['undo: failure', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: "withdrawn: the umbrella's row is told before a later one of another context",
    meanwhile: between('R1 umbrella running', 'R1 Test waiting'),
    outcome: 'withdrawn',
    written: ['other: pending', 'other: pending', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'withdrawn: our own row is not what came in between, though the server changed its words',
    meanwhile: fake => {
      between('R1 Test waiting')(fake)
      fake.after('post', 1, () => {
        fake.tamper(rows => rows.map(row => (row.id === 11 ? { ...row, description: 'cut' } : row)))
      })
    },
    outcome: 'withdrawn',
    written: ['other: pending', 'other: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'unconfirmed: the row that the answer to the write named is red',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.tamper(rows => rows.map(row => (row.id === 10 ? { ...row, state: 'failure' } : row)))
      })
    },
    outcome: 'unconfirmed',
    written: ['green: failure'],
    posts: 1,
  },
  {
    rule: 'withdrawn: what stands now has a gap in the umbrella',
    meanwhile: fake => {
      between('R1 umbrella running')(fake)
      fake.before('post', 2, () => {
        fake.gap('history', gap(UMBRELLA))
      })
    },
    outcome: 'withdrawn',
    written: ['other: pending', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'withdrawn: what stands now has a gap elsewhere',
    meanwhile: fake => {
      between('R1 umbrella running')(fake)
      fake.before('post', 2, () => {
        fake.gap('history', gap('chat/bot'))
      })
    },
    outcome: 'withdrawn',
    written: ['other: pending', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'withdrawn: the row that was put back is not in the history',
    meanwhile: fake => {
      between('R1 umbrella running')(fake)
      fake.after('post', 2, () => {
        fake.tamper(rows => rows.slice(0, -1))
      })
    },
    outcome: 'withdrawn',
    written: ['other: pending', 'green: success'],
    posts: 2,
  },
  {
    rule: 'overtaken: after a pending of its own',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('R1 umbrella running')
        fake.write('R1 umbrella success')
      })
    },
    outcome: 'overtaken',
    written: ['other: pending', 'other: success', 'green: success'],
    posts: 1,
  },
  ...[
    { line: 'R1 umbrella running', back: 'pending', other: 'pending' },
    { line: 'R1 umbrella failure', back: 'failure', other: 'failure' },
    { line: '@alice umbrella error', back: 'error', other: 'error' },
    { line: '@alice umbrella failure', back: 'failure', other: 'failure' },
    { line: '@alice umbrella warning', back: 'pending', other: 'warning' },
    { line: '@alice umbrella unknown', back: 'pending', other: 'unknown' },
    { line: 'R1 Test waiting', back: 'pending', other: 'pending' },
    { line: 'R1 Docs failure', back: null, other: 'failure' },
    { line: '@alice Test failure', back: 'pending', other: 'failure' },
  ].map(({ line, back, other }): ActCase => ({
    rule:
      back === null
        ? `compensated: ${line} came in between, of no job of this run`
        : `withdrawn: ${line} came in between, ${back} is put back`,
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write(line)
      })
    },
    outcome: back === null ? 'compensated' : 'withdrawn',
    written: [`other: ${other}`, 'green: success', ...(back === null ? [] : [`undo: ${back}`])],
    posts: back === null ? 1 : 2,
  })),
  {
    rule: 'withdrawn: the newest of two umbrella rows is put back',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('R1 umbrella failure')
        fake.write('R1 umbrella running')
      })
    },
    outcome: 'withdrawn',
    written: ['other: failure', 'other: pending', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: "withdrawn: another tool's success does not hide the red row it was written over",
    meanwhile: fake => {
      fake.before('post', 1, () => {
        for (const line of ['R1 Test failure', 'R1 umbrella failure', '@alice umbrella success'])
          fake.write(line)
      })
    },
    outcome: 'withdrawn',
    written: [
      'other: failure',
      'other: failure',
      'other: success',
      'green: success',
      'undo: failure',
    ],
    posts: 2,
  },
  {
    rule: "withdrawn: a person's success does not hide a re-run",
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('R1 Test waiting')
        fake.write('@alice umbrella success')
      })
    },
    outcome: 'withdrawn',
    written: ['other: pending', 'other: success', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'withdrawn: another instance for another red row is no double',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('us green 4 1 zzzzzz')
      })
    },
    outcome: 'withdrawn',
    written: ['green: success', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'withdrawn: another instance does not hide a re-run',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('us green 9 1 zzzzzz')
        fake.write('R1 Test waiting')
      })
    },
    outcome: 'withdrawn',
    written: ['green: success', 'other: pending', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'withdrawn: what stands now cannot be read',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('R1 umbrella running')
      })
      fake.before('history', 3, fails('unreachable'))
    },
    outcome: 'withdrawn',
    written: ['other: pending', 'green: success', 'undo: pending'],
    posts: 2,
  },
  {
    rule: 'failed: our success cannot be taken back',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.write('R1 umbrella running')
      })
      fake.before('post', 2, fails('forbidden'))
    },
    outcome: 'failed',
    written: ['other: pending', 'green: success'],
    posts: 2,
  },
  {
    rule: 'failed: the answer to taking it back is lost, and it is not in the history',
    meanwhile: fake => {
      between('R1 umbrella running')(fake)
      fake.before('post', 2, fails('timeout'))
    },
    outcome: 'failed',
    written: ['other: pending', 'green: success'],
    posts: 2,
  },
  {
    rule: 'unconfirmed: the look back shows what came before our row, and not our row',
    meanwhile: fake => {
      between('@bot chat/bot pending')(fake)
      fake.after('post', 1, () => {
        fake.tamper(rows => rows.slice(0, -1))
      })
    },
    outcome: 'unconfirmed',
    written: ['other: pending'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the answer is lost, and the history has a gap in the umbrella',
    meanwhile: fake => {
      fake.before('post', 1, () => {
        fake.gap('history', gap(UMBRELLA))
        fails('timeout')()
      })
    },
    outcome: 'unconfirmed',
    written: [],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the look back fails',
    meanwhile: fake => {
      fake.before('history', 2, fails('unreachable'))
    },
    outcome: 'unconfirmed',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the look back has a gap',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.gap('history', gap(null))
      })
    },
    outcome: 'unconfirmed',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the gate cannot be read',
    meanwhile: fake => {
      fake.before('latestRows', 2, fails('server-error'))
    },
    outcome: 'unconfirmed',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the gate has a gap',
    meanwhile: fake => {
      fake.after('post', 1, () => {
        fake.gap('latestRows', gap(null))
      })
    },
    outcome: 'unconfirmed',
    written: ['green: success'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: the gate shows another row',
    meanwhile: fake => {
      fake.after('history', 2, () => {
        fake.write('R1 umbrella running')
      })
    },
    outcome: 'unconfirmed',
    written: ['green: success', 'other: pending'],
    posts: 1,
  },
  {
    rule: 'unconfirmed: two latest rows',
    start: { keyedByWorkflow: true },
    meanwhile: () => undefined,
    outcome: 'unconfirmed',
    written: ['green: success'],
    posts: 1,
  },
]

/** At our POST somebody opens, closes or re-targets a pull, or a base comes to need more. */
const whilePosting = (act: (fake: FakeForge) => void) => (fake: FakeForge) => {
  fake.before('post', 1, () => {
    act(fake)
  })
}

const OPENED = whilePosting(fake => {
  fake.listed.push(pull(9))
  fake.pulls.set(9, { open: true, head: SHA })
})
const RETARGETED = whilePosting(fake => {
  fake.listed.splice(0, 1, pull(7, { base: 'release' }))
})
const CLOSED = whilePosting(fake => {
  fake.listed.pop()
  fake.pulls.delete(7)
})
const STANDS = { outcome: 'compensated', written: ['green: success'], posts: 1 } as const
const UNREAD = { outcome: 'unconfirmed', written: ['green: success'], posts: 1 } as const
const BACK = {
  outcome: 'withdrawn',
  written: ['green: success', 'undo: failure'],
  posts: 2,
} as const

/** What the look back finds of the pulls on the commit: by refs where their list is dear. */
const AROUND: readonly ActCase[] = [
  ...[
    { version: '1.22.6', by: 'pullsByRef' as const },
    { version: '11.0.15+gitea-1.22.0', by: 'pullsByRef' as const },
    { version: '1.23.8', by: 'openPulls' as const },
    { version: '1.26.4', by: 'openPulls' as const },
  ].flatMap(({ version, by }): readonly ActCase[] => [
    {
      rule: `withdrawn: a pull that was not judged stands there now (${version})`,
      start: { version },
      meanwhile: OPENED,
      ...BACK,
    },
    {
      rule: `withdrawn: the pull targets another branch now (${version})`,
      start: { version },
      meanwhile: RETARGETED,
      ...BACK,
    },
    {
      rule: `compensated: the pull is closed by now (${version})`,
      start: { version },
      meanwhile: CLOSED,
      ...STANDS,
    },
    {
      rule: `unconfirmed: who stands there now cannot be read (${version})`,
      start: { version },
      meanwhile: whilePosting(fake => {
        fake.before(by, 1, fails('server-error'))
        if (by === 'pullsByRef') fake.before('openPulls', 1, fails('server-error'))
      }),
      ...UNREAD,
    },
  ]),
  {
    rule: 'unconfirmed: a pull that a ref names cannot be read by itself',
    meanwhile: whilePosting(fake => {
      fake.before('wholePull', 1, fails('not-found'))
    }),
    ...UNREAD,
  },
  {
    rule: 'compensated: the refs cannot be read, and the list shows who stands there',
    meanwhile: whilePosting(fake => {
      fake.before('pullsByRef', 1, fails('server-error'))
    }),
    ...STANDS,
  },
]

describe('one repair', () => {
  const keep = keptIn(
    new URL('./outcomes/repair.json', import.meta.url),
    [...NOTHING, ...POSTED, ...AROUND].map(({ rule }) => rule),
  )
  it.each([...NOTHING, ...POSTED, ...AROUND])(
    '$rule',
    async ({ rule, start = {}, meanwhile, outcome, written, posts }) => {
      const { outcome: ended, fake } = await act(start, meanwhile)
      expect([ended.code, fake.written()]).toEqual([outcome, written])
      expect(fake.calls.filter(call => call === 'post').length).toBe(posts)
      keep(rule, ended)
    },
  )

  it.each([
    {
      around: 'nothing',
      lines: [],
      when: 'before',
      says: 'row 10 of CI / all-required (pull_request) came in between; put back pending (row 12)',
    },
    {
      around: 'a success below',
      lines: ['R1 umbrella success'],
      when: 'before',
      says: 'put back pending (row 13), and it covers row 12 (success), which came in meanwhile',
    },
    {
      around: 'two rows below',
      lines: ['R1 umbrella running', 'R1 umbrella failure'],
      when: 'before',
      says: 'put back pending (row 14), and it covers row 13 (failure), which came in meanwhile',
    },
    {
      around: 'a row of another context',
      lines: ['R1 Test success'],
      when: 'before',
      says: 'put back pending (row 13)',
    },
    {
      around: 'a row above',
      lines: ['R1 umbrella success'],
      when: 'after',
      says: 'put back pending (row 12), row 13 stands above it',
    },
  ] as const)('withdrawn, and $around its row in that moment', async ({ lines, when, says }) => {
    const { outcome } = await act({}, fake => {
      fake.before('post', 1, () => {
        fake.write('R1 umbrella running')
      })
      fake[when]('post', 2, () => {
        for (const line of lines) fake.write(line)
      })
    })
    expect(outcome.code).toBe('withdrawn')
    expect(outcome.detail.slice(-says.length)).toBe(says)
  })
})
