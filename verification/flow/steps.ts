import { AsyncLocalStorage } from 'node:async_hooks'

/** What one sweep went through. */
export interface Flow {
  readonly files: number
  readonly functions: number
  /** Calls of a function from a function of another file; the way back is not counted. */
  readonly moves: number
  /** How often a function of this name was entered. */
  readonly asked: ReadonlyMap<string, number>
}

interface Count {
  readonly files: Set<string>
  readonly functions: Set<string>
  readonly asked: Map<string, number>
  moves: number
}

let count: Count | null = null
/** The file of the function that runs, over every `await` in it. */
const current = new AsyncLocalStorage<string>()

/** What the loader puts into every function of src. */
function enter<T>(file: string, line: number, name: string | null, run?: () => T): T | undefined {
  if (count !== null) {
    count.files.add(file)
    count.functions.add(`${file}:${line}:${name ?? ''}`)
    if (name !== null) count.asked.set(name, (count.asked.get(name) ?? 0) + 1)
    const caller = current.getStore()
    if (caller !== undefined && caller !== file) count.moves += 1
  }
  return run === undefined ? undefined : current.run(file, run)
}

Object.assign(globalThis, { __flow: enter })

/** Counts what happens until the work is done. */
export async function flowOf(work: () => Promise<unknown>): Promise<Flow> {
  count = { files: new Set(), functions: new Set(), asked: new Map(), moves: 0 }
  await work()
  const { files, functions, asked, moves } = count
  count = null
  return { files: files.size, functions: functions.size, moves, asked }
}
