import type { Assignment, ParsedScript, Redirect, SyntaxNode, Word, WordPart } from 'unbash'
import { forEachChild, parse } from 'unbash'
import { NotJudging } from '../value.js'
import { JOINED_EXPRESSION, isBrokenTest, isWhole } from './layout.js'
import { isOfBashAlone } from './posix.js'

/** A script is not read beyond this (characters). */
const MAX_LENGTH = 20_000

/** Nodes of its tree, one in the other. */
const MAX_DEPTH = 40

/**
 * The first of the letters that stand in a script for an expression of the workflow file: for one
 * that becomes words, and for one that becomes JSON, whose quotes would end those around it.
 */
export const [WORD_MARK, JSON_MARK, OUTPUTS_MARK] = [0xe100, 0xe800, 0xf000]

export const EXPRESSION_MARK = /[\uE100-\uF8FF]/
export const JSON_EXPRESSION = /[\uE800-\uF8FF]/
/** JSON with outputs in it, which may hold any letter: a quote, too. */
const OUTPUTS_EXPRESSION = /[\uF000-\uF8FF]/

/** A variable that a script may name. */
export const VARIABLE_NAME = /^[A-Za-z_]\w*$/

/** Files that are the log, or nothing. */
const LOG: readonly string[] = ['/dev/null', '/dev/stderr']

const SUMMARY = /^("?)\$(?:GITHUB_STEP_SUMMARY|\{GITHUB_STEP_SUMMARY\})\1$/

/** Is nothing put into it? */
export const isText = (part: WordPart): boolean =>
  part.type === 'Literal' ||
  part.type === 'SingleQuoted' ||
  (part.type === 'DoubleQuoted' && part.parts.every(isText))

/** The text of a word into which nothing is put; `null` for any other. */
export function plainText(word: Word | undefined): string | null {
  if (word === undefined || word.parts?.every(isText) === false) return null
  return EXPRESSION_MARK.test(word.value) ? null : word.value
}

/**
 * Where a command's output goes: on as before, or to the log, which nothing reads; `null` where it
 * goes to a file, of which only the summary of the run may be written; `errors`: the error output
 * becomes a part of it.
 */
export function outputOf({
  operator,
  descriptor,
  target,
}: Redirect): 'same' | 'log' | 'errors' | null {
  if (descriptor !== undefined && descriptor.type !== 'FileDescriptor') return null
  const number = descriptor?.value ?? 1
  if (number !== 1 && number !== 2) return null
  const away = number === 1 ? 'log' : 'same'
  const plain = plainText(target) ?? ''
  const asOutput = number === 2 ? 'errors' : 'same'
  if (operator === '>&') return plain === '1' ? asOutput : plain === '2' ? away : null
  if (!['>', '>>', '&>', '&>>'].includes(operator)) return null
  if (plain === '/dev/stdout') return operator.startsWith('&') ? 'errors' : asOutput
  if (LOG.includes(plain)) return away
  const isSummary = operator.endsWith('>>') && number === 1 && SUMMARY.test(target?.text ?? '')
  return isSummary ? 'log' : null
}

/** Neither division, which can fail, nor elements of a list, which can run a command. */
const isArithmetic = (text: string): boolean =>
  /^[\w\s+\-*<>=!&|?:,${}()]*$/.test(text.replaceAll(/\$\{#\w+\[[@*]\]\}/g, '0')) &&
  !text.includes('$(') &&
  !text.replaceAll(/\$(?:[A-Za-z_]|\{[A-Za-z_])|\$\{#\w+\[[@*]\]\}/g, '').includes('$') &&
  !text.includes('))')

/** The text of `$((...))`. */
export const arithmeticText = ({ text }: { readonly text: string }): string => text.slice(3, -2)

type Checks = {
  readonly [Type in SyntaxNode['type']]?: (
    node: Extract<SyntaxNode, { readonly type: Type }>,
  ) => boolean
}

const always = (): boolean => true

const TESTS = new Set('= == != =~ -eq -ne -lt -le -gt -ge'.split(' '))

const isIfs = ({ name, value }: Assignment): boolean =>
  name === 'IFS' && value.type === 'Word' && plainText(value) !== null

/**
 * The constructs that are understood, each with what must hold of it. The parser recovers from
 * errors and knows far more of bash: whatever is not here is other work.
 */
const UNDERSTOOD: Checks = {
  Script: ({ errors }) => errors === undefined,
  Statement: ({ background }) => background !== true,
  CompoundList: always,
  AndOr: always,
  Pipeline: ({ operators, prefixes, commands }) =>
    !operators.includes('|&') && prefixes.length < 2 && commands.length > 0,
  Negation: always,
  // Of variables for one command alone only the separator of `read` is understood.
  Command: ({ name, prefix, redirects }) => {
    const assignments = prefix.filter(one => one.type === 'Assignment')
    return name === undefined
      ? // These end as a substitution in their input did.
        assignments.length > 0 && redirects.every(({ type }) => type === 'Redirect')
      : assignments.length === 0 || (name.text === 'read' && assignments.every(isIfs))
  },
  Redirected: always,
  BraceGroup: always,
  If: always,
  Elif: always,
  For: ({ name, wordlist }) => wordlist !== undefined && VARIABLE_NAME.test(name.text),
  While: always,
  Case: always,
  CaseItem: ({ terminator }) => terminator === undefined || terminator === ';;',
  TestCommand: always,
  TestLogical: always,
  TestNot: ({ negations }) => negations.length === 1,
  TestGroup: always,
  TestUnary: ({ operator }) => operator === '-z' || operator === '-n',
  TestBinary: ({ operator, right }) =>
    TESTS.has(operator) && (operator !== '=~' || !/^\(|\([^)]*[\s;]/.test(right.text)),
  ArithmeticCommand: ({ body }) => isArithmetic(body),
  ArithmeticExpansion: part => part.text.startsWith('$((') && isArithmetic(arithmeticText(part)),
  ArithmeticBinary: always,
  ArithmeticUnary: always,
  ArithmeticTernary: always,
  ArithmeticGroup: always,
  ArithmeticWord: always,
  Assignment: ({ index }) => index === undefined,
  ArrayValue: ({ elements }) => !elements.some(({ text }) => text.startsWith('[')),
  Redirect: redirect => outputOf(redirect) !== null,
  FileDescriptor: always,
  HereString: ({ descriptor }) => descriptor === undefined,
  HereDoc: ({ descriptor, delimiter, closing }) =>
    descriptor === undefined && closing !== undefined && /^\w+$/.test(delimiter?.value ?? ''),
  HereDocDelimiter: always,
  HereDocBody: always,
  Word: always,
  Literal: always,
  SingleQuoted: always,
  DoubleQuoted: always,
  Glob: always,
  BraceExpansion: always,
  SimpleExpansion: always,
  ParameterExpansion: ({ parameter, prefix, index }) =>
    VARIABLE_NAME.test(parameter) && prefix !== '!' && /^[@*]?$/.test(index?.text ?? ''),
  Default: ({ operator }) => operator === '-' || operator === ':-',
  Remove: always,
  Replace: always,
  CaseModification: always,
  CommandExpansion: ({ text, script }) => text.startsWith('$(') && script !== undefined,
}

/** Where JSON may stand: nothing but the end of the quote or document is read there. */
const HOLDS_JSON: readonly SyntaxNode['type'][] = ['SingleQuoted', 'HereDocBody']

const refuseScript = (why: string): never => {
  throw new NotJudging(`its script is not understood: ${why}`)
}

/** The text that a node holds itself, where nodes below it do not tell it. */
function ownText(node: SyntaxNode): string {
  if (node.type === 'Literal' || node.type === 'SingleQuoted') return node.value
  if (node.type === 'Word') return node.parts === undefined ? node.value : ''
  if (node.type === 'HereDocBody') return node.parts === undefined ? node.text : ''
  return ''
}

/**
 * Reads a script of bash or sh, as far as umbrellas use it. All of it is checked, also what nothing
 * leads to: its constructs, the commands it names, and that every expression stands in a word.
 */
export function readScript(
  text: string,
  isCommand: (name: string) => boolean,
  isPosix: boolean,
): ParsedScript {
  if (text.length > MAX_LENGTH) return refuseScript('it is too long')
  // A shell joins lines before it looks for words and names; the parser does not everywhere.
  if (/[^\s]\\\n/.test(text)) return refuseScript('a word over two lines')
  // It is an error of syntax to a shell; the parser passes over it.
  if (/^[ \t]*;(?!;)/m.test(text)) return refuseScript('a line that begins with ";"')
  if (JOINED_EXPRESSION.test(text)) return refuseScript('an expression that its neighbours join')
  let expressions = 0
  const visit = (node: SyntaxNode, above: SyntaxNode, depth: number): void => {
    if (depth > MAX_DEPTH) refuseScript('it is nested too deeply')
    const understood = UNDERSTOOD[node.type] as ((one: SyntaxNode) => boolean) | undefined
    if (understood?.(node) !== true) refuseScript(node.type)
    if (isPosix && isOfBashAlone(node, text)) refuseScript(`${node.type} in sh`)
    if (node.type === 'Command') {
      if (!isWhole(node, text)) refuseScript('a bracket behind a command')
      const name = plainText(node.name)
      if (name === null && node.name !== undefined)
        throw new NotJudging('a command whose name is not told')
      if (name !== null && !isCommand(name)) throw new NotJudging(`it runs ${name.slice(0, 60)}`)
    }
    if (isBrokenTest(node, text)) refuseScript('a test over two lines')
    const held = ownText(node)
    // Arithmetic runs what it finds in the text of a variable.
    if (/\$\(|`/.test(held)) refuseScript('a command in a text')
    for (const letter of held) {
      if (!EXPRESSION_MARK.test(letter)) continue
      expressions += 1
      if (!JSON_EXPRESSION.test(letter)) continue
      if (OUTPUTS_EXPRESSION.test(letter) && !isInert(node, above))
        refuseScript('outputs in a text that a shell reads')
      if (!HOLDS_JSON.includes(node.type) && above.type !== 'HereDocBody')
        refuseScript('JSON outside of single quotes')
    }
    forEachChild(node, below => visit(below, node, depth + 1))
  }
  /** A here-document that a shell puts nothing into. */
  const isInert = (node: SyntaxNode, above: SyntaxNode): boolean =>
    node.type === 'HereDocBody' && above.type === 'HereDoc' && above.delimiter?.quoted === true
  const script = parse(text)
  visit(script, script, 0)
  const all = Array.from(text).filter(letter => EXPRESSION_MARK.test(letter)).length
  if (expressions !== all) refuseScript('an expression in a comment')
  return script
}
