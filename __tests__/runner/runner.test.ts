import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { actionsRunner } from '../../src/runner.js'
import type { Runner } from '../../src/runner.js'
import { hidden } from '../../src/runner/hidden.js'
import { commandsIn, HOSTILE, hostileText, UNSEEN } from '../support/hostile.js'
import { holds } from '../support/property.js'

const VARIABLES = ['GITHUB_ACTIONS', 'GITEA_ACTIONS'] as const
const before = new Map(VARIABLES.map(name => [name, process.env[name]]))
let said = ''

beforeEach(() => {
  said = ''
  delete process.env['GITEA_ACTIONS']
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    said += String(text)
    return true
  })
})

afterEach(() => {
  jest.restoreAllMocks()
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
  process.exitCode = undefined
})

/** Every way in which a runner prints, and the commands of ours that are in it in a workflow. */
const SINKS: readonly {
  readonly sink: string
  readonly print: (runner: Runner, text: string) => void
  readonly ours: readonly string[]
}[] = [
  { sink: 'info', print: (runner, text) => runner.info(text), ours: [] },
  { sink: 'print', print: (runner, text) => runner.print(text), ours: [] },
  { sink: 'warning', print: (runner, text) => runner.warning(text), ours: ['warning'] },
  { sink: 'fail', print: (runner, text) => runner.fail(text), ours: ['error'] },
  {
    sink: 'a group',
    print: (runner, text) => runner.group(text, [text, text], true),
    ours: ['group', 'endgroup'],
  },
  {
    sink: 'a group that does not fold',
    print: (runner, text) => runner.group(text, [text, text], false),
    ours: [],
  },
  {
    sink: 'an annotation',
    print: (runner, text) => {
      runner.annotate({ level: 'error', title: text, text, file: text, line: 1 })
      runner.annotate({ level: 'warning', title: text, text })
    },
    ours: ['error', 'warning'],
  },
]

const nameOf = (command: string): string => /^::(\w+)/.exec(command)?.[1] ?? command

describe.each(SINKS)('$sink', ({ print, ours }) => {
  it.each([
    { where: 'in a workflow', workflow: 'true', commands: ours },
    { where: 'elsewhere', workflow: '', commands: [] },
  ])('prints no command of others $where', ({ workflow, commands }) => {
    process.env['GITHUB_ACTIONS'] = workflow
    const runner = actionsRunner()
    holds(
      [hostileText],
      text => {
        said = ''
        print(runner, text)
        const lines = said.split('\n')
        expect(commandsIn(said).map(nameOf)).toEqual(commands)
        expect(lines.slice(0, -1).filter(line => UNSEEN.test(line))).toEqual([])
      },
      HOSTILE.map((text): [string] => [text]),
    )
  })
})

it('a mask is a command in a workflow, and nothing elsewhere', () => {
  process.env['GITHUB_ACTIONS'] = 'true'
  actionsRunner().mask('a-secret')
  process.env['GITHUB_ACTIONS'] = ''
  actionsRunner().mask('another')
  expect(said).toBe('::add-mask::a-secret\n')
})

it('through a runner that hides them no secret leaves, but for the mask', async () => {
  const kept: string[] = []
  const keep = (...texts: readonly unknown[]): void => {
    kept.push(JSON.stringify(texts))
  }
  const open = {
    info: keep,
    warning: keep,
    annotate: keep,
    group: keep,
    output: keep,
    print: keep,
    fail: keep,
    summary: (text: string) => {
      keep(text)
      return Promise.resolve(true)
    },
    report: (json: string) => {
      keep(json)
      return ''
    },
    mask: keep,
  } as unknown as Runner
  const runner = hidden(open, ['the-secret'])
  const text = 'the-secret https://me:pw@x.org'
  for (const { print } of SINKS) print(runner, text)
  runner.output('name', text)
  runner.report(text, null)
  await runner.summary(text)
  expect(kept).toHaveLength(SINKS.length + 4)
  expect(kept.join('\n')).not.toMatch(/the-secret|me:pw/)
  runner.mask('the-secret')
  expect(kept.at(-1)).toBe('["the-secret"]')
})

it('on Gitea and Forgejo, which draw none, a warning is a line and an annotation nothing', () => {
  process.env['GITHUB_ACTIONS'] = 'true'
  process.env['GITEA_ACTIONS'] = 'true'
  const runner = actionsRunner()
  runner.warning('look here')
  runner.annotate({ level: 'error', title: 'a finding', text: 'that the log has already' })
  expect(said).toBe('warning: look here\n')
})
