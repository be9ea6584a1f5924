import type { Server } from '../../src/core/model/server.js'
import type { GiteaApi } from '../../src/forge/gitea/api.js'
import type { Workflow } from '../../src/workflow/parse.js'
import { workflowOf as readDocument } from '../../src/workflow/parse.js'
import { treeAt } from './comings.js'
import type { World, WorkflowFile } from './model.js'

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

/** Ends by the results of its needs alone: the action that most umbrellas use. */
const JUDGES = {
  uses: 're-actors/alls-green@release/v1',
  with: { jobs: '${{ toJSON(needs) }}' },
} as const

/** A verdict of its own beside. */
const MEASURES = { run: './coverage.sh' } as const

/** A workflow file of the model: the umbrella needs every job, and may do work of its own. */
function fileOf({ bound }: World, path: WorkflowFile, names: readonly string[]): Workflow {
  const job = (step: object): object => ({ 'runs-on': 'x', steps: [step] })
  const gate = {
    ...job(bound.umbrella === 'judges' ? JUDGES : MEASURES),
    needs: names,
    if: 'always()',
  }
  const work = names.map((name): [string, object] => [name, job({ run: 'make test' })])
  const jobs: Readonly<Record<string, object>> = {
    ...Object.fromEntries<object>(work),
    'all-required': gate,
  }
  const read = readDocument(path, { name: 'CI', on: 'pull_request', jobs })
  if (read.kind !== 'workflow') throw new Error(`${path}: ${read.why}`)
  return read
}

/** What was made of a commit before, by world: the same files are read in every replay. */
const made = new WeakMap<World, Map<string, readonly Workflow[]>>()

/** The workflow files of a commit. */
export function workflowsOf(world: World, commit: string): readonly Workflow[] {
  const known = made.get(world) ?? new Map<string, readonly Workflow[]>()
  made.set(world, known)
  const found = known.get(commit) ?? filesAt(world, commit)
  known.set(commit, found)
  return found
}

function filesAt(world: World, commit: string): readonly Workflow[] {
  const { moreNeeds, secondFile } = treeAt(world, commit)
  const names = [...new Set(world.bound.jobs), ...(moreNeeds ? ['one-more'] : [])]
  const first = fileOf(world, 'ci.yml', names)
  return secondFile ? [first, fileOf(world, 'mac/ci.yml', names)] : [first]
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
