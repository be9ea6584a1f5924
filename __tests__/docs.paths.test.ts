import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const files = listed.split('\n').filter(name => name !== '' && existsSync(join(root, name)))
const folders = new Set(
  files.flatMap(name => name.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))),
)
const pages = files.filter(name => /^(?:docs\/[^/]+|README|CONTRIBUTING|SECURITY)\.md$/.test(name))

/** Paths of this repository among the words of a page that are set as code. */
function pathsIn(page: string): readonly string[] {
  const words = [...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(/\s+/))
  const path = /^(?:src|docs|__tests__|verification|scripts|examples|composite|node24)\/[\w./+-]*$/
  return words.filter(word => path.test(word)).map(word => word.replace(/[/.]+$/, ''))
}

describe('what the pages name exists', () => {
  it.each(pages)('%s', name => {
    // A page of servers' facts names the files of their sources.
    const named = name === 'docs/forge-facts.md' ? [] : pathsIn(read(name))
    expect(named.filter(path => !files.includes(path) && !folders.has(path))).toEqual([])
  })

  it('paths are found where there are some', () => {
    expect(pathsIn('see `src/core` and `npm test -- src/main.ts`, not `src`')).toEqual([
      'src/core',
      'src/main.ts',
    ])
    expect(pathsIn(read('docs/architecture.md')).length).toBeGreaterThan(30)
  })
})

describe('docs/architecture.md', () => {
  const page = read('docs/architecture.md')
  const test = read('__tests__/architecture.test.ts')
  const layers = [...(/const LAYERS = \[([^\]]*)\]/.exec(test)?.[1] ?? '').matchAll(/'([^']+)'/g)]

  it('draws every layer in its order', () => {
    const names = layers.map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(8)
    const drawn = /flowchart BT\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
    const labels = new Map(
      [...drawn.matchAll(/(\w+)\[([\w/]+)\]/g)].map(([, id = '', label = '']) => [id, label]),
    )
    const found = [...drawn.replace(/\[[\w/]+\]/g, '').matchAll(/\w+/g)].map(
      ([id]) => labels.get(id) ?? id,
    )
    expect([...new Set(found)]).toEqual(names)
  })
})

/** What a comment cites: `docs/forge-facts.md, 2.3, 3 M7` or `docs/acting.md, "The protocol"`. */
interface Citation {
  readonly page: string
  readonly sections: readonly string[]
}

const NUMBER = String.raw`\d+(?:\.\d+)?(?: M\d+(?:[–-]M?\d+)?)?`
const CITATION = new RegExp(
  String.raw`docs/([\w-]+\.md)(?:, (?:"([^"]+)"|(${NUMBER}(?:, ${NUMBER})*)(?!\w)))?`,
  'g',
)

function citationsIn(text: string): readonly Citation[] {
  const prose = text.replace(/\n\s*(?:\*|\/\/)\s?/g, ' ')
  return [...prose.matchAll(CITATION)].map(([, page = '', title, numbers = '']) => ({
    page: `docs/${page}`,
    sections: title === undefined ? numbers.split(', ').filter(part => part !== '') : [title],
  }))
}

describe('what comments cite exists', () => {
  const sources = files.filter(name =>
    /^(?:src|verification|__tests__)\/.*\.(?:ts|mjs)$/.test(name),
  )
  const headingsOf = (page: string): readonly string[] =>
    read(page)
      .split('\n')
      .flatMap(line => /^#+ (.*)$/.exec(line)?.[1] ?? [])
  const isIn = (page: string, section: string): boolean =>
    headingsOf(page).some(heading =>
      /^\d/.test(section)
        ? new RegExp(`^${(section.split(' ')[0] ?? '').replace('.', '\\.')}[. ]`).test(heading)
        : heading === section,
    )

  it('every page, and every section of it', () => {
    const broken = sources.flatMap(name =>
      citationsIn(read(name)).flatMap(({ page, sections }) =>
        existsSync(join(root, page))
          ? sections
              .filter(section => !isIn(page, section))
              .map(section => `${name}: ${page}, ${section}`)
          : [`${name}: ${page}`],
      ),
    )
    expect(broken).toEqual([])
  })

  it('citations are found over the end of a line', () => {
    expect(citationsIn(' * so it is (docs/forge-facts.md,\n * 2.3, 3 M7).')).toEqual([
      { page: 'docs/forge-facts.md', sections: ['2.3', '3 M7'] },
    ])
    expect(citationsIn('// by docs/acting.md, "The protocol"')).toEqual([
      { page: 'docs/acting.md', sections: ['The protocol'] },
    ])
  })
})
