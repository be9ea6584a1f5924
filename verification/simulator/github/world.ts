import type { Check, Comment, Conclusion, Issue, JobSpec, Pull, Required, Rights } from './model.js'
import type { Run, Status, Suite, Workflow } from './model.js'
import { ACTIONS } from './model.js'
import { QUEUED, dependents } from './workflow-jobs.js'

export type { Check, Conclusion, MergeFacts, Pull, Status, Suite, Workflow } from './model.js'

/**
 * A repository on GitHub, as far as check runs, statuses and re-runs go (docs/github-facts.md). Its
 * clock goes on only when it is told to.
 */
export class GithubWorld {
  readonly owner = 'acme'
  readonly name = 'widgets'
  readonly base = 'b'.repeat(40)
  readonly pulls: Pull[] = []
  readonly suites: Suite[] = []
  readonly checks: Check[] = []
  readonly statuses: Status[] = []
  readonly workflows: Workflow[] = []
  readonly required: Required[] = []
  readonly issues: Issue[] = []
  readonly comments: Comment[] = []
  /** Tags and their commits. */
  readonly tags: Record<string, string> = {}
  /** Under which name the token writes. */
  login = 'github-actions[bot]'
  rights: Rights = { actions: true, statuses: true, issues: true }
  /** Are jobs that a re-run does not touch shown again under new ids? */
  carriesOver = true
  /** Does the plan of this private repository have rulesets? */
  hasRulesets = true
  /** How many seconds a job takes that is run again. */
  jobTime = 5
  /** Requests that are left this hour. */
  left = { rest: 1000, graphql: 1000 }
  now = Date.parse('2026-05-14T12:00:00Z') / 1000
  private next = 1000

  id(): number {
    this.next += 1
    return this.next
  }

  workflow(
    spec: Omit<Workflow, 'id' | 'state' | 'events'> & { events?: readonly string[] },
  ): Workflow {
    const made: Workflow = { events: ['pull_request'], ...spec, id: this.id(), state: 'active' }
    this.workflows.push(made)
    return made
  }

  issue(change: Partial<Omit<Issue, 'createdAt'>> = {}): Issue {
    const made = {
      number: 1780,
      open: true,
      locked: false,
      isPull: false,
      createdAt: this.now,
      ...change,
    }
    this.issues.push(made)
    return made
  }

  comment(issue: number, body: string, login = this.login): Comment {
    const made = { id: this.id(), issue, body, login, createdAt: this.now }
    this.comments.push(made)
    return made
  }

  pull(change: Partial<Omit<Pull, 'open'>> = {}): Pull {
    const number = change.number ?? this.pulls.length + 1
    const head = change.head ?? number.toString(16).padStart(40, 'a')
    const made = { number, title: `Change ${number}`, open: true, head, base: 'main', ...change }
    this.pulls.push(made)
    return made
  }

  /** Starts a run of a workflow: every job queued. */
  run(workflow: Workflow, where: { sha: string; event?: string; held?: Run['held'] }): Suite {
    const { sha, event = 'pull_request', held = null } = where
    const indexed = event === 'pull_request_target' ? this.base : sha
    const run: Run = {
      id: this.id(),
      workflow,
      event,
      sha: indexed,
      createdAt: this.now,
      attempt: 1,
      held,
    }
    const suite: Suite = { id: this.id(), sha, app: ACTIONS, run }
    this.suites.push(suite)
    if (held === null) for (const { name } of workflow.jobs) this.queue(suite, name, 1)
    return suite
  }

  /** A run whose jobs have all ended, some time ago. */
  ended(
    workflow: Workflow,
    where: { sha: string; event?: string },
    ends: Readonly<Record<string, Conclusion>>,
  ): Suite {
    const suite = this.run(workflow, where)
    for (const [name, conclusion] of Object.entries(ends)) this.end(suite, name, conclusion)
    this.now += 60
    return suite
  }

  private queue(suite: Suite, name: string, attempt: number): Check {
    const check: Check = {
      id: this.id(),
      suite: suite.id,
      name,
      attempt,
      ...QUEUED,
      startedAt: this.now,
    }
    this.checks.push(check)
    return check
  }

  /** What another app, or somebody's token, says on a commit. */
  foreign(sha: string, app: Suite['app'], name: string, conclusion: Conclusion): void {
    const suite: Suite = { id: this.id(), sha, app, run: null }
    this.suites.push(suite)
    this.checks.push({
      id: this.id(),
      suite: suite.id,
      name,
      attempt: 1,
      status: 'completed',
      conclusion,
      startedAt: this.now,
      completedAt: this.now,
      lost: false,
      byToken: true,
      due: null,
    })
  }

  status(fields: Omit<Status, 'id' | 'createdAt'>): Status {
    const made = { ...fields, id: this.id(), createdAt: this.now }
    this.statuses.push(made)
    return made
  }

  /** The check runs of a suite, as they are shown in its newest attempt. */
  shown(suite: Suite): readonly Check[] {
    const attempt = suite.run?.attempt ?? 1
    return this.checks.filter(check => check.suite === suite.id && check.attempt === attempt)
  }

  /** The newest execution of a job of a run. */
  newest(suite: Suite, name: string): Check | undefined {
    return this.checks
      .filter(check => check.suite === suite.id && check.name === name)
      .sort((a, b) => b.attempt - a.attempt)[0]
  }

  end(suite: Suite, name: string, conclusion: Conclusion, lost = false): void {
    const check = this.newest(suite, name)
    if (check === undefined) throw new Error(`no job ${name}`)
    this.now += 1
    this.finish(check, conclusion, lost)
  }

  private finish(check: Check, conclusion: Conclusion, lost = false): void {
    check.status = 'completed'
    check.conclusion = conclusion
    check.completedAt = this.now
    check.lost = lost
    check.due = null
  }

  /** Lets time go by, in seconds: what runners have to end, ends. */
  pass(seconds: number): void {
    this.now += seconds
    for (const check of this.checks)
      if (check.due !== null && check.due.at <= this.now) this.finish(check, check.due.end())
  }

  isOpen(suite: Suite): boolean {
    return suite.run?.held == null && this.shown(suite).some(({ status }) => status !== 'completed')
  }

  /** How a suite has ended; `null` while it has not. */
  conclusionOf(suite: Suite): Conclusion | null {
    if (suite.run?.held != null) return suite.run.held
    if (this.isOpen(suite)) return null
    const ends = this.shown(suite).map(({ conclusion }) => conclusion)
    for (const end of ['failure', 'timed_out', 'cancelled', 'action_required'] as const)
      if (ends.includes(end)) return end
    return 'success'
  }

  /** What a gate says when a runner has run it. */
  verdictOf(suite: Suite, { gate, needs = [] }: JobSpec): Conclusion {
    if (gate === undefined) return 'success'
    const names = gate === 'needs' ? needs : gate
    const green = names.every(name => {
      const found =
        gate === 'needs' ? this.newest(suite, name) : this.newestOnCommit(suite.sha, name)
      return found?.conclusion === 'success'
    })
    return green ? 'success' : 'failure'
  }

  private newestOnCommit(sha: string, name: string): Check | undefined {
    const suites = this.suites.filter(suite => suite.sha === sha && suite.run !== null)
    return suites
      .sort((a, b) => (b.run?.id ?? 0) - (a.run?.id ?? 0))
      .map(suite => this.newest(suite, name))
      .find(check => check !== undefined)
  }

  /** Runs jobs of a run again; `null` all of them. A constant group evicts whoever stands in it. */
  rerun(suite: Suite, job: string | null): void {
    const { run } = suite
    if (run === null) throw new Error('no run')
    const before = this.shown(suite)
    const names =
      job === null
        ? new Set(run.workflow.jobs.map(({ name }) => name))
        : dependents(run.workflow, job)
    this.evict(suite)
    run.attempt += 1
    for (const check of before) {
      const spec = run.workflow.jobs.find(({ name }) => name === check.name)
      if (names.has(check.name) && spec !== undefined) this.again(suite, spec)
      else if (this.carriesOver)
        this.checks.push({ ...check, id: this.id(), attempt: run.attempt, due: null })
    }
  }

  private again(suite: Suite, spec: JobSpec): void {
    const check = this.queue(suite, spec.name, suite.run?.attempt ?? 1)
    check.due = { at: this.now + this.jobTime, end: () => this.verdictOf(suite, spec) }
  }

  private evict(suite: Suite): void {
    const group = suite.run?.workflow.concurrency
    if (group === undefined || group.group.includes('${{')) return
    for (const other of this.suites)
      if (other !== suite && other.run?.workflow === suite.run?.workflow && this.isOpen(other))
        for (const check of this.shown(other))
          if (check.status !== 'completed') this.finish(check, 'cancelled')
  }
}
