import { describe, expect, it, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { DEFAULTS } from '../src/config/inputs.js'
import { ADVICE, OUTCOME_ADVICE } from '../src/sweep/report/advice.js'
import { GAP_CAUSES } from '../src/core/model/evidence.js'
import { OUTCOMES } from '../src/core/plan/outcome.js'
import type { SweepReport } from '../src/sweep/report/report.js'
import type { VerdictKind, Reason } from '../src/core/rules/verdict.js'
import { STALE_CAUSES, REASONS } from '../src/core/rules/verdict.js'
import { outputsOf } from '../src/sweep/report/publish.js'
import { placesOf } from './support/code-text.js'
import { BLIND_SPOTS } from '../verification/proof/blind.js'
import { exchangesIn, scenariosIn } from '../verification/simulator/recording.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const under = (folder: string, end: string): string[] => {
  const names = existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    : []
  return names
    .filter(name => name.endsWith(end))
    .map(name => join(folder, name))
    .sort()
}

interface Action {
  inputs: Record<string, { description: string; default: string }>
  outputs: Record<string, { description: string }>
}
interface Row {
  [column: string]: string
}

const action = parse(read('action.yml')) as Action
const readme = read('README.md')
const decisions = read('docs/decisions.md')
const troubleshooting = read('docs/troubleshooting.md')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...under('docs', '.md'),
]

/** The lines of a page outside its code blocks. */
function prose(page: string): string[] {
  let code = false
  return page.split('\n').filter(line => {
    const fence = line.trimStart().startsWith('```')
    if (fence) code = !code
    return !code && !fence
  })
}

/** The text under a heading, up to the next of the same or a higher level. */
function section(page: string, heading: string): string {
  const lines = prose(page)
  const start = lines.indexOf(heading)
  if (start < 0) throw new Error(`no heading ${heading}`)
  const level = heading.indexOf(' ')
  const rest = lines.slice(start + 1)
  const end = rest.findIndex(line => /^#+ /.test(line) && line.indexOf(' ') <= level)
  return rest.slice(0, end < 0 ? undefined : end).join('\n')
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim())

/** The rows of the first table of a text, by the names of its columns. */
function table(text: string): Row[] {
  const lines = text.split('\n').map(line => line.trim())
  const first = lines.findIndex(line => line.startsWith('|'))
  if (first < 0) throw new Error('no table')
  const end = lines.findIndex((line, at) => at > first && !line.startsWith('|'))
  const [head, , ...rows] = lines.slice(first, end < 0 ? undefined : end).map(cellsOf)
  for (const row of rows) expect(row).toHaveLength(head?.length ?? 0)
  return rows.map(row =>
    Object.fromEntries((head ?? []).map((column, at) => [column, row[at] ?? ''])),
  )
}

/** The one code of a cell, whatever anchor or link stands around it. */
const codeOf = (cell: string | undefined): string => /`([^`]+)`/.exec(cell ?? '')?.[1] ?? ''
const codes = (rows: readonly Row[], column: string): string[] =>
  rows.map(row => codeOf(row[column]))
const sorted = (list: readonly string[]): string[] => [...list].sort()

const kinds = Object.entries(REASONS) as [VerdictKind, readonly Reason[]][]
const reasons = kinds.flatMap(([, list]) => list)
const reasonRows = table(section(decisions, '## Reasons'))
const outcomes = table(section(decisions, '## Outcomes'))

describe('action.yml', () => {
  test(
    'every input of the code is an input of the action with the same default, and the ' +
      'other way round',
    () => {
      const declared = Object.fromEntries(
        Object.entries(action.inputs).map(([name, input]) => [name, input.default]),
      )
      expect(declared).toEqual({ ...DEFAULTS, token: '${{ github.token }}' })
    },
  )

  test('every output of the code is an output of the action, and the other way round', () => {
    const report: SweepReport = {
      schema: 'umbrella-reaper/report/3',
      repo: 'acme/widgets',
      requests: 0,
      pulls: [],
      problem: null,
      remedy: { kind: 'status', why: '', missing: null },
      earlier: [],
      unjudged: null,
      quiet: { 'umbrella-missing': 0, 'umbrella-green': 0, 'umbrella-pending': 0 },
      pending: [],
      server: {
        kind: 'gitea',
        version: '1.22.6',
        grade: 'statuses',
        gradeLimit: null,
        capabilities: { tasks: false, runs: false, rerun: false, logGroups: false, summary: false },
      },
      policy: {
        umbrella: 'CI / all-required (pull_request)',
        required: [],
        optional: [],
        external: [],
        skippable: [],
        minGrade: 'statuses',
        minAgeSeconds: 300,
        scope: 'umbrella',
        baseBranches: [],
        remedy: 'auto',
        maxRepairs: 10,
        dryRun: false,
        pullRequest: null,
      },
    }
    expect(sorted(Object.keys(outputsOf(report, 'report.json', null)))).toEqual(
      sorted(Object.keys(action.outputs)),
    )
  })

  test('the tables of the README are those of action.yml', () => {
    execFileSync(process.execPath, [join(root, 'scripts/readme.mjs'), '--check'], { stdio: 'pipe' })
    expect(codes(table(section(readme, '## Inputs')), 'input')).toEqual(Object.keys(action.inputs))
    expect(
      codes(table(section(read('docs/outputs.md'), '# Outputs and the report')), 'output'),
    ).toEqual(Object.keys(action.outputs))
    expect(table(section(readme, '## Inputs')).map(({ default: value }) => value)).toEqual(
      Object.values(action.inputs).map(input =>
        input.default === '' ? 'empty' : `\`${input.default}\``,
      ),
    )
  })
})

describe('docs/decisions.md', () => {
  test('every reason code has exactly one row, and no row names an unknown one', () => {
    expect(sorted(codes(reasonRows, 'code'))).toEqual(sorted(reasons))
  })

  test('rows are numbered in their order', () => {
    const numbers = reasonRows.map(({ row }) => Number(row))
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    expect([...new Set(numbers)]).toEqual(
      Array.from({ length: Math.max(...numbers) }, (_, at) => at + 1),
    )
    expect(codes(reasonRows, 'code').at(-1)).toBe('stale')
  })

  test.each(kinds)('rows of kind %s are the codes of that kind', (kind, list) => {
    expect(
      sorted(
        codes(
          reasonRows.filter(row => row['kind'] === kind),
          'code',
        ),
      ),
    ).toEqual(sorted(list))
  })

  test.each(reasons)(
    '%s: the row has an anchor of its own, all its columns and the advice of the code',
    reason => {
      const row = reasonRows.find(({ code }) => codeOf(code) === reason)
      expect(row?.['code']).toContain(`<a id="${reason}"></a>`)
      for (const cell of Object.values(row ?? {})) expect(cell).not.toBe('')
      expect(row?.['what a person can do']).toBe(ADVICE[reason])
    },
  )

  test('every outcome has exactly one row with the advice of the code', () => {
    expect(sorted(codes(outcomes, 'code'))).toEqual(sorted(OUTCOMES))
    const advice = Object.fromEntries(
      outcomes.map(row => [codeOf(row['code']), row['what a person can do']]),
    )
    expect(advice).toEqual(Object.fromEntries(OUTCOMES.map(code => [code, OUTCOME_ADVICE[code]])))
    for (const row of outcomes)
      expect(row['code']).toContain(`<a id="outcome-${codeOf(row['code'])}"></a>`)
  })

  test('every cause and every gap cause has exactly one row', () => {
    expect(sorted(codes(table(section(decisions, '## Causes')), 'code'))).toEqual(
      sorted(STALE_CAUSES),
    )
    expect(sorted(codes(table(section(decisions, '## Gaps')), 'code'))).toEqual(sorted(GAP_CAUSES))
  })

  test(
    'what the report says is what the code says: every fixed part of it stands ' + 'in the sources',
    () => {
      const files = [
        ...under('src/sweep', '.ts'),
        ...under('src/forge', '.ts'),
        ...under('src/apply', '.ts'),
        ...under('src/core', '.ts'),
      ]
      const text = files.map(read).join('\n').replaceAll("\\'", "'")
      // A long sentence may be broken in two in the code.
      const sources = text.replaceAll(/['"`] \+\s+['"`]/g, '')
      const below = table(section(decisions, '### What superseded-evidence says'))
      const cells = [...reasonRows, ...outcomes, ...below].map(
        row => row['what the report says'] ?? '',
      )
      const sayings = cells.flatMap(cell =>
        [...cell.matchAll(/`([^`]+)`/g)].map(([, said = '']) => said),
      )
      const parts = sayings
        .flatMap(said => said.split(/<[^>]+>/))
        .map(part => part.replace(/^: /, '').trim())
        .filter(part => part.length > 3)
      expect(parts.length).toBeGreaterThan(70)
      // A part ends where the source puts a value or ends the text: half a sentence is not what the
      // report says.
      const whole = (part: string): RegExp =>
        new RegExp(`${part.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&')}\\s*(\\$\\{|[\`'])`)
      expect(parts.filter(part => !whole(part).test(sources))).toEqual([])
    },
  )
})

describe('tests', () => {
  test.each(reasons)('%s: some test under __tests__/core starts with this code', reason => {
    const texts = under('__tests__/core', '.test.ts').map(read)
    expect(
      texts.some(text => ["'", '"', '`'].some(quote => text.includes(`${quote}${reason}: `))),
    ).toBe(true)
  })
})

describe('docs/mutation.md', () => {
  const survivors = [
    ...read('docs/mutation.md').matchAll(/^- `(src\/[^`]+)`: `([^`]+|[^`]*\$\{[^`]*)`/gm),
  ].map(([, file = '', text = '']) => ({ file, text }))

  it('lists survivors', () => {
    expect(survivors.length).toBe(
      read('docs/mutation.md')
        .split('\n')
        .filter(line => line.startsWith('- ')).length,
    )
  })

  test.each(survivors)('$file still holds $text', ({ file, text }) => {
    expect(placesOf(read(file), text)).not.toEqual([])
  })
})

describe('docs/evidence.md', () => {
  interface Status {
    id: number
    status: string
    context: string
    description: string
    target_url: string
  }

  /**
   * Every recorded row of a scenario's head, by id; the first answer counts, later ones may hold
   * rows written afterwards.
   */
  function recorded(folder: string, scenario: string): ReadonlyMap<number, Status> {
    const at = join(root, '__tests__/recordings', folder)
    const head = scenariosIn(at)[scenario]?.head ?? 'no such scenario'
    const rows = new Map<number, Status>()
    for (const { request, response } of exchangesIn(at)) {
      if (!request.path.endsWith(`/commits/${head}/statuses`) || !Array.isArray(response.body))
        continue
      for (const row of response.body as unknown as Status[])
        if (!rows.has(row.id)) rows.set(row.id, row)
    }
    return rows
  }

  const texts = section(read('docs/evidence.md'), '## Worked examples')
    .split(/(?=__tests__\/recordings\/[^)\s]+\))/)
    .slice(1)
  const examples = texts.map(text => {
    const folder = /^__tests__\/recordings\/([^)]+)\)/.exec(text)?.[1] ?? ''
    const scenario = /scenario\s+`([^`]+)`/.exec(text)?.[1] ?? ''
    return { folder, scenario, rows: table(text) }
  })

  test('there are examples of the race, its reverse, a shared head and a false green', () => {
    expect(examples.map(({ folder, scenario }) => `${folder} ${scenario}`)).toEqual(
      expect.arrayContaining([
        'gitea-1.22.6-natural natural',
        'gitea-1.22.6-reverse reverse',
        'gitea-1.23.8 shared-head',
        'gitea-1.26.4-false-green reverse',
      ]),
    )
  })

  test.each(examples)(
    'rows of $folder are those a real server answered',
    ({ folder, scenario, rows }) => {
      const real = recorded(folder, scenario)
      expect(rows.length).toBeGreaterThan(2)
      for (const row of rows) {
        const found = real.get(Number(row['row']))
        const run = /\/runs\/(\d+)\//.exec(found?.target_url ?? '')?.[1]
        expect({
          run,
          state: found?.status,
          context: found?.context,
          description: found?.description,
        }).toEqual({
          run: row['run'],
          state: row['state'],
          context: `CI / ${row['context'] ?? ''} (pull_request)`,
          description: row['description'],
        })
      }
    },
  )
})

describe('README.md', () => {
  test('its headings come in this order', () => {
    expect(prose(readme).filter(line => /^##? /.test(line))).toEqual([
      '# umbrella-reaper',
      '## One blocked pull request',
      '## Install',
      '## What it will never do',
      '## Inputs',
      '## Permissions',
      '## More',
      '## Contributing',
    ])
  })

  test('it begins with the symptom and the cure; YAML by blocks, dry run first', () => {
    const symptom = readme.split('\n\n')[1] ?? ''
    expect(symptom).toMatch(/^A pull request cannot be merged: /)
    expect(symptom.replaceAll('\n', ' ').match(/\.(?= |$)/g)).toHaveLength(2)
    const block = /```yaml\n([^]*?)```/.exec(readme)?.[1] ?? ''
    for (const [, yaml = ''] of readme.matchAll(/```yaml\n([^]*?)```/g)) {
      expect(yaml).not.toMatch(/[{[]/)
      expect(parse(yaml)).toMatchObject({
        on: { schedule: [{ cron: '*/10 * * * *' }], workflow_dispatch: null },
        jobs: { sweep: { 'timeout-minutes': 15 } },
      })
    }
    expect(parse(block)).toMatchObject({
      jobs: {
        sweep: {
          steps: [
            { uses: 'https://git.example.org/owner/umbrella-reaper@v1', with: { 'dry-run': true } },
          ],
        },
      },
    })
  })

  test(
    'troubleshooting lists every reason and every outcome, with the advice of the code and a ' +
      'link to its row',
    () => {
      const linked = (text: string, column: string, prefix: string): string[] =>
        table(text).map(row => {
          expect(row[column]).toBe(
            `[\`${codeOf(row[column])}\`](decisions.md#${prefix}${codeOf(row[column])})`,
          )
          return `${codeOf(row[column])}: ${row['what to do'] ?? ''}`
        })
      expect(linked(section(troubleshooting, '## By reason'), 'reason', '')).toEqual(
        codes(reasonRows, 'code').map(code => `${code}: ${ADVICE[code as Reason]}`),
      )
      expect(linked(section(troubleshooting, '## By outcome'), 'outcome', 'outcome-')).toEqual(
        OUTCOMES.map(code => `${code}: ${OUTCOME_ADVICE[code]}`),
      )
    },
  )

  test('it has at most 1,500 words outside its code and its generated tables', () => {
    const written = readme.replaceAll(/<!-- (\w+):start -->[^]*?<!-- \1:end -->/g, '')
    const words = prose(written).join(' ').split(/\s+/)
    expect(words.length).toBeLessThanOrEqual(1500)
    expect(words.length).toBeGreaterThan(500)
  })

  test('it has the words that people search by, as do the package and the action', () => {
    const all = [readme, troubleshooting, read('docs/why-it-happens.md')].join(' ').toLowerCase()
    const words = [
      'required status check',
      'Expected — Waiting for status to be reported',
      'Not all required status checks successful',
      'mergeStateStatus: BLOCKED',
      'superseded',
      'overwrites',
      'false green',
      'empty commit',
      'all-checks-passed',
      'ci-gate',
      'alls-green',
    ]
    expect(words.filter(word => !all.includes(word.toLowerCase()))).toEqual([])
    const { keywords, repository } = JSON.parse(read('package.json')) as {
      keywords: string[]
      repository: { url: string }
    }
    expect(keywords).toEqual(expect.arrayContaining(['required-status-check', 'false-green']))
    expect(repository.url).not.toBe('')
    expect(read('action.yml')).toMatch(/^description: .*required status check/m)
  })

  test('no page and no message falls back to words that only insiders read', () => {
    const INSIDE = [
      /a veto is not a race/,
      /\b(?:posted (?:status|success)|posting|that) cannot win\b/,
      /has the last word/,
      /by its own hand|our own hand/,
      /told twice/,
      /drop a job nor hide/,
      /What counts, by/,
      /request\(s\)/,
      /starts afresh/,
      /umbrellas? lie\b/,
      /text of strangers/,
      /off required-contexts/,
      /the gate is open and should not be/,
      /is nothing to (?:this|older) runner/,
    ]
    const texts = [...pages, ...under('src', '.ts'), ...under('examples', '.yml')]
    const found = texts.flatMap(path =>
      INSIDE.filter(words => words.test(read(path))).map(words => `${path}: ${String(words)}`),
    )
    expect(found).toEqual([])
  })

  test('the blind spots are the closed list', () => {
    const named = codes(table(section(read('docs/limits.md'), '# Limits and blind spots')), 'name')
    const github = 'closed-pull'
    expect([...named].sort()).toEqual([...BLIND_SPOTS, github].sort())
  })
})

describe('every page', () => {
  const slug = (heading: string): string =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
  const anchors = (page: string): string[] => [
    ...prose(page)
      .filter(line => /^#+ /.test(line))
      .map(slug),
    ...[...page.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id),
  ]

  test.each(pages)('%s: every relative link and every anchor exists', path => {
    const all = [
      ...prose(read(path))
        .join('\n')
        .matchAll(/\]\(([^)\s]+)\)/g),
    ].map(([, to = '']) => to)
    const links = all.filter(to => !/^https?:/.test(to))
    const broken = links.filter(to => {
      const [file = '', anchor] = to.split('#')
      const target = file === '' ? path : relative(root, join(root, dirname(path), file))
      return (
        !existsSync(join(root, target)) ||
        (anchor !== undefined && !anchors(read(target)).includes(anchor))
      )
    })
    expect(broken).toEqual([])
  })

  test.each(pages)('%s: no anchor stands twice', path => {
    const all = anchors(read(path))
    const repeated = ['added', 'changed', 'fixed', 'removed']
    expect(
      all.filter((anchor, at) => all.indexOf(anchor) !== at && !repeated.includes(anchor)),
    ).toEqual([])
  })

  test.each(pages)('%s: every npm script it names exists', path => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...read(path).matchAll(/npm run (?:-s )?([a-z:0-9-]+)/g)].map(
      ([, name = '']) => name,
    )
    expect(named.filter(name => scripts[name] === undefined)).toEqual([])
  })

  test.each([...pages, ...under('examples', '').filter(path => /\.\w+$/.test(path))])(
    '%s: no tab, no expression only Gitea knows, no path of some machine',
    path => {
      const text = existsSync(join(root, path)) ? read(path) : ''
      expect(text).not.toMatch(/\t|\$\{\{[^}]*\bgitea\.|\.\.\/shared|\/work\/|\/home\//)
    },
  )

  test.each(pages)('%s: every block of YAML can be read', path => {
    for (const [, block = ''] of read(path).matchAll(/```yaml\n([^]*?)```/g))
      expect(parse(block)).toBeInstanceOf(Object)
  })
})
