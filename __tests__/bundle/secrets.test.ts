import { afterEach, describe, expect, it } from '@jest/globals'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createForge, serve } from '../../verification/simulator/index.js'
import { drive, open } from '../../verification/simulator/stories.js'
import type { BundleOptions, BundleRun } from '../support/bundle.js'
import { runBundle } from '../support/bundle.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map(close => close()))
})

const CANARY = 'canary/0123+456"789<abc'
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const FORMS: Readonly<Record<string, (token: string) => string>> = {
  raw: token => token,
  'JSON-escaped': token => JSON.stringify(token).slice(1, -1),
  'URL-encoded': encodeURIComponent,
  base64,
  'base64 of user and token': token => base64(`user:${token}`),
  hexadecimal: token => Buffer.from(token).toString('hex'),
}

/** Everything that a run shows, but the mask, which a runner hides. */
const shownBy = (run: BundleRun): string =>
  [
    run.stdout.replace(/^::add-mask::.*$/gm, ''),
    run.stderr,
    run.summary,
    JSON.stringify(run.outputs),
    JSON.stringify(run.report),
  ].join('\n')

function expectHidden(run: BundleRun, secret: string): void {
  const shown = shownBy(run)
  for (const [name, form] of Object.entries(FORMS))
    expect([name, shown.includes(form(secret))]).toEqual([name, false])
}

interface Said {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** A server that gives this answer to everything. */
async function saying(answer: (request: IncomingMessage) => Said): Promise<string> {
  const server = createServer((request, response) => {
    const { status, type, body } = answer(request)
    response.writeHead(status, { 'content-type': type }).end(body)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  closing.push(() => new Promise(resolve => server.close(resolve)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const sweep = (apiUrl: string, more: Partial<BundleOptions> = {}): Promise<BundleRun> =>
  runBundle({ apiUrl, repo: 'acme/widgets', token: CANARY, ...more })

describe.each([
  { family: 'Gitea', api: '/api/v1' },
  { family: 'GitHub', api: '/api/v3' },
])('a server of $family that repeats the token', ({ api }) => {
  it.each(Object.keys(FORMS))('%s in a refusal', async name => {
    const form = FORMS[name] ?? String
    const origin = await saying(({ url = '' }) => {
      // What answers so is told to be GitHub.
      if (api === '/api/v3' && url.endsWith('/meta'))
        return { status: 200, type: 'application/json', body: '{"installed_version":"3.19.0"}' }
      const message = `no such token: ${form(CANARY)} here`
      return { status: 403, type: 'application/json', body: JSON.stringify({ message }) }
    })
    const run = await sweep(`${origin}${api}`)
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('(hidden)')
    expectHidden(run, CANARY)
  })
})

it('a type that repeats the token is told without it', async () => {
  const token = 'canary0123456789abc'
  const origin = await saying(() => ({ status: 200, type: `text/${token}`, body: 'x' }))
  const run = await sweep(`${origin}/api/v1`, { token })
  expect(run.code).toBe(1)
  expectHidden(run, token)
})

it('a title that repeats the token is told without it, wherever it is told', async () => {
  const token = 'canary_0123456789_abc'
  const forge = createForge('gitea-1.22.6', { owner: 'acme', repo: 'widgets' })
  const number = drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
  forge.retitlePull(number, `it is ${token}, or ${base64(`me:${token}`)}`)
  forge.addToken(token, { kind: 'writer' })
  forge.clock.advance('12m')
  const server = await serve(forge)
  closing.push(() => server.close())
  const run = await sweep(server.apiUrl, {
    token,
    inputs: { 'pull-request': String(number), 'dry-run': 'true' },
  })
  expect(JSON.stringify(run.report)).toContain('it is (hidden), or ')
  expectHidden(run, token)
  expect(run.summary.replaceAll('\\', '')).not.toContain(token)
})

describe('an address with a password in it is not repeated', () => {
  const SECRET = 'S3CRETpassword'
  const address = `https://user:${SECRET}@git.example.org/acme/widgets/pulls/7`
  it.each<{ where: string; given: Partial<BundleOptions> }>([
    { where: 'to explain', given: { argv: ['explain', address] } },
    { where: 'to explain, without https', given: { argv: ['explain', address.slice(8)] } },
    {
      where: 'to explain, with a slash in it',
      given: { argv: ['explain', `https://user:a/${SECRET} b@git.example.org/x`] },
    },
    { where: 'as a command', given: { argv: [address] } },
    { where: 'to sweep', given: { argv: ['sweep', address] } },
    { where: 'as an option nobody knows', given: { argv: ['sweep', `--${address}`] } },
    { where: 'as --api-url', given: { argv: ['sweep', `--api-url=${address}`] } },
    { where: 'as --repo', given: { argv: ['sweep', '--repo', address] } },
    { where: 'as a reason', given: { argv: ['help', address] } },
    { where: 'as a token file', given: { argv: ['sweep', '--token-file', address] } },
    { where: 'as a server', given: { argv: ['doctor', '.', '--server', address] } },
    {
      where: 'as a folder',
      given: { argv: ['doctor', address, '--server', 'gitea-1.22'] },
    },
    { where: 'as the input api-url', given: { inputs: { 'api-url': address } } },
    { where: 'as the input repo', given: { inputs: { repo: address } } },
    { where: 'as the input min-age', given: { inputs: { 'min-age': address } } },
  ])('$where', async ({ given }) => {
    const run = await runBundle({
      apiUrl: 'http://127.0.0.1:9/api/v1',
      repo: 'acme/widgets',
      token: 'unused-token',
      ...given,
    })
    expect(run.code).toBe(1)
    expectHidden(run, SECRET)
    expectHidden(run, `user:${SECRET}`)
  })
})

it('a token that was put in the place of another input is not repeated', async () => {
  const run = await sweep('http://127.0.0.1:9/api/v1', { inputs: { repo: CANARY } })
  expect(run.code).toBe(1)
  expectHidden(run, CANARY)
  const argued = await sweep('http://127.0.0.1:9/api/v1', { argv: ['sweep', CANARY] })
  expectHidden(argued, CANARY)
})
