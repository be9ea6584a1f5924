import type { BlindSpot } from './blind.js'
import type { Size } from './bounds.js'
import type { CheckReport } from './checks/explore.js'
import { CheckExploration } from './checks/explore.js'
import { NAIVE_CLIENTS } from './checks/naive.js'
import type { Explored, Hit } from './exploration.js'
import { carryOut, plannedFor } from './explorations.js'
import { NAIVES } from './naive.js'
import type { ProfileName } from './profile.js'
import { checkBoundsOf } from './refuted.js'
import { caught, spotSection } from './why.js'

/** What one piece of the proof answers, by its kind. */
export interface Answers {
  readonly bound: Explored
  readonly checks: CheckReport
  readonly naive: Hit | null
  readonly field: CheckReport
  readonly spot: string
}
export type Kind = keyof Answers

/** One piece of the proof, as a worker is told it: by its place in a list that both know. */
export type Task<K extends Kind = Kind> = {
  readonly bound: { kind: 'bound'; profile: ProfileName; size: Size; at: number }
  readonly checks: { kind: 'checks'; size: Size; at: number }
  readonly naive: { kind: 'naive'; at: number }
  readonly field: { kind: 'field'; at: number }
  readonly spot: { kind: 'spot'; spot: BlindSpot }
}[K]

/** What stands at this place of a list. */
function at<T>(list: readonly T[], place: number): T {
  const found = list[place]
  if (found === undefined) throw new Error(`nothing at place ${place}`)
  return found
}

/** Does one piece of the proof. */
export function perform(task: Task): Promise<Answers[Kind]> {
  switch (task.kind) {
    case 'bound':
      return carryOut(task.profile, at(plannedFor(task.profile, task.size), task.at))
    case 'checks':
      return new CheckExploration(at(checkBoundsOf(task.size), task.at)).visit()
    case 'naive':
      return caught(at(NAIVES, task.at))
    case 'field': {
      const { bound, program } = at(NAIVE_CLIENTS, task.at)
      return new CheckExploration(bound, program).visit()
    }
    case 'spot':
      return spotSection(task.spot)
  }
}
