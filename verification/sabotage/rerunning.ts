import type { Evidence } from '../../src/core/model/evidence.js'
import { ForgeError } from '../../src/forge/port.js'
import { instead } from './change.js'
import type { Wrong } from './wrong.js'

/** Protection that was not read, as if there were none. */
function unprotected(evidence: Evidence): Evidence {
  if (evidence.kind !== 'checks') return evidence
  const { requiredHidden, ...rest } = evidence
  return requiredHidden === undefined ? evidence : rest
}

/** A job that is run again, and what that touches, taken for less than it is. */
export const RERUNNING: readonly Wrong[] = [
  {
    name: 'rerun-again',
    breaks: 'sends a re-run again after an answer was lost',
    forge: instead(forge => ({ rerun: sent => forge.rerun(sent).catch(() => forge.rerun(sent)) })),
    suite: 'apply/rerun',
    test: 'still-red: the answer is lost, its effect is found',
  },
  {
    name: 'rerun-whole-run',
    breaks: 'runs the whole run again: jobs that were green, and with them the proof',
    forge: instead(forge => ({ rerun: sent => forge.rerun({ ...sent, wholeRun: true }) })),
    suite: 'sweep/github',
    test: 'gate-lost-its-runner: a gate that died over green needs is run again',
  },
  {
    name: 'rerun-reaches-nothing',
    breaks: 'runs the umbrella again although its concurrency group may cancel another run',
    forge: instead(forge => ({
      rerunReach: async (head, run) => {
        const reach = await forge.rerunReach(head, run)
        return reach.kind === 'read' ? { ...reach, concurrency: 'nothing', open: [] } : reach
      },
    })),
    suite: 'apply/rerun',
    test: 'changed-meanwhile: a run began that the concurrency group may cancel',
  },
  {
    name: 'rerun-unheard',
    breaks: 'runs the umbrella again although another workflow starts after its own',
    forge: instead(forge => ({
      rerunReach: async (head, run) => {
        const reach = await forge.rerunReach(head, run)
        if (reach.kind !== 'read') return reach
        const dependents = reach.dependents.filter(name => !name.endsWith('(on: workflow_run)'))
        return { ...reach, dependents }
      },
    })),
    suite: 'sweep/github',
    test: 'a workflow that starts after the one of the umbrella would deploy again',
  },
  {
    name: 'rerun-branch-its-own',
    breaks: 'takes a concurrency group by head branch for one of the pull request alone',
    forge: instead(forge => ({
      rerunReach: async (head, run) => {
        const reach = await forge.rerunReach(head, run)
        return reach.kind === 'read' && reach.concurrency === 'head-branch'
          ? { ...reach, concurrency: 'own-ref', open: [] }
          : reach
      },
    })),
    suite: 'sweep/github',
    test: 'a group by head branch may hold the run of a fork with a branch of that name',
  },
  {
    name: 'limit-a-refusal',
    breaks: 'takes a limit of writes for a refusal of one run, and goes on',
    forge: instead(forge => ({
      rerun: sent =>
        forge.rerun(sent).catch((error: unknown) => {
          throw new ForgeError('rejected', String(error))
        }),
    })),
    suite: 'sweep/github.limits',
    test: '429: one write is sent, and the others are held',
  },
  {
    name: 'progress-decides',
    breaks: 'goes on waiting for a job whose end a look has shown',
    forge: instead(() => ({
      rerunsNow: sent =>
        Promise.resolve(new Map(sent.map(({ evidence: { sha } }) => [sha, 'going'] as const))),
    })),
    suite: 'sweep/github.look-back',
    test: 'reads each head whole once its job has ended',
  },
  {
    name: 'hidden-protection-none',
    breaks: 'posts where it cannot be read which app a merge wants the umbrella from',
    forge: instead(forge => ({
      study: async heads => (await forge.study(heads)).map(unprotected),
      secondLook: async before => unprotected(await forge.secondLook(before)),
    })),
    suite: 'sweep/github.unreadable',
    test: 'posts nothing, for which app a merge wants it from is not known',
  },
]
