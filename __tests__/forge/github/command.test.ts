import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { asJobId, asRunId } from '../../../src/core/model/ids.js'
import type { StatusPost } from '../../../src/core/plan/remedy.js'
import { commandOf, webRoot } from '../../../src/forge/github/command.js'
import { SHA } from '../../support/builders.js'

const place = { apiUrl: 'https://api.github.com', repo: 'acme/widgets' }
const RERUN = { kind: 'rerun', run: asRunId(812), job: asJobId(104), wholeRun: false } as const
const POST: StatusPost = {
  sha: SHA,
  context: 'all-required',
  state: 'success',
  description: 'all green',
  targetUrl: 'https://github.com/acme/widgets/actions/runs/812',
}

describe('the command of the GitHub CLI', () => {
  it('runs one job again', () => {
    expect(commandOf(place, RERUN)).toBe('gh run rerun --job 104 --repo acme/widgets')
  })

  it('runs a whole run again', () => {
    expect(commandOf(place, { ...RERUN, wholeRun: true })).toBe(
      'gh run rerun 812 --repo acme/widgets',
    )
  })

  it('posts a status', () => {
    expect(commandOf(place, { kind: 'status', post: POST })).toBe(
      `gh api --method POST repos/acme/widgets/statuses/${SHA} -f 'state=success'` +
        " -f 'context=all-required' -f 'description=all green'" +
        " -f 'target_url=https://github.com/acme/widgets/actions/runs/812'",
    )
  })

  it('leaves out what is empty', () => {
    const post = { ...POST, description: '', targetUrl: '' }
    expect(commandOf(place, { kind: 'status', post })).toBe(
      `gh api --method POST repos/acme/widgets/statuses/${SHA} -f 'state=success'` +
        " -f 'context=all-required'",
    )
  })

  it('survives a shell word for word', () => {
    const context = "it's \"a\" $HOME `id` \\ !! '' (x); rm -rf / #"
    const command = commandOf(place, {
      kind: 'status',
      post: { ...POST, context, description: 'a\nb', targetUrl: '' },
    })
    const said = execFileSync('sh', {
      input: `gh() { printf '%s\\0' "$@"; }\n${command}\n`,
      encoding: 'utf8',
    })
    expect(said.split('\0').slice(4, -1)).toEqual([
      '-f',
      'state=success',
      '-f',
      `context=${context}`,
      '-f',
      'description=a\nb',
    ])
  })
})

describe('where a server is', () => {
  it.each([
    { apiUrl: 'https://api.github.com', host: '', pages: 'https://github.com' },
    {
      apiUrl: 'https://api.acme.ghe.com',
      host: 'GH_HOST=acme.ghe.com ',
      pages: 'https://acme.ghe.com',
    },
    {
      apiUrl: 'https://ghes.example.org/api/v3',
      host: 'GH_HOST=ghes.example.org ',
      pages: 'https://ghes.example.org',
    },
    {
      apiUrl: 'http://ghes.example.org:8080/api/v3',
      host: 'GH_HOST=ghes.example.org ',
      pages: 'http://ghes.example.org:8080',
    },
    // A name that only begins or ends like one of GitHub's is the server's own.
    {
      apiUrl: 'https://api.example.org/api/v3',
      host: 'GH_HOST=api.example.org ',
      pages: 'https://api.example.org',
    },
    {
      apiUrl: 'https://my-api.acme.ghe.com',
      host: 'GH_HOST=my-api.acme.ghe.com ',
      pages: 'https://my-api.acme.ghe.com',
    },
    {
      apiUrl: 'https://api.acme.ghe.com.example.org',
      host: 'GH_HOST=api.acme.ghe.com.example.org ',
      pages: 'https://api.acme.ghe.com.example.org',
    },
    { apiUrl: 'https://api.ghe.com', host: 'GH_HOST=api.ghe.com ', pages: 'https://api.ghe.com' },
  ])('$apiUrl', ({ apiUrl, host, pages }) => {
    const command = commandOf({ apiUrl, repo: 'acme/widgets' }, RERUN)
    expect(command).toBe(`${host}gh run rerun --job 104 --repo acme/widgets`)
    expect(webRoot(apiUrl)).toBe(pages)
  })
})
