import { describe, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

describe('what npm run bench refuses', () => {
  it.each([
    {
      words: ['--previous', 'nonsense'],
      said: ['--previous: given "nonsense"', 'a commit or tag'],
    },
    { words: ['--previous=--all'], said: ['--previous: given "--all"'] },
    { words: ['--previous'], said: ['--previous: nothing was given'] },
    {
      words: ['--bogus', 'x', '--out', '/nowhere'],
      said: ['given "bogus"', 'given "x"', '--out: given "/nowhere"', 'a folder that exists'],
    },
  ])('$words', ({ words, said }) => {
    const argv = ['--import', 'tsx', 'verification/bench/main.ts', '--quick', ...words]
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '' },
      encoding: 'utf8',
    })
    expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      status: 1,
      stdout: '',
      lines: 1,
    })
    for (const part of said) expect(stderr).toContain(part)
  })
})
