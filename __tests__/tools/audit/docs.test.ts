import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { ALARMS } from '../../../src/core/triage/triage.js'
import { PAST_KINDS } from '../../../src/core/rules/past.js'
import { AUDIT_SCHEMA, OURS_SAYS } from '../../../src/tools/audit/report.js'
import { AUDIT_USAGE } from '../../../src/tools/audit/usage.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/audit.md')

/** The codes that a table of the page explains, by the heading of its first column. */
const codesUnder = (column: string, text = page): readonly string[] => {
  const [, rows = ''] =
    new RegExp(`\\| ${column} \\|[^\\n]*\\n\\|[^\\n]*\\n((?:\\|.*\\n)+)`).exec(text) ?? []
  return [...rows.matchAll(/^\| (?:\d+ \| )?`([a-z-]+)` \|/gm)].map(([, code = '']) => code)
}

describe('docs/audit.md', () => {
  it('explains every kind of a merge, what is said of ours, and every `alarms`', () => {
    expect([...codesUnder('newest run'), 'green'].sort()).toEqual([...PAST_KINDS].sort())
    expect([...codesUnder('it says')].sort()).toEqual([...OURS_SAYS].sort())
    expect(codesUnder('`alarms`')).toEqual([...ALARMS])
    expect(page).toContain(AUDIT_SCHEMA)
  })

  it('has a row in decisions for each kind', () => {
    const [, section = ''] =
      /## A merge, and a success of ours, looked back at\n([^]*?)\n## /.exec(
        read('docs/decisions.md'),
      ) ?? []
    expect([...codesUnder('row \\| code', section)].sort()).toEqual([...PAST_KINDS].sort())
  })

  it('names every option of its page of help', () => {
    const options = AUDIT_USAGE.flatMap(line => [...line.matchAll(/^ {2}(--[a-z-]+)/g)]).map(
      ([, name = '']) => name,
    )
    expect(options).toContain('--since')
    const own = options.filter(name => !/--(?:repo|api-url|token-file)/.test(name))
    expect(own.filter(name => !page.includes(name))).toEqual([])
  })
})

interface Example {
  readonly on: { readonly schedule: readonly { readonly cron: string }[] }
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: {
    readonly audit: {
      readonly steps: readonly [{ readonly run: string; readonly env: Record<string, string> }]
    }
  }
}

describe.each(['gitea', 'github'])('examples/audit/%s.yml', name => {
  const example = parse(read(`examples/audit/${name}.yml`)) as Example
  const [{ run, env }] = example.jobs.audit.steps

  /** Runs the step with programs of these names in the place of git, node and curl. */
  function played(audit: string): { code: number; log: string; body: string | null } {
    const place = mkdtempSync(join(tmpdir(), 'audit-example-'))
    const program = (command: string, text: string): void => {
      writeFileSync(join(place, command), `#!/bin/sh\n${text}\n`)
      chmodSync(join(place, command), 0o755)
    }
    program('git', 'mkdir -p reaper/dist')
    program('node', `case "$1" in -e) exec "${process.execPath}" "$@";; esac\n${audit}`)
    program('curl', 'echo "$@" > sent; cp comment.json body')
    writeFileSync(join(place, 'step.sh'), run)
    const fixed = Object.fromEntries(
      Object.entries(env).map(([key, value]) => [key, value.includes('${{') ? 'x/y' : value]),
    )
    try {
      const path = `${place}:${process.env['PATH'] ?? ''}`
      const how = { cwd: place, env: { ...fixed, PATH: path }, encoding: 'utf8' } as const
      let [code, log] = [0, '']
      try {
        log = execFileSync('bash', ['-e', 'step.sh'], how)
      } catch (error) {
        const failed = error as { readonly status: number; readonly stdout: string }
        ;[code, log] = [failed.status, failed.stdout]
      }
      const sent = ((): string | null => {
        try {
          return readFileSync(join(place, 'body'), 'utf8')
        } catch {
          return null
        }
      })()
      return { code, log, body: sent }
    } finally {
      rmSync(place, { recursive: true })
    }
  }

  it('runs weekly, and may write nothing but a comment', () => {
    expect(example.on.schedule.map(({ cron }) => cron)).toEqual(['7 6 * * 1'])
    const writes = Object.entries(example.permissions).filter(([, level]) => level === 'write')
    expect(writes).toEqual([['issues', 'write']])
  })

  it('comments the table alone where something was found, and ends red', () => {
    const found =
      'echo "3 pull requests merged"; echo "**3: bad**"; echo "| a |"; echo "::error::x"; exit 1'
    const { code, body, log } = played(found)
    expect(code).toBe(1)
    expect(JSON.parse(body ?? '')).toEqual({ body: '**3: bad**\n| a |\n' })
    expect(log).toContain('3 pull requests merged')
  })

  it('says nothing where nothing was found, or nothing could be asked', () => {
    expect(played('echo "**3: fine**"; exit 0')).toMatchObject({ code: 0, body: null })
    expect(played('echo "::error::no token"; exit 1')).toMatchObject({ code: 1, body: null })
  })
})
