import { describe, expect, it } from '@jest/globals'
import { GITHUB, isGithub } from '../../../src/forge/github/open.js'
import type { OpenOptions } from '../../../src/forge/registry.js'

describe('where the API of GitHub is', () => {
  it.each([
    { url: 'https://api.github.com', is: true },
    { url: 'https://github.com', is: false },
    { url: 'https://api.github.com.example.org', is: false },
    { url: 'https://api.acme.ghe.com', is: true },
    { url: 'https://my-api.acme.ghe.com', is: false },
    { url: 'https://api.acme.ghe.com.example.org', is: false },
    { url: 'https://ghes.example.org/api/v3', is: true },
    { url: 'https://ghes.example.org/api/v3/', is: true },
    { url: 'https://ghes.example.org/api/v3/more', is: false },
    { url: 'https://git.example.org/api/v1', is: false },
  ])('$url: $is', ({ url, is }) => {
    expect(isGithub(url)).toBe(is)
  })

  it('is nowhere that Gitea or Forgejo answers: nothing is asked there', async () => {
    const place = { apiUrl: 'https://git.example.org/api/v1', repo: 'acme/widgets' }
    expect(await GITHUB.open({ place } as unknown as OpenOptions)).toBeNull()
  })
})
