import type { Command, SyntaxNode } from 'unbash'

/** What another shell than bash takes for something else: `((x))` for a command. */
const BASH_ALONE: readonly SyntaxNode['type'][] = [
  ...(['ArithmeticCommand', 'TestCommand', 'ArrayValue', 'HereString'] as const),
  ...(['BraceExpansion', 'CaseModification', 'Replace'] as const),
]

/** Words of a command that only bash knows, or splits as bash does. */
const BASH_WORDS: Readonly<Record<string, RegExp>> = {
  '[': /^==$/,
  test: /^==$/,
  set: /pipefail|errtrace|^[-+]\w*E/,
  printf: /%q/,
  read: /^-\w*a/,
  export: /[$`]/,
}

function isBashCommand({ name, args }: Command): boolean {
  const words = BASH_WORDS[name?.text ?? '']
  if (words !== undefined && args.some(({ text }) => words.test(text))) return true
  return name?.text === 'read' && !args.some(({ text }) => /^\w/.test(text))
}

/** Does this mean to bash alone what bash takes it for? `text` is the whole script. */
export function isOfBashAlone(node: SyntaxNode, text: string): boolean {
  if (BASH_ALONE.includes(node.type)) return true
  if (node.type === 'Command') return isBashCommand(node)
  if (node.type === 'Assignment') return node.append === true
  if (node.type === 'ParameterExpansion') return node.index !== undefined
  if (node.type === 'ArithmeticExpansion') return /\+\+|--/.test(node.text)
  if (node.type === 'Redirect') return node.operator.startsWith('&')
  // Bash takes braces for `do` and `done`.
  return node.type === 'For' && !text.slice(node.pos, node.end).endsWith('done')
}
