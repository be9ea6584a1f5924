import { describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

interface Source {
  /** Below src. */
  readonly name: string
  readonly text: string
}

/**
 * What both families of forges have under one name, because it is the same thing for either. A name
 * that comes here is a decision: what differs in meaning is told apart by name.
 */
const OF_BOTH_FORGES = [
  'JobRow',
  'RunRow',
  'SweepCache',
  'commandOf',
  'defaultBranch',
  'gateReads',
  'ifAsked',
  'listPulls',
  'mergeConditions',
  'postRerun',
  'previewOf',
  'rerunReach',
  'study',
]

const src = join(import.meta.dirname, '..', 'src')
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map((name): Source => ({ name, text: readFileSync(join(src, name), 'utf8') }))

function boundNames(name: ts.BindingName): readonly string[] {
  return ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap(one => (ts.isBindingElement(one) ? boundNames(one.name) : []))
}

/** What one statement exports. What is only passed on from another file is that file's. */
function exportsOf(statement: ts.Statement): readonly string[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, moduleSpecifier } = statement
    return moduleSpecifier === undefined && exportClause !== undefined
      ? ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : []
      : []
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name))
  const { name } = statement as ts.Statement & { readonly name?: ts.Identifier }
  return name === undefined ? [] : [name.text]
}

/** The names that more than one file exports, with those files. */
function sharedNames(all: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>()
  for (const { name, text } of all) {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest)
    // A type and a value of one name and one file are one thing.
    for (const one of new Set(file.statements.flatMap(exportsOf)))
      files.set(one, [...(files.get(one) ?? []), name].sort())
  }
  return new Map([...files].filter(([, of]) => of.length > 1))
}

/** Are these files one of each family of forges? */
const isOfBothForges = ([first = '', second = '', ...more]: readonly string[]): boolean =>
  first.startsWith('forge/gitea/') && second.startsWith('forge/github/') && more.length === 0

/** The names that two files export although they are not the two families of forges. */
const ambiguousNames = (all: readonly Source[]): readonly string[] =>
  [...sharedNames(all)]
    .filter(([, files]) => !isOfBothForges(files))
    .map(([name, files]) => `${name}: ${files.join(', ')}`)
    .sort()

const root = join(src, '..')

/** The file of src that this path means in that file. */
const targetOf = (path: string, specifier: string): string =>
  relative(src, join(dirname(path), specifier)).replace(/\.js$/, '.ts')

/** What a file imports from src by name, as `core/model/time.ts: formatInstant`. */
function importedBy(path: string): readonly string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  return file.statements.flatMap(statement => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return []
    const { moduleSpecifier } = statement
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return []
    const [, names = ''] = /\{([^}]*)\}/.exec(statement.getText()) ?? []
    const target = targetOf(path, moduleSpecifier.text)
    return names.split(',').map(name => `${target}: ${name.trim().split(' ')[0] ?? ''}`)
  })
}

const WHOLE = /import(?:\((?:\/\*[^*]*\*\/\s*)?| (?:type )?\* as \w+ from )'([^']+)'/g

/** The files of src that a file imports whole: later, or under one name. */
const loadedBy = (path: string): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(WHOLE)].map(([, specifier = '']) =>
    targetOf(path, specifier),
  )

describe('an exported name', () => {
  it('is imported by another file: what nobody else needs is not exported', () => {
    const all = ['src', '__tests__', 'verification', 'scripts'].flatMap(folder =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter(name => /\.(?:ts|mjs)$/.test(name))
        .map(name => join(root, folder, name)),
    )
    const wanted = new Set(all.flatMap(importedBy))
    const whole = new Set(all.flatMap(loadedBy))
    const unused = sources
      .filter(({ name }) => !whole.has(name))
      .flatMap(({ name, text }) =>
        ts
          .createSourceFile(name, text, ts.ScriptTarget.Latest)
          .statements.flatMap(exportsOf)
          .map(one => `${name}: ${one}`)
          .filter(one => !wanted.has(one)),
      )
    expect(unused).toEqual([])
  })

  it('has one meaning: no two files export it', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(ambiguousNames(sources)).toEqual([])
  })

  it('is shared by the two families of forges where it is listed here, and nowhere else', () => {
    const shared = [...sharedNames(sources)].filter(([, files]) => isOfBothForges(files))
    expect(shared.map(([name]) => name).sort()).toEqual(OF_BOTH_FORGES)
  })

  it.each([
    ['a function', 'export function one(): void {}', 'export async function one() {}'],
    ['a constant', 'export const one = 1', 'export const two = 2, one = 3'],
    ['a type', 'export type one = 1', 'export interface one { readonly a: 1 }'],
    ['a class', 'export class one {}', 'export abstract class one {}'],
    ['what is unpacked', 'export const [zero, one] = [0, 1]', 'export const { a: { one } } = b'],
    ['what is exported later', 'const one = 1\nexport { one }', 'const a = 1\nexport { a as one }'],
  ])('of two files would be found: %s', (_, first, second) => {
    const files = [
      { name: 'core/a.ts', text: first },
      { name: 'core/b.ts', text: second },
    ]
    expect(ambiguousNames(files)).toEqual(['one: core/a.ts, core/b.ts'])
  })

  it('of two files of one forge, or of three, would be found', () => {
    const text = 'export const one = 1'
    const named = (...names: string[]) => names.map(name => ({ name, text }))
    const [a, b, c] = ['forge/gitea/a.ts', 'forge/gitea/b.ts', 'forge/github/c.ts']
    expect(ambiguousNames(named(a, c))).toEqual([])
    expect(ambiguousNames(named(a, b))).toEqual([`one: ${a}, ${b}`])
    expect(ambiguousNames(named(a, b, c))).toEqual([`one: ${a}, ${b}, ${c}`])
    expect(ambiguousNames(named('core/a.ts', c))).toEqual([`one: core/a.ts, ${c}`])
  })

  it('that a file only passes on is no second one', () => {
    const files = [
      { name: 'a.ts', text: 'export const one = 1' },
      { name: 'b.ts', text: "export { one } from './a.js'\nexport * from './a.js'" },
    ]
    expect(ambiguousNames(files)).toEqual([])
  })
})
