// RESULTS.md: ratios first, which do not hang on the machine, then what they are made of.
import type { Run } from './clients.js'
import { about, figure, NAMES, ratio, ratioOf, repositoryOf, requests } from './figures.js'
import { seconds, table, wall, whole, work } from './figures.js'
import { CLIENTS } from './grid.js'
import { HOW } from './how.js'
import type { Results } from './measure.js'
import { coldPart, cpuPart, githubPart, memoryPart } from './runner-report.js'
import { shortPart } from './short.js'

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
      heads === 0 || plan.busy ? '–' : figure(eight, wall, value => ratio(value, heads)),
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
    shortPart(results),
    serverPart(results),
    sizesPart(results),
    wallPart(results),
    cpuPart(results),
    memoryPart(results),
    githubPart(results),
    coldPart(results),
    ...faultsPart(results),
    HOW,
  ].join('\n\n')}\n`
}
