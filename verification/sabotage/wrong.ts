import type { Evidence } from '../../src/core/model/evidence.js'
import type { Policy } from '../../src/core/model/policy.js'
import type { judgeHead } from '../../src/core/rules/decide.js'
import type { Rule } from '../../src/core/rules/rule.js'
import type { Forge } from '../../src/forge/port.js'

/** The judgement of a head, as the rules give it. */
export type Judge = typeof judgeHead

/** Where a wrong meaning is put in the place of the right one. What is absent stays right. */
export interface Seams {
  /** What the rules are asked with instead of the policy. */
  readonly policy?: (policy: Policy) => Policy
  /** What the rules are asked about instead of what was seen. */
  readonly evidence?: (evidence: Evidence) => Evidence
  /** The rules of status rows that are asked instead of all. */
  readonly rules?: (rules: readonly Rule[]) => readonly Rule[]
  /** The judgement of a head as a whole. */
  readonly judge?: (judge: Judge) => Judge
  /** What a sweep is given instead of the forge it asked for. */
  readonly forge?: (forge: Forge) => Forge
}

/** One plausible mistake of meaning that no operator of mutation testing makes. */
export interface Wrong extends Seams {
  readonly name: string
  /** What it does, and the rule it breaks. */
  readonly breaks: string
  /** The test file below `__tests__` that must notice, without its ending. */
  readonly suite: string
  /** The end of the full name of the test in it. */
  readonly test: string
}
