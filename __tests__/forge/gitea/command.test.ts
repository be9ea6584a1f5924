import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { commandOf } from '../../../src/forge/gitea/command.js'
import { SHA } from '../../support/builders.js'
import { CASES } from '../../support/property.js'
import { asJobId, asRunId } from '../../../src/core/model/ids.js'

const place = { apiUrl: 'https://git.example.org/api/v1', repo: 'o/r' }
const writer = { url: 'https://git.example.org/o/r/actions/runs/812' }
const POST = { sha: SHA, context: 'a', state: 'success', description: '', targetUrl: '' } as const

/** What a shell makes of a command, curl replaced by a program that prints its arguments. */
const run = (command: string): readonly string[] =>
  execFileSync('sh', {
    input: `curl() { printf '%s\\0' "$@"; }\nUMBRELLA_REAPER_TOKEN=secret\n${command}\n`,
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
    .split('\0')
    .slice(0, -1)

describe('the command for a person', () => {
  it('survives a shell word for word', () => {
    const context = 'CI / it\'s "a" $HOME `id` \\ !! (x); rm -rf / #'
    const command = commandOf(place, {
      kind: 'status',
      post: {
        sha: SHA,
        context,
        state: 'success',
        description: 'a\nb',
        targetUrl: writer.url,
      },
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
    expect(command).toContain('$UMBRELLA_REAPER_TOKEN')
  })

  it('survives a shell whatever the text', () => {
    const any = fc.string({ unit: 'grapheme' }).map(text => text.replaceAll('\0', ''))
    const texts = ["'", "''\\''", '$(id)', '\n', '\u2028', ...fc.sample(any, CASES)]
    // One shell for all of them: a process each would take minutes.
    const said = run(
      texts
        .map(text => commandOf(place, { kind: 'status', post: { ...POST, description: text } }))
        .join('\n'),
    )
    const size = said.length / texts.length
    expect(texts.map((_, at) => JSON.parse(said[at * size + 8] ?? '') as unknown)).toEqual(
      texts.map(text => expect.objectContaining({ description: text })),
    )
  })

  it('re-runs one job', () => {
    const command = commandOf(place, {
      kind: 'rerun',
      run: asRunId(1),
      job: asJobId(104),
      wholeRun: false,
    })
    expect(command).toBe(
      'curl -fsS -X POST -H "Authorization: token $UMBRELLA_REAPER_TOKEN" ' +
        "'https://git.example.org/api/v1/repos/o/r/actions/runs/1/jobs/104/rerun'",
    )
  })
})
