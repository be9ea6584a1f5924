import { afterEach, describe, expect, it } from '@jest/globals'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { codeOfFailure, explainFailure } from '../../src/forge/network.js'
import { createForge, serve } from '../../verification/simulator/index.js'
import { runInProcess } from '../support/in-process.js'

const API = 'https://git.example.org/api/v1'

describe('what stood in the way', () => {
  it.each([
    { code: 'ENOTFOUND', says: /^git\.example\.org: there is no such host \(ENOTFOUND\)$/ },
    { code: 'ECONNREFUSED', says: /^git\.example\.org: nothing is listening there/ },
    { code: 'SELF_SIGNED_CERT_IN_CHAIN', says: /NODE_EXTRA_CA_CERTS/ },
    { code: 'CERT_HAS_EXPIRED', says: /expired/ },
    { code: 'ERR_TLS_CERT_ALTNAME_INVALID', says: /another name/ },
    { code: 'EPROTO', says: /http instead of https/ },
    { code: 'EXOTIC', says: /^git\.example\.org: it could not be reached \(EXOTIC\)$/ },
    { code: null, says: /^git\.example\.org: it could not be reached$/ },
  ])('$code', ({ code, says }) => {
    expect(explainFailure(code, API, null)).toMatch(says)
  })

  it('names the proxy for a connection, and not for a certificate', () => {
    expect(explainFailure('ECONNREFUSED', API, 'proxy:3128')).toBe(
      'git.example.org, through the proxy proxy:3128 that the environment names (https_proxy, ' +
        'no_proxy): nothing is listening there, or a firewall refuses the connection ' +
        '(ECONNREFUSED)',
    )
    expect(explainFailure('CERT_HAS_EXPIRED', API, 'proxy:3128')).not.toContain('proxy')
  })

  it.each([
    { error: Object.assign(new Error('x'), { code: 'A' }), code: 'A' },
    { error: new Error('x', { cause: Object.assign(new Error('y'), { code: 'B' }) }), code: 'B' },
    { error: new Error('x'), code: null },
    { error: 'x', code: null },
  ])('the code of a failure: $code', ({ error, code }) => {
    expect(codeOfFailure(error)).toBe(code)
  })
})

describe('a sweep that reaches no API says why', () => {
  const closing: (() => Promise<unknown>)[] = []
  const before = process.env['http_proxy']
  afterEach(async () => {
    if (before === undefined) delete process.env['http_proxy']
    else process.env['http_proxy'] = before
    await Promise.all(closing.splice(0).map(close => close()))
  })

  const sweep = (apiUrl: string) =>
    runInProcess({ apiUrl, repo: 'acme/widgets', token: 'abcdef0123', inputs: {} })

  it('where nobody listens', async () => {
    const { code, stdout } = await sweep('http://127.0.0.1:9/api/v1')
    expect(code).toBe(1)
    expect(stdout).toContain(
      '127.0.0.1:9: nothing is listening there, or a firewall refuses the connection',
    )
  })

  it('where http is spoken instead of https', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    closing.push(() => new Promise(resolve => server.close(resolve)))
    const { port } = server.address() as AddressInfo
    const { stdout } = await sweep(`https://127.0.0.1:${port}/api/v1`)
    expect(stdout).toContain('http instead of https')
  })

  it('through a proxy, whose password is not shown', async () => {
    process.env['http_proxy'] = 'http://me:secret@127.0.0.1:9'
    const { stdout } = await sweep('http://git.example.invalid/api/v1')
    expect(stdout).toContain('through the proxy 127.0.0.1:9 that the environment names')
    expect(stdout).not.toContain('secret')
  })

  it('where the address of the server was given, and not that of its API', async () => {
    const forge = createForge('gitea-1.26.4', { owner: 'acme', repo: 'widgets' })
    const server = await serve(forge)
    closing.push(() => server.close())
    const origin = server.apiUrl.replace('/api/v1', '')
    const { code, stdout } = await sweep(origin)
    expect(code).toBe(1)
    expect(stdout).toContain(`did you mean ${server.apiUrl}?`)
    expect(stdout).toContain('api-url: there is no API at this address')
    expect(server.requests.map(({ path }) => path)).toEqual(['/version', '/api/v1/version'])
  })

  it('where a server repeats the token that it refuses: it is hidden', async () => {
    const server = createServer((request, response) => {
      const token = request.headers.authorization?.split(' ')[1] ?? ''
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: `access token does not exist [sha: ${token}]` }))
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    closing.push(() => new Promise(resolve => server.close(resolve)))
    const { port } = server.address() as AddressInfo
    const run = await runInProcess({
      apiUrl: `http://127.0.0.1:${port}/api/v1`,
      repo: 'acme/widgets',
      token: 'secret0123456789',
      env: { GITHUB_ACTIONS: '' },
    })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('access token does not exist [sha: (hidden)]')
    expect(run.stdout.replace(/^::add-mask::.*$/m, '')).not.toContain('secret0123456789')
  })

  it('where there is no API at all', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello')
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    closing.push(() => new Promise(resolve => server.close(resolve)))
    const { port } = server.address() as AddressInfo
    const { stdout } = await sweep(`http://127.0.0.1:${port}`)
    expect(stdout).toContain('no API answers; api-url must end in /api/v1')
  })
})
