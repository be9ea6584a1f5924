import { describe, expect, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

interface Step {
  name?: string
  id?: string
  uses?: string
  run?: string
  with?: Record<string, unknown>
  env?: Record<string, string>
}
interface Workflow {
  name: string
  on: {
    schedule?: { cron: string }[]
    workflow_dispatch?: { inputs: Record<string, { default: unknown }> }
    pull_request?: unknown
  }
  permissions?: Record<string, string>
  concurrency?: unknown
  jobs: Record<string, { permissions?: unknown; concurrency?: unknown; steps: Step[] }>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const workflows = ['.', 'forgejo']
  .flatMap(folder => readdirSync(join(root, 'examples', folder)).map(name => join(folder, name)))
  .filter(name => name.endsWith('.yml'))
  .sort()
const action = parse(read('action.yml')) as {
  inputs: Record<string, unknown>
  outputs: Record<string, unknown>
}
const open = (name: string): Workflow => parse(read(`examples/${name}`)) as Workflow
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps)

/** The block of docs/permissions.md, "Gitea 1.26 and newer". */
const block =
  /## Gitea 1\.26 and newer[^]*?```yaml\n([^]*?)```/.exec(read('docs/permissions.md'))?.[1] ?? ''
const documented = (parse(block) as Pick<Workflow, 'permissions'>).permissions

test('there is a workflow of its own, a step of another, and one for many, for each forge', () => {
  expect(workflows).toEqual([
    'forgejo/many-repositories.yml',
    'forgejo/status-reaper-step.yml',
    'forgejo/umbrella-reaper.yml',
    'many-repositories.yml',
    'status-reaper-step.yml',
    'umbrella-reaper.yml',
  ])
})

describe.each(workflows)('%s', name => {
  const workflow = open(name)
  const sweeps = stepsOf(workflow).filter(
    ({ uses }) => uses?.startsWith('https://git.example.org/owner/umbrella-reaper') === true,
  )

  test('it runs by schedule, never for a pull request, in no concurrency group', () => {
    expect(workflow.on.schedule).toHaveLength(1)
    expect(workflow.on.schedule?.[0]?.cron).toMatch(/^\*\/\d+ \* \* \* \*$/)
    expect(workflow.on).not.toHaveProperty('pull_request')
    expect(workflow).not.toHaveProperty('concurrency')
    for (const job of Object.values(workflow.jobs)) expect(job).not.toHaveProperty('concurrency')
  })

  test('its permissions are the documented ones, and the least', () => {
    // Forgejo warns about every block, from 16 on (docs/forge-facts.md, 11).
    const ownToken = name.includes('forgejo') ? undefined : documented
    expect(workflow.permissions).toEqual(name === 'many-repositories.yml' ? {} : ownToken)
    expect(documented).toEqual({ contents: 'write', 'pull-requests': 'read', actions: 'write' })
    for (const job of Object.values(workflow.jobs)) expect(job).not.toHaveProperty('permissions')
  })

  test('everything it uses is pinned by a version tag, and it sweeps once', () => {
    for (const { uses } of stepsOf(workflow))
      if (uses !== undefined)
        expect(uses).toMatch(
          /^(?:https:\/\/git\.example\.org\/)?[\w.-]+\/[\w./-]+@v\d+(\.\d+){0,2}$/,
        )
    expect(sweeps.map(({ uses }) => uses)).toEqual([
      'https://git.example.org/owner/umbrella-reaper@v1',
    ])
  })

  test('every input it gives is an input of the action, and the first sweep is a dry run', () => {
    for (const { with: given = {} } of sweeps) {
      expect(Object.keys(given).filter(input => action.inputs[input] === undefined)).toEqual([])
      expect([true, "${{ github.event.inputs.dry-run || 'true' }}"]).toContain(given['dry-run'])
    }
    const byHand = workflow.on.workflow_dispatch
    expect(byHand === undefined || byHand.inputs['dry-run']?.default === true).toBe(true)
  })

  test('it names no job of anybody: what must be green is found', () => {
    const lists = ['required-contexts', 'optional-contexts', 'skippable-contexts']
    for (const { with: given = {} } of sweeps)
      expect(Object.keys(given).filter(input => lists.includes(input))).toEqual([])
  })

  test('expressions are those every forge knows, and none stands inside a script', () => {
    for (const [, expression = ''] of read(`examples/${name}`).matchAll(/\$\{\{([^}]*)\}\}/g)) {
      expect(expression).toMatch(/\b(github\.|steps\.|secrets\.|matrix\.|always\(\))/)
      expect(expression).not.toMatch(/\b(gitea|forgejo|inputs)\.(?!dry-run|pull-request)/)
    }
    for (const { run } of stepsOf(workflow)) expect(run ?? '').not.toContain('${{')
  })

  test('every output it reads is an output of the action', () => {
    const outputs = [
      ...read(`examples/${name}`).matchAll(/steps\.umbrella\.outputs\.([a-z-]+)/g),
    ].map(([, output = '']) => output)
    expect(outputs.filter(output => action.outputs[output] === undefined)).toEqual([])
    expect(outputs.length > 0).toBe(name.endsWith('status-reaper-step.yml'))
  })
})

describe('cron.sh', () => {
  const path = join(root, 'examples/cron.sh')

  test('it can be executed, is a shell script, and names only inputs of the action', () => {
    accessSync(path, constants.X_OK)
    execFileSync('sh', ['-n', path])
    const known = new Set(
      Object.keys(action.inputs).map(input => `INPUT_${input.toUpperCase().replaceAll('-', '_')}`),
    )
    const named = [...read('examples/cron.sh').matchAll(/INPUT_[A-Z_]*[A-Z]/g)].map(
      ([variable]) => variable,
    )
    expect(named.filter(variable => !known.has(variable))).toEqual([])
    expect(named).toEqual(
      expect.arrayContaining(['INPUT_TOKEN', 'INPUT_REPO', 'INPUT_API_URL', 'INPUT_DRY_RUN']),
    )
  })

  test(
    'it starts the bundle, asks the given server, tells what went wrong, and leaves ' +
      'nothing behind',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'umbrella-reaper-cron-'))
      const token = join(folder, 'token')
      writeFileSync(token, 'hidden-token\n')
      // Port 9 of this machine: nothing listens there.
      const { status, stdout, stderr } = spawnSync(
        'sh',
        [path, 'acme', 'http://127.0.0.1:9/api/v1'],
        {
          encoding: 'utf8',
          env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder, TOKEN_FILE: token },
        },
      )
      expect(status).toBe(1)
      expect(stderr).toBe('')
      expect(stdout).toContain('repo: given "acme"; allowed: owner/name')
      expect(stdout).not.toContain('hidden-token')
      expect(readdirSync(folder)).toEqual(['token'])
      rmSync(folder, { recursive: true })
    },
  )

  test('without arguments it says what it needs', () => {
    const { status, stderr } = spawnSync('sh', [path], { encoding: 'utf8' })
    expect(status).not.toBe(0)
    expect(stderr).toContain('usage: cron.sh owner/name')
  })
})

describe.each(readdirSync(join(root, 'examples/github')))('github/%s', name => {
  const workflow = parse(read(`examples/github/${name}`)) as Workflow
  const block = /## GitHub\n[^]*?```yaml\n([^]*?)```/.exec(read('docs/permissions.md'))?.[1] ?? ''

  test('has the documented permissions, and nothing checked out', () => {
    const { permissions } = parse(block) as Pick<Workflow, 'permissions'>
    expect(workflow.permissions).toEqual(name.startsWith('many') ? {} : permissions)
    const used = stepsOf(workflow).flatMap(({ uses }) => uses ?? [])
    expect(used).toEqual(['owner/umbrella-reaper/node24@v1'])
    expect(workflow.on).not.toHaveProperty('pull_request')
  })

  test('starts as a dry run, with inputs of the action', () => {
    const given = stepsOf(workflow).find(({ uses }) => uses !== undefined)?.with ?? {}
    expect(given['dry-run']).toBe(true)
    expect(Object.keys(given).filter(input => action.inputs[input] === undefined)).toEqual([])
  })
})

describe('the umbrella we recommend', () => {
  const { jobs } = parse(read('examples/umbrella/ci.yml')) as {
    readonly jobs: Readonly<Record<string, { readonly if?: string; readonly steps: Step[] }>>
  }
  const umbrella = jobs['all-required']
  const [step] = umbrella?.steps ?? []

  test('runs whatever the others did, and needs every one of them', () => {
    expect(umbrella?.if).toBe('always()')
    const others = Object.keys(jobs).filter(name => name !== 'all-required')
    expect(umbrella).toMatchObject({ needs: others })
    expect(Object.values(step?.env ?? {})).toEqual(
      others.map(name => `\${{ needs.${name}.result }}`),
    )
  })

  const ends = ['success', 'failure', 'cancelled', 'skipped', '', 'success failure', 'successful']
  test.each(ends.flatMap(LINT => ends.map(TEST => ({ LINT, TEST }))))(
    'its script over lint "$LINT" and test "$TEST"',
    results => {
      const { status, stdout } = spawnSync('sh', ['-e', '-c', step?.run ?? 'exit 9'], {
        env: { PATH: process.env['PATH'], ...results },
        encoding: 'utf8',
      })
      const green = results.LINT === 'success' && results.TEST === 'success'
      expect(status).toBe(green ? 0 : 1)
      expect(stdout).toBe(`lint: ${results.LINT}\ntest: ${results.TEST}\n`)
    },
  )
})
