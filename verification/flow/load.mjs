// A loader that puts a word into every function of src: which function of which file is entered.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const SRC = new URL('../../src/', import.meta.url).href

/** What a function is called where it is declared, or `null`. */
function nameOf({ name, parent }) {
  if (name !== undefined) return name.getText()
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
    ? parent.name.getText()
    : null
}

/** The texts that go around the body of a function, by their places. */
function around(node, file, source) {
  const { body } = node
  const { line } = source.getLineAndCharacterOfPosition(node.getStart())
  const call = `__flow(${JSON.stringify(file)}, ${line + 1}, ${JSON.stringify(nameOf(node))}`
  const [start, end] = [body.getStart(), body.end]
  // What a constructor or a generator does cannot stand in a function of its own.
  if (ts.isConstructorDeclaration(node) || node.asteriskToken !== undefined)
    return [[start + 1, `${call});`]]
  const isAsync = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false
  const run = `${call}, ${isAsync ? 'async ' : ''}() => `
  return ts.isBlock(body)
    ? [
        [start + 1, `return ${run}{`],
        [end - 1, '})'],
      ]
    : [
        [start, `${run}(`],
        [end, '))'],
      ]
}

function noted(text, file) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const places = []
  const visit = node => {
    if (ts.isFunctionLike(node) && node.body !== undefined)
      places.push(...around(node, file, source))
    ts.forEachChild(node, visit)
  }
  visit(source)
  // From the end to the beginning, so that no place moves. Of two ends at one place the inner one
  // must come first in the text: it was found last, and is put in last.
  return places
    .map((place, at) => [...place, at])
    .sort(([a, , first], [b, , second]) => b - a || first - second)
    .reduce((whole, [at, more]) => whole.slice(0, at) + more + whole.slice(at), text)
}

export async function load(url, context, nextLoad) {
  const [address] = url.split('?')
  if (!address.startsWith(SRC) || !address.endsWith('.ts')) return nextLoad(url, context)
  const text = readFileSync(fileURLToPath(address), 'utf8')
  const { outputText } = ts.transpileModule(noted(text, address.slice(SRC.length)), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  })
  return { format: 'module', source: outputText, shortCircuit: true }
}
