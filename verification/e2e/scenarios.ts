import { BASES, UMBRELLA } from './ci.js'
import {
  gate,
  open,
  refused,
  repaired,
  repairedOrShut,
  same,
  shut,
  stillRed,
  sweep,
  untouched,
  workflow,
} from './steps.js'
import type { World } from './world.js'
import { NotApplicable } from './world.js'

/** One story on one server. `play` throws what went wrong, or `NotApplicable`. */
export interface Scenario {
  readonly name: string
  readonly proves: string
  /**
   * Runner slots it takes, if more than one: with one, as act_runner has by default, runs of one
   * head end in their order.
   */
  readonly slots?: number
  readonly play: (world: World) => Promise<void>
}

function needsRerun({ facts }: World): void {
  if (!facts.rerun) throw new NotApplicable('this server has no API to run a job again')
}

/** The same story on any server: it knows the world and its facts, and never a version. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'green',
    proves: 'a green umbrella is left alone and the pull merges',
    play: async world => {
      const number = await open(world, {})
      const { report } = await untouched(world, number, 'leave', 'umbrella-green')
      same('grade', report.server.grade, world.facts.grade)
      same('merge', await world.merge(number), 200)
    },
  },
  {
    name: 'stale',
    proves:
      'a red umbrella over green jobs closes the gate; one sweep opens it where a posted status ' +
      'can win, else by a re-run of the umbrella job',
    play: async world => {
      const number = await open(world, { umbrella: 'once' })
      same('merge before', await world.merge(number), 405)
      await repaired(world, [number])
      await gate(world, [number])
    },
  },
  {
    name: 're-run',
    proves:
      'where one job can be run again, remedy: rerun repairs the umbrella by its own job, and ' +
      'posts nothing',
    play: async world => {
      needsRerun(world)
      const number = await open(world, { umbrella: 'once' })
      same('merge before', await world.merge(number), 405)
      await repaired(world, [number], { remedy: 'rerun' })
      await untouched(world, number, 'leave', 'umbrella-green')
      await gate(world, [number])
    },
  },
  {
    name: 're-run, still red',
    proves: 'a re-run that comes back red is told, and not repeated by the next sweep',
    play: async world => {
      needsRerun(world)
      await stillRed(world, await open(world, { umbrella: 'red' }))
    },
  },
  {
    name: 'red',
    proves: 'a failed job under an honest umbrella stays red',
    play: async world => {
      const number = await open(world, { fails: 'go' })
      same('merge before', await world.merge(number), 405)
      await refused(world, number, 'refuse', 'required-failed')
    },
  },
  {
    name: 'skipped',
    proves: 'a skipped job is no green one, also where the server calls it success',
    play: async world => {
      await refused(world, await open(world, { skips: 'canvas' }), 'refuse', 'required-skipped')
    },
  },
  {
    name: 'waiting',
    proves: 'a job no runner takes is waited for',
    play: async world => {
      await refused(
        world,
        await open(world, { waits: 'py', umbrella: 'red' }),
        'wait',
        'required-open',
      )
    },
  },
  {
    name: 'missing',
    proves: 'a required job the head does not have is no green one',
    play: async world => {
      await refused(
        world,
        await open(world, { lacks: 'shell', umbrella: 'red' }),
        'refuse',
        'required-missing',
      )
    },
  },
  {
    name: 'shared head',
    proves: 'two pulls on one commit are opened by one write',
    play: async world => {
      await world.branch('topic', workflow(world, { umbrella: 'once' }))
      const numbers: number[] = []
      for (const base of BASES) numbers.push(await world.pull('topic', base))
      for (const number of numbers) await world.settled(number)
      for (const number of numbers)
        same(`merge of #${number} before`, await world.merge(number), 405)
      await repaired(world, numbers)
      await gate(world, numbers)
    },
  },
  {
    name: 'foreign red',
    proves: "a person's red is a veto",
    play: async world => {
      const number = await open(world, {})
      await world.post(number, {
        context: UMBRELLA,
        state: 'error',
        description: 'please wait for legal',
      })
      // Where a post does not replace Actions' row there are now two latest rows, one of them
      // outside.
      await refused(
        world,
        number,
        'refuse',
        world.facts.postedStatusWins ? 'foreign-red' : 'umbrella-ambiguous',
      )
    },
  },
  {
    name: 'dry run',
    proves: 'a dry run proves and writes nothing',
    play: async world => {
      const number = await open(world, { umbrella: 'once' })
      const { entries } = await untouched(world, number, 'repair', 'stale', { 'dry-run': 'true' })
      same('outcome', entries[0]?.outcome, 'dry-run')
      same('merge after', await world.merge(number), 405)
    },
  },
  {
    name: 'second sweep',
    proves: 'what is done is done: a second sweep writes nothing more',
    play: async world => {
      const number = await open(world, { umbrella: 'once' })
      await repaired(world, [number])
      await untouched(world, number, 'leave', 'umbrella-green')
      await gate(world, [number])
    },
  },
  ...(['before the first look', 'between the looks', 'before the write'] as const).map(
    (at): Scenario => ({
      name: `second pull, ${at}`,
      proves:
        `a second pull that is opened on the head ${at} of a sweep is not opened without a ` +
        'proof of its own',
      play: async world => {
        const first = await open(world, { umbrella: 'once' })
        let second: number | null = null
        await shut(world, first, {
          at,
          happen: async () => {
            second = await world.pull('topic', 'release')
          },
        })
        // Where nothing can be posted there is no second look and no write: the moment never came.
        second ??= await world.pull('topic', 'release')
        for (const number of [first, second])
          same(`merge of #${number} after`, await world.merge(number), 405)
        for (const number of [first, second]) await world.settled(number)
        if (world.facts.grade !== 'jobs') {
          // Rows alone cannot prove a run that ended before another pull's pending rows came: then
          // nothing opens.
          await repairedOrShut(world, [first, second])
          return
        }
        await repaired(world, [first, second])
        await gate(world, [first, second])
      },
    }),
  ),
  {
    name: 'second pull, already red',
    proves:
      'a second pull whose run has failed before the first look is not opened by the ' +
      "first one's proof",
    play: async world => {
      const first = await open(world, { failsForRelease: 'go', umbrella: 'once' })
      const opened: number[] = []
      await shut(world, first, {
        at: 'before the first look',
        happen: async () => {
          const second = await world.pull('topic', 'release')
          opened.push(second)
          await world.settled(second)
        },
      })
      same('pulls opened', opened.length, 1)
      const before = await world.rows(first)
      await sweep(world, [first, ...opened])
      same('rows written', (await world.rows(first)).length - before.length, 0)
      for (const number of [first, ...opened])
        same(`merge of #${number} after`, await world.merge(number), 405)
    },
  },
  {
    name: 'natural race',
    slots: 3,
    proves:
      'an older run that ends last leaves its red over a green newest run, and that is repaired',
    play: async world => {
      await world.branch('topic', workflow(world, { umbrella: 'late' }))
      const number = await world.pull('topic')
      await world.reopen(number)
      await world.settled(number)
      const umbrella = (await world.rows(number)).find(({ context }) => context === UMBRELLA)
      if (umbrella?.state !== 'failure')
        throw new NotApplicable(
          'the older run did not end last: the runner needs a slot for each run',
        )
      same('merge before', await world.merge(number), 405)
      const { entries } = await repaired(world, [number])
      same('cause', entries[0]?.cause, 'older-run-landed-late')
      await gate(world, [number])
    },
  },
]
