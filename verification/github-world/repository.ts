import { createHash } from 'node:crypto'
import type { Pull, Required } from './model.js'

/** The files of a commit, by path. */
type Files = ReadonlyMap<string, string>

export const shaOf = (text: string): string => createHash('sha1').update(text).digest('hex')

/** A rule of a ruleset, as the rules of a branch list it. */
export interface Rule {
  readonly type: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** Classic protection of a branch. */
export interface Protection {
  readonly checks: readonly Required[]
}

/** Commits, branches, pull requests and what protects branches. */
export class Repository {
  id = 730_112_233
  owner = 'acme'
  name = 'widgets'
  /** Names it had before. */
  readonly formerly: string[] = []
  defaultBranch = 'main'
  readonly commits = new Map<string, Files>()
  readonly branches = new Map<string, string>()
  readonly pulls: Pull[] = []
  readonly rules = new Map<string, Rule[]>()
  readonly protections = new Map<string, Protection>()
  #made = 0

  get slug(): string {
    return `${this.owner}/${this.name}`
  }

  /** A commit with these files beside those of another; a `null` takes one away. */
  commit(changes: Readonly<Record<string, string | null>>, over?: string): string {
    const files = new Map(over === undefined ? [] : this.commits.get(over))
    for (const [path, text] of Object.entries(changes))
      if (text === null) files.delete(path)
      else files.set(path, text)
    this.#made += 1
    const sha = shaOf(`commit ${this.#made}`)
    this.commits.set(sha, files)
    return sha
  }

  tip(branch: string): string {
    const sha = this.branches.get(branch)
    if (sha === undefined) throw new Error(`there is no branch ${branch}`)
    return sha
  }

  pull(number: number): Pull | undefined {
    return this.pulls.find(pull => pull.number === number)
  }

  /** A full commit id, a branch, or a ref. */
  resolve(ref: string): string | null {
    if (this.commits.has(ref)) return ref
    const branch = this.branches.get(ref.replace(/^refs\/heads\/|^heads\//, ''))
    if (branch !== undefined) return branch
    const pull = /^(?:refs\/)?pull\/(\d+)\/head$/.exec(ref)?.[1]
    return this.pull(Number(pull))?.head ?? null
  }

  /** What a merge into a branch requires, by rulesets and by classic protection. */
  required(branch: string): readonly Required[] {
    const byRules = (this.rules.get(branch) ?? [])
      .filter(({ type }) => type === 'required_status_checks')
      .flatMap(({ parameters }) => (parameters?.['required_status_checks'] ?? []) as RuleCheck[])
      .map(({ context, integration_id: app }) => ({ context, app: app ?? null }))
    return [...byRules, ...(this.protections.get(branch)?.checks ?? [])]
  }
}

/** A required check as a ruleset names it. */
export interface RuleCheck {
  readonly context: string
  readonly integration_id?: number
}
