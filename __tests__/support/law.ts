import { expect } from '@jest/globals'
import { parse } from 'yaml'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import { workflowFolder } from '../../verification/simulator/events.js'
import type {
  Forge,
  ForgeOptions,
  Outcome,
  ProfileName,
  SimulatedServer,
} from '../../verification/simulator/index.js'
import { createForge, faultFirst, takeReruns } from '../../verification/simulator/index.js'
import type { BundleRun } from './bundle.js'
import { play, runInProcess } from './in-process.js'
import { openServer } from './open-server.js'

/** The umbrella of every scene but those whose point is another one. */
export const UMBRELLA = 'CI / all-required (pull_request)'

/** The context of a job of the workflow `CI`. */
export const contextOf = (job: string): string => `CI / ${job} (pull_request)`

/** What a scene's workflow file says beyond the usual one. */
interface CiText {
  readonly jobs?: readonly string[]
  /** What the umbrella needs; default all jobs. */
  readonly needs?: readonly string[]
  readonly on?: string
  readonly name?: string
  /** More jobs, as lines of YAML below `jobs:`. */
  readonly extra?: readonly string[]
  readonly umbrella?: boolean
}

/** Jobs that say ok, under an umbrella that only judges what they ended with. */
export function ci({
  jobs = ['lint', 'test'],
  needs = jobs,
  on = '[pull_request]',
  name = 'CI',
  extra = [],
  umbrella = true,
}: CiText = {}): string {
  const judge = needs.map(key => `test "\${{ needs.${key}.result }}" = success`).join(' && ')
  return [
    `name: ${name}`,
    `on: ${on}`,
    'jobs:',
    ...jobs.map(key => `  ${key}: { runs-on: ubuntu-latest, steps: [{ run: echo ok }] }`),
    ...extra,
    ...(umbrella
      ? [
          '  all-required:',
          '    if: always()',
          `    needs: [${needs.join(', ')}]`,
          '    runs-on: ubuntu-latest',
          `    steps: [{ run: '${judge}' }]`,
        ]
      : []),
    '',
  ].join('\n')
}

/** A workflow file by its place below this forge's folder. */
export const fileAt = (forge: Forge, path: string): string =>
  `${workflowFolder(forge.state)}/${path}`

/** One simulated server with protected branches, and what a sweep of it is given. */
export interface Scene {
  readonly forge: Forge
  readonly server: SimulatedServer
}

/**
 * A server whose `main` and `release` hold this workflow and require the umbrella; jobs that are
 * run again end as `again` says, or as their needs did.
 */
export async function staged(
  profile: ProfileName,
  workflow: string,
  {
    again = {},
    required = [UMBRELLA],
    ...options
  }: ForgeOptions & {
    readonly again?: Readonly<Record<string, Outcome>>
    readonly required?: readonly string[]
  } = {},
): Promise<Scene> {
  parse(workflow)
  const forge = createForge(profile, options)
  forge.push({ branch: 'main', workflow })
  forge.push({ branch: 'release' })
  for (const branch of ['main', 'release']) forge.protect(branch, required)
  const server = await openServer(forge)
  takeReruns(server, run => {
    forge.runAll(run, again)
  })
  return { forge, server }
}

/** What one sweep reported and did. */
interface Swept {
  readonly run: BundleRun
  readonly report: SweepReport
}

/** Where the bundle plays scenes too, if it is asked to; elsewhere the sources alone do. */
const BY_BUNDLE: readonly string[] = ['gitea-1.22.6', 'gitea-1.23.8', 'gitea-1.26.4']

/** A sweep with all defaults but what is given. */
export async function sweep(
  { server, forge }: Scene,
  inputs: Record<string, string> = {},
  token = server.token,
): Promise<Swept> {
  const start = BY_BUNDLE.includes(forge.profile.name) ? play : runInProcess
  const run = await start({ apiUrl: server.apiUrl, repo: 'acme/app', token, inputs })
  if (run.report === null) throw new Error(`no report\n${run.stdout}\n${run.stderr}`)
  return { run, report: run.report as SweepReport }
}

/** What the report says of a pull; undefined if it was only counted. */
export const entryOf = ({ report }: Swept, number: number): PullReport | undefined =>
  report.pulls.find(pull => pull.number === number)

/** What was sent to the server: every success posted, and every job run again. */
export function sent({ server }: Scene): {
  readonly successes: readonly string[]
  readonly reruns: readonly string[]
} {
  const posts = server.requests.filter(({ method }) => method === 'POST')
  return {
    successes: posts.flatMap(({ path, body }) =>
      path.includes('/statuses/') && (body as { state?: string } | undefined)?.state === 'success'
        ? [path]
        : [],
    ),
    reruns: posts.flatMap(({ path }) => (path.includes('rerun') ? [path] : [])),
  }
}

/** Whether the server itself would merge: 200, or 405 while the gate is shut. */
export async function merge({ server }: Scene, number: number): Promise<number> {
  const reply = await fetch(`${server.apiUrl}/repos/acme/app/pulls/${number}/merge`, {
    method: 'POST',
    headers: { authorization: `token ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Do: 'merge' }),
  })
  return reply.status
}

/** The state of the latest row of a context, as the gate reads it. */
export const latestOf = ({ forge }: Scene, number: number, context = UMBRELLA): string =>
  forge
    .latest(forge.head(number))
    .filter(row => row.context === context)
    .at(-1)?.state ?? 'absent'

/** The law held from beginning to end: nothing written, nothing run again, the gate shut. */
export async function expectUntouched(scene: Scene, numbers: readonly number[]): Promise<void> {
  expect(sent(scene)).toEqual({ successes: [], reruns: [] })
  await expectShut(scene, numbers)
}

/** No success stands, whatever was tried, and the gates are shut. */
export async function expectShut(
  scene: Scene,
  numbers: readonly number[],
  context = UMBRELLA,
): Promise<void> {
  const states = numbers.map(number => latestOf(scene, number, context))
  expect(states).not.toContain('success')
  for (const number of numbers) expect([number, await merge(scene, number)]).toEqual([number, 405])
}

/** The pulls were repaired, and their gates are open. */
export async function expectOpen(scene: Scene, swept: Swept, numbers: readonly number[]) {
  const outcomes = numbers.map(number => entryOf(swept, number)?.outcome)
  for (const outcome of outcomes) expect(['compensated', 'rerun']).toContain(outcome)
  for (const number of numbers) expect([number, await merge(scene, number)]).toEqual([number, 200])
}

/** A token that may read nothing of Actions, or a server in front of which somebody forbids it. */
export function forbidActions({ server }: Scene): void {
  faultFirst(
    server,
    { path: /\/actions\// },
    { kind: 'status', status: 403, body: { message: 'forbidden', url: '' } },
    Infinity,
  )
}

/** A pull of a new branch, into `main` unless said; it has one run for each of its files. */
export function opened(
  { forge }: Scene,
  wish: {
    readonly branch?: string
    readonly base?: string
    readonly workflow?: string
    readonly files?: Readonly<Record<string, string>>
    readonly removes?: readonly string[]
  } = {},
): number {
  const { branch = 'topic', base = 'main', workflow, files, removes } = wish
  forge.push({
    branch,
    ...(workflow === undefined ? {} : { workflow }),
    ...(removes === undefined ? {} : { removes }),
    files: { [`${branch}.txt`]: branch, ...files },
  })
  return forge.openPull({ branch, base, doubleRun: false })
}

/** The runs for a pull, oldest first. */
export const runsFor = ({ forge }: Scene, number: number) =>
  forge
    .runs(forge.head(number))
    .filter(({ pull }) => pull === number)
    .sort((a, b) => a.id - b.id)

/**
 * The race: an older run whose job failed ends last, over a newest run that is green in every job.
 * The two come of closing and reopening.
 */
export function raced(scene: Scene, number: number, failing = 'test'): number {
  const { forge } = scene
  forge.closePull(number)
  forge.reopenPull(number)
  const [older, newer] = runsFor(scene, number)
  if (older === undefined || newer === undefined) throw new Error('a race needs two runs')
  forge.runAll(older, { [failing]: 'failure', 'all-required': 'never' })
  forge.runAll(newer)
  landLate(scene, older)
  return number
}

/** The umbrella of a run that waited for it alone ends now, red; then everything is old enough. */
export function landLate({ forge }: Scene, run: { readonly id: number }): void {
  const umbrella = forge.job(run, 'all-required')
  forge.pick(umbrella)
  forge.complete(umbrella, 'failure', { seconds: 40 })
  forge.clock.advance('12m')
}

/**
 * An open pull whose only run failed (for a control: did not), and a closed one into `release` on
 * the same commit: it ran later, and green. The open pull's own umbrella is written last, red.
 */
export function closedPull(scene: Scene, own: 'success' | 'failure' = 'failure'): number {
  const { forge } = scene
  const number = opened(scene)
  const [run] = runsFor(scene, number)
  if (run === undefined) throw new Error('the open pull has no run')
  forge.runAll(run, { test: own, 'all-required': 'never' })
  const other = forge.openPull({ branch: 'topic', base: 'release', doubleRun: false })
  for (const later of runsFor(scene, other)) forge.runAll(later)
  forge.closePull(other)
  landLate(scene, run)
  return number
}
