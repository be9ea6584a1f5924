import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { readMarker } from '../../../src/core/model/marker.js'
import { postCommand, remedyFor, shellCommand } from '../../../src/core/acting/remedy.js'
import type { Repair } from '../../../src/core/rules/verdict.js'
import { head, judge, server, SHA, STALE, UMBRELLA } from '../../support/builders.js'
import { CASES } from '../../support/property.js'

const place = { apiUrl: 'https://git.example.org/api/v1', repo: 'o/r' }
const writer = { run: '812', url: 'https://git.example.org/o/r/actions/runs/812' }
const proven = judge(head({ rows: STALE })) as Repair
const byJobs = judge(head({ grade: 'jobs', rows: STALE })) as Repair

describe('the remedy', () => {
  it.each(['1.22.6', '1.26.4', '11.0.1+gitea-1.22.0'].map(version => ({ version })))(
    'posts a success where it wins: $version',
    ({ version }) => {
      const remedy = remedyFor(
        server(version),
        'auto',
        place,
        SHA,
        UMBRELLA,
        proven,
        writer,
        'ab12cd',
      )
      expect(remedy).toMatchObject({
        kind: 'status',
        post: { sha: SHA, context: UMBRELLA, state: 'success', targetUrl: writer.url },
      })
      expect(remedy.kind === 'status' ? readMarker(remedy.post.description) : null).toEqual({
        kind: 'green',
        red: 9,
        run: 1,
        nonce: 'ab12cd',
      })
    },
  )

  it.each([
    { choice: 'auto' as const },
    { choice: 'status' as const },
    { choice: 'report' as const },
  ])('never posts where a posted status cannot win: $choice', ({ choice }) => {
    const capabilities = { ...server().capabilities, rerun: true }
    const remedy = remedyFor(
      server('1.27.0', { capabilities }),
      choice,
      place,
      SHA,
      UMBRELLA,
      byJobs,
      writer,
      'ab12cd',
    )
    expect(remedy).toEqual({
      kind: 'report',
      why:
        'a posted status cannot win on this server and would block the commit for good; ' +
        're-run the umbrella job',
      command:
        'curl -fsS -X POST -H "Authorization: token $TOKEN" ' +
        "'https://git.example.org/api/v1/repos/o/r/actions/runs/1/jobs/104/rerun'",
    })
  })

  it('names a new commit where not even a re-run is offered', () => {
    expect(
      remedyFor(server('1.27.0'), 'auto', place, SHA, UMBRELLA, proven, writer, 'ab12cd'),
    ).toMatchObject({ kind: 'report', command: expect.stringContaining('git commit') })
  })

  it('report writes nothing and says how a person could', () => {
    const remedy = remedyFor(server(), 'report', place, SHA, UMBRELLA, proven, writer, 'ab12cd')
    expect(remedy).toEqual({
      kind: 'report',
      why: 'remedy: report',
      command: expect.stringContaining(`/repos/o/r/statuses/${SHA}`),
    })
  })
})

/** What a shell makes of a command, curl replaced by a program that prints its arguments. */
const run = (command: string): readonly string[] =>
  execFileSync('sh', {
    input: `curl() { printf '%s\\0' "$@"; }\nTOKEN=secret\n${command}\n`,
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
    .split('\0')
    .slice(0, -1)

describe('the command for a person', () => {
  it('survives a shell word for word', () => {
    const context = 'CI / it\'s "a" $HOME `id` \\ !! (x); rm -rf / #'
    const command = postCommand(place, {
      sha: SHA,
      context,
      state: 'success',
      description: 'a\nb',
      targetUrl: writer.url,
    })
    const said = run(command)
    expect(said.slice(0, 5)).toEqual(['-fsS', '-X', 'POST', '-H', 'Authorization: token secret'])
    expect(JSON.parse(said[8] ?? '')).toEqual({
      context,
      state: 'success',
      description: 'a\nb',
      target_url: writer.url,
    })
    expect(said.at(-1)).toBe(`https://git.example.org/api/v1/repos/o/r/statuses/${SHA}`)
    expect(command).toContain('$TOKEN')
  })

  it('survives a shell whatever the text', () => {
    const any = fc.string({ unit: 'grapheme' }).map(text => text.replaceAll('\0', ''))
    const texts = ["'", "''\\''", '$(id)', '\n', '\u2028', ...fc.sample(any, CASES)]
    // One shell for all of them: a process each would take minutes.
    const said = run(
      texts.map(text => shellCommand('POST', 'https://git.example.org', { text })).join('\n'),
    )
    const size = said.length / texts.length
    expect(texts.map((_, at) => JSON.parse(said[at * size + 8] ?? '') as unknown)).toEqual(
      texts.map(text => ({ text })),
    )
  })
})
