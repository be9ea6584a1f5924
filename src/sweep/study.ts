import type { Config } from '../config.js'
import type { Evidence } from '../core/model/evidence.js'
import { judgeHead } from '../core/rules/decide.js'
import { isSettled, readsLeft } from '../core/triage/reads-left.js'
import type { Forge } from '../forge/port.js'
import type { JudgedHead } from '../core/rules/decide.js'

/** By what heads are judged. */
type StudyConfig = Pick<Config, 'policy' | 'baseBranches'>

/** Studies heads by their previews, and judges each, in the order in which they are given. */
export async function studyAndJudge(
  config: StudyConfig,
  forge: Forge,
  previews: readonly Evidence[],
  onStudied?: () => void,
): Promise<readonly JudgedHead[]> {
  const studied = await forge.study(previews, onStudied)
  return Promise.all(studied.map(head => judgeStudied(config, forge, head)))
}

/** Judges a head by what was seen of it. */
export const judge = ({ policy, baseBranches }: StudyConfig, evidence: Evidence): JudgedHead => ({
  evidence,
  judgements: judgeHead(policy, baseBranches, evidence),
})

/**
 * Judges a studied head once all is read that may decide: how the merge gate reads its rows, unless
 * nothing depends on it, what stands around it, and whether its base branch fails too.
 */
async function judgeStudied(
  config: StudyConfig,
  forge: Forge,
  studied: Evidence,
): Promise<JudgedHead> {
  const before = readsLeft(config.policy, studied)
  const judged = before.isProven ? null : judge(config, studied)
  const isEnough = judged !== null && isSettled(studied, judged.judgements)
  const gate = isEnough ? studied : await forge.withGateRows(studied)
  const left = gate === studied ? before : readsLeft(config.policy, gate)
  const isRead = !left.isProven && left.bases.length === 0
  const whole = isRead ? gate : await forge.withSurroundings(gate, left)
  return judged !== null && whole === studied ? judged : judge(config, whole)
}
