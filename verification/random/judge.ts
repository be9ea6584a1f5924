import type { SweepReport } from '../../src/sweep/report/report.js'
import type { BlindSpot } from './blind.js'
import type { Request } from './network.js'
import type { Violation } from './violation.js'

/** An open pull request and the commit on which it stands. */
export interface Standing {
  readonly number: number
  readonly head: string
}

/** A success that a sweep wrote. */
export interface Success {
  readonly sha: string
  readonly row: number
  readonly context: string
}

/** A re-run that a sweep asked for. */
export interface Rerun {
  readonly sha: string
  readonly what: string
  /** What is wrong with the choice of the job itself, whatever its pulls are like. */
  readonly fault: string | null
  readonly run: number
  /** The newest run of the same pull that writes the umbrella. */
  readonly newest: number
  /** Has the umbrella ended green? `null` while it is open. */
  readonly isGreen: () => boolean | null
}

/** What the truth has against a success on a pull. */
export interface Look {
  /** What a client of this server could have seen. */
  readonly flaws: readonly string[]
  /** The same without what only the umbrella's own end says. */
  readonly ofJobs: readonly string[]
  readonly features: readonly string[]
  /** The blind spot in which the rest lies; `null` where there is none. */
  readonly spot: BlindSpot | null
}

/** What a judge asks of one server: its own jobs and runs, and no rule of ours. */
export interface Scene {
  readonly umbrella: string
  readonly open: () => readonly Standing[]
  readonly look: (pull: number, context: string) => Look
  /** The newest run of a pull that writes the umbrella; `null` where each counts for itself. */
  readonly newest: (pull: number) => number | null
  readonly listsPulls: (request: Request) => boolean
  /** The commit that a request writes to; `null`: it only reads. */
  readonly writesTo: (request: Request) => string | null
  /** The success that a write has left; called once for each. */
  readonly posted: (request: Request) => Success | null
  readonly reran: (request: Request) => Rerun | null
  /** The success of ours that stands on a commit. */
  readonly standing: (sha: string) => Success | null
}

/** How the open pulls stood just before something happened during a sweep. */
interface StoodThen {
  readonly head: string
  readonly right: boolean
  /** The same but for what only the umbrella's own end says. */
  readonly jobsRight: boolean
  readonly newest: number | null
}
type Moment = ReadonlyMap<number, StoodThen>

/** A success that was wrong when it was written, though not all the time since the last look. */
interface Late {
  readonly sweep: number
  readonly pull: number
  readonly success: Success
  /** How many moments there were when it was written. */
  readonly moment: number
}

interface Awaited {
  readonly rerun: Rerun
  /** Wrong all the time since the pulls were listed. */
  readonly wrong: readonly (readonly [number, Look])[]
}

/** Outcomes that tell of no write. */
const NO_WRITE: readonly string[] = ['none', 'held', 'dry-run']

/** Judges every write by the server's own jobs and runs. */
export class Judge {
  readonly violations: Violation[] = []
  readonly spots = new Map<BlindSpot, number>()
  writes = 0
  private readonly moments: Moment[] = []
  /** By sweep: the moments there were when it listed the pulls last. */
  private readonly listed = new Map<number, number>()
  private readonly late: Late[] = []
  private reruns: Awaited[] = []
  private readonly sent = new Map<number, { readonly sha: string; readonly what: string }[]>()
  private readonly scene: Scene
  private readonly isDry: () => boolean

  constructor(scene: Scene, isDry: () => boolean) {
    this.scene = scene
    this.isDry = isDry
  }

  private count(spot: BlindSpot): void {
    this.spots.set(spot, (this.spots.get(spot) ?? 0) + 1)
  }

  private accuse(
    law: Violation['law'],
    detail: string,
    { pull = null, flaws = [], features = [] }: Partial<Violation> = {},
  ): void {
    this.violations.push({ law, detail, pull, flaws, features })
  }

  private pullsOn(sha: string): readonly Standing[] {
    return this.scene.open().filter(({ head }) => head === sha)
  }

  /** Something is about to happen to the server during a sweep. */
  momentPasses(): void {
    const { umbrella } = this.scene
    const pulls = this.scene.open().map(({ number, head }) => {
      const { flaws, ofJobs } = this.scene.look(number, umbrella)
      const [right, jobsRight] = [flaws.length === 0, ofJobs.length === 0]
      return [number, { head, right, jobsRight, newest: this.scene.newest(number) }] as const
    })
    this.moments.push(new Map(pulls))
  }

  /** Did a pull stand so on this commit at any time since the sweep listed the pulls? */
  private stood(
    sweep: number,
    { number, head }: Standing,
    fits: (then: StoodThen) => boolean,
  ): boolean {
    return this.moments.slice(this.listed.get(sweep) ?? 0).some(moment => {
      const then = moment.get(number)
      return then === undefined || then.head !== head || fits(then)
    })
  }

  asked(request: Request): void {
    const { sweep, path } = request
    if (this.scene.listsPulls(request)) this.listed.set(sweep, this.moments.length)
    const sha = this.scene.writesTo(request)
    if (sha === null) return
    this.sent.set(sweep, [...(this.sent.get(sweep) ?? []), { sha, what: path }])
    if (this.isDry()) this.accuse('write in a dry run', `POST ${path}`)
  }

  /** A request of a sweep took effect. */
  took(request: Request, status: number): void {
    if (status >= 300 || this.scene.writesTo(request) === null) return
    this.writes += 1
    const { sweep } = request
    const success = this.scene.posted(request)
    if (success !== null)
      for (const { number } of this.pullsOn(success.sha)) this.judgeSuccess(sweep, number, success)
    const rerun = this.scene.reran(request)
    if (rerun !== null) this.judgeChoice(sweep, rerun)
  }

  private judgeSuccess(sweep: number, pull: number, success: Success): void {
    const { sha, row, context } = success
    const look = this.scene.look(pull, context)
    if (look.flaws.length === 0) {
      if (look.spot !== null) this.count(look.spot)
    } else if (this.stood(sweep, { number: pull, head: sha }, ({ right }) => right))
      this.late.push({ sweep, pull, success, moment: this.moments.length })
    else this.accuse('false success', `row ${row} on ${sha.slice(0, 8)}`, { ...look, pull })
  }

  /** A re-run says what the umbrella says: what it stands for must have been green before. */
  private judgeChoice(sweep: number, rerun: Rerun): void {
    const { sha, what, fault, run, newest } = rerun
    const pulls = this.pullsOn(sha)
    const wasNewest = (then: StoodThen): boolean => then.newest === run
    // On a commit on which no pull request stands any more it opens no gate.
    const isOlder = newest !== run && pulls.length > 0
    if (fault !== null) this.accuse('wrong job run again', `${what}: ${fault}`)
    else if (isOlder && !pulls.some(pull => this.stood(sweep, pull, wasNewest)))
      this.accuse('wrong job run again', `${what}: there is a newer run`)
    const wrong = pulls.flatMap(pull => {
      const look = this.scene.look(pull.number, this.scene.umbrella)
      const isFalse = look.ofJobs.length > 0 && !this.stood(sweep, pull, then => then.jobsRight)
      return isFalse ? [[pull.number, look] as const] : []
    })
    this.reruns.push({ rerun, wrong })
  }

  /** A sweep has ended: was every write told, and what came too late taken back? */
  ended(sweep: number, report: SweepReport | null): void {
    for (const { sha, what } of this.sent.get(sweep) ?? []) {
      const told = report?.pulls.some(
        ({ head, outcome }) => head === sha && !NO_WRITE.includes(outcome),
      )
      if (told !== true) this.accuse('untold write', what)
    }
    for (const late of this.late.filter(one => one.sweep === sweep)) this.judgeLate(late)
    this.judgeReruns()
  }

  private judgeLate({ pull, success, moment }: Late): void {
    const { sha, row, context } = success
    const isHere = this.pullsOn(sha).some(({ number }) => number === pull)
    const look = isHere ? this.scene.look(pull, context) : null
    const stands = this.scene.standing(sha)?.row === row
    if (stands && look !== null && look.flaws.length > 0 && this.moments.length === moment)
      this.accuse('not taken back', `row ${row}`, { ...look, pull })
    else this.count('post-window')
  }

  /** A re-run writes what its job says: only one that ended green can have opened a gate. */
  private judgeReruns(): void {
    const over = this.reruns.filter(({ rerun }) => rerun.isGreen() !== null)
    this.reruns = this.reruns.filter(one => !over.includes(one))
    for (const { rerun, wrong } of over.filter(one => one.rerun.isGreen() === true)) {
      for (const [pull, look] of wrong)
        this.accuse('false re-run', rerun.what, { ...look, flaws: look.ofJobs, pull })
      const now = this.pullsOn(rerun.sha).flatMap(
        ({ number }) => this.scene.look(number, this.scene.umbrella).ofJobs,
      )
      if (wrong.length === 0 && now.length > 0) this.count('rerun-window')
    }
  }

  /** Nothing has happened during the last sweep: no success of ours may stand that is wrong. */
  rests(): void {
    this.judgeReruns()
    for (const { number: pull, head } of this.scene.open()) {
      const standing = this.scene.standing(head)
      if (standing === null) continue
      const look = this.scene.look(pull, standing.context)
      if (look.flaws.length > 0)
        this.accuse('false success stands', `row ${standing.row}`, { ...look, pull })
    }
  }
}
