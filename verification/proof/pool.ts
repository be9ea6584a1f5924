import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answers, Kind, Task } from './tasks.js'

interface Waiting {
  readonly task: Task
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** What a worker says when it is done. */
type Said = { readonly answer: unknown } | { readonly failed: unknown }

/** Worker processes that take one task after another, in the order they were asked for. */
export class Pool {
  readonly #waiting: Waiting[] = []
  readonly #idle: ChildProcess[] = []
  readonly #all: readonly ChildProcess[]

  constructor(workers: number) {
    this.#all = Array.from({ length: workers }, () => this.#worker())
    this.#idle.push(...this.#all)
  }

  do<K extends Kind>(task: Task<K>): Promise<Answers[K]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve: answer => resolve(answer as Answers[K]), reject })
      this.#next()
    })
  }

  end(): void {
    for (const worker of this.#all) worker.disconnect()
  }

  #worker(): ChildProcess {
    return fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx', '--max-old-space-size=6000'],
      serialization: 'advanced',
    })
  }

  /** Gives the first that waits to a worker that has nothing to do. */
  #next(): void {
    const worker = this.#waiting.length === 0 ? undefined : this.#idle.pop()
    const first = worker === undefined ? undefined : this.#waiting.shift()
    if (worker === undefined || first === undefined) return
    const { task, resolve, reject } = first
    const lost = (code: number | null): void => {
      reject(new Error(`a worker ended with ${code ?? 'a signal'} over ${JSON.stringify(task)}`))
    }
    worker.once('exit', lost)
    worker.once('message', message => {
      worker.off('exit', lost)
      this.#idle.push(worker)
      const said = message as Said
      if ('failed' in said) reject(new Error(String(said.failed)))
      else resolve(said.answer)
      this.#next()
    })
    worker.send(task)
  }
}
