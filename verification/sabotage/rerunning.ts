import { instead } from './change.js'
import type { Wrong } from './wrong.js'

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
    suite: 'github',
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
]
