import { loadUmbrellaWork } from '../../src/forge/umbrella-work.js'
import { readYaml } from '../../src/workflow/yaml.js'
import { Chance } from './chance.js'
import type { BlindSpot } from './blind.js'
import { Judge } from './judge.js'
import type { Between, Fault, Request } from './network.js'
import { Network } from './network.js'
import type { Round, Script, Step } from './script.js'
import { githubStage } from './github-stage.js'
import { giteaStage } from './gitea-stage.js'
import type { Stage } from './stage.js'
import type { Told } from './sweep.js'
import { sweepOver } from './sweep.js'
import type { Violation } from './violation.js'

/** What a script came to. */
export interface Played {
  readonly violations: readonly Violation[]
  readonly spots: ReadonlyMap<BlindSpot, number>
  readonly sweeps: number
  readonly requests: number
  readonly writes: number
  /** What happened, one line each. */
  readonly story: readonly string[]
}

/** Between the rounds nobody is disturbed; what a round left is then looked at in peace. */
const CALM: Round = {
  before: [],
  sweeps: 1,
  dryRun: false,
  during: [],
  troubles: [],
  seed: 1,
  age: 60,
}

class Player {
  readonly story: string[] = []
  readonly stage: Stage
  readonly judge: Judge
  private dry = false
  sweeps = 0
  requests = 0

  constructor(script: Script) {
    const { setup } = script
    this.stage = setup.profile === 'github' ? githubStage(setup) : giteaStage(setup)
    this.judge = new Judge(this.stage.scene, () => this.dry)
  }

  private act(step: Step, where: string): void {
    const said = this.stage.act(step)
    if (said !== null) this.story.push(`${where}${said}`)
  }

  private between(round: Round, chance: Chance): Between {
    const steps = [...round.during].sort((a, b) => a.at - b.at)
    const troubles = [...round.troubles]
    let asked = 0
    const faultOf = (request: Request): Fault | null => {
      if (this.stage.denies(request)) return { kind: 'status', status: 403 }
      const { method, path } = request
      const at = troubles.findIndex(
        one => one.at <= asked && `${method} ${path}`.includes(one.path),
      )
      if (at === -1) return null
      const fault = troubles.splice(at, 1)[0]?.fault ?? null
      if (fault?.kind === 'status') this.stage.refuses(true)
      return fault
    }
    return {
      before: request => {
        while (steps[0] !== undefined && steps[0].at <= asked) {
          this.judge.momentPasses()
          this.act(steps.shift() as Step, `  before request ${asked}: `)
        }
        if (chance.is(0.3)) this.stage.takeReruns(chance)
        this.judge.asked(request)
        const fault = faultOf(request)
        const isTold =
          (fault !== null && !request.path.includes('/actions/')) || request.method === 'POST'
        if (isTold)
          this.story.push(
            `  sweep ${request.sweep}, request ${asked}: ${request.method} ${request.path}` +
              (fault === null ? '' : ` meets ${JSON.stringify(fault)}`),
          )
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

  private tell(sweep: number, { report, failure }: Told): void {
    for (const pull of report?.pulls ?? [])
      this.story.push(
        `  sweep ${sweep} says #${pull.number} ${pull.reason}: ${pull.detail} [${pull.outcome}: ` +
          `${pull.outcomeDetail}]`,
      )
    if (failure !== null) this.story.push(`  sweep ${sweep} failed: ${failure}`)
  }

  private async sweep(
    sweep: number,
    round: Round,
    network: Network,
    chance: Chance,
  ): Promise<void> {
    const { stage } = this
    const told = await sweepOver(network, chance, {
      sweep,
      apiUrl: stage.apiUrl,
      repo: stage.repo,
      token: stage.token,
      kind: stage.kind(network, sweep),
      inputs: { ...stage.inputs, 'dry-run': String(round.dryRun) },
    })
    this.tell(sweep, told)
    this.judge.ended(sweep, told.report)
  }

  async play(round: Round): Promise<void> {
    for (const step of round.before) this.act(step, '')
    const { stage } = this
    stage.server.pass(round.age * 1000)
    const chance = new Chance(round.seed)
    this.dry = round.dryRun
    stage.refuses(false)
    const network = new Network(stage.server, chance, this.between(round, chance))
    const sweeps = new Map<number, Promise<void>>()
    for (let left = round.sweeps; left > 0; left -= 1) {
      this.sweeps += 1
      sweeps.set(this.sweeps, this.sweep(this.sweeps, round, network, chance))
    }
    await network.serve(sweeps)
    await Promise.all(sweeps.values())
    this.requests += network.handled
    this.dry = false
  }
}

/** Plays a script to its end, or to the first law that is broken. */
export async function play(script: Script): Promise<Played> {
  // What is loaded when it is first needed would take turns that no seed decides.
  await readYaml('', new Uint8Array())
  await loadUmbrellaWork()
  const player = new Player(script)
  const { judge } = player
  for (const round of script.rounds) {
    await player.play(round)
    if (judge.violations.length > 0) break
    await player.play(CALM)
    judge.rests()
    if (judge.violations.length > 0) break
  }
  return {
    violations: judge.violations,
    spots: judge.spots,
    writes: judge.writes,
    sweeps: player.sweeps,
    requests: player.requests,
    story: player.story,
  }
}
