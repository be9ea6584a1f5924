import { describe, expect, it } from '@jest/globals'
import { success } from '../../../src/core/model/result.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { rerunReach } from '../../../src/forge/gitea/rerun-reach.js'
import { ForgeError } from '../../../src/forge/port.js'
import { asRunKey } from '../../../src/core/model/ids.js'
import type { UnreadableFile, Workflow } from '../../../src/workflow/parse.js'
import { head, policy, run, STALE } from '../../support/builders.js'
import type { FakeStart } from '../../support/fake-forge.js'
import { openFake } from '../../support/fake-forge.js'
import { workflow } from '../../support/fake-reruns.js'

interface ReachCase {
  readonly rule: string
  readonly file: Workflow | UnreadableFile | null
  readonly suffix?: string
  readonly openRuns?: FakeStart['openRuns']
  readonly onDefault?: readonly (Workflow | UnreadableFile)[]
  readonly reach: Readonly<Record<string, unknown>>
}

const busy = () => [{ run: asRunKey(9), file: 'ci.yml', head: null }]
const deploy = { id: 'deploy', needs: ['all-required'] }
const notify = { id: 'notify', needs: ['deploy'] }

const reachOf = async ({
  file,
  suffix,
  openRuns,
  onDefault,
}: Omit<ReachCase, 'reach' | 'rule'>) => {
  const fake = openFake({
    version: '1.27.0',
    grade: 'jobs',
    ownWorkflow: path => (path === '.gitea/workflows/ci.yml' ? file : null),
    ...(openRuns === undefined ? {} : { openRuns }),
    ...(onDefault === undefined ? {} : { workflows: success(onDefault) }),
  })
  const shown = run(1, ['Lint success', 'umbrella failure'], suffix === undefined ? {} : { suffix })
  const evidence = head({ grade: 'jobs', version: '1.27.0', rows: STALE, runs: [shown] })
  const reads = { api: fake.api, policy: policy(), cache: openCache() }
  return { fake, reach: await rerunReach(reads, evidence, asRunKey(1)) }
}

describe('what a re-run would touch', () => {
  it.each<ReachCase>([
    {
      rule: 'nothing beside the umbrella, by a plain file',
      file: workflow(),
      openRuns: busy,
      reach: { kind: 'read', dependents: [], concurrency: 'nothing', open: [] },
    },
    {
      rule: 'what depends on it, directly or not',
      file: workflow({}, [deploy, notify, { id: 'other', needs: ['lint'] }]),
      reach: { kind: 'read', dependents: ['deploy', 'notify'] },
    },
    {
      rule: 'open runs of a group that is not its own',
      file: workflow({ concurrency: 'ci' }),
      openRuns: busy,
      reach: { kind: 'read', concurrency: 'repository', open: busy() },
    },
    {
      rule: 'no open run of a group that is its own',
      file: workflow({ concurrency: '${{ github.ref }}' }),
      openRuns: busy,
      reach: { kind: 'read', concurrency: 'own-ref', open: [] },
    },
    {
      rule: 'a workflow of the default branch that starts after it',
      file: workflow(),
      onDefault: [
        workflow(),
        workflow({
          path: 'deploy.yml',
          name: 'Deploy',
          follows: { workflows: ['CI'], branches: null, types: null },
        }),
      ],
      reach: { kind: 'read', dependents: ['deploy.yml (on: workflow_run)'] },
    },
    {
      rule: 'no workflow that starts after another one',
      file: workflow(),
      onDefault: [
        workflow({
          path: 'deploy.yml',
          name: 'Deploy',
          follows: { workflows: ['Release'], branches: null, types: null },
        }),
      ],
      reach: { kind: 'read', dependents: [] },
    },
    {
      rule: 'not known: a file of the default branch cannot be read',
      file: workflow(),
      onDefault: [{ kind: 'unreadable', path: 'x.yml', why: 'it is no YAML' }],
      reach: { kind: 'unreadable', why: 'x.yml: it is no YAML' },
    },
    {
      rule: 'not known: the commit has no such file',
      file: null,
      reach: { kind: 'unreadable', why: 'this commit has no ci.yml' },
    },
    {
      rule: 'not known: the file cannot be read',
      file: { kind: 'unreadable', path: '.gitea/workflows/ci.yml', why: 'it is no YAML' },
      reach: { kind: 'unreadable', why: '.gitea/workflows/ci.yml: it is no YAML' },
    },
    {
      rule: 'not known: no job of it writes the umbrella',
      file: workflow({ name: 'Other' }),
      reach: { kind: 'unreadable', why: expect.stringContaining('no single job that writes') },
    },
    {
      rule: 'not known: two jobs of it write the umbrella',
      file: workflow({}, [{ id: 'twin', name: 'all-required' }]),
      reach: { kind: 'unreadable', why: expect.stringContaining('no single job that writes') },
    },
    {
      rule: 'not known: the open runs cannot be listed',
      file: workflow({ concurrency: 'ci' }),
      openRuns: () => {
        throw new ForgeError('forbidden', 'GET /actions/runs: 403')
      },
      reach: { kind: 'unreadable', why: 'GET /actions/runs: 403' },
    },
  ])('$rule', async ({ reach, ...asked }) => {
    expect((await reachOf(asked)).reach).toMatchObject(reach)
  })

  it('a run that is not listed is not known', async () => {
    const fake = openFake({ version: '1.27.0', grade: 'jobs' })
    const evidence = head({ grade: 'jobs', version: '1.27.0', rows: STALE, runs: [] })
    const reads = { api: fake.api, policy: policy(), cache: openCache() }
    expect(await rerunReach(reads, evidence, asRunKey(1))).toEqual({
      kind: 'unreadable',
      why: 'run 1 is not among the runs of this commit',
    })
  })

  it('the file of a pull_request_target run is at a commit that nobody tells', async () => {
    const { reach, fake } = await reachOf({ file: workflow(), suffix: ' (pull_request_target)' })
    expect(reach).toEqual({ kind: 'unreadable', why: 'run 1 is of pull_request_target' })
    expect(fake.calls).not.toContain('workflow')
  })

  it('asks for open runs only where the group could reach one', async () => {
    const { fake } = await reachOf({ file: workflow(), openRuns: busy })
    expect(fake.calls).toEqual(['workflow', 'defaultBranch', 'commitOf', 'workflows'])
  })
})

describe('the run that would be run again', () => {
  const shown = (key: number, suffix: ' (pull_request)' | null) =>
    run(key, ['Lint success', 'umbrella failure'], {
      suffix,
      file: key === 1 ? 'other.yml' : 'ci.yml',
    })
  const OF_NO_PULL = { concurrency: '${{ github.head_ref || github.run_id }}' }

  async function asked(
    suffix: ' (pull_request)' | null,
    file: Workflow = workflow(),
    folder = '.gitea',
  ) {
    const fake = openFake({
      version: '1.27.0',
      grade: 'jobs',
      ownWorkflow: path => (path === `${folder}/workflows/ci.yml` ? file : null),
    })
    const runs = [shown(1, ' (pull_request)'), shown(2, suffix)]
    const evidence = head({ grade: 'jobs', version: '1.27.0', rows: STALE, runs })
    const reads = { api: fake.api, policy: policy(), cache: openCache() }
    return { fake, reach: await rerunReach(reads, evidence, asRunKey(2)) }
  }

  it('is found by its key among the others', async () => {
    expect((await asked(' (pull_request)')).reach).toMatchObject({ kind: 'read' })
  })

  it('has its file in the first folder that holds it', async () => {
    const { fake, reach } = await asked(' (pull_request)', workflow(), '.github')
    expect(reach).toMatchObject({ kind: 'read' })
    expect(fake.calls.filter(call => call === 'workflow')).toHaveLength(2)
  })

  it.each([
    { rule: 'by its event', suffix: ' (pull_request)' as const, concurrency: 'head-branch' },
    { rule: 'by any event where its own is not told', suffix: null, concurrency: 'head-branch' },
  ])('shares its group $rule', async ({ suffix, concurrency }) => {
    expect((await asked(suffix, workflow(OF_NO_PULL))).reach).toMatchObject({ concurrency })
  })
})
