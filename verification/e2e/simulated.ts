import { runBundle } from '../../__tests__/support/bundle.js'
import type { Profile, ProfileName } from '../simulator/index.js'
import { PROFILES, serve, takeReruns } from '../simulator/index.js'
import { openClient } from './client.js'
import { sweepThrough } from './proxy.js'
import { openRepository } from './repository.js'
import { openSimulatedForge } from './simulated-forge.js'
import type { Facts, Host, World } from './world.js'

/** A simulated server of one version; every world is a forge of its own, served over HTTP. */
export function simulatedHost(profile: ProfileName, run: typeof runBundle = runBundle): Host {
  return {
    name: profile,
    open: (_, slots) => openSimulated(profile, slots, run),
    close: () => Promise.resolve(),
  }
}

async function openSimulated(
  profile: ProfileName,
  slots: number,
  run: typeof runBundle,
): Promise<World> {
  const place = { owner: 'acme', repo: 'widgets' }
  const repo = `${place.owner}/${place.repo}`
  const simulated = openSimulatedForge(profile, place, slots)
  simulated.forge.push({ branch: 'release' })
  const server = await serve(simulated.forge)
  takeReruns(server, simulated.settleRun)
  const { head, protect, post, rows, merge } = openRepository(
    openClient(server.apiUrl, server.token),
    repo,
  )
  await protect()
  return {
    name: profile,
    apiUrl: server.apiUrl,
    token: server.token,
    repo,
    facts: factsOfProfile(PROFILES[profile]),
    label: 'ubuntu-latest',
    branch: (name, workflow, file) =>
      done(() => {
        simulated.branch(name, workflow, file)
      }),
    pull: (branch, base = 'main') => done(() => simulated.pull(branch, base)),
    reopen: number =>
      done(() => {
        simulated.close(number)
        simulated.reopen(number)
      }),
    closePull: number =>
      done(() => {
        simulated.close(number)
      }),
    require: (base, contexts) =>
      done(() => {
        simulated.forge.protect(base, contexts)
      }),
    settled: async number => {
      simulated.settle(await head(number))
    },
    post,
    rows,
    merge,
    sweep: (inputs, event) =>
      sweepThrough(server.apiUrl, event, apiUrl =>
        run({ apiUrl, repo, token: server.token, inputs: { ...inputs } }),
      ),
    close: () => server.close(),
  }
}

const done = async <T>(act: () => T): Promise<T> => Promise.resolve(act())

/**
 * What the profile's own data say (simulator/profiles.ts); the token is the owner's, who may list
 * runs everywhere.
 */
function factsOfProfile({ hash, actions }: Profile): Facts {
  const grade =
    actions.runs !== 'none' && actions.jobs !== 'none'
      ? 'jobs'
      : actions.tasks
        ? 'tasks'
        : 'statuses'
  return { postedStatusWins: hash === 'context', grade, rerun: actions.rerun }
}
