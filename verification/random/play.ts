import { loadUmbrellaWork } from '../../src/forge/umbrella-work.js'
import { readYaml } from '../../src/workflow/yaml.js'
import { Chance } from './chance.js'
import type { BlindSpot } from './blind.js'
import { Judge } from './judge.js'
import type { Fault } from './fault.js'
import { behaviourOf } from './behaviour.js'
import type { Between, Request } from './server.js'
import type { Round, Script, Step } from './script.js'
import { namesOf, ORDINARY } from './script.js'
import { githubStage } from './github-stage.js'
import { giteaStage } from './gitea-stage.js'
import type { Stage } from './stage.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { Told } from './sweep.js'
import { inMemory } from './in-memory.js'
import type { Play } from './in-memory.js'
import type { Violation } from './violation.js'

/** What a script came to. */
export interface Played {
  readonly violations: readonly Violation[]
  readonly spots: ReadonlyMap<BlindSpot, number>
  readonly sweeps: number
  /** Those of them that were not left in peace. */
  readonly disturbed: number
  readonly requests: number
  readonly writes: number
  /** What happened, one line each. */
  readonly story: readonly string[]
  /** What each round met, by the names of its faults. */
  readonly met: readonly Met[]
}

/** One round: its faults that met a request, and what came of it. */
export interface Met {
  readonly names: readonly string[]
  readonly sweeps: number
  readonly writes: number
}

/** Between the rounds nobody is disturbed; what a round left is then looked at in peace. */
const CALM: Round = {
  before: [],
  sweeps: 1,
  dryRun: false,
  during: [],
  troubles: [],
  conditions: ORDINARY,
  seed: 1,
  age: 60,
}

class Player {
  readonly story: string[] = []
  readonly met: Met[] = []
  readonly stage: Stage
  readonly judge: Judge
  private dry = false
  private report: SweepReport | null = null
  sweeps = 0
  rests = 0
  requests = 0

  constructor({ setup }: Script) {
    this.stage = setup.profile === 'github' ? githubStage(setup) : giteaStage(setup)
    this.judge = new Judge(this.stage.scene, () => this.dry)
  }

  private act(step: Step, where: string): void {
    const said = this.stage.act(step)
    if (said !== null) this.story.push(`${where}${said}`)
  }

  /** The fault that a request meets, which is told to `met` by its name. */
  private faultsOf(round: Round, met: Set<string>) {
    const troubles = [...round.troubles]
    return (request: Request, asked: number): Fault | null => {
      if (this.stage.denies(request)) return { kind: 'status', status: 403 }
      const { method, path } = request
      const text = `${method} ${path}`
      const at = troubles.findIndex(
        one => one.at <= asked && one.path.split(' ').every(word => text.includes(word)),
      )
      const found = troubles[at]
      if (found === undefined) return null
      if (found.lasting !== true) troubles.splice(at, 1)
      met.add(found.name ?? found.fault.kind)
      if (found.fault.kind === 'status') this.stage.refuses(true)
      if (found.lasting === true && found.path === '/actions/') this.stage.blinds(true)
      return found.fault
    }
  }

  private between(round: Round, chance: Chance, met: Set<string>): Between {
    const steps = [...round.during].sort((a, b) => a.at - b.at)
    const faultOf = this.faultsOf(round, met)
    let asked = 0
    return {
      ahead: round.conditions.proxyAhead,
      before: request => {
        while (steps[0] !== undefined && steps[0].at <= asked) {
          this.judge.momentPasses()
          this.act(steps.shift() as Step, `  before request ${asked}: `)
        }
        if (chance.is(0.3)) this.stage.takeReruns(chance)
        this.judge.asked(request)
        const fault = faultOf(request, asked)
        this.tellRequest(request, asked, fault)
        asked += 1
        return fault
      },
      after: (request, status) => {
        this.judge.took(request, status)
      },
      slept: () => {
        if (chance.is(0.8)) this.stage.takeReruns(chance)
      },
    }
  }

  private tellRequest(request: Request, asked: number, fault: Fault | null): void {
    const isMet = fault !== null && !request.path.includes('/actions/')
    if (!isMet && request.method !== 'POST') return
    this.story.push(
      `  sweep ${request.sweep}, request ${asked}: ${request.method} ${request.path}` +
        (fault === null ? '' : ` meets ${JSON.stringify(fault)}`),
    )
  }

  private tell(sweep: number, { report, failure }: Told): void {
    for (const pull of report?.pulls ?? [])
      this.story.push(
        `  sweep ${sweep} says #${pull.number} ${pull.reason}: ${pull.detail} [${pull.outcome}: ` +
          `${pull.outcomeDetail}]`,
      )
    if (failure !== null) this.story.push(`  sweep ${sweep} failed: ${failure}`)
  }

  private ended(sweep: number, told: Told | null): void {
    const { judge, stage } = this
    if (told === null) {
      this.story.push(`  sweep ${sweep} was killed`)
      judge.ended(sweep, null, { lines: [], failure: null, killed: true })
      return
    }
    this.tell(sweep, told)
    this.report = told.report
    judge.ended(sweep, told.report, { ...told, killed: false })
    for (const [law, detail] of behaviourOf(told, stage.token)) judge.accuse(law, detail)
  }

  async play(round: Round, way: Play = inMemory): Promise<void> {
    for (const step of round.before) this.act(step, '')
    const { stage, judge } = this
    stage.server.pass(round.age * 1000)
    const chance = new Chance(round.seed)
    this.dry = round.dryRun
    stage.refuses(false)
    stage.blinds(false)
    const met = new Set(namesOf(round.conditions))
    const { writes } = judge
    const first = this.sweeps
    this.requests += await way(round, {
      stage,
      chance,
      between: this.between(round, chance, met),
      begin: () => (this.sweeps += 1),
      ended: (sweep, told) => {
        this.ended(sweep, told)
      },
    })
    this.met.push({
      names: [...met],
      sweeps: this.sweeps - first,
      writes: judge.writes - writes,
    })
    this.dry = false
  }

  /** One sweep in peace, after which nothing may be left wrong or untold. */
  async rest(): Promise<void> {
    this.rests += 1
    await this.play(CALM)
    this.judge.rests(this.report)
  }
}

/** Plays a script to its end, or to the first law that is broken. */
export async function play(script: Script, way: Play = inMemory): Promise<Played> {
  // What is loaded when it is first needed would take turns that no seed decides.
  await readYaml('', new Uint8Array())
  await loadUmbrellaWork()
  const player = new Player(script)
  const { judge } = player
  for (const round of script.rounds) {
    await player.play(round, way)
    if (judge.violations.length > 0) break
    await player.rest()
    if (judge.violations.length > 0) break
  }
  return {
    violations: judge.violations,
    spots: judge.spots,
    writes: judge.writes,
    sweeps: player.sweeps,
    disturbed: player.sweeps - player.rests,
    requests: player.requests,
    story: player.story,
    met: player.met,
  }
}
