// The first table of the report: one ratio a question.
import { about, memory, NAMES, ratio, ratioOf, table, wall, work } from './figures.js'
import type { ClientName } from './grid.js'
import type { Measured, Results } from './measure.js'
import { perPullAgainst } from './runner-report.js'

type Row = readonly [figure: string, against: string, ratio: string]

/** Server milliseconds of a quiet sweep, against both other clients. */
const serverRows = (found: Measured): readonly Row[] =>
  (['previous', 'serial'] as const).map(name => {
    const { profile, pulls } = found.cell.plan.world
    const what = `server ms of a quiet sweep of ${pulls} pulls, ${profile}`
    return [what, NAMES[name], ratioOf(found, 'ours', name, work)]
  })

/** Wall time with eight requests at a time over the longest way at the most pulls. */
function wallRows(results: Results): readonly Row[] {
  const size = ({ cell }: Measured): number => cell.plan.world.pulls * cell.plan.latency
  const [found] = [...about(results, 'wall')].sort((a, b) => size(b) - size(a))
  if (found === undefined) return []
  const { latency, world } = found.cell.plan
  const what = `wall time, ${world.pulls} pulls, ${latency} ms away, \`concurrency: 8\``
  const { eight } = found.runs
  const least = eight?.fault === null ? ratio(eight.wall, size(found) / 8) : 'failed'
  return [
    [what, NAMES.serial, ratioOf(found, 'eight', 'serial', wall)],
    [what, NAMES.previous, ratioOf(found, 'eight', 'previous', wall)],
    [what, 'heads × round trip / 8', least],
  ]
}

/** Peak memory of the most pulls against the fewest, by version. */
function memoryRows(results: Results): readonly Row[] {
  const all = about(results, 'memory')
  const profiles = [...new Set(all.map(({ cell }) => cell.plan.world.profile))]
  return profiles.flatMap(profile => {
    const sizes = all.filter(({ cell }) => cell.plan.world.profile === profile)
    const [least, most] = [sizes[0], sizes.at(-1)]
    const [from, to] = [least?.runs.ours, most?.runs.ours]
    if (least === undefined || most === undefined || from === undefined || to === undefined)
      return []
    const found = to.fault ?? from.fault
    const row: Row = [
      `peak memory, ${most.cell.plan.world.pulls} pulls, ${profile}`,
      `${least.cell.plan.world.pulls} pulls`,
      found === null ? ratio(memory(to), memory(from)) : 'failed',
    ]
    return [row]
  })
}

/** The same on GitHub. */
function githubRows({ github }: Results): readonly Row[] {
  const [least, most] = [github[0], github.at(-1)]
  if (least === undefined || most === undefined) return []
  const isFailed = (least.fault ?? most.fault) !== null
  const found = isFailed ? 'failed' : ratio(most.memory, least.memory)
  return [[`peak memory, ${most.pulls} pulls, GitHub`, `${least.pulls} pulls`, found]]
}

/** Every question with its ratio. */
export function shortPart(results: Results): string {
  const cpu = (name: ClientName): Row => [
    'processor time a pull, no latency',
    NAMES[name],
    perPullAgainst(results, name),
  ]
  const starts = results.coldStarts.map(({ node, ratio: found }): Row => [
    `processor time of a cold start, Node.js ${node}`,
    '`@actions/core` and zod alone',
    ratio(found, 1),
  ])
  const rows: readonly Row[] = [
    ...about(results, 'server').flatMap(serverRows),
    ...wallRows(results),
    ...[cpu('previous'), cpu('serial')],
    ...memoryRows(results),
    ...githubRows(results),
    ...starts,
  ]
  return ['## In short', table(['this release', 'against', 'ratio'], rows)].join('\n\n')
}
