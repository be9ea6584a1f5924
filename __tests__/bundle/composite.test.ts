import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

interface Field {
  readonly description: string
  readonly default?: string
  readonly value?: string
}
type Texts = Readonly<Record<string, string>>
interface CompositeStep {
  readonly id: string
  readonly shell: string
  readonly run: string
  readonly env: Texts
}
interface Action {
  readonly inputs: Readonly<Record<string, Field>>
  readonly outputs: Readonly<Record<string, Field>>
  readonly runs: { readonly using: string; readonly steps?: readonly CompositeStep[] }
}

const readAction = (path: string): Action => parse(readFileSync(path, 'utf8')) as Action
const action = readAction('action.yml')
const composite = readAction('composite/action.yml')
const steps = composite.runs.steps ?? []
const [step] = steps as readonly [CompositeStep]
const variableOf = (input: string): string => `INPUT_${input.toUpperCase().replaceAll('-', '_')}`

describe('the composite entry says what the JavaScript entry says', () => {
  test('inputs, with their descriptions and defaults', () => {
    expect(Object.keys(composite.inputs)).toEqual(Object.keys(action.inputs))
    expect(composite.inputs).toEqual(action.inputs)
  })

  test('outputs, each taken from the one step', () => {
    expect(Object.keys(composite.outputs)).toEqual(Object.keys(action.outputs))
    for (const [name, { description, value }] of Object.entries(composite.outputs)) {
      expect(description).toBe(action.outputs[name]?.description)
      expect(value).toBe(`\${{ steps.${step.id}.outputs.${name} }}`)
    }
  })

  test('one step, run by bash', () => {
    expect(composite.runs.using).toBe('composite')
    expect(steps).toHaveLength(1)
    expect(step.shell).toBe('bash')
  })

  test(
    'every input is handed over as a variable without a hyphen, and nothing else ' +
      'but the folder',
    () => {
      const handed = Object.keys(action.inputs).map((input): [string, string] => [
        variableOf(input),
        `\${{ inputs.${input} }}`,
      ])
      expect(step.env).toEqual({
        ...Object.fromEntries(handed),
        ACTION_FOLDER: '${{ github.action_path }}',
      })
    },
  )

  test('no expression becomes part of the script', () => {
    expect(step.run).not.toContain('${{')
  })
})

describe('the script of the composite entry', () => {
  let top = ''
  const folder = (): string => join(top, 'action', 'composite')
  const PRINT =
    'const { INPUT_MIN_AGE: age, INPUT_REQUIRED_CONTEXTS: list } = process.env; ' +
    'console.log(JSON.stringify({ age, list }))'

  beforeAll(() => {
    top = mkdtempSync(join(tmpdir(), 'umbrella-reaper-composite-'))
    mkdirSync(folder(), { recursive: true })
    mkdirSync(join(top, 'action', 'dist'))
    mkdirSync(join(top, 'bin'))
    writeFileSync(join(top, 'action', 'dist', 'index.js'), PRINT)
    symlinkSync(process.execPath, join(top, 'bin', 'node'))
    writeFileSync(join(top, 'script.sh'), step.run)
  })
  afterAll(() => {
    rmSync(top, { recursive: true, force: true })
  })

  const bash = execFileSync('bash', ['-c', 'command -v bash'], { encoding: 'utf8' }).trim()
  const run = (variables: Texts, path = join(top, 'bin')) => {
    const { status, stdout, stderr } = spawnSync(
      bash,
      ['--noprofile', '--norc', '-eo', 'pipefail', join(top, 'script.sh')],
      {
        cwd: top,
        encoding: 'utf8',
        env: {
          PATH: path,
          INPUT_MIN_AGE: '90s',
          INPUT_REQUIRED_CONTEXTS: 'one\n"two" $(id)\n',
          ...variables,
        },
      },
    )
    return { status, stdout, stderr }
  }
  const started = {
    status: 0,
    stdout: `${JSON.stringify({ age: '90s', list: 'one\n"two" $(id)\n' })}\n`,
    stderr: '',
  }

  test('finds the bundle by GITHUB_ACTION_PATH', () => {
    expect(run({ GITHUB_ACTION_PATH: folder(), ACTION_FOLDER: '' })).toEqual(started)
  })

  test('finds it by the expression where the variable is missing, empty or leads nowhere', () => {
    expect(run({ ACTION_FOLDER: folder() })).toEqual(started)
    expect(run({ GITHUB_ACTION_PATH: '', ACTION_FOLDER: folder() })).toEqual(started)
    expect(run({ GITHUB_ACTION_PATH: '/nowhere/composite', ACTION_FOLDER: folder() })).toEqual(
      started,
    )
  })

  test('finds it by a path relative to the workspace, and in a folder with a space', () => {
    expect(run({ GITHUB_ACTION_PATH: './action/composite', ACTION_FOLDER: '' })).toEqual(started)
    cpSync(join(top, 'action'), join(top, 'an action'), { recursive: true })
    expect(
      run({ GITHUB_ACTION_PATH: join(top, 'an action', 'composite'), ACTION_FOLDER: '' }),
    ).toEqual(started)
  })

  test(
    'says one sentence where no folder is told, and runs no bundle that ' + 'happens to lie near',
    () => {
      mkdirSync(join(top, 'dist'))
      writeFileSync(join(top, 'dist', 'index.js'), PRINT)
      const { status, stdout, stderr } = run({
        GITHUB_ACTION_PATH: '',
        ACTION_FOLDER: '',
        GITHUB_WORKSPACE: join(top, 'action'),
      })
      expect(stdout).toMatch(/^::error title=Bundle not found::.*\n$/)
      expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    },
  )

  test('says one sentence where there is no node', () => {
    const { status, stdout, stderr } = run(
      { GITHUB_ACTION_PATH: folder(), ACTION_FOLDER: '' },
      join(top, 'nothing'),
    )
    expect(stdout).toMatch(/^::error title=Node\.js is missing::.*\n$/)
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  })

  test('hands the exit code of the bundle on', () => {
    mkdirSync(join(top, 'failing', 'composite'), { recursive: true })
    mkdirSync(join(top, 'failing', 'dist'))
    writeFileSync(join(top, 'failing', 'dist', 'index.js'), 'process.exitCode = 1')
    expect(
      run({ GITHUB_ACTION_PATH: join(top, 'failing', 'composite'), ACTION_FOLDER: '' }).status,
    ).toBe(1)
  })
})
