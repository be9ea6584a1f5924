import { workflowFolder } from '../simulator/events.js'
import type { Forge, ForgeState, Pull, Run, StatusRow } from '../simulator/index.js'
import type { Snapshot } from '../simulator/index.js'
import { latestRows } from '../simulator/statuses.js'
import type { FileSpec } from './files.js'
import { contextFor, fileText } from './files.js'
import type { Setup } from './setup.js'
import { buildForge } from './setup.js'

/** A status row that a sweep of ours wrote. */
interface OurRow {
  readonly sha: string
  readonly index: number
  readonly sweep: number
}

/** The row of a job's state that the server lost. */
interface LostRow {
  readonly sha: string
  readonly run: number
  readonly job: number
}

/** One random world: its server, and what the driver knows beside it. */
export class World {
  readonly forge: Forge
  readonly ours: OurRow[] = []
  readonly lost: LostRow[] = []
  /** Snapshots that an emitter has read and not posted. */
  readonly held: Snapshot[] = []
  /** Runs over which a snapshot was posted that was older than their jobs. */
  readonly outdated = new Set<number>()
  /** Runs that a sweep ran again, which a runner takes soon. */
  readonly rerun = new Set<number>()
  /** Was a request of the present sweeps refused, once? */
  refused = false
  /** May the present sweeps not read Actions any more? */
  blinded = false
  private readonly specs = new Map<string, FileSpec>()

  readonly setup: Setup

  constructor(setup: Setup) {
    this.setup = setup
    this.forge = buildForge(setup)
    this.remember(setup.main)
    this.remember(setup.release)
  }

  get state(): ForgeState {
    return this.forge.state
  }

  get pulls(): readonly Readonly<Pull>[] {
    return this.state.pulls
  }

  get open(): readonly Readonly<Pull>[] {
    return this.state.pulls.filter(({ open }) => open)
  }

  /** The umbrella's context in the workflow that the world began with. */
  get umbrella(): string {
    return contextFor(this.setup.main.umbrella?.key ?? '')
  }

  get folder(): string {
    return workflowFolder(this.state)
  }

  remember(spec: FileSpec): string {
    const text = fileText(spec)
    this.specs.set(text, spec)
    return text
  }

  /** The workflow files of a commit, as the driver wrote them. */
  files(sha: string): readonly FileSpec[] {
    const files = Object.entries(this.state.commits[sha]?.files ?? {})
    return files.flatMap(([path, text]) => {
      const spec = path.startsWith(`${this.folder}/`) ? this.specs.get(text) : undefined
      return spec === undefined ? [] : [{ ...spec, path: path.slice(this.folder.length + 1) }]
    })
  }

  /** Commits files to a branch. */
  write(branch: string, specs: readonly FileSpec[]): void {
    const files = specs.map(spec => [`${this.folder}/${spec.path}`, this.remember(spec)] as const)
    this.forge.push({ branch, files: Object.fromEntries(files) })
  }

  /** The file that a run was made of. */
  specOf(run: Readonly<Run>): FileSpec | undefined {
    const base = this.pulls.find(({ number }) => number === run.pull)?.base ?? ''
    const places = [run.statusSha, this.state.branches[base] ?? '']
    return places
      .flatMap(sha => this.files(sha))
      .find(({ path, event }) => path === run.file && event === run.event)
  }

  /** The rows that the gate reads for a context. */
  latest(sha: string, context: string): readonly StatusRow[] {
    return latestRows(this.state, sha).filter(row => row.context === context)
  }

  /** Is this row one that a sweep wrote? */
  isOurs(sha: string, row: StatusRow): boolean {
    return this.ours.some(one => one.sha === sha && one.index === row.index)
  }
}
