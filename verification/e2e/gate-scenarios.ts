import { UMBRELLA } from './ci.js'
import type { Scenario } from './scenarios.js'
import { fail, same, sweep, workflow } from './steps.js'
import { NotApplicable } from './world.js'

/** A required job of a workflow that has no umbrella. */
const PLAIN = 'Plain / check (pull_request)'

/** Seconds by which the older run outlasts the newer one. */
const LATE = 45

/** Red and slow in every run but that of a reopened pull. */
const plain = (label: string): string =>
  [
    'name: Plain',
    'on: [pull_request]',
    'jobs:',
    '  check:',
    `    runs-on: ${label}`,
    '    steps:',
    '      - run: |',
    '          test "${{ github.event.action }}" = reopened && exit 0',
    `          sleep ${LATE}`,
    '          exit 1',
    '',
  ].join('\n')

/** Stories of required contexts that are no umbrella: they are told, and nothing is written. */
export const GATE_SCENARIOS: readonly Scenario[] = [
  {
    name: 'plain race',
    slots: 8,
    proves:
      'a plain required job over whose green newest run an older red landed is reported as shown ' +
      'stale, and nothing is written for it',
    play: async world => {
      await world.branch('topic', workflow(world, {}))
      await world.branch('topic', plain(world.label), 'plain.yml')
      const number = await world.pull('topic')
      await world.require('main', [UMBRELLA, PLAIN])
      await world.reopen(number)
      await world.settled(number)
      const before = await world.rows(number)
      if (before.find(({ context }) => context === PLAIN)?.state !== 'failure')
        throw new NotApplicable(
          'the older run did not end last: the runner needs a slot for each run',
        )
      same('merge before', await world.merge(number), 405)
      const { report } = await sweep(world, [number], { scope: 'required' })
      const told = report.pulls[0]?.required?.find(({ context }) => context === PLAIN)
      if (told?.state !== 'stale') fail('the plain job', told?.detail, 'shown stale')
      same('class', told.class, 'overwritten')
      same('rows written', (await world.rows(number)).length - before.length, 0)
      same('merge after', await world.merge(number), 405)
    },
  },
]
