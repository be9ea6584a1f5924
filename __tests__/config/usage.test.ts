import { describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { COMMANDS } from '../../src/config/arguments.js'
import type { Reason } from '../../src/core/rules/verdict.js'
import { OUTCOMES } from '../../src/core/plan/outcome.js'
import { STALE_CAUSES, REASONS } from '../../src/core/rules/verdict.js'
import { ADVICE } from '../../src/sweep/report/advice.js'
import { MEANINGS } from '../../src/sweep/report/meanings.js'
import { helpLines, USAGE } from '../../src/config/usage.js'
import { AUDIT_USAGE, VERIFY_USAGE } from '../../src/tools/audit/usage.js'
import { DOCTOR_USAGE } from '../../src/tools/doctor/usage.js'

const reasons: readonly Reason[] = Object.values(REASONS).flat()

/** What verdicts say in the tables of the rules, by reason. */
const folder = new URL('../core/rules/verdicts/', import.meta.url)
const said = readdirSync(folder)
  .flatMap(name => {
    const kept = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown>
    return Object.values(kept)
  })
  .map(verdict => verdict as { readonly reason?: string; readonly detail?: string })

/** Tools bring their own pages. */
const TOOLS = { doctor: DOCTOR_USAGE, audit: AUDIT_USAGE, verify: VERIFY_USAGE }

const pageOf = (command: (typeof COMMANDS)[number]): readonly string[] =>
  command === 'sweep' || command === 'explain' ? helpLines(command) : TOOLS[command]

describe('help', () => {
  it.each(reasons)(
    '%s: what it means, an example that a verdict really said, what to do',
    reason => {
      const { means, example } = MEANINGS[reason]
      expect(means).toMatch(/^[a-z].*\.$/)
      expect(said).toContainEqual(expect.objectContaining({ reason, detail: example }))
      const text = helpLines(reason).join('\n')
      for (const part of [means, example, ADVICE[reason], 'docs/troubleshooting.md#by-reason'])
        expect(text).toContain(part)
    },
  )

  it.each([...OUTCOMES, ...STALE_CAUSES])('%s: what it means, and where to read more', word => {
    const text = helpLines(word).join('\n')
    expect(text).toMatch(/^[a-z-]+ \((?:how a repair ended|why a stale umbrella is red)\): .+\.$/m)
    expect(text).toMatch(
      /^ {2}more: +docs\/(?:troubleshooting\.md#by-outcome|why-it-happens\.md)$/m,
    )
  })

  it.each(COMMANDS)('%s has a page with its options and an example', command => {
    const page = pageOf(command)
    expect(page[0]).toMatch(/^usage: umbrella-reaper /)
    expect(page.join('\n')).toMatch(/\noptions:\n[^]*\nexample:\n {2}umbrella-reaper /)
    expect(USAGE.join('\n')).toContain(`umbrella-reaper ${command}`)
  })

  it('fits a terminal', () => {
    const pages = [USAGE, ...COMMANDS.map(pageOf)].flat()
    expect(pages.filter(line => line.length > 80)).toEqual([])
  })
})
