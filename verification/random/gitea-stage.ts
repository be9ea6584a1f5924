import { giteaOver } from '../../src/forge/gitea/open.js'
import { encode, headersOf } from '../simulator/encode.js'
import { answer } from '../simulator/routes.js'
import { OWNER_TOKEN } from '../simulator/setup.js'
import type { ActionName } from './actions.js'
import { ACTIONS } from './actions.js'
import { Chance } from './chance.js'
import { giteaScene } from './gitea-scene.js'
import { finishRun } from './runner.js'
import type { Setup } from './setup.js'
import type { Stage } from './stage.js'
import { World } from './world.js'

const BASE = 'http://127.0.0.1:3000'

/** A simulated Gitea or Forgejo, drawn. */
export const giteaStage = (setup: Setup): Stage => stageOf(new World(setup))

/** The same of a world that is there. */
export function stageOf(world: World): Stage {
  const { state, forge, setup } = world
  return {
    scene: giteaScene(world),
    repo: `${forge.owner}/${forge.repo}`,
    token: OWNER_TOKEN,
    apiUrl: `${BASE}/api/v1`,
    inputs: setup.inputs,
    server: {
      now: () => state.clock.now,
      pass: milliseconds => {
        state.clock.now += milliseconds
      },
      jump: milliseconds => {
        state.clock.now += milliseconds
      },
      answer: request => {
        const given = answer(state, { ...request, base: BASE })
        const encoded = encode(given)
        const headers = headersOf(state, encoded, given.headers)
        return { status: given.status, headers, text: encoded.text }
      },
    },
    act: ({ action, seed }) => ACTIONS[action as ActionName](world, new Chance(seed)),
    denies: ({ path }) => setup.denied && path.includes('/actions/'),
    refuses: isSo => {
      world.refused = isSo
    },
    blinds: isSo => {
      world.blinded = isSo
    },
    takeReruns: chance => {
      for (const id of world.rerun) {
        const run = state.runs.find(one => one.id === id)
        if (run !== undefined) finishRun(world, run, 0.9, chance)
      }
      world.rerun.clear()
    },
    kind: (network, sweep) =>
      giteaOver(({ token }) => ({
        send: async (method, path, body) => {
          const { status, headers, bytes } = await network.send(sweep, {
            method,
            url: `${BASE}${path}`,
            token,
            body: body === null ? undefined : JSON.stringify(body),
          })
          return { status, headers, bytes }
        },
        close: () => undefined,
      })),
  }
}
