// What a sweep costs the machine it runs on: processor time, memory, the start.
import type { ColdStart } from './cold-start.js'
import {
  about,
  figure,
  megabytes,
  memory,
  millis,
  NAMES,
  ratio,
  ratioOf,
  seconds,
  table,
} from './figures.js'
import type { ClientName } from './grid.js'
import type { Results } from './measure.js'
import { median } from './median.js'

const THREE = ['ours', 'previous', 'serial'] as const satisfies readonly ClientName[]

/**
 * Milliseconds of processor time a pull, once for each turn; the start does not count, because it
 * is the same for fewer pulls. Empty where one of the sizes failed or is not there.
 */
function perPull(results: Results, name: ClientName): readonly number[] {
  const [, small, large] = about(results, 'cpu')
  const [less, more] = [small?.runs[name], large?.runs[name]]
  const pulls = (large?.cell.plan.world.pulls ?? 0) - (small?.cell.plan.world.pulls ?? 0)
  if (less === undefined || more === undefined) return []
  if (less.fault !== null || more.fault !== null) return []
  return more.cpus.map(cpu => (cpu - less.cpu) / pulls)
}

/**
 * Processor time a pull of this release against another client's: the middle of the ratios of all
 * turns, with the least and the largest, because a shared machine's mood changes by the second.
 */
export function perPullAgainst(results: Results, name: ClientName): string {
  const theirs = perPull(results, name)
  const ratios = perPull(results, 'ours').map((ours, turn) => ours / (theirs[turn] ?? Number.NaN))
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map(value => ratio(value, 1))
  return ratios.length < 2
    ? ratio(median(ratios), 1)
    : `${ratio(median(ratios), 1)} (${least ?? ''} to ${most ?? ''})`
}

/** Processor time of the clients. */
export function cpuPart(results: Results): string {
  const [empty, small, large] = about(results, 'cpu')
  const share = figure(
    large?.runs.ours,
    run => run.serverCpu / run.cpu,
    value => value.toFixed(2),
  )
  const rows = THREE.map(name => [
    NAMES[name],
    perPullAgainst(results, name),
    perPull(results, name).length === 0 ? '–' : millis(median(perPull(results, name))),
    figure(empty?.runs[name], ({ cpu }) => cpu, millis),
  ])
  const [from, to] = [small, large].map(found => found?.cell.plan.world.pulls ?? 0)
  return [
    '## Processor time of the client, no latency',
    `A pull: the difference between ${from ?? 0} and ${to ?? 0} pulls, shared among them.`,
    `The simulated server worked ${share} of the time this release did for ${to ?? 0} pulls, ` +
      'in a process of its own; below 1 it holds nobody up.',
    table(['client', 'this release against it', 'a pull', 'a sweep without pulls'], rows),
  ].join('\n\n')
}

/** Peak memory at sizes of one version, against the smallest of them. */
export function memoryPart(results: Results): string {
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
      ...(['ours', 'serial'] as const).map(name =>
        figure(found.runs[name], run => run.serverCpu, seconds),
      ),
    ]
  })
  const head = ['version', 'pulls', 'against the fewest pulls', 'against previous']
  const names = THREE.map(name => NAMES[name])
  const served = ['server CPU, this release', 'server CPU, serial']
  return [
    '## Peak memory',
    'And the processor time of the simulated server, which must answer so many pulls in time.',
    table([...head, 'against serial', ...names, ...served], rows),
  ].join('\n\n')
}

/** Peak memory over the pull requests of a repository on GitHub. */
export function githubPart({ github }: Results): string {
  const [least] = github
  const rows = github.map(({ node, pulls, requests: asked, fault, ...took }) => [
    String(pulls),
    ...(fault === null
      ? [ratio(took.memory, least?.memory ?? Number.NaN), megabytes(took.memory)]
      : [fault, '–']),
    took.memories.map(megabytes).join(', '),
    String(asked),
    node,
  ])
  return [
    '## Peak memory on GitHub',
    'Open pull requests with six green checks each; no other client here speaks to GitHub.',
    table(
      ['pulls', 'against the fewest pulls', 'this release', 'each sweep', 'requests', 'Node.js'],
      rows,
    ),
  ].join('\n\n')
}

/** Cold starts, and what each library adds to them. */
export function coldPart({ coldStarts }: Results): string {
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
