import type { Command, SyntaxNode } from 'unbash'

// What the parser passes over, and a shell does not.

/**
 * An expression that a shell takes for a part of something else: for the name of a variable, for
 * what a backslash hides, for the number of an output, for a comment where it is nothing.
 */
export const JOINED_EXPRESSION = /(?:\$\w*|\\)[\uE100-\uF8FF]|[\uE100-\uF8FF][<>#(]/

/** Do only blanks stand between the words of a command? The parser skips a bracket there. */
export const isWhole = ({ name, prefix, suffix }: Command, text: string): boolean =>
  [...prefix, ...(name === undefined ? [] : [name]), ...suffix].every(
    (one, at, all) => at === 0 || /^(?:\s|\\\n)*$/.test(text.slice(all[at - 1]?.end, one.pos)),
  )

/** Does a line end where `[[` allows none: around an operator, or behind a word alone? */
export function isBrokenTest(node: SyntaxNode, text: string): boolean {
  const has = (from: number, to: number): boolean =>
    text.slice(from, to).replaceAll('\\\n', '').includes('\n')
  if (node.type === 'TestBinary') return has(node.left.end, node.right.pos)
  if (node.type !== 'TestUnary') return false
  const behind = /^[^\S\n]*(?:\\\n[^\S\n]*)*\n/.test(text.slice(node.operand.end))
  return has(node.pos, node.operand.pos) || (node.pos === node.operand.pos && behind)
}
