import type { Server } from '../../src/core/model/server.js'
import type { GiteaApi } from '../../src/forge/gitea/api.js'
import type { Workflow, WorkflowJob } from '../../src/workflow/parse.js'
import type { World } from './model.js'

/** The server as our own probe would describe it, without asking (docs/forge-facts.md, 4.1). */
export function serverOf({ profile }: World): Server {
  const { grade, traits, version, listsRuns } = profile
  const kind = version.includes('+gitea-') ? 'forgejo' : 'gitea'
  return {
    kind,
    version,
    versionNote: null,
    grade,
    gradeLimit: null,
    traits,
    capabilities: {
      tasks: grade !== 'statuses',
      runs: listsRuns,
      rerun: profile.reruns !== 'none',
      logGroups: false,
      summary: false,
    },
  }
}

/** The one workflow of the model: the umbrella needs every other job. */
export function workflowOf(world: World): Workflow {
  const names = [...new Set(world.bound.jobs)]
  const job = (id: string, needs: readonly string[]): WorkflowJob => ({
    ...{
      id,
      needs,
      runsAlways: true,
      name: null,
      reusable: false,
      concurrency: null,
      matrix: { kind: 'none' },
      body: {
        ...{ condition: 'always()', runsOn: ['x'], env: {}, shell: null },
        ...{ outputs: [], steps: null, others: [] },
      },
    },
  })
  const jobs = [...names.map(name => job(name, [])), job('all-required', names)]
  return {
    kind: 'workflow',
    path: 'ci.yml',
    name: 'CI',
    events: ['pull_request'],
    concurrency: null,
    env: {},
    defaults: { shell: null, others: [] },
    jobs,
  }
}

/** How the model names contexts. */
export const NAMING: GiteaApi['naming'] = {
  prefix: ({ name }) => `${name} / `,
  matrixName: null,
  expressionStands: false,
  callerWrites: false,
  eventSuffix: true,
  matrixOrder: 'name',
}
