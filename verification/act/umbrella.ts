// The umbrella we recommend, as a runner runs it: every end that the jobs it needs can come to.
import { readFileSync } from 'node:fs'
import type { Stand } from './github.js'
import type { Script } from './script.js'

/** The umbrella under one end of its jobs: must its run be green? */
export interface UmbrellaTrial {
  readonly script: Script
  readonly umbrella: {
    readonly green: boolean
    /** How lines begin that its script must print. */
    readonly prints: readonly string[]
  }
}

const replaced = (text: string, from: string, to: string): string => {
  if (text.split(from).length !== 2) throw new Error(`the umbrella has not one "${from}"`)
  return text.replace(from, to)
}

/**
 * Its branches: green jobs, one that failed, one that was skipped. A cancelled job and an empty
 * result, which act cannot make, are driven through its script in `__tests__/examples.test.ts`.
 */
export function umbrellaTrials(path: string): readonly UmbrellaTrial[] {
  const text = readFileSync(path, 'utf8')
  const trial = (end: string, green: boolean, changed: string): UmbrellaTrial => ({
    script: {
      name: `examples/umbrella: ${end}`,
      event: 'pull_request',
      inputs: {},
      entry: 'javascript',
      text: changed,
    },
    umbrella: { green, prints: ['lint: ', 'test: '] },
  })
  return [
    trial('green', true, text),
    trial('failed', false, replaced(text, 'echo "your linter here"', 'exit 1')),
    trial('skipped', false, replaced(text, '    name: Test\n', '    name: Test\n    if: false\n')),
  ]
}

/**
 * The workflow of docs/upstream.md: run 1 is odd, so that its work fails and its umbrella is red.
 * It is not waited for.
 */
export function upstreamTrial(page: string): UmbrellaTrial {
  const block = /^```yaml\n([^]*?)^```$/m.exec(readFileSync(page, 'utf8'))?.[1] ?? ''
  return {
    script: {
      name: 'docs/upstream.md',
      event: 'pull_request',
      inputs: {},
      entry: 'javascript',
      text: replaced(block, 'sleep 40', 'echo "late $?"'),
    },
    umbrella: { green: false, prints: ['late '] },
  }
}

/** No server: the umbrella asks none. */
export function standAlone({ umbrella: { green, prints } }: UmbrellaTrial): Stand {
  return {
    apiUrl: 'http://127.0.0.1:9/api/v1',
    url: 'http://127.0.0.1:9',
    repository: 'acme/app',
    token: 'none',
    faults: ({ code, lines }) => {
      const silent = prints.filter(start => !lines.some(line => line.startsWith(start)))
      return [
        ...((code === 0) === green ? [] : [`act ended with ${String(code)}`]),
        ...silent.map(start => `the umbrella did not print "${start}"`),
      ]
    },
    close: () => Promise.resolve(),
  }
}
