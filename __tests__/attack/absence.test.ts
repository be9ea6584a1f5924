import { describe, expect, it } from '@jest/globals'
import type { ProfileName } from '../../verification/simulator/index.js'
import { faultFirst, happenBefore } from '../../verification/simulator/index.js'
import type { Json } from '../../verification/simulator/state.js'
import type { Scene } from '../support/law.js'
import {
  ci,
  closedPull,
  contextOf,
  entryOf,
  expectUntouched,
  fileAt,
  forbidActions,
  landLate,
  opened,
  raced,
  runsFor,
  staged,
  sweep,
} from '../support/law.js'

const LIST = {
  'required-contexts': ['lint', 'test'].map(contextOf).join('\n'),
  'umbrella-context': contextOf('all-required'),
}
const POST = { method: 'POST', path: /\/statuses\// }
const NOT_FOUND = { kind: 'status', status: 404, body: { message: 'no', url: '' } } as const

/** An answer with a list that counts nothing: under this key, or as its whole body. */
const empty = (key: string | null) =>
  ({
    kind: 'status',
    status: 200,
    body: key === null ? [] : { [key]: [], total_count: 0 },
    headers: { 'x-total-count': '0' },
  }) as const

/** From the success that is posted on, this list is empty. */
function emptyAfterPost({ server }: Scene, list: RegExp): void {
  let posted = false
  server.on(({ method, path }) => {
    posted ||= method === POST.method && POST.path.test(path)
    return posted && method === 'GET' && list.test(path) ? empty(null) : undefined
  })
}

/** The workflow files of one commit are hidden. */
function hideTree({ server }: Scene, sha: string): void {
  server.on(({ path, query }) =>
    path.includes('/contents/') && query['ref'] === sha ? NOT_FOUND : undefined,
  )
}

/** The two runs for a pull that was closed and reopened, neither of them begun. */
function twoRuns(scene: Scene, number = opened(scene)) {
  scene.forge.closePull(number)
  scene.forge.reopenPull(number)
  const [older, newer] = runsFor(scene, number)
  if (older === undefined || newer === undefined) throw new Error('there are not two runs')
  return { number, older, newer }
}

describe('files that one commit alone does not show are not none', () => {
  it.each<ProfileName>(['gitea-1.22.6', 'gitea-1.23.8', 'forgejo-11', 'forgejo-16'])(
    '%s: a hidden head hides the twin that the pull adds',
    async profile => {
      const scene = await staged(profile, ci())
      if (profile !== 'gitea-1.22.6') forbidActions(scene)
      const { forge } = scene
      const number = opened(scene, { files: { [fileAt(forge, 'twin.yml')]: ci() } })
      const [own, twin] = ['ci.yml', 'twin.yml'].map(name =>
        runsFor(scene, number).find(({ file }) => file === name),
      )
      if (own === undefined || twin === undefined) throw new Error('there are not two files')
      forge.runAll(own, { test: 'failure', 'all-required': 'never' })
      forge.runAll(twin)
      landLate(scene, own)
      hideTree(scene, forge.head(number))
      const swept = await sweep(scene, LIST)
      expect(entryOf(swept, number)).toMatchObject({ reason: 'evidence-incomplete' })
      await expectUntouched(scene, [number])
    },
    60_000,
  )
})

describe('a look back at nothing does not find that nothing came', () => {
  it.each<ProfileName>(['gitea-1.22.6', 'gitea-1.23.8', 'gitea-1.25.5', 'forgejo-15'])(
    '%s: a history without our own row hides the run that began before it',
    async profile => {
      const scene = await staged(profile, ci())
      const { forge, server } = scene
      const number = raced(scene, opened(scene))
      happenBefore(server, POST, () => {
        forge.closePull(number)
        forge.reopenPull(number)
      })
      emptyAfterPost(scene, /\/statuses\//)
      expect(entryOf(await sweep(scene), number)?.outcome).toBe('unconfirmed')
    },
    60_000,
  )

  it.each<ProfileName>(['gitea-1.22.6', 'gitea-1.23.8', 'forgejo-11', 'forgejo-15'])(
    '%s: lists without the judged pull hide that its base is another one',
    async profile => {
      const scene = await staged(profile, ci())
      const { forge, server } = scene
      forge.push({ branch: 'release', workflow: ci({ jobs: ['lint', 'test', 'audit'] }) })
      const number = raced(scene, opened(scene))
      happenBefore(server, POST, () => {
        forge.retargetPull(number, 'release')
      })
      emptyAfterPost(scene, /\/git\/refs\/pull|\/pulls$/)
      expect(entryOf(await sweep(scene), number)?.outcome).toBe('unconfirmed')
    },
    60_000,
  )

  it('forgejo-15: where the refs alone lack it, the list of pulls has the word', async () => {
    const scene = await staged('forgejo-15', ci())
    const { forge, server } = scene
    forge.push({ branch: 'release', workflow: ci({ jobs: ['lint', 'test', 'audit'] }) })
    const number = raced(scene, opened(scene))
    happenBefore(server, POST, () => {
      forge.retargetPull(number, 'release')
    })
    emptyAfterPost(scene, /\/git\/refs\/pull/)
    expect(entryOf(await sweep(scene), number)?.outcome).toBe('withdrawn')
  }, 60_000)
})

describe('runs and jobs that are not listed are not over', () => {
  it.each<[ProfileName, boolean]>([
    ['forgejo-12', true],
    ['forgejo-15', true],
    ['forgejo-15', false],
  ])(
    '%s: a newer run that wrote nothing yet, the list of runs empty: %s',
    async (profile, hidden) => {
      const scene = await staged(profile, ci())
      const { number, older } = twoRuns(scene)
      scene.forge.runAll(older, { 'all-required': 'failure' })
      scene.forge.clock.advance('30m')
      const list = { path: /\/actions\/runs$/ }
      if (hidden) faultFirst(scene.server, list, empty('workflow_runs'), Infinity)
      await sweep(scene)
      await expectUntouched(scene, [number])
    },
    60_000,
  )

  it.each<ProfileName>(['gitea-1.25.5', 'gitea-1.26.4', 'forgejo-16'])(
    '%s: a job of the newest run that failed, and is not among its jobs',
    async profile => {
      const jobs = ['lint', 'test', 'slow']
      const scene = await staged(profile, ci({ jobs, needs: ['lint', 'test'] }))
      const { forge, server } = scene
      const { number, older, newer } = twoRuns(scene)
      forge.runAll(older, { test: 'failure', 'all-required': 'never' })
      forge.runAll(newer, { slow: 'failure' })
      landLate(scene, older)
      const total = forge.jobs(newer).length - 1
      const others = (rows: Json): Json =>
        (rows as { readonly name: string }[]).filter(({ name }) => name !== 'slow')
      const without = (body: Json): Json => {
        if (Array.isArray(body)) return others(body)
        const all = body as { readonly jobs: Json }
        return { ...all, jobs: others(all.jobs), total_count: total }
      }
      const path = new RegExp(`/actions/runs/${newer.id}/jobs`)
      faultFirst(server, { path }, { kind: 'mutate', body: without }, Infinity)
      await sweep(scene, LIST)
      await expectUntouched(scene, [number])
    },
    60_000,
  )
})

describe('what held before', () => {
  it.each<[ProfileName, string | null]>([
    ['gitea-1.25.5', 'jobs'],
    ['gitea-1.26.4', 'jobs'],
    ['forgejo-16', null],
  ])(
    '%s: the newest run without a single job',
    async (profile, key) => {
      const scene = await staged(profile, ci())
      const number = raced(scene, opened(scene))
      const path = new RegExp(`/actions/runs/${runsFor(scene, number).at(-1)?.id ?? 0}/jobs`)
      faultFirst(scene.server, { path }, empty(key), Infinity)
      await sweep(scene, LIST)
      await expectUntouched(scene, [number])
    },
    60_000,
  )

  it.each<[ProfileName, RegExp]>([
    ['gitea-1.23.8', /\/actions\/tasks$/],
    ['forgejo-11', /\/actions\/tasks$/],
    ['gitea-1.26.4', /\/actions\/runs$/],
    ['forgejo-16', /\/actions\/runs$/],
  ])(
    '%s: not one task or run, though rows link runs',
    async (profile, path) => {
      const scene = await staged(profile, ci())
      const number = closedPull(scene)
      faultFirst(scene.server, { path }, empty('workflow_runs'), Infinity)
      await sweep(scene)
      await expectUntouched(scene, [number])
    },
    60_000,
  )

  it('gitea-1.26.4: a hidden file of the head takes no job off the umbrella', async () => {
    const scene = await staged('gitea-1.26.4', ci())
    const { forge } = scene
    const workflow = ci({ jobs: ['lint', 'test', 'extra'] })
    const { number, older, newer } = twoRuns(scene, opened(scene, { workflow }))
    forge.runAll(older, { 'all-required': 'never' })
    forge.runAll(newer, { extra: 'skipped' })
    landLate(scene, older)
    hideTree(scene, forge.head(number))
    await sweep(scene)
    await expectUntouched(scene, [number])
  }, 60_000)
})
