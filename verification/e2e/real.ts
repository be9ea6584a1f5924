import { randomBytes } from 'node:crypto'
import { runBundle } from '../../__tests__/support/bundle.js'
import { BASES, UMBRELLA } from './ci.js'
import type { Client } from './client.js'
import { field, openClient, wordsOf } from './client.js'
import { endless, jobsIn, longestSleep } from './jobs.js'
import { sweepThrough } from './proxy.js'
import type { Patience, Place, RealServer, Removal } from './real-server.js'
import { measure, until } from './real-server.js'
import { openRepository } from './repository.js'
import type { Facts, Host, World } from './world.js'

const inTruth: typeof runBundle = sweep => runBundle({ ...sweep, sleeps: true })

/**
 * A real Gitea or Forgejo: an organisation of its own with a random name, a private repository for
 * each scenario. What the server can do is measured there before the first of them, not read from
 * its version. `close` deletes everything that was made.
 */
export async function openRealHost(options: RealServer): Promise<Host> {
  const server = {
    label: 'ubuntu-latest',
    timeoutMs: 180_000,
    pollMs: 3000,
    silenceMs: 15_000,
    secondMs: 1000,
    // A real runner takes its time: a sweep that skips its sleeps would give up a re-run at once.
    run: inTruth,
    ...options,
  }
  const client = openClient(
    `${server.url.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`,
    server.token,
  )
  const version = String(field(await client.want('GET', '/version', [200]), 'version'))
  const organisation = `umbrella-reaper-e2e-${randomBytes(4).toString('hex')}`
  await client.want('POST', '/orgs', [201], { username: organisation, visibility: 'private' })
  const made = new Set<Removal>()
  let closed = false
  let facts: Promise<Facts> | undefined
  const close = async (): Promise<void> => {
    closed = true
    const kept = (await Promise.allSettled([...made].map(remove => remove()))).filter(
      ({ status }) => status === 'rejected',
    ).length
    if (kept > 0)
      throw new Error(
        `${kept} repositories of the organisation ${organisation} could not be deleted`,
      )
    await client.want('DELETE', `/orgs/${organisation}`, [204, 404])
  }
  const openPlace = async (scenario: string): Promise<Place> => {
    if (closed) throw new Error('the organisation is being deleted')
    return openReal(
      client,
      version,
      `${organisation}/${scenario.replaceAll(/\W+/g, '-')}`,
      server,
      made,
    )
  }
  const open = async (scenario: string): Promise<World> => {
    facts ??= openPlace('probe').then(place => measure(client, place))
    const known = await facts
    return { ...(await openPlace(scenario)), facts: known }
  }
  return { name: version, open, close }
}

/** Give back what was made, then fail with the error that made it necessary. */
async function undo(error: unknown, close: Removal): Promise<never> {
  const [closed] = await Promise.allSettled([close()])
  if (closed.status === 'fulfilled') throw error
  throw new Error(`${wordsOf(error)}; and nothing could be cleaned up: ${wordsOf(closed.reason)}`)
}

/** A repository of its own, with Actions and every base branch. */
async function makeRepository(client: Client, repo: string, made: Set<Removal>): Promise<Removal> {
  const [organisation = '', name = ''] = repo.split('/')
  const root = `/repos/${repo}`
  await client.want('POST', `/orgs/${organisation}/repos`, [201], {
    name,
    auto_init: true,
    default_branch: BASES[0],
    private: true,
  })
  const close: Removal = async () => {
    await client.want('DELETE', root, [204, 404])
    made.delete(close)
  }
  made.add(close)
  return close
}

async function switchOn(client: Client, repo: string): Promise<void> {
  const root = `/repos/${repo}`
  await client.want('PATCH', root, [200], { has_actions: true })
  for (const base of BASES.slice(1)) {
    await client.want('POST', `${root}/branches`, [201], {
      new_branch_name: base,
      old_branch_name: BASES[0],
    })
  }
  await openRepository(client, repo).protect()
}

/** Branches and pulls of a repository, and which workflow each of them has. */
function openBranches(client: Client, repo: string) {
  const root = `/repos/${repo}`
  const workflows = new Map<string, readonly string[]>()
  const branches = new Map<number, string>()
  return {
    workflowsOf: (number: number): readonly string[] =>
      workflows.get(branches.get(number) ?? '') ?? [],
    branch: async (branch: string, workflow: string, file = 'ci.yml'): Promise<void> => {
      // Every version reads this folder, Forgejo too unless it has one of its own.
      const known = workflows.has(branch) || BASES.some(base => base === branch)
      await client.want('POST', `${root}/contents/.gitea/workflows/${file}`, [201], {
        ...(known ? { branch } : { branch: BASES[0], new_branch: branch }),
        message: `workflow of ${branch}`,
        content: Buffer.from(workflow).toString('base64'),
      })
      workflows.set(branch, [...(workflows.get(branch) ?? []), workflow])
    },
    pull: async (branch: string, base: string = BASES[0]): Promise<number> => {
      const pull = await client.want('POST', `${root}/pulls`, [201], {
        head: branch,
        base,
        title: `${branch} into ${base}`,
      })
      const number = Number(field(pull, 'number'))
      branches.set(number, branch)
      return number
    },
  }
}

async function openReal(
  client: Client,
  name: string,
  repo: string,
  server: Required<RealServer>,
  made: Set<Removal>,
): Promise<Place> {
  const close = await makeRepository(client, repo, made)
  try {
    await switchOn(client, repo)
    const { post, rows, latest, merge } = openRepository(client, repo)
    const { branch, pull, workflowsOf } = openBranches(client, repo)
    const patient = { ...server, latest }
    return {
      name,
      apiUrl: client.apiUrl,
      token: client.token,
      repo,
      label: server.label,
      post,
      rows,
      merge,
      close,
      branch,
      pull,
      reopen: async number => {
        await until(
          patient,
          () => `no row of ${UMBRELLA} appeared: are Actions enabled on this server?`,
          async () => (await latest(number)).some(({ context }) => context === UMBRELLA),
        )
        for (const state of ['closed', 'open'])
          await client.want('PATCH', `/repos/${repo}/pulls/${number}`, [201], { state })
      },
      closePull: async number => {
        await client.want('PATCH', `/repos/${repo}/pulls/${number}`, [201], { state: 'closed' })
      },
      require: async (base, contexts) => {
        await client.want('PATCH', `/repos/${repo}/branch_protections/${base}`, [200], {
          enable_status_check: true,
          status_check_contexts: contexts,
        })
      },
      settled: number => settled(patient, workflowsOf(number), number),
      sweep: (inputs, event) =>
        sweepThrough(client.apiUrl, event, apiUrl =>
          server.run({
            apiUrl,
            repo,
            token: client.token,
            inputs: { ...inputs },
            timeoutMs: 120_000,
          }),
        ),
    }
  } catch (error) {
    return undo(error, close)
  }
}

/**
 * Until every job that can end has ended, and then nothing was written for longer than any of them
 * may be silent.
 */
async function settled(
  patient: Patience,
  workflows: readonly string[],
  number: number,
): Promise<void> {
  const never = new Set(workflows.flatMap(workflow => [...endless(workflow)]))
  const wanted = workflows
    .flatMap(workflow => jobsIn(workflow).map(({ context }) => context))
    .filter(context => !never.has(context))
  const sleepMs = Math.max(0, ...workflows.map(longestSleep)) * patient.secondMs
  let newest = 0
  let since = Date.now()
  let open: readonly string[] = wanted
  const why = (): string =>
    open.length === 0
      ? `#${number} is never silent`
      : `${open.join(', ')} did not end; is a runner with the label ${patient.label} ` +
        'registered and idle?'
  await until({ ...patient, timeoutMs: patient.timeoutMs + 2 * sleepMs }, why, async () => {
    const rows = await patient.latest(number)
    const ended = new Set(
      rows.filter(({ state }) => state !== 'pending').map(({ context }) => context),
    )
    open = wanted.filter(context => !ended.has(context))
    const id = Math.max(0, ...rows.map(row => row.id))
    if (id !== newest || open.length > 0) [newest, since] = [id, Date.now()]
    return open.length === 0 && Date.now() - since >= patient.silenceMs + sleepMs
  })
}
