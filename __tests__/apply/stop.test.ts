import { describe, expect, it } from '@jest/globals'
import { Stop } from '../../src/apply/stop.js'
import { asJobId, asRunId } from '../../src/core/model/ids.js'
import type { RerunWrite, StatusWrite } from '../../src/core/plan/remedy.js'
import type { ForgeErrorCode } from '../../src/forge/port.js'
import { benchOf, fails } from '../support/acting.js'
import { SHA, UMBRELLA } from '../support/builders.js'
import type { FakeForge } from '../support/fake-forge.js'
import { openFake } from '../support/fake-forge.js'

const SIGNAL = 'the sweep was told to stop (SIGTERM)'

const status = (state: 'success' | 'pending'): StatusWrite => ({
  kind: 'status',
  post: { sha: SHA, context: UMBRELLA, state, description: 'words', targetUrl: '' },
})
const job: RerunWrite = { kind: 'rerun', run: asRunId(31), job: asJobId(104), wholeRun: false }

/** A sweep that nobody has told to stop yet, on a server in memory. */
function sweeping() {
  const fake: FakeForge = openFake({ version: '1.26.4', grade: 'jobs' })
  let signal: string | null = null
  const notes: string[] = []
  const stop = new Stop(() => signal)
  const writing = {
    forge: benchOf(fake).forge,
    umbrella: UMBRELLA,
    sha: SHA,
    note: (line: string): void => {
      notes.push(line)
    },
  }
  const signalled = (): void => {
    signal = 'SIGTERM'
  }
  return { fake, stop, writing, notes, signalled }
}

describe('what is told before a write is sent', () => {
  it.each<{ readonly write: StatusWrite | RerunWrite; readonly says: string }>([
    { write: status('success'), says: 'about to write: success' },
    { write: status('pending'), says: 'about to write: pending' },
    { write: job, says: 'about to run again: job 104 of run 31' },
    { write: { ...job, wholeRun: true }, says: 'about to run again: run 31' },
  ])('$says', async ({ write, says }) => {
    const { fake, stop, writing, notes } = sweeping()
    await stop.write(writing, async forge => {
      await (write.kind === 'status' ? forge.write(write) : forge.rerun(write))
      return notes.length
    })
    expect(notes).toEqual([`${says}, "${UMBRELLA}" on aaaaaaaaaa`])
    expect(fake.calls).toEqual([write.kind === 'status' ? 'post' : 'rerun'])
  })
})

describe('a sweep that is told to stop', () => {
  it('sends no request from then on, and says why', () => {
    const { stop, signalled } = sweeping()
    expect([stop.why(), stop.silence(), stop.held()]).toEqual([null, null, null])
    signalled()
    expect([stop.why(), stop.silence()]).toEqual([SIGNAL, SIGNAL])
    expect(stop.held()).toEqual({ code: 'held', detail: `${SIGNAL}; the next sweep goes on` })
  })

  it('before its write: nothing is sent or told, and the head is held', async () => {
    const { fake, stop, writing, notes, signalled } = sweeping()
    signalled()
    const end = await stop.write(writing, async forge => {
      await forge.write(status('success')).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'out-of-time', message: SIGNAL })
      })
      return 'not written'
    })
    expect(end).toEqual({ code: 'held', detail: `${SIGNAL}; the next sweep goes on` })
    expect([fake.calls, notes]).toEqual([[], []])
  })

  it('while its write is looked back at: all that belongs to it is sent', async () => {
    const { fake, stop, writing, signalled } = sweeping()
    const silent: (string | null)[] = []
    const end = await stop.write(writing, async forge => {
      await forge.write(status('success'))
      signalled()
      silent.push(stop.silence())
      await forge.write(status('pending'))
      silent.push(stop.silence())
      return 'withdrawn'
    })
    expect([end, fake.calls, silent]).toEqual(['withdrawn', ['post', 'post'], [null, null]])
    expect(stop.silence()).toBe(SIGNAL)
  })

  it('behind a write: its end is waited for, and then nothing is sent', async () => {
    const { stop, signalled } = sweeping()
    signalled()
    expect(await stop.finish(() => Promise.resolve(stop.silence()))).toBeNull()
    expect(stop.silence()).toBe(SIGNAL)
  })

  it('a wait that breaks off ends as well', async () => {
    const { stop, signalled } = sweeping()
    signalled()
    const broken = stop.finish(() => Promise.reject(new TypeError('a bug')))
    await expect(broken).rejects.toThrow('a bug')
    expect(stop.silence()).toBe(SIGNAL)
  })
})

describe('a write that fails', () => {
  const held = 'not tried: the server limits writes (the server said rate-limited)'

  it.each<{ readonly code: ForgeErrorCode; readonly next: string | null }>([
    { code: 'rate-limited', next: `${held}; the next sweep goes on` },
    { code: 'rejected', next: null },
    { code: 'timeout', next: null },
  ])('by $code: what becomes of the next head', async ({ code, next }) => {
    const { fake, stop, writing } = sweeping()
    fake.before('post', 1, fails(code))
    const end = await stop.write(writing, async forge => {
      await expect(forge.write(status('success'))).rejects.toMatchObject({ code })
      return 'failed'
    })
    expect(end).toBe('failed')
    expect(stop.held()?.detail ?? null).toBe(next)
  })
})
