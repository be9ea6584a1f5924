import type { runBundle } from '../../__tests__/support/bundle.js'
import type { Client } from './client.js'
import { field } from './client.js'
import { openRepository } from './repository.js'
import type { Facts, World } from './world.js'

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

export async function until(
  { timeoutMs, pollMs }: Patience,
  otherwise: () => string,
  done: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await done())) {
    if (Date.now() > deadline)
      throw new Error(`waited ${Math.round(timeoutMs / 1000)} s: ${otherwise()}`)
    await pause(pollMs)
  }
}

const PROBE = 'Probe / fail (pull_request)'

/**
 * What this server does, found out with a job that fails: does a posted success replace its row,
 * and which rows of jobs may be read?
 */
export async function measure(client: Client, place: Place): Promise<Facts> {
  const { label, repo } = place
  const steps = ['    steps:', '      - run: exit 1', '']
  await place.branch(
    'probe',
    [
      'name: Probe',
      'on: [pull_request]',
      'jobs:',
      '  fail:',
      `    runs-on: ${label}`,
      ...steps,
    ].join('\n'),
  )
  const number = await place.pull('probe')
  await place.settled(number)
  await place.post(number, {
    context: PROBE,
    state: 'success',
    description: 'does a posted status win?',
  })
  const latest = (await openRepository(client, repo).latest(number)).filter(
    ({ context }) => context === PROBE,
  )
  const grade = await gradeOf(client, repo)
  const rerun = await rerunOf(client, repo)
  await place.close()
  const postedStatusWins = latest.length === 1 && latest[0]?.state === 'success'
  return { postedStatusWins, grade, rerun }
}

/** Of an endpoint that is missing the server says so in plain text (docs/forge-facts.md, 4.1). */
async function rerunOf(client: Client, repo: string): Promise<boolean> {
  const nowhere = `/repos/${repo}/actions/runs/999999999/jobs/1/rerun`
  const { body } = await client.ask('POST', nowhere)
  return typeof field(body, 'message') === 'string'
}

async function gradeOf(client: Client, repo: string): Promise<Facts['grade']> {
  const runs = await client.ask('GET', `/repos/${repo}/actions/runs?page=1&limit=1`)
  const rows = field(runs.body, 'workflow_runs')
  const id = runs.status === 200 && Array.isArray(rows) ? field(rows[0], 'id') : undefined
  if (
    typeof id === 'number' &&
    (await client.ask('GET', `/repos/${repo}/actions/runs/${id}/jobs`)).status === 200
  )
    return 'jobs'
  return (await client.ask('GET', `/repos/${repo}/actions/tasks?page=1&limit=1`)).status === 200
    ? 'tasks'
    : 'statuses'
}

/** Where the real server is, and how patient to be with its runner. */
export interface RealServer {
  /** The server's own address, without `/api/v1`. */
  readonly url: string
  /** An administrator's token. */
  readonly token: string
  /** A label of the runner registered there. */
  readonly label?: string
  /** The longest a scenario waits for the runner. */
  readonly timeoutMs?: number
  readonly pollMs?: number
  /**
   * How long no row may have appeared before a head counts as settled: more than the
   * ten seconds in which the server may still post rows of the same moment.
   */
  readonly silenceMs?: number
  /** How long one second of a workflow's `sleep` takes. */
  readonly secondMs?: number
  /** What sweeps: the bundle as a process, or the same in this one. */
  readonly run?: typeof runBundle
}

/** Removes something this suite made. */
export type Removal = () => Promise<void>

export type Place = Omit<World, 'facts'>

export interface Patience extends Required<RealServer> {
  readonly latest: ReturnType<typeof openRepository>['latest']
}
