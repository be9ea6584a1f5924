import { describe, expect, it } from '@jest/globals'
import { takeBack } from '../src/act.js'
import { closingOf } from '../src/core/closing.js'
import { readMark } from '../src/core/compensation.js'
import type { Outcome, OutcomeCode } from '../src/core/outcome.js'
import type { ForgeErrorCode } from '../src/forge/port.js'
import { ForgeError } from '../src/forge/port.js'
import { benchOf, carryOut, look } from './support/acting.js'
import { gap, NATURAL, pull, SHA, STALE, UMBRELLA } from './support/builders.js'
import type { Call, FakeForge, FakeStart } from './support/fake-forge.js'
import { openFake } from './support/fake-forge.js'
import { keptIn } from './support/kept.js'

const outcomes = (name: string): URL => new URL(`outcomes/${name}.json`, import.meta.url)

async function act(start: FakeStart, meanwhile: (fake: FakeForge) =>
void): Promise<{ readonly outcome: Outcome; readonly fake: FakeForge }> {
  const fake = openFake(start)
  const bench = benchOf(fake)
  const proven = await look(bench, start)
  meanwhile(fake)
  return { outcome: await carryOut(fake, proven, bench), fake }
}

const fails = (code: ForgeErrorCode) => (): never => { throw new ForgeError(code, `the server said ${code}`) }
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
  { rule: 'closed: a pull was closed', meanwhile: fake => fake.pulls.set(7, { open: false, head: SHA }), outcome: 'closed', written: [],
    posts: 0 },
  { rule: 'head-moved: a pull has a new head', meanwhile: fake => fake.pulls.set(7, { open: true, head: 'c'.repeat(40) }),
    outcome: 'head-moved', written: [], posts: 0 },
  { rule: 'head-moved: the second pull on the head', start: { version: '1.24.0', pulls: [pull(7), pull(9)] },
    meanwhile: fake => fake.pulls.set(9, { open: true, head: 'c'.repeat(40) }),
    outcome: 'head-moved', written: [], posts: 0 },
  { rule: 'changed-meanwhile: the pull cannot be read again', meanwhile: fake => { fake.before('pull', 1, fails('server-error')) },
    outcome: 'changed-meanwhile', written: [], posts: 0 },
  { rule: 'changed-meanwhile: a re-run began', meanwhile: fake => { fake.write('R1 Test waiting') }, outcome: 'changed-meanwhile',
    written: ['other: pending'], posts: 0 },
  { rule: 'changed-meanwhile: a new red umbrella row', meanwhile: fake => { fake.write('R1 umbrella failure') },
    outcome: 'changed-meanwhile', written: ['other: failure'], posts: 0 },
  { rule: 'changed-meanwhile: green all by itself', meanwhile: fake => { fake.write('R1 umbrella success') }, outcome: 'changed-meanwhile',
    written: ['other: success'], posts: 0 },
  { rule: 'changed-meanwhile: a newer run', start: { version: '1.24.0' }, meanwhile: fake => {
    for (const line of ['R2 Lint success', 'R2 Test success', 'R2 umbrella success', 'R1 umbrella failure']) fake.write(line)
  }, outcome: 'changed-meanwhile', written: ['other: success', 'other: success', 'other: success', 'other: failure'], posts: 0 },
  { rule: 'changed-meanwhile: another instance was first', meanwhile: fake => { fake.write('us green 9 1 zzzzzz') },
    outcome: 'changed-meanwhile', written: ['green: success'], posts: 0 },
  { rule: 'changed-meanwhile: a person\'s veto', meanwhile: fake => { fake.write('@alice umbrella failure') },
    outcome: 'changed-meanwhile', written: ['other: failure'], posts: 0 },
  { rule: 'changed-meanwhile: the history cannot be read again', meanwhile: fake => { fake.before('history', 1, fails('unreachable')) },
    outcome: 'changed-meanwhile', written: [], posts: 0 },
  { rule: 'changed-meanwhile: the latest rows cannot be read again',
    meanwhile: fake => { fake.before('latestRows', 1, fails('out-of-time')) }, outcome: 'changed-meanwhile', written: [], posts: 0 },
]

const LOST: readonly ForgeErrorCode[] = ['server-error', 'timeout', 'unreachable', 'not-json', 'unexpected-shape']
const POSTED: readonly ActCase[] = [
  { rule: 'compensated: nothing came in between', meanwhile: () => undefined, outcome: 'compensated', written: ['green: success'],
    posts: 1 },
  { rule: 'compensated: two pulls on one head, one write', start: { version: '1.24.0', pulls: [pull(7), pull(9)] },
    meanwhile: () => undefined, outcome: 'compensated', written: ['green: success'],
    posts: 1 },
  { rule: 'compensated: by job rows', start: { version: '1.26.4', grade: 'jobs' }, meanwhile: () => undefined, outcome: 'compensated',
    written: ['green: success'], posts: 1 },
  { rule: 'compensated: by task rows', start: { version: '1.23.8', grade: 'tasks' }, meanwhile: () => undefined, outcome: 'compensated',
    written: ['green: success'], posts: 1 },
  { rule: 'compensated: the natural race', start: { version: '1.23.8', rows: NATURAL }, meanwhile: () => undefined, outcome: 'compensated',
    written: ['green: success'], posts: 1 },
  { rule: 'compensated: a row in a context that does not count',
    meanwhile: fake => { fake.before('post', 1, () => { fake.write('@bot chat/bot pending') }) }, outcome: 'compensated',
    written: ['other: pending', 'green: success'], posts: 1 },
  ...LOST.map((code): ActCase => ({ rule: `compensated: ${code} after the row was written`,
    meanwhile: fake => { fake.after('post', 1, fails(code)) }, outcome: 'compensated',
    written: ['green: success'], posts: 1 })),
  ...LOST.map((code): ActCase => ({ rule: `failed: ${code} and no row was written`,
    meanwhile: fake => { fake.before('post', 1, fails(code)) }, outcome: 'failed', written: [], posts: 1 })),
  { rule: 'failed: the answer is lost and the history cannot be read', meanwhile: fake => {
    fake.after('post', 1, fails('timeout'))
    fake.before('history', 2, fails('unreachable'))
  }, outcome: 'failed', written: ['green: success'], posts: 1 },
  { rule: 'failed: the answer is lost, and the history has a gap', meanwhile: fake => {
    fake.before('post', 1, () => { fake.gap('history', gap('chat/bot')); fails('timeout')() })
  }, outcome: 'failed', written: [], posts: 1 },
  ...(['rejected', 'redirected', 'not-found', 'out-of-time'] as const)
    .map((code): ActCase => ({ rule: `failed: ${code}, nothing was written`,
    meanwhile: fake => { fake.before('post', 1, fails(code)) }, outcome: 'failed', written: [], posts: 1 })),
  ...(['forbidden', 'unauthorized'] as const).map((code): ActCase => ({ rule: `no-right: ${code}`,
    meanwhile: fake => { fake.before('post', 1, fails(code)) }, outcome: 'no-right', written: [],
    posts: 1 })),
  { rule: 'superseded: a red row above ours', meanwhile: fake => { fake.after('post', 1, () => { fake.write('R1 umbrella failure') }) },
    outcome: 'superseded',
    written: ['green: success', 'other: failure'], posts: 1 },
  { rule: 'superseded: a row below and one above ours', meanwhile: fake => {
    fake.before('post', 1, () => { fake.write('R1 umbrella running') })
    fake.after('post', 1, () => { fake.write('R1 umbrella success') })
  }, outcome: 'superseded', written: ['other: pending', 'green: success', 'other: success'], posts: 1 },
  { rule: 'already-compensated: another instance for the same red row',
    meanwhile: fake => { fake.before('post', 1, () => { fake.write('us green 9 1 zzzzzz') }) },
    outcome: 'already-compensated', written: ['green: success', 'green: success'], posts: 1 },
  { rule: 'overtaken: Actions wrote success itself',
    meanwhile: fake => { fake.before('post', 1, () => { fake.write('R1 umbrella success') }) }, outcome: 'overtaken',
    written: ['other: success', 'green: success'], posts: 1 },
  { rule: 'overtaken: after a pending of its own', meanwhile: fake =>
    { fake.before('post', 1, () => { fake.write('R1 umbrella running'); fake.write('R1 umbrella success') }) }, outcome: 'overtaken',
    written: ['other: pending', 'other: success', 'green: success'], posts: 1 },
  ...[
    { line: 'R1 umbrella running', back: 'pending', other: 'pending' }, { line: 'R1 umbrella failure', back: 'failure', other: 'failure' },
    { line: '@alice umbrella error', back: 'error', other: 'error' },
      { line: '@alice umbrella failure', back: 'failure', other: 'failure' },
    { line: '@alice umbrella warning', back: 'pending', other: 'warning' },
      { line: '@alice umbrella unknown', back: 'pending', other: 'unknown' },
    { line: 'R1 Test waiting', back: 'pending', other: 'pending' }, { line: 'R1 Docs failure', back: null, other: 'failure' },
      { line: '@alice Test failure', back: 'pending', other: 'failure' },
  ].map(({ line, back, other }): ActCase => ({ rule: back === null ? `compensated: ${line} came in between, of no job of this run`
      : `withdrawn: ${line} came in between, ${back} is put back`,
    meanwhile: fake => { fake.before('post', 1, () => { fake.write(line) }) }, outcome: back === null ? 'compensated' : 'withdrawn',
    written: [`other: ${other}`, 'green: success', ...(back === null ? [] : [`undo: ${back}`])], posts: back === null ? 1 : 2 })),
  { rule: 'withdrawn: the newest of two umbrella rows is put back',
    meanwhile: fake => { fake.before('post', 1, () => { fake.write('R1 umbrella failure'); fake.write('R1 umbrella running') }) },
    outcome: 'withdrawn', written: ['other: failure', 'other: pending', 'green: success', 'undo: pending'], posts: 2 },
  { rule: 'withdrawn: another tool\'s success does not hide the red row it was written over', meanwhile: fake => {
    fake.before('post', 1, () => { for (const line of ['R1 Test failure', 'R1 umbrella failure', '@alice umbrella success']) fake.write(line) })
  }, outcome: 'withdrawn', written: ['other: failure', 'other: failure', 'other: success', 'green: success', 'undo: failure'], posts: 2 },
  { rule: 'withdrawn: a person\'s success does not hide a re-run',
    meanwhile: fake => { fake.before('post', 1, () => { fake.write('R1 Test waiting'); fake.write('@alice umbrella success') }) },
    outcome: 'withdrawn', written: ['other: pending', 'other: success', 'green: success', 'undo: pending'], posts: 2 },
  { rule: 'withdrawn: another instance for another red row is no double',
    meanwhile: fake => { fake.before('post', 1, () => { fake.write('us green 4 1 zzzzzz') }) }, outcome: 'withdrawn',
    written: ['green: success', 'green: success', 'undo: pending'], posts: 2 },
  { rule: 'withdrawn: another instance does not hide a re-run',
    meanwhile: fake => { fake.before('post', 1, () => { fake.write('us green 9 1 zzzzzz'); fake.write('R1 Test waiting') }) },
    outcome: 'withdrawn', written: ['green: success', 'other: pending', 'green: success', 'undo: pending'], posts: 2 },
  { rule: 'withdrawn: what stands now cannot be read', meanwhile: fake => {
    fake.before('post', 1, () => { fake.write('R1 umbrella running') })
    fake.before('history', 3, fails('unreachable'))
  }, outcome: 'withdrawn', written: ['other: pending', 'green: success', 'undo: pending'], posts: 2 },
  { rule: 'failed: our success cannot be taken back', meanwhile: fake => {
    fake.before('post', 1, () => { fake.write('R1 umbrella running') })
    fake.before('post', 2, fails('forbidden'))
  }, outcome: 'failed', written: ['other: pending', 'green: success'], posts: 2 },
  { rule: 'unconfirmed: the look back fails', meanwhile: fake => { fake.before('history', 2, fails('unreachable')) },
    outcome: 'unconfirmed', written: ['green: success'], posts: 1 },
  { rule: 'unconfirmed: the look back has a gap', meanwhile: fake => { fake.after('post', 1, () => { fake.gap('history', gap(null)) }) },
    outcome: 'unconfirmed', written: ['green: success'], posts: 1 },
  { rule: 'unconfirmed: the gate cannot be read', meanwhile: fake => { fake.before('latestRows', 2, fails('server-error')) },
    outcome: 'unconfirmed', written: ['green: success'], posts: 1 },
  { rule: 'unconfirmed: the gate has a gap', meanwhile: fake => { fake.after('post', 1, () => { fake.gap('latestRows', gap(null)) }) },
    outcome: 'unconfirmed', written: ['green: success'], posts: 1 },
  { rule: 'unconfirmed: the gate shows another row',
    meanwhile: fake => { fake.after('history', 2, () => { fake.write('R1 umbrella running') }) }, outcome: 'unconfirmed',
    written: ['green: success', 'other: pending'], posts: 1 },
  { rule: 'unconfirmed: two latest rows', start: { keyedByWorkflow: true }, meanwhile: () => undefined, outcome: 'unconfirmed',
    written: ['green: success'], posts: 1 },
]

describe('one repair', () => {
  const keep = keptIn(outcomes('repair'), [...NOTHING, ...POSTED].map(({ rule }) => rule))
  it.each([...NOTHING, ...POSTED])('$rule', async ({ rule, start = {}, meanwhile, outcome, written, posts }) => {
    const { outcome: ended, fake } = await act(start, meanwhile)
    expect([ended.code, fake.written()]).toEqual([outcome, written])
    expect(fake.calls.filter(call => call === 'post').length).toBe(posts)
    keep(rule, ended)
  })

  it.each([
    { around: 'nothing', lines: [], when: 'before', says: 'row 10 of CI / all-required (pull_request) came in between; put back pending (row 12)' },
    { around: 'a success below', lines: ['R1 umbrella success'], when: 'before',
      says: 'put back pending (row 13), and it covers row 12 (success), which came in meanwhile' },
    { around: 'two rows below', lines: ['R1 umbrella running', 'R1 umbrella failure'], when: 'before',
      says: 'put back pending (row 14), and it covers row 13 (failure), which came in meanwhile' },
    { around: 'a row of another context', lines: ['R1 Test success'], when: 'before', says: 'put back pending (row 13)' },
    { around: 'a row above', lines: ['R1 umbrella success'], when: 'after', says: 'put back pending (row 12), row 13 stands above it' },
  ] as const)('withdrawn, and $around its row in that moment', async ({ lines, when, says }) => {
    const { outcome } = await act({}, fake => {
      fake.before('post', 1, () => { fake.write('R1 umbrella running') })
      fake[when]('post', 2, () => { for (const line of lines) fake.write(line) })
    })
    expect(outcome.code).toBe('withdrawn')
    expect(outcome.detail.slice(-says.length)).toBe(says)
  })

  it('looks, writes once, looks back, in this order', async () => {
    const { fake } = await act({}, () => undefined)
    const calls: Call[] = ['latestRows', 'history', 'pull', 'latestRows', 'history', 'post', 'history', 'latestRows']
    expect(fake.calls).toEqual(calls)
  })

  it('what is posted names who, why, the red row and the run', async () => {
    const { fake, outcome } = await act({}, () => undefined)
    const row = fake.rows().at(-1)
    expect(row).toMatchObject({ context: UMBRELLA, state: 'success', targetUrl: 'https://git.example.org/run' })
    expect(row?.description).toMatch(/^umbrella-reaper run 812: 2\/2 required green in run 1 /)
    expect(readMark(row?.description ?? '')).toEqual({ kind: 'green', red: 9, run: 1, nonce: 'ab12cd' })
    expect(outcome.posted?.description).toBe(row?.description)
  })

  it('a withdrawal names what it withdraws', async () => {
    const { fake } = await act({}, fake_ => { fake_.before('post', 1, () => { fake_.write('R1 umbrella running') }) })
    expect(readMark(fake.rows().at(-1)?.description ?? '')).toEqual({ kind: 'undo', red: 9, run: 1, nonce: 'ab12cd' })
  })

  it('no-right: says the command a person can run', async () => {
    const { outcome } = await act({}, fake => { fake.before('post', 1, fails('forbidden')) })
    expect(outcome.command).toContain(`/repos/o/r/statuses/${SHA}`)
  })

  it('failed: a success that could not be taken back comes with the command to do so', async () => {
    const { outcome } = await act({}, fake => {
      fake.before('post', 1, () => { fake.write('R1 umbrella running') })
      fake.before('post', 2, fails('server-error'))
    })
    expect(outcome.command).toContain('"state":"pending"')
  })

  it('unconfirmed: two latest rows end all posts of the sweep', async () => {
    expect((await act({ keyedByWorkflow: true }, () => undefined)).outcome.postsCannotWin).toBe(true)
    expect((await act({}, () => undefined)).outcome.postsCannotWin).toBe(false)
  })

  it('compensated: says what else of the gate blocks', async () => {
    const { outcome } = await act({ rows: ['@bot chat/bot failure', 'R9 Ops / Check (pull_request) running', ...STALE] }, () => undefined)
    expect(outcome.gate).toEqual([{ context: 'CI / Ops / Check (pull_request)'.slice(5), state: 'pending' },
      { context: 'chat/bot', state: 'failure' }])
  })

  it('a bug of ours is no trouble of the forge', async () => {
    await expect(act({}, fake => { fake.before('post', 1, () => { throw new TypeError('a bug') }) })).rejects.toThrow('a bug')
  })
})

describe('the next sweep', () => {
  async function next(lines: readonly string[], meanwhile: (fake: FakeForge) => void = () => undefined, start: FakeStart = {}) {
    const fake = openFake({ ...start, rows: lines })
    const bench = benchOf(fake)
    const { evidence } = await look(bench, start)
    if (closingOf(bench.policy, [], evidence) === null) return { fake, outcome: null }
    meanwhile(fake)
    return { fake, outcome: await takeBack(bench, evidence) }
  }
  const GREEN = [...STALE, 'us green 9 1 aaaa']

  const cases = [
    { rule: 'a green that still holds is left', lines: GREEN, written: [] },
    { rule: 'a required job failed since: the red that stood is put back', lines: [...GREEN, 'R1 Test running', 'R1 Test failure'],
      written: ['undo: failure'] },
    { rule: 'a required job is going again: pending', lines: [...GREEN, 'R1 Test waiting'], written: ['undo: pending'] },
    { rule: 'a required job was cancelled since', lines: [...GREEN, 'R1 Test running', 'R1 Test cancelled'], written: ['undo: failure'] },
    { rule: 'a sweep died before it looked back: what came in between is put back',
      lines: [...STALE, 'R1 umbrella running', 'us green 9 1 aaaa'], written: ['undo: pending'] },
    { rule: 'and that may be a person\'s veto', lines: [...STALE, '@alice umbrella failure', 'us green 9 1 aaaa'],
      written: ['undo: failure'] },
    { rule: 'Actions\' own success in between is no reason', lines: [...STALE, 'R1 umbrella success', 'us green 9 1 aaaa'], written: [] },
    { rule: 'a required job that is gone is no reason', lines: GREEN.filter(line => !line.includes('Test')), written: [] },
    { rule: 'an unlisted job that fails is no reason', lines: [...GREEN, 'R1 Docs failure'], written: [] },
    { rule: 'a skipped job is no reason', lines: [...GREEN, 'R1 Test running', 'R1 Test skipped'], written: [] },
    { rule: 'a pending of ours over a red row is red again when nothing is going',
      lines: [...GREEN, 'R1 Test running', 'R1 Test failure', '@alice umbrella error', 'us undo 9 1 aaaa pending'], written: ['undo: error'] },
    { rule: 'over another tool\'s green it is red when a required job failed',
      lines: [...GREEN, 'R1 Test running', 'R1 Test failure', '@alice umbrella success', 'us undo 9 1 aaaa pending'], written: ['undo: failure'] },
    { rule: 'over any row it is left while a required job is going',
      lines: [...GREEN, '@alice umbrella success', 'us undo 9 1 aaaa pending', 'R1 Test waiting'], written: [] },
    { rule: 'over a red row it is left while a required job is going',
      lines: [...GREEN, '@alice umbrella failure', 'us undo 9 1 aaaa pending', 'R1 Test waiting'], written: [] },
    { rule: 'over another tool\'s green it is left when nothing speaks against it',
      lines: [...GREEN, '@alice umbrella success', 'us undo 9 1 aaaa pending'], written: [] },
    { rule: 'a red of ours is not withdrawn', lines: [...GREEN, 'us undo 9 1 aaaa failure', 'R1 Test failure'], written: [] },
  ]
  const keep = keptIn(outcomes('take-back'), cases.map(({ rule }) => rule))
  it.each(cases)('$rule', async ({ rule, lines, written }) => {
    const { fake, outcome } = await next(lines)
    expect(fake.written()).toEqual(written)
    keep(rule, outcome)
  })

  it('changed-meanwhile: nothing is taken back when ours is no longer what stands', async () => {
    const { fake, outcome } = await next([...GREEN, 'R1 Test waiting'], made => { made.write('R1 umbrella blocked') })
    expect([outcome?.code, fake.written()]).toEqual(['changed-meanwhile', ['other: pending']])
  })

  it('changed-meanwhile: nothing is taken back when all is green again', async () => {
    const { fake, outcome } = await next([...GREEN, 'R1 Test waiting'], made => { made.write('R1 Test success') })
    expect([outcome?.code, fake.written()]).toEqual(['changed-meanwhile', ['other: success']])
  })

  it('a withdrawn head is judged anew, and repaired again when it is stale again', async () => {
    const fake = openFake({ rows: [...GREEN, 'us undo 9 1 aaaa pending'] })
    const bench = benchOf(fake)
    expect((await carryOut(fake, await look(bench, {}), bench)).code).toBe('compensated')
  })
})
