import type { SweepReport } from '../../src/sweep/report/report.js'
import type { BlindSpot } from './blind.js'
import type { Look, Rerun, Scene, Standing, Success } from './asked.js'
import type { Request } from './server.js'
import type { End } from './telling.js'
import { Telling } from './telling.js'
import type { Violation } from './violation.js'

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

/** Outcomes after which a success that is wrong may stand until the next sweep, and says so. */
const NOT_SEEN: readonly string[] = ['unconfirmed', 'failed']

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
  private readonly telling = new Telling((law, detail, more) => {
    this.accuse(law, detail, more)
  })
  private readonly scene: Scene
  private readonly isDry: () => boolean

  constructor(scene: Scene, isDry: () => boolean) {
    this.scene = scene
    this.isDry = isDry
  }

  private count(spot: BlindSpot): void {
    this.spots.set(spot, (this.spots.get(spot) ?? 0) + 1)
  }

  accuse(
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
    this.telling.sends(sweep, sha, path)
    if (this.isDry()) this.accuse('write in a dry run', `POST ${path}`)
  }

  /** A request of a sweep took effect. */
  took(request: Request, status: number): void {
    if (status >= 300 || this.scene.writesTo(request) === null) return
    this.writes += 1
    const { sweep } = request
    const success = this.scene.posted(request)
    const rerun = this.scene.reran(request)
    const kind = success !== null ? 'success' : rerun !== null ? 'rerun' : 'withdrawal'
    const sha = this.scene.writesTo(request) ?? ''
    this.telling.lands({ sweep, kind, sha, row: success?.row ?? null })
    if (rerun !== null) this.judgeChoice(sweep, rerun)
    if (success === null) return
    for (const { number } of this.pullsOn(success.sha)) this.judgeSuccess(sweep, number, success)
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
  ended(sweep: number, report: SweepReport | null, end: End | null = null): void {
    if (end?.killed === true) this.telling.killed(sweep)
    else this.telling.ended(sweep, report, end)
    const late = this.late.filter(one => one.sweep === sweep)
    for (const one of late) this.judgeLate(one, this.isDoubted(one, report))
    this.judgeReruns()
  }

  /** Does a report say that a success may stand unseen, or is there none? */
  private isDoubted({ success }: Late, report: SweepReport | null): boolean {
    const told = report?.pulls.find(({ head }) => head === success.sha)
    return told === undefined || NOT_SEEN.includes(told.outcome)
  }

  private judgeLate({ pull, success, moment }: Late, isDoubted: boolean): void {
    const { sha, row, context } = success
    const isHere = this.pullsOn(sha).some(({ number }) => number === pull)
    const look = isHere ? this.scene.look(pull, context) : null
    const stands = this.scene.standing(sha)?.row === row
    const isWrong = look !== null && look.flaws.length > 0
    if (stands && isWrong && !isDoubted && this.moments.length === moment)
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

  /**
   * Nothing has happened during the last sweep: no success of ours may stand that is wrong, or of
   * which nobody was told.
   */
  rests(report: SweepReport | null = null): void {
    this.judgeReruns()
    this.telling.rests(report, sha =>
      this.pullsOn(sha).length === 0 ? null : (this.scene.standing(sha)?.row ?? null),
    )
    for (const { number: pull, head } of this.scene.open()) {
      const standing = this.scene.standing(head)
      if (standing === null) continue
      const look = this.scene.look(pull, standing.context)
      if (look.flaws.length > 0)
        this.accuse('false success stands', `row ${standing.row}`, { ...look, pull })
    }
  }
}
