import type { Forge, ProfileName } from '../../../verification/simulator/index.js'
import { createForge } from '../../../verification/simulator/index.js'

export const UMBRELLA = 'CI / all-required (pull_request)'
export const REQUIRED = ['CI / lint (pull_request)', 'CI / test (pull_request)']

const job = (name: string, more = ''): string =>
  `  ${name}:\n    name: ${name}\n${more}    runs-on: x\n    steps: [{ run: make }]`

export const workflow = (test = ''): string =>
  [
    'name: CI\non:\n  pull_request:\n    branches: [main]\njobs:',
    job('lint'),
    job('test', test),
    job('extra'),
    job('all-required', '    if: always()\n    needs: [lint, test]\n'),
  ].join('\n')

type Endings = Parameters<Forge['runAll']>[1]

/** A pull request of its own branch, whose runs end so, the oldest first. */
export function pull(
  forge: Forge,
  branch: string,
  endings: readonly Endings[] = [{}],
  file?: string,
): number {
  forge.push({ branch, files: { [branch]: '' }, ...(file === undefined ? {} : { workflow: file }) })
  const number = forge.openPull({ branch, doubleRun: endings.length > 1 })
  const runs = [...forge.runs(forge.head(number))].sort((a, b) => a.id - b.id)
  for (const [at, run] of runs.entries()) {
    forge.runAll(run, endings[at] ?? {})
    // A runner took what will end late: nothing pending comes above the rows of the newer run.
    if (at === 0 && runs.length > 1)
      for (const one of forge.jobs(run)) if (one.status === 'waiting') forge.pick(one)
  }
  return number
}

const late = (forge: Forge, number: number, name: string, ending: 'success' | 'failure'): void => {
  const [older] = [...forge.runs(forge.head(number))].sort((a, b) => a.id - b.id)
  if (older === undefined) throw new Error('it has a run')
  const one = forge.job(older, name)
  if (one.status === 'waiting') forge.pick(one)
  forge.complete(one, ending)
}

/** Merged whatever the gate says, as an administrator may; everything before it is over. */
export function merge(forge: Forge, number: number, by = 'root1'): number {
  forge.clock.advance('5s')
  forge.mergePull(number)
  Object.assign(forge.pull(number), { mergedBy: by })
  forge.clock.advance('5s')
  return number
}

/** What a merge is planted for; each makes one and answers its number. */
export interface Planted {
  readonly name: string
  readonly kind: string
  readonly make: (forge: Forge) => number
}

export const BAD: readonly Planted[] = [
  {
    name: 'a required job failed, and somebody merged over it',
    kind: 'red',
    make: forge => merge(forge, pull(forge, 'bad-red', [{ test: 'failure' }])),
  },
  {
    name: 'an older run was green last',
    kind: 'red',
    make: forge => {
      const number = pull(forge, 'bad-false-green', [{ test: 'never' }, { test: 'failure' }])
      late(forge, number, 'test', 'success')
      late(forge, number, 'all-required', 'success')
      return merge(forge, number)
    },
  },
  {
    name: 'a required job was cancelled',
    kind: 'red',
    make: forge => merge(forge, pull(forge, 'bad-cancelled', [{ test: 'cancelled' }])),
  },
  {
    name: 'a required job had no runner yet',
    kind: 'unfinished',
    make: forge => merge(forge, pull(forge, 'bad-open', [{ test: 'never' }])),
  },
  {
    name: 'a newer run had just begun over an older green one',
    kind: 'unfinished',
    make: forge => {
      const never = { lint: 'never', test: 'never' } as const
      const number = pull(forge, 'bad-newer', [{}, never])
      merge(forge, number)
      for (const run of forge.runs(forge.head(number))) forge.runAll(run)
      return number
    },
  },
  {
    name: 'no run at all',
    kind: 'unproven',
    make: forge => merge(forge, pull(forge, 'bad-none', [], 'name: CI\non: push\njobs: {}')),
  },
  {
    name: 'a required job was skipped',
    kind: 'unproven',
    make: forge => {
      const file = workflow('    if: false\n')
      return merge(forge, pull(forge, 'bad-skipped', [{ 'all-required': 'success' }], file))
    },
  },
]

export const GOOD: readonly Planted[] = [
  {
    name: 'red only after the merge',
    kind: 'green',
    make: forge => {
      const number = merge(forge, pull(forge, 'good-later'))
      const [run] = forge.runs(forge.head(number))
      if (run === undefined) throw new Error('it has a run')
      forge.rerun(forge.job(run, 'test'))
      forge.runAll(run, { test: 'failure' })
      return number
    },
  },
  {
    name: 'a job that nobody requires failed',
    kind: 'green',
    make: forge => merge(forge, pull(forge, 'good-optional', [{ extra: 'failure' }])),
  },
  {
    name: 'an older run was red last',
    kind: 'green',
    make: forge => {
      const number = pull(forge, 'good-late-red', [{ test: 'never' }, {}])
      late(forge, number, 'test', 'failure')
      late(forge, number, 'all-required', 'failure')
      return merge(forge, number)
    },
  },
]

/** A repository with so many merged pull requests, the planted ones among them. */
export function mergedWorld(profile: ProfileName, count: number) {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  forge.push({ branch: 'main', workflow: workflow() })
  const planted = [...BAD, ...GOOD]
  const made = new Map<string, number>()
  const every = Math.floor(count / planted.length)
  for (let at = 0; at < count; at += 1) {
    const one = at % every === 0 ? planted[at / every] : undefined
    if (one === undefined) merge(forge, pull(forge, `plain-${at}`))
    else made.set(one.name, one.make(forge))
    // What a pull request changed of the workflow is changed back.
    if (one !== undefined) forge.push({ branch: 'main', workflow: workflow() })
  }
  // What the base branch asks for by now was never asked of them.
  forge.push({
    branch: 'main',
    workflow: workflow().replace('[lint, test]', '[lint, test, extra]'),
  })
  // A branch that is merged may go on: what fails there later is no matter of the merge.
  const [run] = forge.runs(forge.push({ branch: 'plain-1', files: { later: '' } }))
  if (run !== undefined) forge.runAll(run, { test: 'failure' })
  // One was closed, and is none of them.
  forge.closePull(pull(forge, 'closed'))
  forge.clock.advance('1h')
  return { forge, made }
}
