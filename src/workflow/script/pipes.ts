import type { CommandNode } from 'unbash'
import { NotJudging } from '../value.js'
import { plainText } from './syntax.js'

const bare = (command: CommandNode): CommandNode =>
  command.type === 'Redirected' ? bare(command.command) : command

/** Does it read its input to the end? `once`: as far as one command wrote at once. */
function reads(command: CommandNode): 'all' | 'once' | 'nothing' {
  const node = bare(command)
  if (node.type === 'While') return 'once'
  if (node.type !== 'Command') return 'nothing'
  const words = node.args.map(one => (one.type === 'Word' ? plainText(one) : null) ?? '')
  const has = (letter: string): boolean =>
    words.some(word => /^-[a-zA-Z]+$/.test(word) && word.includes(letter))
  switch (plainText(node.name) ?? '') {
    case 'cat':
      return 'all'
    case 'grep':
      return has('q') ? 'once' : 'all'
    case 'jq':
      return has('n') || words.includes('--null-input') ? 'nothing' : 'all'
    case 'read':
      return 'once'
  }
  return 'nothing'
}

/**
 * A command whose reader ends first is killed, or is not, as time will have it: with `pipefail`
 * that ends the script red.
 */
export function checkReaders(commands: readonly CommandNode[]): void {
  for (const [at, reader] of commands.slice(1).entries()) {
    const writer = commands[at]
    const how = reads(reader)
    const isOne = writer !== undefined && bare(writer).type === 'Command'
    if (how === 'nothing' || (how === 'once' && !isOne))
      throw new NotJudging('a pipe whose reader may end before its writer')
  }
}
