import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import ts from 'typescript'

interface Source {
  /** Below src, without extension. */
  readonly name: string
  readonly text: string
  /** Without comments. */
  readonly bare: string
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

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(IMPORT)].map(match => match[1] ?? match[2] ?? match[3] ?? '')

function read(path: string, below = ROOT): Source {
  const text = readFileSync(path, 'utf8')
  const imports = importsOf(text)
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
  const code = bare.replace(/'(?:\\.|[^'\\\n])*'/g, "''")
  return {
    name: relative(below, path).replace(/\.ts$/, ''),
    text,
    bare,
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
const NOTHING: Source = { name: '', text: '', bare: '', code: '', lines: 0, imports: [] }
const outside = ({ imports }: Source): readonly string[] =>
  imports.filter(path => !path.startsWith('.'))
const importers = (test: RegExp): readonly string[] =>
  sources.filter(source => outside(source).some(path => test.test(path))).map(({ name }) => name)
const saying = (test: RegExp): readonly string[] =>
  sources.filter(({ code }) => test.test(code)).map(({ name }) => name)

/** Every file that these load. What is imported as a type is handed over by others. */
function reachedByValue(names: readonly string[]): readonly string[] {
  const reached = new Set<string>()
  const visit = (name: string): void => {
    if (reached.has(name)) return
    reached.add(name)
    const values = (named.get(name) ?? NOTHING).text.replace(
      /^import type [^;]*?from '[^']*'$/gm,
      '',
    )
    for (const path of inside({ ...NOTHING, name, imports: importsOf(values) })) visit(path)
  }
  for (const name of names) visit(name)
  return [...reached]
}

/** The layers of src, lowest first: a file may import from its own and from those before it. */
const LAYERS = [
  'version',
  'shown',
  'core/model',
  'core/view',
  'core/rules',
  'core/triage',
  'core/plan',
  'workflow',
  'forge',
  'apply',
  'runner',
  'sweep/report',
  'config',
  'sweep',
  'tools/tracking',
  'tools/doctor',
  'tools/audit',
  'main',
  'index',
] as const
const layerOf = (name: string): number =>
  LAYERS.findIndex(layer => name === layer || name.startsWith(`${layer}/`))

/** What a forge is to those who use it. What repairs knows the first two. */
const PORTS: readonly string[] = [
  'forge/port',
  // Its reads as values: what failed is a gap.
  'forge/reading',
  'forge/gate-reads',
  'forge/commits',
  'forge/tracker',
  // All that an opened forge gives.
  'forge/opened',
]
/** What versions of servers do, which an adapter and the doctor go by. */
const PURE: readonly string[] = ['forge/versions']

/** What the files whose names begin so import of the forges. */
const forgeImports = (start: string): readonly { readonly name: string; readonly path: string }[] =>
  sources
    .filter(({ name }) => name.startsWith(start))
    .flatMap(source => inside(source).map(path => ({ name: source.name, path })))
    .filter(({ path }) => path.startsWith('forge/'))

/** The layers of verification, lowest first. */
const VERIFICATION = [
  'github-world',
  'recorded-answers',
  'simulator',
  'contract',
  'e2e',
  'flow',
  'act',
  'random',
  'soak',
  'fuzz',
  'proof',
  'sabotage',
  'mutation',
  'nodes',
  'bench',
]

/** The functions of a file that are longer than 60 lines, with those inside them counted in. */
function longFunctions({ name, text }: Source): readonly string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const [first, last] = [node.getStart(), node.end].map(
        at => file.getLineAndCharacterOfPosition(at).line + 1,
      )
      const lines = (last ?? 0) - (first ?? 0) + 1
      if (lines > 60) found.push(`${name}:${first ?? 0}: ${lines}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function faultOfCycle(all: ReadonlyMap<string, Source>): string | null {
  const done = new Set<string>()
  const visit = (name: string, trail: readonly string[]): string | null => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name].join(' -> ')
    if (done.has(name)) return null
    done.add(name)
    const next = inside(all.get(name) ?? NOTHING)
    return next.map(path => visit(path, [...trail, name])).find(found => found !== null) ?? null
  }
  return [...all.keys()].map(name => visit(name, [])).find(found => found !== null) ?? null
}

describe('the house', () => {
  it('is read: every file with its imports', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(named.get('main')?.imports).toEqual(
      expect.arrayContaining(['./config.js', './sweep/sweep.js']),
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
    expect(faultOfCycle(named)).toBeNull()
  })

  it('nothing imports upward, and every file is in a layer', () => {
    expect(sources.filter(({ name }) => layerOf(name) === -1).map(({ name }) => name)).toEqual([])
    const upward = sources.flatMap(source =>
      inside(source)
        .filter(path => layerOf(path) > layerOf(source.name))
        .map(path => `${source.name} imports ${path}`),
    )
    expect(upward).toEqual([])
  })

  it('core imports only core', () => {
    const core = sources.filter(({ name }) => name.startsWith('core/'))
    expect(core.length).toBeGreaterThan(15)
    expect(core.flatMap(source => outside(source))).toEqual([])
  })

  it('core knows no forge: neither its names nor how it speaks', () => {
    const forge = /gitea|forgejo|github|Successful in|actions\/runs|curl|\/api\/v1/i
    const core = sources.filter(({ name }) => name.startsWith('core/'))
    expect(core.filter(({ bare }) => forge.test(bare)).map(({ name }) => name)).toEqual([])
  })

  it('a forge only reads and writes: it knows no rule and no triage', () => {
    const forges = sources.filter(({ name }) => name.startsWith('forge/'))
    expect(forges.length).toBeGreaterThan(30)
    const judging = forges.flatMap(source =>
      inside(source)
        .filter(path => /^core\/(?:rules|triage)\//.test(path))
        .map(path => `${source.name} imports ${path}`),
    )
    expect(judging).toEqual([])
  })

  it('what repairs and the tools know the ports of a forge, and no adapter', () => {
    const used = [
      ...forgeImports('apply/').filter(({ path }) => !PORTS.slice(0, 2).includes(path)),
      ...forgeImports('tools/').filter(({ path }) => ![...PORTS, ...PURE].includes(path)),
    ]
    expect(used.map(({ name, path }) => `${name} imports ${path}`)).toEqual([])
    expect(forgeImports('apply/').length).toBeGreaterThan(8)
    expect(forgeImports('tools/').length).toBeGreaterThan(8)
    expect(forgeImports('main').map(({ path }) => path)).toContain('forge/kinds')
  })

  it('a port is an agreement: it knows the core, workflows and other ports alone', () => {
    const ports = [...PORTS, ...PURE].map(name => named.get(name) ?? NOTHING)
    expect(ports.map(({ name }) => name)).toEqual([...PORTS, ...PURE])
    const more = ports.flatMap(source =>
      inside(source)
        .filter(path => !/^(?:core|workflow)\//.test(path) && !PORTS.includes(path))
        .map(path => `${source.name} imports ${path}`),
    )
    expect(more).toEqual([])
    expect([...new Set(ports.flatMap(outside))]).toEqual(['node:path'])
  })

  it('zod stands at the door: config and forge', () => {
    expect(importers(/^zod/).filter(name => !/^(?:config(?:\/|$)|forge\/)/.test(name))).toEqual([])
  })

  it('@actions stands in runner; the way to a server alone may use a network library', () => {
    expect(importers(/^@actions\/core$/)).toEqual(['runner'])
    expect(importers(/^@actions\/http-client$/)).toEqual(['forge/exchange', 'forge/network'])
  })

  it('expressions are evaluated in one place, which a sweep never loads', () => {
    expect(importers(/^@actions\/expressions/)).toEqual(['tools/doctor/what-if/expression'])
  })

  it('the tracking issue can write comments, and nothing else', () => {
    const kept = sources.filter(({ name }) =>
      /(?:^|\/)(?:tracking|tracker|track)(?:\/|$)/.test(name),
    )
    expect(kept.length).toBeGreaterThan(6)
    const reached = reachedByValue(kept.map(({ name }) => name))
    const writers = /^(?:act\/|commands\/carry-out|forge\/git\w+\/(?:api|forge|reruns|statuses)$)/
    expect(reached.filter(name => writers.test(name))).toEqual([])
    const posts = kept.flatMap(({ code }) => [...code.matchAll(/\.post\(([^,]*),/g)])
    expect(posts.map(([, path]) => path)).toEqual([
      '`${root}/issues/${number}/comments`',
      'pathOf(number)',
    ])
  })

  it('the doctor can write nothing at all', () => {
    const kept = sources.filter(({ name }) => /(?:^|\/)doctor(?:\/|$)/.test(name))
    expect(kept.length).toBeGreaterThan(8)
    const reached = reachedByValue(kept.map(({ name }) => name))
    const writers =
      /^(?:act\/|commands\/carry-out|forge\/git\w+\/(?:api|forge|reruns|statuses|tracker)$)/
    expect(reached.filter(name => writers.test(name))).toEqual([])
    expect(kept.filter(({ code }) => /\.post\(/.test(code))).toEqual([])
  })

  it('an audit, a verification and what is told of commits reach no writer', () => {
    const kept = sources.filter(({ name }) =>
      /(?:^tools\/audit\/|(?:^|\/)commits$|^forge\/past-files$|^core\/rules\/(?:past|gate\/))/.test(
        name,
      ),
    )
    expect(kept.length).toBeGreaterThan(15)
    const reached = reachedByValue(kept.map(({ name }) => name))
    const writers =
      /^(?:apply\/|sweep\/carry-out$|forge\/git\w+\/(?:api|forge|reruns|tracker|adapter|open)$)/
    expect(reached.filter(name => writers.test(name))).toEqual([])
    // Nor is one handed to them: by no type that they name, and by no call that they make.
    const handed = /\b(?:RepairDependencies|StatusWrite|RerunWrite|Tracker|forgeFor)\b/
    expect(kept.filter(({ bare }) => handed.test(bare)).map(({ name }) => name)).toEqual([])
    const calls = /\.(?:post|write|rerun|comment)\(/
    expect(kept.filter(({ code }) => calls.test(code)).map(({ name }) => name)).toEqual([])
    const forges = kept.filter(
      ({ name, text }) => name.startsWith('tools/') && /\bForge\b/.test(text),
    )
    expect(forges.map(({ name }) => name)).toEqual([])
  })

  it('a path to a writer would be found', () => {
    const writers = ['apply/repair', 'forge/gitea/api', 'forge/github/forge']
    for (const name of writers) expect(named.has(name)).toBe(true)
    expect(reachedByValue(['sweep/sweep'])).toContain('apply/repair')
    expect(reachedByValue(['forge/gitea/open'])).toContain('forge/gitea/api')
  })

  it('yaml is read in one place', () => {
    expect(importers(/^yaml/)).toEqual(['workflow/yaml'])
  })

  it('nothing else comes from outside but Node itself', () => {
    const allowed =
      /^(?:node:|zod$|yaml$|unbash$|@actions\/(?:core|http-client|expressions(?:\/result)?)$)/
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
      saying(/\bprocess\./).filter(name => !/^(?:main|index|runner(?:\/\w+)?)$/.test(name)),
    ).toEqual([])
    expect(named.get('index')?.code).not.toMatch(/process\.env/)
  })

  /** Every place where text leaves, and the one file that writes there. */
  it.each([
    {
      sink: 'the log',
      test: /\bcore\.(?:debug|error|endGroup|info|notice|setSecret|startGroup|warning)\(/,
      writers: ['runner'],
    },
    {
      sink: 'the log, by any other way',
      test: /\bcore\.(?:group|setFailed|toPlatform)/,
      writers: [],
    },
    // The entry speaks for itself to a Node.js that cannot load the rest.
    { sink: 'standard output', test: /\bstdout\.write\b/, writers: ['index', 'runner'] },
    { sink: 'standard error', test: /\bstderr\.write\b/, writers: ['runner/log'] },
    { sink: 'the outputs', test: /\bcore\.setOutput\(/, writers: ['runner'] },
    { sink: 'the job summary', test: /\bcore\.summary\b/, writers: ['runner'] },
    {
      sink: 'what later steps get',
      test: /\bcore\.(?:exportVariable|addPath|saveState)/,
      writers: [],
    },
    {
      sink: 'any file',
      test: /\b(?:appendFile|copyFile|mkdir|open|rename|write|writeFile)Sync\(|createWriteStream/,
      writers: ['runner'],
    },
    {
      sink: 'outputs, summary and report',
      test: /\brunner\.(?:output|report|summary)\(/,
      writers: ['runner/hidden', 'sweep/report/publish', 'tools/audit/command'],
    },
    {
      sink: 'a diff',
      test: /\brunner\.printRaw\(/,
      writers: ['runner/hidden', 'tools/doctor/command'],
    },
    { sink: 'a workflow file', test: /\brunner\.rewrite\(/, writers: ['tools/doctor/command'] },
    { sink: 'a comment', test: /\btracker\.comment\(/, writers: ['tools/tracking/track'] },
    {
      sink: 'the text of a comment',
      test: /\bcommentOf\(next\)/,
      writers: ['tools/tracking/track'],
    },
  ])('$sink has one writer', ({ test, writers }) => {
    expect(saying(test).filter(name => !writers.includes(name))).toEqual([])
  })

  it('every line of the log comes through the one function that makes it inert', () => {
    const { code } = named.get('runner') ?? NOTHING
    const written = [...code.matchAll(/\bcore\.(error|info|startGroup|warning)\((\w+)/g)]
    expect(written.map(([, , first]) => first)).toEqual(written.map(() => 'inertLine'))
    expect(written.length).toBeGreaterThan(4)
    expect(code.match(/\bcore\.info\(/g)).toHaveLength(1)
    // A patch, to be read by a program: it is offered of files alone in which everything is seen.
    expect(code.match(/\bstdout\.write\(.*\)/g)).toEqual(['stdout.write(text)'])
    expect(named.get('tools/doctor/file')?.code).toContain('!hidesLetters(text)')
  })

  it('no process is started, and files are the business of the runner', () => {
    expect(importers(/^node:(?:child_process|cluster|worker_threads|vm|inspector)/)).toEqual([])
    expect(importers(/^node:fs/)).toEqual(['runner'])
    expect(
      saying(/\bprocess\.(?:title|report|dlopen|binding)\b|\beval\(|\bnew Function\b/),
    ).toEqual([])
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

  it('nothing that judges the whole merge gate, or an open gate, can reach a writer', () => {
    const parts = sources
      .map(({ name }) => name)
      .filter(name => /(^|\/)gate(\/|$|-reads$|-remedy$)|^sweep\/merge$|conditions$/.test(name))
    expect(parts.length).toBeGreaterThan(12)
    const reached = reachedByValue(parts)
    expect(reached.filter(name => name.startsWith('apply/'))).toEqual([])
    // The ways to send a request themselves; what counts is who calls them.
    const ways = ['forge/github/client', 'forge/http', 'forge/exchange']
    const writes = /\b(?:http|client|api|forge)\.(?:post|write|rerun)\(/
    const callers = reached.filter(name => !ways.includes(name))
    expect(callers.filter(name => writes.test(named.get(name)?.code ?? ''))).toEqual([])
    // Nor is one handed over: what they are given has reads alone.
    const types = parts.flatMap(name => (named.get(name) ?? NOTHING).imports)
    expect(types.filter(path => /\/(port|opened|registry)\.js$/.test(path))).toEqual([
      // The one error of a forge, which GitHub's rules throw where they are hidden.
      '../port.js',
    ])
  })

  it('no function is longer than 60 lines', () => {
    expect(sources.flatMap(longFunctions)).toEqual([])
  })

  it('a function of 61 lines is found', () => {
    const text = `const long = () => {\n${'  void 0\n'.repeat(59)}}\n`
    expect(longFunctions({ ...NOTHING, text })).toEqual([':1: 61'])
  })

  it('no file is longer than 250 lines', () => {
    expect(
      sources.filter(({ lines }) => lines > 250).map(({ name, lines }) => `${name}: ${lines}`),
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

describe('the house of tests', () => {
  const folder = join(root, '__tests__')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => read(join(folder, name), folder))
  const all = new Map(files.map(source => [source.name, source]))

  /** What the tests of a folder, and what they are built with, import from outside. */
  function broughtIn(start: string): readonly string[] {
    const seen = new Set<string>()
    const found = new Set<string>()
    const visit = (source: Source): void => {
      if (seen.has(source.name)) return
      seen.add(source.name)
      for (const path of inside(source)) {
        const next = all.get(path)
        if (next === undefined) found.add(path)
        else visit(next)
      }
    }
    for (const source of files.filter(({ name }) => name.startsWith(start))) visit(source)
    return [...found]
  }
  const ADAPTER = /^\.\.\/(?:src\/forge|verification)\//

  it('no test of core, and nothing it is built with, knows a forge', () => {
    const brought = broughtIn('core/')
    expect(brought).toContain('../src/core/rules/decide')
    expect(brought.filter(path => ADAPTER.test(path))).toEqual([])
  })

  it('one that did would be found', () => {
    expect(broughtIn('apply/').filter(path => ADAPTER.test(path))).toContain(
      '../src/forge/gitea/forge',
    )
  })
})

describe('the house of verification', () => {
  const folder = join(root, 'verification')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .sort()
    .map(name => read(join(folder, name), folder))
  const all = new Map(files.map(source => [source.name, source]))
  const layer = (name: string): number => VERIFICATION.indexOf(name.split('/')[0] ?? '')

  it('no file is longer than 250 lines, no function than 60', () => {
    expect(files.filter(({ lines }) => lines > 250).map(({ name }) => name)).toEqual([])
    expect(files.flatMap(longFunctions)).toEqual([])
  })

  it('has no cycle', () => {
    expect(files.length).toBeGreaterThan(60)
    expect(faultOfCycle(all)).toBeNull()
  })

  it('every tool has a layer of its own and imports from none above it', () => {
    expect(files.filter(({ name }) => layer(name) === -1).map(({ name }) => name)).toEqual([])
    const upward = files.flatMap(source =>
      inside(source)
        .filter(path => all.has(path) && layer(path) > layer(source.name))
        .map(path => `${source.name} imports ${path}`),
    )
    expect(upward).toEqual([])
  })

  it('the second GitHub knows nothing of src and nothing of the simulator', () => {
    const world = files.filter(({ name }) => name.startsWith('github-world/'))
    expect(world.length).toBeGreaterThan(20)
    const away = world.flatMap(source =>
      inside(source)
        // Is the bundle that of these sources, and does it leak? Neither tells what they say.
        .filter(path => !/^(?:github-world\/|\.\.\/scripts\/(?:canary|sources)$)/.test(path))
        .map(path => `${source.name} imports ${path}`),
    )
    expect(away).toEqual([])
    const fromOutside = new Set(world.flatMap(outside))
    const others = [...fromOutside].filter(path => !/^(?:node:|graphql$|yaml$)/.test(path))
    expect(others).toEqual([])
  })
})
