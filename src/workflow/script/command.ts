import type { Word } from 'unbash'
import type { Shape, Value } from '../value.js'
import { shaped } from '../value.js'
import type { ScriptState, Status } from './state.js'
import { expand } from './words.js'

/** What a command does with its words. */
export type ScriptCommand = (words: readonly Word[], shell: ScriptState, name: string) => Status

export const expandedWords = (words: readonly Word[], shell: ScriptState): readonly Value[] =>
  words.map(word => expand(word, shell))

/** It says yes or no by this, and prints what rests on it. */
export function tells(by: Value, shell: ScriptState, shape: Shape | null = null): Status {
  shell.out.push(shaped(by, shape))
  return { ok: true, fail: true, by }
}
