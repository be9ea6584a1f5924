// The umbrella we recommend, as a runner runs it: every end that the jobs it needs can come to.
import { existsSync, readFileSync } from 'node:fs'
import type { Stand } from './github.js'
import type { Script } from './script.js'

/** The umbrella under one end of its jobs: must its run be green? */
export interface UmbrellaTrial {
  readonly script: Script
  readonly umbrella: { readonly green: boolean }
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
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  const trial = (end: string, green: boolean, changed: string): UmbrellaTrial => ({
    script: {
      ...{ name: `examples/umbrella: ${end}`, event: 'pull_request', inputs: {} },
      ...{ entry: 'javascript', text: changed },
    },
    umbrella: { green },
  })
  return [
    trial('green', true, text),
    trial('failed', false, replaced(text, 'echo "your linter here"', 'exit 1')),
    trial('skipped', false, replaced(text, '    name: Test\n', '    name: Test\n    if: false\n')),
  ]
}

/** No server: the umbrella asks none. */
export function standAlone({ umbrella: { green } }: UmbrellaTrial): Stand {
  return {
    ...{ apiUrl: 'http://127.0.0.1:9/api/v1', url: 'http://127.0.0.1:9' },
    ...{ repository: 'acme/app', token: 'none' },
    faults: ({ code, lines }) => {
      const asked = ['lint: ', 'test: '].filter(job => !lines.some(line => line.startsWith(job)))
      return [
        ...((code === 0) === green ? [] : [`act ended with ${String(code)}`]),
        ...asked.map(job => `the umbrella did not look at ${job}`),
      ]
    },
    close: () => Promise.resolve(),
  }
}
