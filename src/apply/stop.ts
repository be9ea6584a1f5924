import type { Outcome } from '../core/plan/outcome.js'
import type { RerunWrite, Write } from '../core/plan/remedy.js'
import type { Forge } from '../forge/port.js'
import { ForgeError } from '../forge/port.js'

/**
 * A sweep that may be told to stop, by a signal. From then on nothing new is begun, neither a write
 * nor a read; but what belongs to a write that was sent goes on to its end: the look back, and
 * taking it back.
 */
export class Stop {
  private readonly asked: () => string | null
  private underWay = false
  /** What the server said when it limited a write: no other one is sent then. */
  private limit: string | null = null

  /** `asked` names the signal; `null` as long as there was none. */
  constructor(asked: () => string | null) {
    this.asked = asked
  }

  /** Why no write may be begun, or `null`. */
  readonly why = (): string | null => {
    const signal = this.asked()
    return signal === null ? null : `the sweep was told to stop (${signal})`
  }

  /** Why no request may be sent, or `null`. */
  readonly silence = (): string | null => (this.underWay ? null : this.why())

  /** What belongs to a write that was sent: its requests are sent whatever is asked. */
  async finish<T>(work: () => Promise<T>): Promise<T> {
    this.underWay = true
    try {
      return await work()
    } finally {
      this.underWay = false
    }
  }

  /** Carries out one write and what belongs to it; a head that was not written is held. */
  async write<End>(
    { forge, umbrella, sha, note }: Writing,
    work: (forge: Forge) => Promise<End>,
  ): Promise<End | Outcome> {
    const sent = { any: false }
    const begin = (what: string): void => {
      const why = this.why()
      if (why !== null && !sent.any) throw new ForgeError('out-of-time', why)
      sent.any = true
      this.underWay = true
      note(`${what}, "${umbrella}" on ${sha.slice(0, 10)}`)
    }
    const guarded: Forge = {
      ...forge,
      write: async write => {
        begin(describe(write))
        return this.limited(() => forge.write(write))
      },
      rerun: async write => {
        begin(describe(write))
        return this.limited(() => forge.rerun(write))
      },
    }
    try {
      const end = await work(guarded)
      return sent.any ? end : (this.held() ?? end)
    } finally {
      this.underWay = false
    }
  }

  /** A write that meets a limit is the last one: whoever goes on is limited for longer. */
  private async limited<Written>(send: () => Promise<Written>): Promise<Written> {
    try {
      return await send()
    } catch (error) {
      if (error instanceof ForgeError && error.code === 'rate-limited') this.limit = error.message
      throw error
    }
  }

  /** What becomes of a head that was not written yet, or `null` while it may be written. */
  held(): (Outcome & { readonly code: 'held' }) | null {
    const limit = this.limit === null ? null : `not tried: the server limits writes (${this.limit})`
    const why = this.why() ?? limit
    return why === null ? null : { code: 'held', detail: `${why}; the next sweep goes on` }
  }
}

/** What is written, where, and who is told beforehand: a log that is cut off there tells it. */
interface Writing {
  readonly forge: Forge
  readonly umbrella: string
  readonly sha: string
  readonly note: (line: string) => void
}

/** A write as it is told before it is sent. */
function describe(write: Write): string {
  if (write.kind === 'status') return `about to write: ${write.post.state}`
  const { run, job, wholeRun }: RerunWrite = write
  return `about to run again: ${wholeRun ? `run ${run}` : `job ${job} of run ${run}`}`
}
