import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

interface Source {
  /** Below src, without extension. */
  readonly name: string
  readonly text: string
  /** Without comments and without the inside of strings. */
  readonly code: string
  readonly lines: number
  readonly imports: readonly string[]
}

/** `import … from 'x'`, `import 'x'` and `import('x')`. */
const IMPORT = new RegExp(
  [
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*'([^']+)'/,
    /(?:^|\n)import\s*'([^']+)'/,
    /\bimport\((?:\/\*[^*]*\*\/\s*)?'([^']+)'\)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)
const root = join(import.meta.dirname, '..')
const ROOT = join(root, 'src')

function read(path: string): Source {
  const text = readFileSync(path, 'utf8')
  const found = text.matchAll(IMPORT)
  const imports = [...found].map(match => match[1] ?? match[2] ?? match[3] ?? '')
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/'(?:\\.|[^'\\\n])*'/g, "''")
  return {
    name: relative(ROOT, path).replace(/\.ts$/, ''),
    text,
    code,
    lines: text.trimEnd().split('\n').length,
    imports,
  }
}

const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .sort()
  .map(name => read(join(ROOT, name)))
const named = new Map(sources.map(source => [source.name, source]))
const inside = ({ name, imports }: Source): readonly string[] =>
  imports
    .filter(path => path.startsWith('.'))
    .map(path => normalize(join(dirname(name), path)).replace(/\.js$/, ''))
const outside = ({ imports }: Source): readonly string[] =>
  imports.filter(path => !path.startsWith('.'))
const importers = (test: RegExp): readonly string[] =>
  sources.filter(source => outside(source).some(path => test.test(path))).map(({ name }) => name)
const saying = (test: RegExp): readonly string[] =>
  sources.filter(({ code }) => test.test(code)).map(({ name }) => name)

describe('the house', () => {
  it('is read: every file with its imports', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(named.get('main')?.imports).toEqual(
      expect.arrayContaining(['./config.js', './forge/transport.js']),
    )
    expect(
      sources.flatMap(source =>
        inside(source)
          .filter(path => !named.has(path))
          .map(path => `${source.name}: ${path}`),
      ),
    ).toEqual([])
  })

  it('has no cycle', () => {
    const done = new Set<string>()
    const visit = (name: string, trail: readonly string[]): void => {
      if (trail.includes(name))
        throw new Error(`a cycle: ${[...trail.slice(trail.indexOf(name)), name].join(' -> ')}`)
      if (done.has(name)) return
      const source = named.get(name)
      for (const next of source === undefined ? [] : inside(source)) visit(next, [...trail, name])
      done.add(name)
    }
    expect(() => {
      for (const { name } of sources) visit(name, [])
    }).not.toThrow()
  })

  it('core imports only core', () => {
    const core = sources.filter(({ name }) => name.startsWith('core/'))
    expect(core.length).toBeGreaterThan(15)
    expect(
      core.flatMap(source =>
        [...outside(source), ...inside(source).filter(path => !path.startsWith('core/'))].map(
          path => `${source.name}: ${path}`,
        ),
      ),
    ).toEqual([])
  })

  it('zod stands at the door: config and forge', () => {
    expect(
      importers(/^zod/).filter(name => name !== 'config' && !name.startsWith('forge/')),
    ).toEqual([])
  })

  it('@actions stands in main and runner; the transport alone may use its HTTP client', () => {
    expect(
      importers(/^@actions\/(?!http-client$)/).filter(name => name !== 'main' && name !== 'runner'),
    ).toEqual([])
    expect(importers(/^@actions\/http-client$/)).toEqual(['forge/transport'])
  })

  it('yaml is read in one place', () => {
    expect(importers(/^yaml/)).toEqual(['forge/workflows'])
  })

  it('nothing else comes from outside but Node itself', () => {
    const allowed = /^(?:node:|zod$|yaml$|@actions\/(?:core|http-client)$)/
    expect(
      sources.flatMap(source =>
        outside(source)
          .filter(path => !allowed.test(path))
          .map(path => `${source.name}: ${path}`),
      ),
    ).toEqual([])
  })

  it.each([
    {
      what: 'the clock',
      test: /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|\bperformance\b|\bhrtime\b/,
    },
    { what: 'chance', test: /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/ },
    { what: 'the environment', test: /\bprocess\.env\b/ },
    { what: 'the console', test: /\bconsole\b/ },
  ])('$what belongs to main and runner', ({ test }) => {
    expect(saying(test).filter(name => name !== 'main' && name !== 'runner')).toEqual([])
  })

  it('the process belongs to main and runner; index looks at its version', () => {
    expect(
      saying(/\bprocess\./).filter(name => !['main', 'runner', 'index'].includes(name)),
    ).toEqual([])
    expect(named.get('index')?.code).not.toMatch(/process\.env/)
  })

  it('core does not wait: no timer, no promise', () => {
    expect(
      saying(/\bsetTimeout\b|\bsetInterval\b|\bPromise\b|\basync\b|\bawait\b/).filter(name =>
        name.startsWith('core/'),
      ),
    ).toEqual([])
  })

  it('no file is a drawer', () => {
    expect(
      sources
        .filter(({ name }) => /(?:^|\/)(?:utils?|helpers?|types?|common|misc|shared)$/.test(name))
        .map(({ name }) => name),
    ).toEqual([])
  })

  it('no line of code, comment or text is longer than 100 characters', () => {
    const listed = execFileSync('git', ['ls-files', '*.ts', '*.mjs'], {
      cwd: root,
      encoding: 'utf8',
    })
    const files = listed.split('\n').filter(name => name !== '' && !name.startsWith('dist/'))
    expect(files.length).toBeGreaterThan(150)
    const long = (name: string): readonly string[] =>
      readFileSync(join(root, name), 'utf8')
        .split('\n')
        .flatMap((line, at) => (Array.from(line).length > 100 ? [`${name}:${at + 1}`] : []))
    expect(files.filter(name => existsSync(join(root, name))).flatMap(long)).toEqual([])
  })

  it('no file is longer than 400 lines', () => {
    expect(
      sources.filter(({ lines }) => lines > 400).map(({ name, lines }) => `${name}: ${lines}`),
    ).toEqual([])
  })

  it("imports name their file, and Node's own say node:", () => {
    expect(
      sources.flatMap(({ name, imports }) =>
        imports
          .filter(path =>
            path.startsWith('.')
              ? !path.endsWith('.js')
              : /^(?:fs|path|os|http|https|crypto|url|util)$/.test(path),
          )
          .map(path => `${name}: ${path}`),
      ),
    ).toEqual([])
  })
})
