import { describe, expect, it } from '@jest/globals'
import { startsAfter } from '../../src/workflow/listeners.js'
import type { FollowedRun } from '../../src/workflow/listeners.js'
import type { Workflow } from '../../src/workflow/parse.js'
import { parseWorkflow } from '../../src/workflow/parse.js'

const DEPLOY = 'jobs: { deploy: { runs-on: x, steps: [{ run: ./deploy }] } }'

const file = async (text: string, path = '.github/workflows/other.yml') => {
  const read = await parseWorkflow(path, Buffer.from(text))
  if (read.kind !== 'workflow') throw new Error(read.why)
  return read
}

const CI = 'name: CI\non: pull_request\njobs: {}'
const after = (list: string, jobs = DEPLOY): string =>
  `on: { workflow_run: { workflows: ${list}, types: [completed] } }\n${jobs}`
const run = (workflow: Workflow, change: Partial<FollowedRun> = {}): FollowedRun => ({
  workflow,
  branch: null,
  requestsAnew: true,
  ...change,
})
const sweep = (...steps: readonly string[]): string =>
  `jobs: { sweep: { runs-on: x, steps: [${steps.map(step => `{ ${step} }`).join(', ')}] } }`
const REAPER = 'uses: acme/umbrella-reaper@v1'

describe('which workflows start when another one has run', () => {
  it.each([
    { rule: 'one that names it', text: after('[CI]'), starts: true },
    { rule: 'one that names it as a text', text: after('CI'), starts: true },
    { rule: 'one that names it by a pattern', text: after('["C*"]'), starts: true },
    { rule: 'one that names others', text: after('[Lint, Docs]'), starts: false },
    { rule: 'one that names it among others', text: after('[Lint, CI]'), starts: true },
    { rule: 'one without jobs', text: after('[CI]', 'jobs: {}'), starts: true },
    {
      rule: 'one of whose jobs one sweeps, and the other does not',
      text: after('[CI]', `jobs: { a: { steps: [{ ${REAPER} }] }, b: { steps: [{ run: x }] } }`),
      starts: true,
    },
    {
      rule: 'one that calls another workflow, whatever steps stand beside',
      text: after('[CI]', sweep(REAPER).replace('runs-on: x', 'uses: ./x.yml')),
      starts: true,
    },
    {
      rule: 'one whose step sweeps and runs a command at once',
      text: after('[CI]', sweep(`${REAPER}, run: ./deploy`)),
      starts: true,
    },
    { rule: 'one that names nothing', text: `on: workflow_run\n${DEPLOY}`, starts: true },
    { rule: 'one without a list', text: `on: { workflow_run: }\n${DEPLOY}`, starts: true },
    { rule: 'one whose list only a run tells', text: after("['${{ vars.CI }}']"), starts: true },
    { rule: 'one whose list is no list', text: after('{ a: b }'), starts: true },
    { rule: 'one that starts by other events', text: `on: push\n${DEPLOY}`, starts: false },
    { rule: 'one that only sweeps', text: after('[CI]', sweep(REAPER)), starts: false },
    {
      rule: 'one that fetches files and sweeps',
      text: after('[CI]', sweep('uses: actions/checkout@v4', REAPER)),
      starts: false,
    },
    {
      rule: 'one that sweeps, and runs a command besides',
      text: after('[CI]', sweep(REAPER, 'run: ./deploy')),
      starts: true,
    },
    {
      rule: 'one that only fetches files',
      text: after('[CI]', sweep('uses: actions/checkout@v4')),
      starts: true,
    },
    {
      rule: 'one that sweeps, and uses an action that only looks like the one that fetches files',
      text: after('[CI]', sweep('uses: evil/actions/checkout@v4', REAPER)),
      starts: true,
    },
    {
      rule: 'one that uses an action with a name that only ends like ours',
      text: after('[CI]', sweep('uses: acme/not-umbrella-reaper@v1')),
      starts: true,
    },
    {
      rule: 'one that calls another workflow beside a sweep',
      text: after('[CI]', 'jobs: { a: { uses: acme/umbrella-reaper/w.yml@v1 } }'),
      starts: true,
    },
  ])('$rule: $starts', async ({ text, starts }) => {
    expect(startsAfter(await file(text), run(await file(CI)))).toBe(starts)
  })

  it.each([
    { rule: 'of this branch', branches: '[change]', branch: 'change', starts: true },
    { rule: 'of branches like it', branches: "['ch*']", branch: 'change', starts: true },
    {
      rule: 'of this branch among others',
      branches: '[a, change]',
      branch: 'change',
      starts: true,
    },
    { rule: 'of others alone', branches: '[main, release]', branch: 'change', starts: false },
    { rule: 'of a branch that is not told', branches: '[main]', branch: null, starts: true },
    { rule: 'by a pattern of more signs', branches: "['!main']", branch: 'change', starts: true },
  ])('one for runs $rule: $starts', async ({ branches, branch, starts }) => {
    const text = `on: { workflow_run: { workflows: [CI], branches: ${branches} } }\n${DEPLOY}`
    expect(startsAfter(await file(text), run(await file(CI), { branch }))).toBe(starts)
  })

  it('one for requested runs alone, where a re-run is not requested anew', async () => {
    const text = `on: { workflow_run: { workflows: [CI], types: [requested] } }\n${DEPLOY}`
    const [listener, ci] = [await file(text), await file(CI)]
    expect(startsAfter(listener, run(ci, { requestsAnew: false }))).toBe(false)
    expect(startsAfter(listener, run(ci, { requestsAnew: true }))).toBe(true)
  })

  it.each([
    { types: '[requested]', starts: false },
    { types: '[requested, completed]', starts: true },
    { types: '[completed]', starts: true },
  ])('one for $types, where a re-run is not requested anew: $starts', async ({ types, starts }) => {
    const text = `on: { workflow_run: { workflows: [CI], types: ${types} } }\n${DEPLOY}`
    const anew = run(await file(CI), { requestsAnew: false })
    expect(startsAfter(await file(text), anew)).toBe(starts)
  })

  it('a workflow without a name is called by its file', async () => {
    const nameless = await file('on: pull_request\njobs: {}', '.github/workflows/ci.yml')
    expect(startsAfter(await file(after('[.github/workflows/ci.yml]')), run(nameless))).toBe(true)
    expect(startsAfter(await file(after('[ci.yml]')), run(nameless))).toBe(true)
    expect(startsAfter(await file(after('[CI]')), run(nameless))).toBe(false)
  })
})
