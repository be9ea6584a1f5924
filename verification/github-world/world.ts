import type { Jobs } from './actions.js'
import { Actions } from './actions.js'
import { Clock } from './clock.js'
import { FailingRequests } from './failures.js'
import type { App, Check, Conclusion, Next, Pull, Rights, Run, StatusRow, Suite } from './model.js'
import { gateOf } from './gate.js'
import type { Rule, RuleCheck } from './repository.js'
import { Repository } from './repository.js'
import type { Again } from './rerun.js'
import { listenersOf, refusalOf, runAgain } from './rerun.js'

export const WRITE_ALL: Rights = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  'pull-requests': 'write',
  statuses: 'write',
}

/** How a pull request is made. */
interface PullGiven {
  readonly files?: Readonly<Record<string, string | null>>
  readonly base?: string
  /** On the commit of another one. */
  readonly at?: string
  readonly fork?: string
  readonly draft?: boolean
  readonly state?: Pull['state']
  readonly title?: string
  readonly inQueue?: boolean
  readonly headRef?: string
}

/** How a run is made; `ago` in minutes. */
interface RunGiven {
  readonly ago: number
  readonly jobs?: Jobs
  readonly event?: string
  readonly then?: Readonly<Record<string, Next>>
  readonly word?: Run['word']
  /** The commit its checks stand on, where it is not the head. */
  readonly on?: string
  /** The run's own commit, where its checks stand on another. */
  readonly headSha?: string
  /** Its concurrency group, with `cancel-in-progress`. */
  readonly group?: string
}

/** Who writes a status. */
interface StatusGiven {
  readonly ago?: number
  readonly by?: 'actions' | { readonly login: string; readonly type?: 'Bot' | 'User' }
  readonly run?: Run
  readonly description?: string
  readonly targetUrl?: string
}

const workflowPath = (name: string): string =>
  name.includes('/') ? name : `.github/workflows/${name}`

/** A fake GitHub with one repository, and what is told of it. */
export class World {
  readonly clock = new Clock()
  readonly repository = new Repository()
  readonly actions = new Actions(this.repository, this.clock)
  readonly statuses: StatusRow[] = []
  readonly failures = new FailingRequests()
  readonly groups = new Map<Run, string>()
  /** Everything that was written by requests, and what followed from it. */
  readonly wrote: string[] = []
  rights: Rights = WRITE_ALL
  /** Requests that are left in the hour. */
  readonly left = { core: 5000, graphql: 5000 }
  /** How far the clock of a proxy, which writes `Date`, is ahead (milliseconds). */
  dateAhead = 0
  viewer = 'github-actions[bot]'
  isPrivate = false

  constructor() {
    this.repository.branches.set('main', this.repository.commit({ 'README.md': 'widgets' }))
  }

  /** Commits files to a branch; a name without a folder is a workflow file. */
  files(files: Readonly<Record<string, string | null>>, branch = 'main'): string {
    const { branches } = this.repository
    const over = branches.get(branch) ?? this.repository.tip('main')
    const sha = this.repository.commit(placed(files), over)
    branches.set(branch, sha)
    return sha
  }

  pull(number: number, given: PullGiven = {}): Pull {
    const { repository } = this
    const base = given.base ?? 'main'
    const over = repository.tip(repository.branches.has(base) ? base : 'main')
    const pull: Pull = {
      number,
      title: given.title ?? `Change ${number}`,
      head: given.at ?? repository.commit(placed(given.files ?? {}), over),
      headRef: given.headRef ?? `change-${number}`,
      headRepository: given.fork ?? repository.slug,
      base,
      draft: given.draft ?? false,
      state: given.state ?? 'open',
      inQueue: given.inQueue ?? false,
      author: given.fork?.split('/')[0] ?? 'alice',
    }
    repository.pulls.push(pull)
    if (given.fork === undefined) repository.branches.set(pull.headRef, pull.head)
    return pull
  }

  /** A run of a file on a pull request, or on a commit. */
  run(file: string, on: Pull | string, given: RunGiven): Run {
    const sha = given.on ?? (typeof on === 'string' ? on : on.head)
    const { event = 'pull_request' } = given
    const isOwn = typeof on !== 'string' && on.headRepository === this.repository.slug
    const run = this.actions.begin(
      {
        workflow: this.actions.workflow(workflowPath(file), sha),
        event,
        headSha: given.headSha ?? sha,
        headBranch: typeof on === 'string' ? 'main' : on.headRef,
        headRepository: typeof on === 'string' ? this.repository.slug : on.headRepository,
        createdAt: this.clock.ago(given.ago),
        // Runs of forks name no pull request.
        pulls: isOwn ? [on.number] : [],
        then: given.then ?? {},
      },
      sha,
    )
    this.actions.tell(run, given.jobs ?? {}, run.createdAt)
    run.word = given.word ?? null
    if (given.group !== undefined) this.groups.set(run, given.group)
    return run
  }

  /** A person ran jobs of a run again; the others are carried over, unless it was the whole run. */
  again(run: Run, { ago, jobs, whole }: Pick<RunGiven, 'ago' | 'jobs'> & { whole?: boolean }): Run {
    const before = run.suite.checks.filter(
      ({ execution }) => execution?.attempt === run.attempt && whole !== true,
    )
    run.attempt += 1
    for (const check of before)
      if (!(check.name in (jobs ?? {}))) this.actions.carryOver(run, check)
    this.actions.tell(run, jobs ?? {}, this.clock.ago(ago))
    return run
  }

  /** A check run of another app, or of a workflow's token in a suite of Actions. */
  check(
    on: Pull | string,
    given: { name: string; app: App; is: Conclusion | null; ago: number; suite?: Suite },
  ): Check {
    const startedAt = this.clock.ago(given.ago)
    const sha = typeof on === 'string' ? on : on.head
    const suite = given.suite ?? this.actions.suite(sha, given.app, startedAt)
    const completedAt = given.is === null ? null : startedAt + 1000
    const { name, is: conclusion } = given
    return this.actions.check(suite, { name, startedAt, completedAt, conclusion })
  }

  status(
    on: Pull | string,
    context: string,
    state: StatusRow['state'],
    { ago, by = 'actions', run, description, targetUrl }: StatusGiven = {},
  ): StatusRow {
    const creator =
      by === 'actions'
        ? { login: 'github-actions[bot]', type: 'Bot' as const }
        : { login: by.login, type: by.type ?? ('User' as const) }
    const row: StatusRow = {
      id: this.actions.nextId(33_000_000_000),
      sha: typeof on === 'string' ? on : on.head,
      context,
      state,
      description: description ?? null,
      targetUrl: targetUrl ?? (run === undefined ? null : this.actions.linkOf(run)),
      creator,
      createdAt: ago === undefined ? this.clock.now() : this.clock.ago(ago),
    }
    this.statuses.push(row)
    return row
  }

  /** A ruleset requires these of a branch. */
  require(branch: string, checks: readonly (RuleCheck | string)[]): void {
    const required = checks.map(one => (typeof one === 'string' ? { context: one } : one))
    this.rule(branch, {
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: false,
        required_status_checks: required,
      },
    })
  }

  rule(branch: string, rule: Rule): void {
    this.repository.rules.set(branch, [...(this.repository.rules.get(branch) ?? []), rule])
  }

  /** Classic protection requires these of a branch. */
  protect(branch: string, checks: readonly (string | { context: string; app: number })[]): void {
    const all = checks.map(one => (typeof one === 'string' ? { context: one, app: null } : one))
    this.repository.protections.set(branch, { checks: all })
  }

  /** Is a merge of this pull request open, by every reading of what stands on its commit? */
  gate(pull: Pull): 'open' | 'shut' {
    this.actions.tick()
    return gateOf(this, pull)
  }

  /** Runs again what a request asked for; a refusal is told. */
  rerun(run: Run, again: Again): string | null {
    this.actions.tick()
    const refusal = refusalOf(this.actions, run)
    if (refusal !== null) return refusal
    const waited = this.actions.stand(run).conclusion === 'action_required'
    const asked = again.kind === 'job' ? again.check.name : again.kind
    this.wrote.push(`rerun ${asked} in run ${run.number}`)
    if (waited) this.wrote.push(`went around the approval of run ${run.number}`)
    const started = runAgain(this.actions, run, again)
    if (again.kind === 'job')
      for (const { name } of started) if (name !== asked) this.wrote.push(`also ran ${name}`)
    for (const path of listenersOf(this.actions, run)) this.wrote.push(`also started ${path}`)
    this.#cancelOthers(run)
    return null
  }

  /** A run that begins cancels the others of its concurrency group. */
  #cancelOthers(run: Run): void {
    const group = this.groups.get(run)
    for (const [other, name] of this.groups) {
      const goes =
        other !== run && name === group && this.actions.stand(other).status !== 'completed'
      if (!goes) continue
      other.word = { status: 'completed', conclusion: 'cancelled' }
      this.wrote.push(`cancelled run ${other.number}`)
    }
  }
}

const placed = (files: Readonly<Record<string, string | null>>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [workflowPath(name), text]))
