import { describe, expect, it } from '@jest/globals'
import type {
  Forge,
  Json,
  ProfileName,
  SimulatedServer,
} from '../../../verification/simulator/index.js'
import { createForge, faultFirst, happenBefore } from '../../../verification/simulator/index.js'
import { CI, latest, opened, UMBRELLA } from './workflows.js'
import { openServer } from '../../support/open-server.js'

async function asked(forge: Forge, path: string, server?: SimulatedServer) {
  const to = server ?? (await openServer(forge))
  const reply = await fetch(`${to.apiUrl}/repos/acme/app${path}`, {
    headers: { authorization: `token ${to.token}` },
  })
  const text = await reply.text()
  return { status: reply.status, json: (/^[[{]/.test(text) ? JSON.parse(text) : null) as Json }
}

const folder = '.gitea/workflows'
const twin = CI.replace('on: [pull_request]', 'on: { pull_request: { branches: [release/**] } }')

describe('workflow files', () => {
  it('are read in folders of the folder too, and listed one folder at a time', async () => {
    const forge = createForge('gitea-1.26.4')
    forge.push({ branch: 'topic', workflow: CI, files: { [`${folder}/mac/ci.yml`]: CI } })
    const number = forge.openPull({ branch: 'topic' })
    expect(forge.runs(forge.head(number)).map(({ file }) => file)).toEqual(['mac/ci.yml', 'ci.yml'])
    const list = await asked(forge, `/contents/${folder}?ref=topic`)
    expect(list.json).toMatchObject([
      { name: 'mac', path: `${folder}/mac`, type: 'dir', content: null },
      { name: 'ci.yml', type: 'file' },
    ])
    const inner = await asked(forge, `/contents/${folder}/mac?ref=${forge.head(number)}`)
    expect(inner.json).toMatchObject([{ path: `${folder}/mac/ci.yml`, type: 'file' }])
  })

  it('without jobs, without events, or that are no YAML start nothing', () => {
    const forge = createForge('gitea-1.26.4')
    const files = {
      [`${folder}/data.yaml`]: 'a: [1, 2]',
      [`${folder}/none.yml`]: 'on: [pull_request]',
      [`${folder}/broken.yml`]: 'on: [pull_request',
      [`${folder}/notes.txt`]: CI,
    }
    forge.push({ branch: 'topic', files })
    expect(forge.runs(forge.head(forge.openPull({ branch: 'topic' })))).toEqual([])
  })

  it('that a push removes are gone', () => {
    const forge = createForge('gitea-1.26.4')
    forge.push({ branch: 'main', files: { [`${folder}/old.yml`]: CI } })
    forge.push({
      branch: 'topic',
      files: { [`${folder}/new.yml`]: CI },
      removes: [`${folder}/old.yml`],
    })
    const number = forge.openPull({ branch: 'topic' })
    expect(forge.runs(forge.head(number)).map(({ file }) => file)).toContain('new.yml')
    expect(forge.runs(forge.head(number)).map(({ file }) => file)).not.toContain('old.yml')
  })

  it.each([
    ['gitea-1.22.6', 'of the tag'],
    ['gitea-1.24.7', 'of the branch'],
  ] as const)('%s: of a tag and a branch of one name, the file is that %s', async (name, said) => {
    const forge = createForge(name)
    forge.tag('main', forge.push({ branch: 'other', files: { where: 'of the tag' } }))
    forge.push({ branch: 'main', files: { where: 'of the branch' } })
    const { json } = await asked(forge, '/contents/where?ref=main')
    const { content } = json as { content: string }
    expect(Buffer.from(content, 'base64').toString()).toBe(said)
    const { json: tip } = await asked(forge, '/branches/main')
    expect(tip).toMatchObject({ commit: { id: forge.state.branches['main'] } })
  })
})

describe('pull requests on one commit', () => {
  it('a second one into a base that the workflow leaves out has no run', () => {
    const forge = createForge('gitea-1.26.4')
    forge.push({ branch: 'release' })
    const { number, sha } = opened(
      forge,
      CI.replace('[pull_request]', '{ pull_request: { branches: [main] } }'),
    )
    forge.openPull({ branch: 'topic', base: 'release' })
    expect(forge.runs(sha).map(({ pull }) => pull)).toEqual([number])
  })

  it('from 1.27 on it writes skipped over each required context, without a link', () => {
    for (const [name, state] of [
      ['gitea-1.26.4', 'failure'],
      ['gitea-1.27.0', 'skipped'],
    ] as const) {
      const forge = createForge(name)
      forge.protect('main', [UMBRELLA])
      forge.push({ branch: 'release' })
      const branches = CI.replace('[pull_request]', '{ pull_request: { branches: [main] } }')
      const { number, sha, run } = opened(forge, branches)
      forge.runAll(run, { 'Platform (Go)': 'failure' })
      expect(forge.gate(number).mergeable).toBe(false)
      forge.openPull({ branch: 'topic', base: 'release' })
      expect(latest(forge, sha, UMBRELLA).state).toBe(state)
      // Recorded: the gate is open over the failed job.
      expect(forge.gate(number).mergeable).toBe(state === 'skipped')
      expect(latest(forge, sha, 'CI / Platform (Go) (pull_request)').state).toBe('failure')
    }
  })

  it('a pattern of branches knows one star from two', () => {
    const forge = createForge('gitea-1.26.4')
    forge.push({ branch: 'release/v1' })
    forge.push({ branch: 'topic', workflow: twin })
    const number = forge.openPull({ branch: 'topic', base: 'release/v1' })
    expect(forge.runs(forge.head(number))).toHaveLength(1)
    forge.push({ branch: 'topic', workflow: twin.replace('release/**', '*') })
    expect(forge.runs(forge.head(number))).toHaveLength(0)
  })

  it('a pull can go to another base, and its ref stays when it is closed', async () => {
    const forge = createForge('gitea-1.22.6')
    forge.push({ branch: 'release' })
    const { number, sha } = opened(forge)
    forge.retargetPull(number, 'release')
    forge.closePull(number)
    expect(forge.pull(number)).toMatchObject({ base: 'release', open: false })
    const { json } = await asked(forge, '/git/refs/pull')
    expect(json).toMatchObject([{ ref: `refs/pull/${number}/head`, object: { sha } }])
  })
})

describe('lists of Actions', () => {
  it.each(['gitea-1.23.8', 'gitea-1.26.4', 'forgejo-15'] as const)(
    '%s: a run may have an event of a name that nobody knows, under rows of the usual name',
    async (name: ProfileName) => {
      const forge = createForge(name)
      const { run, sha } = opened(forge)
      forge.runAll(run)
      forge.nameEvent(run, 'merge_request_v2')
      const { json } = await asked(forge, '/actions/tasks?page=1')
      expect(json).toMatchObject({ workflow_runs: [{ event: 'merge_request_v2' }, {}, {}] })
      expect(latest(forge, sha, UMBRELLA).state).toBe('success')
    },
  )

  it('grow by the work of elsewhere', async () => {
    const forge = createForge('gitea-1.24.7')
    forge.fillTasks(2100)
    const { json } = await asked(forge, '/actions/tasks?page=1&limit=50')
    expect(json).toMatchObject({ total_count: 2100 })
  })
})

describe('things that happen while a client reads', () => {
  it('a fault meets the first requests of its kind only', async () => {
    const forge = createForge('gitea-1.26.4')
    const server = await openServer(forge)
    faultFirst(server, { path: /\/actions\/runs$/ }, { kind: 'html', status: 403 })
    const statuses = []
    for (const path of ['/pulls', '/actions/runs', '/actions/runs'])
      statuses.push((await asked(forge, path, server)).status)
    expect(statuses).toEqual([200, 403, 200])
  })

  it('an event comes before the n-th request, and once', async () => {
    const forge = createForge('gitea-1.26.4')
    const { number } = opened(forge)
    const server = await openServer(forge)
    const happened = happenBefore(
      server,
      { path: /\/pulls$/ },
      () => {
        forge.closePull(number)
      },
      2,
    )
    const seen = []
    for (let time = 0; time < 3; time += 1)
      seen.push((await asked(forge, '/pulls?state=open', server)).json)
    expect(seen).toMatchObject([[{ number }], [], []])
    expect(happened()).toBe(true)
  })
})
