import { timeOf } from './clock.js'
import type { PullAction, Push } from './events.js'
import { pullEvent, push } from './events.js'
import { gateOf, headSha } from './gate.js'
import type { MergeHolds } from './merge-state.js'
import type { ForgeState, Pull } from './state.js'

export function openPull(state: ForgeState, wish: OpenPull): number {
  const base = wish.base ?? state.repository.defaultBranch
  const sha = state.branches[wish.branch]
  if (sha === undefined) throw new Error(`no branch ${wish.branch}`)
  if (state.branches[base] === undefined) throw new Error(`no branch ${base}`)
  const title = wish.title ?? wish.branch
  const now = timeOf(state.clock)
  const pull: Pull = {
    id: state.next.pull++,
    number: state.next.number++,
    title: wish.draft === true ? `WIP: ${title}` : title,
    branch: wish.branch,
    base,
    poster: 1,
    fork: wish.fork ?? false,
    open: true,
    merged: false,
    mergeSha: null,
    refSha: sha,
    hasRef: true,
    mergeBase: state.branches[base],
    additions: 1,
    deletions: 0,
    comments: 0,
    created: now,
    updated: now,
    closed: 0,
  }
  state.pulls.push(pull)
  pullEvent(state, pull, 'opened')
  if (wish.doubleRun ?? state.profile.doubleRunOnOpen) pullEvent(state, pull, 'synchronize')
  return pull.number
}

/** Merge without asking the gate; the API asks it first. */
export function mergePull(state: ForgeState, pull: Pull): void {
  const now = timeOf(state.clock)
  const sha = push(state, {
    branch: pull.base,
    files: state.commits[headSha(state, pull)]?.files ?? {},
    message: `Merge pull request '${pull.title}'`,
  })
  Object.assign(pull, { open: false, merged: true, mergeSha: sha, closed: now, updated: now })
}

export interface OpenPull {
  readonly branch: string
  readonly base?: string
  readonly title?: string
  readonly draft?: boolean
  readonly fork?: boolean
  /**
   * Overrides the profile: whether `synchronize` follows `opened` at once (docs/forge-facts.md, 0).
   */
  readonly doubleRun?: boolean
}

export function pullScript(state: ForgeState) {
  const find = (number: number): Pull => {
    const pull = state.pulls.find(other => other.number === number)
    if (pull === undefined) throw new Error(`no pull ${number}`)
    return pull
  }
  const close = (pull: Pull) => {
    Object.assign(pull, { open: false, closed: timeOf(state.clock), updated: timeOf(state.clock) })
  }
  return {
    push: (change: Push) => push(state, change),
    openPull: (wish: OpenPull) => openPull(state, wish),
    closePull: (number: number) => {
      close(find(number))
      pullEvent(state, find(number), 'closed')
    },
    reopenPull: (number: number) => {
      Object.assign(find(number), { open: true, closed: 0, updated: timeOf(state.clock) })
      pullEvent(state, find(number), 'reopened')
    },
    retargetPull: (number: number, base: string) => {
      if (state.branches[base] === undefined) throw new Error(`no branch ${base}`)
      Object.assign(find(number), { base, updated: timeOf(state.clock) })
      pullEvent(state, find(number), 'edited')
    },
    touchPull: (number: number, action: PullAction) => {
      pullEvent(state, find(number), action)
    },
    retitlePull: (number: number, title: string) => {
      find(number).title = title
    },
    holdBack: (number: number, held: MergeHolds) => {
      find(number).holds = held
    },
    mergePull: (number: number) => {
      mergePull(state, find(number))
    },
    syncPullRef: (number: number) => {
      find(number).refSha = headSha(state, find(number))
    },
    pull: find,
    head: (number: number) => headSha(state, find(number)),
    gate: (number: number) => gateOf(state, find(number)),
  }
}
