import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { checkRecording } from '../../../verification/simulator/contract.js'
import {
  createForge,
  PROFILES,
  serve,
  takeReruns,
  type ProfileName,
} from '../../../verification/simulator/index.js'
import { record } from '../../../verification/simulator/recorder.js'
import { readRecording } from '../../../verification/simulator/recording.js'
import { opened } from './workflows.js'

const folder = mkdtempSync(join(tmpdir(), 'recorder-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

it.each(Object.keys(PROFILES) as ProfileName[])(
  'a recording of the simulated %s holds no secret and meets the contract',
  async name => {
    const forge = createForge(name)
    const { run } = opened(forge)
    forge.runAll(run, { 'all-required': 'failure' })
    const server = await serve(forge)
    const out = join(folder, name)
    const count = await record({ url: server.url, repo: 'acme/app', out, token: server.token })
    await server.close()
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true)
    const text = readFileSync(join(out, 'exchanges.jsonl'), 'utf8')
    for (const secret of [server.token, server.url, 'example.test', 'avatar'])
      expect(text).not.toContain(secret)
    const report = await checkRecording(readRecording(dirname(out), basename(out)))
    expect(report.unexplained).toEqual([])
    expect(report.compared).toBe(count)
  },
)

it.each(['gitea-1.26.4', 'gitea-1.27.0'] as const)(
  'a re-run is sent once, after everything was read, and watched to its end: %s',
  async name => {
    const forge = createForge(name)
    const { run } = opened(forge)
    forge.runAll(run, { 'all-required': 'failure' })
    const job = forge.job(run, 'all-required').id
    const server = await serve(forge)
    takeReruns(server, again => {
      forge.runAll(again)
    })
    const out = join(folder, `${name}-rerun`)
    const rerun = { run: forge.runs(forge.head(1))[0]?.id ?? 0, job }
    await record({ url: server.url, repo: 'acme/app', out, token: server.token, rerun, pause: 1 })
    await server.close()
    const posts = server.requests.filter(({ method }) => method !== 'GET')
    expect(posts.map(({ path, status }) => [path.replace(/.*\/actions/, ''), status])).toEqual([
      [`/runs/${rerun.run}/jobs/${job}/rerun`, 201],
    ])
    const lines = readFileSync(join(out, 'exchanges.jsonl'), 'utf8').trim().split('\n')
    const last = JSON.parse(lines.at(-1) ?? '{}') as { response: { body: Row[] } }
    const umbrella = last.response.body.find(({ context }) => context.includes('all-required'))
    expect(umbrella?.status).toBe('success')
  },
)

interface Row {
  readonly context: string
  readonly status: string
}
