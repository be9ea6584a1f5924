import { afterEach, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GATE } from '../../verification/e2e/github/setups.js'
import type { GithubServer } from '../../verification/simulator/github/server.js'
import { serveGithub } from '../../verification/simulator/github/server.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import { createForge, serve } from '../../verification/simulator/index.js'
import { runBundle, SERVERS_CLOCK } from '../support/bundle.js'

let server: GithubServer | null = null
const folders: string[] = []

afterEach(async () => {
  await server?.close()
  server = null
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** One pull request whose gate lost its runner over green jobs. */
function lost(): GithubWorld {
  const world = new GithubWorld()
  const { head } = world.pull()
  const workflow = world.workflow({
    path: '.github/workflows/ci.yml',
    jobs: [{ name: 'lint' }, { name: GATE, needs: ['lint'], gate: 'needs' }],
  })
  const suite = world.ended(workflow, { sha: head }, { lint: 'success' })
  world.end(suite, GATE, 'failure', true)
  world.now += 1200
  return world
}

interface Ended {
  readonly code: number | null
  readonly said: string
}

/** The bundle in a folder of its own, as a command. */
async function command(
  args: readonly string[],
  {
    token,
    dist = 'dist',
    env = {},
  }: {
    readonly token: string
    readonly dist?: string
    readonly env?: Readonly<Record<string, string>>
  },
): Promise<Ended> {
  const child = spawn(process.execPath, [...SERVERS_CLOCK, join(dist, 'index.js'), ...args], {
    env: { PATH: process.env['PATH'], UMBRELLA_REAPER_TOKEN: token, ...env },
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  return { code, said }
}

/** A copy of the bundle without the files that it loads when they are asked for. */
function withoutParts(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'))
  folders.push(folder)
  cpSync('dist', folder, { recursive: true })
  for (const name of readdirSync(folder))
    if (/^\d+\.index\.js$/.test(name)) rmSync(join(folder, name))
  return folder
}

describe('the bundle on GitHub', () => {
  it('explains a pull request by its address, on whatever server --api-url names', async () => {
    server = await serveGithub(lost())
    const { code, said } = await command(
      [
        ...['explain', 'https://github.com/acme/widgets/pull/1', '--api-url', server.apiUrl],
        ...['--umbrella-context', GATE],
      ],
      { token: server.token },
    )
    expect(said).toContain('#1')
    expect(said).toContain('stale')
    expect(said).toMatch(/gh run rerun --job \d+ --repo acme\/widgets/)
    expect(code).toBe(0)
    expect(server.requests.some(({ path }) => path.endsWith('/rerun'))).toBe(false)
  })

  it('repairs as an action, and its token stands nowhere', async () => {
    server = await serveGithub(lost())
    const { apiUrl, token } = server
    const run = await runBundle({
      apiUrl,
      repo: 'acme/widgets',
      token,
      inputs: { 'umbrella-context': GATE },
    })
    expect(run.outputs).toMatchObject({ stale: '1', rerun: '1' })
    const all = [run.stdout, run.stderr, run.summary, JSON.stringify(run.report)].join('')
    expect(all.replaceAll(`::add-mask::${token}`, '')).not.toContain(token)
  })
})

describe('without undici, the bundle', () => {
  it('holds nothing of it', () => {
    expect(readFileSync('dist/index.js', 'utf8')).not.toContain('undici.globalDispatcher')
  })

  it('takes GitHub through the proxy that the environment names', async () => {
    server = await serveGithub(lost())
    const at = new URL(server.apiUrl)
    const asked: string[] = []
    const proxy = createServer().on('connect', ({ url }, socket: Socket) => {
      asked.push(url ?? '')
      const onwards = connect(Number(at.port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        socket.pipe(onwards).pipe(socket)
      })
      for (const end of [socket, onwards]) end.on('error', () => end.destroy())
    })
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    try {
      const args = [
        ...['sweep', '--api-url', `http://github.test${at.pathname}`, '--repo', 'acme/widgets'],
        ...['--umbrella-context', GATE, '--dry-run', 'true'],
      ]
      const env = { http_proxy: `http://127.0.0.1:${port}` }
      const { code, said } = await command(args, { token: server.token, env })
      expect(said).toContain('#1')
      expect(code).toBe(0)
      expect(new Set(asked)).toEqual(new Set(['github.test:80']))
    } finally {
      proxy.closeAllConnections()
      await new Promise(resolve => proxy.close(resolve))
    }
  })
})

describe('the parts of the bundle that few sweeps need', () => {
  it('are not loaded for a quiet one of Gitea: without them it is the same', async () => {
    const forge = createForge('gitea-1.22.6', { owner: 'acme', repo: 'widgets' })
    const gitea = await serve(forge)
    try {
      const args = [
        'sweep',
        '--api-url',
        gitea.apiUrl,
        '--repo',
        'acme/widgets',
        '--dry-run',
        'true',
      ]
      const whole = await command(args, { token: gitea.token })
      const less = await command(args, { token: gitea.token, dist: withoutParts() })
      expect(whole).toEqual({ code: 0, said: expect.stringContaining('on gitea 1.22.6') })
      expect(less).toEqual(whole)
    } finally {
      await gitea.close()
    }
  })

  it('are what GitHub is spoken to with', async () => {
    server = await serveGithub(lost())
    const args = ['sweep', '--api-url', server.apiUrl, '--repo', 'acme/widgets']
    const less = await command(args, { token: server.token, dist: withoutParts() })
    expect(less.code).not.toBe(0)
    expect(less.said).toMatch(/Cannot find module|index\.js/)
  })
})
