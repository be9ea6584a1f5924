import type { Word } from 'unbash'
import type { Shape, Value } from '../value.js'
import { NotJudging, shaped } from '../value.js'
import type { Shell, Status } from './state.js'
import { expand } from './words.js'

/** What a command does with its words. */
export type Run = (words: readonly Word[], shell: Shell, name: string) => Status

export const refuse = (why: string): never => {
  throw new NotJudging(why)
}

export const expanded = (words: readonly Word[], shell: Shell): readonly Value[] =>
  words.map(word => expand(word, shell))

/** It says yes or no by this, and prints what rests on it. */
export function tells(by: Value, shell: Shell, shape: Shape | null = null): Status {
  shell.out.push(shaped(by, shape))
  return { ok: true, fail: true, by }
}
