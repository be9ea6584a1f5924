import { describe, expect, it } from '@jest/globals'
import { defaultBranch, rawFiles, workflowSource } from '../../../src/forge/github/repository.js'
import { errorOf, fileAnswer, scriptedGithub } from '../../support/scripted-github.js'

const TIP = 'd'.repeat(40)
const FOLDER = 'GET /contents/.github/workflows'
const TEXT = 'on: push\njobs: {}\n'

describe('the branches of a repository', () => {
  it('the default one', async () => {
    const { repository, asked } = scriptedGithub({ 'GET ': { body: { default_branch: 'trunk' } } })
    expect(await defaultBranch(repository)).toBe('trunk')
    expect(await workflowSource(repository).defaultBranch()).toBe('trunk')
    expect(asked).toEqual(['GET ', 'GET '])
  })

  it('one that has no name is not read', async () => {
    const { repository } = scriptedGithub({ 'GET ': { body: { default_branch: '' } } })
    expect(await errorOf(defaultBranch(repository))).toBe(
      'unexpected-shape: GET /repos/acme/widgets: ' +
        'default_branch Too small: expected string to have >=1 characters',
    )
  })

  it('the commit that one stands on, by one name though it has a slash', async () => {
    const { repository, asked } = scriptedGithub({
      'GET /branches/release%2F1.0': { body: { commit: { sha: TIP } } },
    })
    expect(await workflowSource(repository).commitOf('release/1.0')).toBe(TIP)
    expect(asked).toEqual(['GET /branches/release%2F1.0'])
  })

  it('one that stands on no commit is not read', async () => {
    const { repository } = scriptedGithub({ 'GET /branches/main': { body: { commit: {} } } })
    expect(await errorOf(workflowSource(repository).commitOf('main'))).toBe(
      'unexpected-shape: GET /repos/acme/widgets/branches/main: ' +
        'commit.sha Invalid input: expected string, received undefined',
    )
  })
})

describe('the workflow files of a commit', () => {
  const listed = [
    { path: '.github/workflows/ci.yml', type: 'file', sha: 'b1' },
    { path: '.github/workflows/below', type: 'dir', sha: 'b2' },
    { path: '.github/workflows/notes.md', type: 'file', sha: 'b3' },
  ]
  const script = { [FOLDER]: { body: listed }, [`${FOLDER}/ci.yml`]: fileAnswer(TEXT) }

  it('are read at that commit, and none below their folder', async () => {
    const { repository, asked } = scriptedGithub(script)
    const found = await workflowSource(repository).workflows(TIP)
    expect(found).toMatchObject({ ok: true, value: [{ path: '.github/workflows/ci.yml' }] })
    expect(asked).toEqual([`${FOLDER}?ref=${TIP}`, `${FOLDER}/ci.yml?ref=${TIP}`])
  })

  it('are none where there is no folder', async () => {
    const { repository } = scriptedGithub({})
    expect(await workflowSource(repository).workflows(TIP)).toEqual({ ok: true, value: [] })
  })

  it('are not known where GitHub refuses them', async () => {
    const { repository } = scriptedGithub({ [FOLDER]: { status: 403, body: { message: 'no' } } })
    expect(await workflowSource(repository).workflows(TIP)).toEqual({
      ok: false,
      why:
        'GET /repos/acme/widgets/contents/.github/workflows: 403 no' +
        ': the token needs "contents: read"',
    })
  })

  it('one of them, or none where the commit does not have it', async () => {
    const { repository, asked } = scriptedGithub(script)
    const source = workflowSource(repository)
    expect(await source.workflow('.github/workflows/ci.yml', TIP)).toMatchObject({
      kind: 'workflow',
    })
    expect(await source.workflow('.github/workflows/a b.yml', TIP)).toBeNull()
    expect(asked).toEqual([`${FOLDER}/ci.yml?ref=${TIP}`, `${FOLDER}/a%20b.yml?ref=${TIP}`])
  })

  it('byte for byte', async () => {
    const { repository } = scriptedGithub(script)
    const found = await rawFiles(repository, 'main')
    expect(found.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['.github/workflows/ci.yml', TEXT],
    ])
  })
})
