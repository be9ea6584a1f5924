// RESULTS.md: ratios first, which do not hang on the machine, then what they are made of.
import type { Run } from './clients.js'
import type { ColdStart } from './cold-start.js'
import { figure, megabytes, millis, NAMES, ratio, ratioOf, repositoryOf } from './figures.js'
import { seconds, table, whole } from './figures.js'
import type { ClientName, Question } from './grid.js'
import { CLIENTS } from './grid.js'
import { HOW } from './how.js'
import type { Measured, Results } from './measure.js'

const about = ({ measured }: Results, question: Question): readonly Measured[] =>
  measured.filter(({ cell }) => cell.question === question)

const work = ({ tally }: Run): number => tally.milliseconds
const requests = ({ tally }: Run): number => tally.requests

/** Server milliseconds of a quiet sweep, by version. */
function serverPart(results: Results): string {
  const head = ['version', 'against the previous release', 'against the serial client']
  const rows = about(results, 'server').map(found => {
    const { runs, floor, cell } = found
    return [
      cell.plan.world.profile,
      ratioOf(found, 'ours', 'previous', work),
      ratioOf(found, 'ours', 'serial', work),
      figure(runs.ours, work, value => ratio(value, floor.milliseconds)),
      figure(runs.ours, requests, value => ratio(value, floor.requests)),
      ...(['ours', 'previous', 'serial'] as const).map(name => figure(runs[name], work, whole)),
      whole(floor.milliseconds),
    ]
  })
  const [first] = about(results, 'server')
  return [
    `## What a quiet sweep of ${first?.cell.plan.world.pulls ?? 0} pulls costs the server`,
    'Server milliseconds, counted.',
    table(
      [
        ...head,
        ...['against the floor', 'requests against the floor', 'this release', 'previous'],
        ...['serial', 'floor'],
      ],
      rows,
    ),
  ].join('\n\n')
}

/** Other sizes, more contexts, red umbrellas. */
function sizesPart(results: Results): string {
  const rows = about(results, 'sizes').map(found => {
    const { runs, floor } = found
    const all = (of: (run: Run) => number, write: (value: number) => string): string =>
      (['ours', 'previous', 'serial'] as const)
        .map(name => figure(runs[name], of, write))
        .join(' / ')
    return [
      repositoryOf(found),
      ratioOf(found, 'ours', 'previous', work),
      ratioOf(found, 'ours', 'serial', work),
      figure(runs.ours, work, value => ratio(value, floor.milliseconds)),
      `${all(requests, whole)} / ${floor.requests}`,
      `${all(work, whole)} / ${whole(floor.milliseconds)}`,
      all(
        ({ tally }) => (tally.sent + tally.received) / 1e6,
        value => value.toFixed(2),
      ),
      all(({ cpu }) => cpu, whole),
      all(({ memory }) => memory / 1e6, whole),
    ]
  })
  return [
    '## Other sizes',
    'Where four figures stand in a cell: this release / previous release / serial client / floor.',
    table(
      [
        ...['repository', 'server ms against previous', 'against serial', 'against the floor'],
        ...['requests', 'server ms', 'MB over the wire', 'CPU ms', 'peak memory MB'],
      ],
      rows,
    ),
  ].join('\n\n')
}

/** Wall time, with the delay of a network, and of a server that takes its time. */
function wallPart(results: Results): string {
  const wall = (run: Run): number => run.wall
  const rows = [...about(results, 'wall'), ...about(results, 'busy')].map(found => {
    const { plan } = found.cell
    const heads = (plan.world.pulls * plan.latency) / 8
    const { eight } = found.runs
    return [
      `${plan.world.profile}, ${plan.world.pulls} pulls`,
      `${plan.latency} ms${plan.busy ? ', busy' : ''}`,
      ratioOf(found, 'eight', 'serial', wall),
      ratioOf(found, 'ours', 'serial', wall),
      ratioOf(found, 'eight', 'previous', wall),
      heads === 0 ? '–' : figure(eight, wall, value => ratio(value, heads)),
      ...CLIENTS.map(name => figure(found.runs[name], wall, seconds)),
      figure(eight, ({ tally }) => tally.most, whole),
    ]
  })
  return [
    '## Wall time',
    table(
      [
        ...['repository', 'round trip', '`concurrency: 8` against serial', '4 against serial'],
        ...['8 against previous', '8 against heads × round trip / 8'],
        ...CLIENTS.map(name => NAMES[name]),
        'most requests at once with 8',
      ],
      rows,
    ),
  ].join('\n\n')
}

const THREE = ['ours', 'previous', 'serial'] as const satisfies readonly ClientName[]

/** Processor time a pull, from two sizes, so that the start does not count. */
function cpuPart(results: Results): string {
  const [empty, small, large] = about(results, 'cpu')
  const between = (name: ClientName): number => {
    const [less, more] = [small?.runs[name], large?.runs[name]]
    const pulls = (large?.cell.plan.world.pulls ?? 0) - (small?.cell.plan.world.pulls ?? 0)
    if (less === undefined || more === undefined) return Number.NaN
    return less.fault === null && more.fault === null ? (more.cpu - less.cpu) / pulls : Number.NaN
  }
  const ours = large?.runs.ours
  const rows = THREE.map(name => [
    NAMES[name],
    ratio(between('ours'), between(name)),
    Number.isNaN(between(name)) ? '–' : millis(between(name)),
    figure(empty?.runs[name], ({ cpu }) => cpu, millis),
  ])
  const [from, to] = [small, large].map(found => found?.cell.plan.world.pulls ?? 0)
  return [
    '## Processor time of the client, no latency',
    `A pull: the difference between ${from ?? 0} and ${to ?? 0} pulls, shared among them. For ` +
      `${to ?? 0} pulls the simulated server worked ` +
      `${ours === undefined ? '–' : ratio(ours.serverCpu, ours.cpu)} of the time this release did, ` +
      'in a process of its own: it holds nobody up.',
    table(['client', 'this release against it', 'a pull', 'a sweep without pulls'], rows),
  ].join('\n\n')
}

/** Peak memory at sizes of one version, against the smallest of them. */
function memoryPart(results: Results): string {
  const memory = (run: Run): number => run.memory
  const all = about(results, 'memory')
  const rows = all.map(found => {
    const { profile, pulls } = found.cell.plan.world
    const [least] = all.filter(({ cell }) => cell.plan.world.profile === profile)
    const base = least?.runs.ours?.memory ?? Number.NaN
    return [
      profile,
      String(pulls),
      figure(found.runs.ours, memory, value => ratio(value, base)),
      ratioOf(found, 'ours', 'previous', memory),
      ratioOf(found, 'ours', 'serial', memory),
      ...THREE.map(name => figure(found.runs[name], memory, megabytes)),
    ]
  })
  const head = ['version', 'pulls', 'against the fewest pulls', 'against previous']
  const names = THREE.map(name => NAMES[name])
  return ['## Peak memory', table([...head, 'against serial', ...names], rows)].join('\n\n')
}

function coldPart({ coldStarts }: Results): string {
  const rows = coldStarts.map(({ node, ratio: all, beyondEmpty, pairs, ...took }) => [
    node,
    all.toFixed(2),
    beyondEmpty.toFixed(2),
    String(pairs),
    ...[took.bundle, took.reference, took.empty].map(millis),
  ])
  const names = coldStarts[0]?.ladder.map(({ name }) => name) ?? []
  const ladder = coldStarts.map(({ node, empty, ladder: rungs }: ColdStart) => [
    node,
    millis(empty),
    ...rungs.map(({ adds }) => millis(adds)),
  ])
  return [
    '## Cold start',
    'Processor time up to the first message, against a bundle of `@actions/core` and zod alone.',
    table(
      [
        ...['Node.js', 'ratio', 'without an empty start on both sides', 'pairs'],
        ...['this release', '`@actions/core` and zod', 'an empty script'],
      ],
      rows,
    ),
    ...(names.length === 0
      ? []
      : [
          'What each library adds to those before it, alone in a bundle; the last is what the ' +
            'whole bundle takes beyond them, or saves.',
          table(['Node.js', 'an empty script', ...names], ladder),
        ]),
  ].join('\n\n')
}

/** What failed, with its reason. */
function faultsPart({ measured }: Results): readonly string[] {
  const faults = measured.flatMap(found =>
    CLIENTS.flatMap(name => {
      const fault = found.runs[name]?.fault ?? null
      return fault === null ? [] : [`- ${repositoryOf(found)}, ${NAMES[name]}: \`${fault}\``]
    }),
  )
  return faults.length === 0 ? [] : [['## What failed', ...[faults.join('\n')]].join('\n\n')]
}

/** The whole report in Markdown. */
export function reportOf(results: Results): string {
  const { previous, node, quick } = results
  const against =
    previous === null
      ? 'This clone reaches back to no earlier release, so nothing is compared with one.'
      : `The previous release is commit ${previous.sha.slice(0, 12)}.`
  return `${[
    '# Results of the benchmark',
    `Written by \`npm run bench${quick ? ' -- --quick' : ''}\` on Node.js ${node}. ${against} ` +
      'Below 1 this release is cheaper. Quote ratios; figures of time hang on the machine.',
    serverPart(results),
    sizesPart(results),
    wallPart(results),
    cpuPart(results),
    memoryPart(results),
    coldPart(results),
    ...faultsPart(results),
    HOW,
  ].join('\n\n')}\n`
}
