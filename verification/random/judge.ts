import type { SweepReport } from '../../src/report/report.js'
import type { Pull, Run } from '../simulator/index.js'
import { contextOf } from '../simulator/job-status.js'
import { jobsOf } from '../simulator/run-state.js'
import type { BlindSpot } from './blind.js'
import { blindSpotOf } from './blind.js'
import type { Request } from './network.js'
import { featuresOf } from './scene.js'
import type { Flaw } from './truth.js'
import { flawsOf, isChosen, runsOn, tellsPulls } from './truth.js'
import type { Violation } from './violation.js'
import type { World } from './world.js'

/** How the open pulls stood just before something happened during a sweep. */
interface Moment {
  /** By number: the commit where a pull stood, and whether a success on it was right. */
  readonly pulls: ReadonlyMap<number, { readonly head: string; readonly right: boolean }>
}

/** A success that was wrong when it was written, though not all the time since the last look. */
interface Late {
  readonly sweep: number
  readonly pull: number
  readonly sha: string
  readonly row: number
  /** How many moments there were when it was written. */
  readonly moment: number
}

interface Rerun {
  readonly run: Run
  readonly job: string
  readonly sha: string
  readonly wrong: readonly [Readonly<Pull>, readonly Flaw[]][]
}

/** One write that a sweep sent. */
interface Sent {
  readonly sha: string
  readonly what: string
}

const STATUS = /\/statuses\/([0-9a-f]{40})$/
const RERUN = /\/actions\/runs\/(\d+)\/(?:jobs\/(\d+)\/)?rerun/

/** Judges every write by the server's own jobs and runs. */
export class Judge {
  readonly violations: Violation[] = []
  readonly spots = new Map<BlindSpot, number>()
  writes = 0
  private readonly moments: Moment[] = []
  /** By sweep: the moments there were when it listed the pulls last. */
  private readonly listed = new Map<number, number>()
  private readonly late: Late[] = []
  private readonly reruns: Rerun[] = []
  private readonly sent = new Map<number, Sent[]>()

  private readonly world: World
  private readonly isDry: () => boolean

  constructor(world: World, isDry: () => boolean) {
    this.world = world
    this.isDry = isDry
  }

  private count(spot: BlindSpot): void {
    this.spots.set(spot, (this.spots.get(spot) ?? 0) + 1)
  }

  private accuse(
    law: Violation['law'],
    detail: string,
    about: Pick<Partial<Violation>, 'pull' | 'flaws'> = {},
  ): void {
    const { pull: number = null, flaws = [] } = about
    const pull = this.world.pulls.find(one => one.number === number)
    const features = pull === undefined ? [] : featuresOf(this.world, pull, flaws)
    this.violations.push({ law, detail, pull: number, flaws, features })
  }

  /** What is wrong with an open gate of a pull that a client could have seen. */
  private visibleFlaws(pull: Readonly<Pull>, umbrella: string): readonly Flaw[] {
    const flaws = flawsOf(this.world, pull, umbrella)
    return flaws.filter(flaw => blindSpotOf(this.world, pull, flaw) === null)
  }

  /** Something is about to happen to the server during a sweep. */
  momentPasses(): void {
    const { world } = this
    const pulls = world.open.map(pull => {
      const right = this.visibleFlaws(pull, world.umbrella).length === 0
      return [pull.number, { head: world.forge.head(pull.number), right }] as const
    })
    this.moments.push({ pulls: new Map(pulls) })
  }

  /** Was a success on this commit right for a pull at any time since the sweep listed the pulls? */
  private wasRight(sweep: number, pull: number, sha: string): boolean {
    return this.moments.slice(this.listed.get(sweep) ?? 0).some(({ pulls }) => {
      const then = pulls.get(pull)
      return then === undefined || then.head !== sha || then.right
    })
  }

  asked({ sweep, method, path }: Request): void {
    if (method === 'GET' && path.endsWith('/pulls')) this.listed.set(sweep, this.moments.length)
    if (method !== 'POST') return
    const run = this.world.state.runs.find(({ id }) => `${id}` === RERUN.exec(path)?.[1])
    const sha = STATUS.exec(path)?.[1] ?? run?.statusSha ?? ''
    const sent = this.sent.get(sweep) ?? []
    this.sent.set(sweep, [...sent, { sha, what: path }])
    if (this.isDry()) this.accuse('write in a dry run', `POST ${path}`)
  }

  /** A request of a sweep took effect. */
  took(request: Request, status: number): void {
    if (request.method !== 'POST' || status >= 300) return
    this.writes += 1
    const sha = STATUS.exec(request.path)?.[1]
    const [, run, job] = RERUN.exec(request.path) ?? []
    if (sha !== undefined) this.posted(request.sweep, sha)
    else if (run !== undefined) this.ranAgain(request, run, job)
  }

  private posted(sweep: number, sha: string): void {
    const { world } = this
    const row = world.state.rows[sha]?.at(-1)
    if (row === undefined) return
    world.ours.push({ sha, index: row.index, sweep })
    if (row.state !== 'success') return
    for (const pull of world.open.filter(({ number }) => world.forge.head(number) === sha)) {
      this.judgeSuccess(sweep, pull, { sha, row: row.index, context: row.context })
    }
  }

  private judgeSuccess(
    sweep: number,
    pull: Readonly<Pull>,
    { sha, row, context }: { sha: string; row: number; context: string },
  ): void {
    const all = flawsOf(this.world, pull, context)
    const flaws = this.visibleFlaws(pull, context)
    if (flaws.length > 0) {
      const moment = this.moments.length
      if (this.wasRight(sweep, pull.number, sha))
        this.late.push({ sweep, pull: pull.number, sha, row, moment })
      else
        this.accuse('false success', `row ${row} on ${sha.slice(0, 8)}`, {
          ...{ pull: pull.number, flaws },
        })
      return
    }
    const [first] = all
    if (first !== undefined) this.count(blindSpotOf(this.world, pull, first) ?? 'post-window')
    else if (this.isWithoutRun(pull, sha, context)) this.count('no-own-run')
  }

  private isWithoutRun(pull: Readonly<Pull>, sha: string, context: string): boolean {
    if (tellsPulls(this.world)) return false
    return !runsOn(this.world, sha, context).some(run => run.pull === pull.number)
  }

  private ranAgain({ sweep, path }: Request, runId: string, jobId: string | undefined): void {
    const { world } = this
    const run = world.state.runs.find(({ id }) => `${id}` === runId)
    if (run === undefined) return
    world.rerun.add(run.id)
    const job = world.state.jobs.find(({ id }) => `${id}` === jobId)
    const context = job === undefined ? '' : contextOf(world.state, run, job)
    if (!isChosen(world, context)) {
      this.accuse('wrong job run again', `${path}: ${context === '' ? 'a whole run' : context}`)
      return
    }
    const sha = run.statusSha
    const pulls = world.open.filter(({ number }) => world.forge.head(number) === sha)
    const newest = runsOn(world, sha, context).findLast(({ pull }) => pull === run.pull)
    if (newest !== run && !pulls.some(({ number }) => this.wasRight(sweep, number, sha)))
      this.accuse('wrong job run again', `${path}: run ${newest?.index ?? '?'} is newer`)
    const wrong = pulls.flatMap((pull): Rerun['wrong'] => {
      const flaws = this.visibleFlaws(pull, context).filter(({ code }) => code !== 'umbrella-red')
      if (flaws.length === 0 || this.wasRight(sweep, pull.number, sha)) return []
      return [[pull, flaws]]
    })
    this.reruns.push({ run, job: job?.key ?? '', sha, wrong })
  }

  /** A sweep has ended: was every write told, and what came too late taken back? */
  ended(sweep: number, report: SweepReport | null): void {
    for (const { sha, what } of this.sent.get(sweep) ?? []) {
      const told = report?.pulls.some(
        pull =>
          pull.head === sha &&
          pull.outcome !== 'none' &&
          pull.outcome !== 'held' &&
          pull.outcome !== 'dry-run',
      )
      if (told !== true) this.accuse('untold write', what)
    }
    for (const late of this.late.filter(one => one.sweep === sweep)) this.judgeLate(late)
    for (const rerun of this.reruns.splice(0)) this.judgeRerun(rerun)
  }

  private judgeLate({ pull: number, sha, row, moment }: Late): void {
    const pull = this.world.open.find(one => one.number === number)
    const context = this.world.state.rows[sha]?.find(({ index }) => index === row)?.context ?? ''
    const stands = this.world.latest(sha, context).some(({ index }) => index === row)
    const flaws = pull === undefined ? [] : this.visibleFlaws(pull, context)
    const isHere = this.world.forge.head(number) === sha
    if (stands && isHere && flaws.length > 0 && this.moments.length === moment)
      this.accuse('not taken back', `row ${row}`, { pull: number, flaws })
    else this.count('post-window')
  }

  private judgeRerun({ run, job: key, wrong }: Rerun): void {
    const ended = jobsOf(this.world.state, run).find(job => job.key === key)
    if (ended?.status !== 'success') return
    for (const [pull, flaws] of wrong)
      this.accuse('false re-run', `run ${run.index}`, { pull: pull.number, flaws })
  }

  /** Nothing has happened during the last sweep: no success of ours may stand that is wrong. */
  rests(): void {
    const { world } = this
    for (const pull of world.open) {
      const sha = world.forge.head(pull.number)
      const standing = world
        .latest(sha, world.umbrella)
        .find(row => row.state === 'success' && world.isOurs(sha, row))
      if (standing === undefined) continue
      const flaws = this.visibleFlaws(pull, standing.context)
      if (flaws.length > 0)
        this.accuse('false success stands', `row ${standing.index}`, {
          ...{ pull: pull.number, flaws },
        })
    }
  }
}
