import { baseBranchName } from '../../src/core/model/evidence.js'
import { readMarker } from '../../src/core/model/marker.js'
import type { SignedRow } from '../../src/core/model/status.js'
import type { Forge, Reading } from '../../src/forge/port.js'
import { instead } from './change.js'
import type { Wrong } from './wrong.js'

/** Rows that were read, without some of them. */
const only = (
  reading: Reading<readonly SignedRow[]>,
  keep: (row: SignedRow) => boolean,
): Reading<readonly SignedRow[]> => ({ ...reading, value: reading.value.filter(keep) })

/** What comes between a proof and what is written, taken for something else. */
export const ACTING: readonly Wrong[] = [
  {
    name: 'second-look-old',
    breaks: 'writes on what the first look saw: everything that can have changed is read again',
    forge: instead(() => ({ secondLook: before => Promise.resolve(before) })),
    suite: 'apply/repair',
    test: 'changed-meanwhile: a re-run began',
  },
  {
    name: 'second-look-rows',
    breaks: 'reads the rows again and not the runs, which can have changed as well',
    forge: instead(forge => ({
      secondLook: async before => {
        const after = await forge.secondLook(before)
        return after.kind === 'jobs' && before.kind === 'jobs'
          ? { ...after, runs: before.runs }
          : after
      },
    })),
    suite: 'apply/rerun',
    test: 'changed-meanwhile: the same job has another attempt, though its row is the old one',
  },
  {
    name: 'second-look-runs',
    breaks: 'reads the runs again and not the rows, which can have changed as well',
    forge: instead(forge => ({
      secondLook: async before => {
        const { latest, history } = before
        return { ...(await forge.secondLook(before)), latest, history }
      },
    })),
    suite: 'apply/repair',
    test: "changed-meanwhile: a person's veto",
  },
  {
    name: 'pulls-stay-open',
    breaks: 'writes on a pull request that was closed meanwhile',
    forge: instead(forge => ({
      pull: async number => ({ ...(await forge.pull(number)), open: true }),
    })),
    suite: 'apply/repair',
    test: 'closed: a pull was closed',
  },
  {
    name: 'pulls-listed-once',
    breaks: 'lists the open pulls once a sweep: one that came since has no proof of its own',
    forge: instead(forge => {
      let listed = () => forge.openPulls()
      return {
        preview: async head => {
          const list = await forge.openPulls()
          listed = () => Promise.resolve(list)
          return forge.preview(head)
        },
        openPulls: () => listed(),
      }
    }),
    suite: 'apply/repair',
    test: 'changed-meanwhile: a second pull is opened while the first is read by itself',
  },
  {
    name: 'pulls-by-cheap-list',
    breaks: 'asks the cheap list who stands on a head before it is written',
    forge: instead(forge => ({
      openPulls: async () => {
        const { pulls } = await forge.listPulls()
        return { pulls: pulls.map(pull => ({ ...pull, base: baseBranchName(pull) })) }
      },
    })),
    suite: 'forge/gitea/pull-list',
    test: 'come from issues and refs; their own list is read before a write alone',
  },
  {
    name: 'nobody-came',
    breaks: 'does not ask behind the write who came to the head meanwhile',
    forge: instead(forge => {
      let before: ReturnType<Forge['openPulls']> | null = null
      return {
        openPulls: () => (before = forge.openPulls()),
        pullsOn: async sha =>
          (await (before ?? forge.openPulls())).pulls.filter(({ head }) => head === sha),
      }
    }),
    suite: 'law/a5-asked-again',
    test: 'a second pull into another base, without a run of its own, is not opened',
  },
  {
    name: 'no-look-back',
    breaks: 'does not look back: whatever came in below our row is covered for good',
    forge: instead(forge => ({
      rowsSince: async (sha, mark) =>
        only(await forge.rowsSince(sha, mark), ({ author }) => author.kind === 'us'),
    })),
    suite: 'apply/repair',
    test: 'superseded: a row below and one above ours',
  },
  {
    name: 'look-back-at-umbrella',
    breaks: 'looks back at the umbrella alone: a change of any counted context undoes the proof',
    forge: instead(forge => {
      let umbrella = ''
      return {
        write: sent => {
          umbrella = sent.post.context
          return forge.write(sent)
        },
        rowsSince: async (sha, mark) =>
          only(await forge.rowsSince(sha, mark), ({ context }) => context === umbrella),
      }
    }),
    suite: 'apply/repair',
    test: 'withdrawn: R1 Test waiting came in between, pending is put back',
  },
  {
    name: 'look-back-whole',
    breaks: 'takes a look back that could not read everything for a clean one',
    forge: instead(forge => ({
      rowsSince: async (sha, mark) => ({ ...(await forge.rowsSince(sha, mark)), gaps: [] }),
    })),
    suite: 'apply/repair',
    test: 'unconfirmed: the look back has a gap',
  },
  {
    name: 'written-is-shown',
    breaks: 'takes its own row for what the gate reads, whatever the gate reads',
    forge: instead(forge => {
      const ours: SignedRow[] = []
      return {
        write: async sent => {
          const row = await forge.write(sent)
          ours.push(row)
          return row
        },
        gateRows: async sha => {
          const shown = await forge.gateRows(sha)
          const written = ours.at(-1)
          const others = shown.value.filter(({ context }) => context !== written?.context)
          return { ...shown, value: written === undefined ? shown.value : [...others, written] }
        },
      }
    }),
    suite: 'apply/repair',
    test: 'unconfirmed: the gate shows another row',
  },
  {
    name: 'bare-pending',
    breaks: 'withdraws with a bare pending: what stood there is put back',
    forge: instead(forge => ({
      write: sent =>
        readMarker(sent.post.description)?.kind === 'undo'
          ? forge.write({ ...sent, post: { ...sent.post, state: 'pending' } })
          : forge.write(sent),
    })),
    suite: 'apply/repair',
    test: '@alice umbrella failure came in between, failure is put back',
  },
  {
    name: 'write-again',
    breaks: 'sends a write again after an answer was lost: the server may have written it',
    forge: instead(forge => ({ write: sent => forge.write(sent).catch(() => forge.write(sent)) })),
    suite: 'apply/repair',
    test: 'unconfirmed: timeout and no row was written',
  },
  {
    name: 'no-failed-heads',
    breaks: 'looks for no false green beside a run that failed',
    forge: instead(() => ({ failedHeads: () => Promise.resolve({ shas: new Set(), why: null }) })),
    suite: 'sweep/recordings',
    test: 'the reason a correct sweep must give, and the cause where one is told',
  },
  {
    name: 'posted-wins',
    breaks: 'tells by the name of the server, not by its version, that a posted status wins',
    forge: forge => ({
      ...forge,
      server: { ...forge.server, traits: { ...forge.server.traits, postedStatusWins: true } },
    }),
    suite: 'sweep/recordings.rerun',
    test: 'no status is ever posted, nothing unknown is asked, every sweep ends green',
  },
]
