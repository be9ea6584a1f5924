import type { Evidence, Gap } from '../core/model/evidence.js'
import type { UmbrellaNeeds } from '../core/model/umbrella-files.js'
import { gap, hasBase, needsGapName } from '../core/model/evidence.js'
import type { Policy } from '../core/model/policy.js'
import type { Needs, NeedsQuestion } from '../workflow/needs.js'
import { combinedNeeds, isTold, neededBy } from '../workflow/needs.js'
import type { UnreadableFile, Workflow } from '../workflow/parse.js'
import type { FileReads } from './workflow-cache.js'
import { filesAt, filesOn } from './workflow-cache.js'

/** What needs are read with. */
export interface NeedsReads extends FileReads {
  readonly policy: Policy
}

/** The umbrella as workflow files are asked for it. */
export const questionOf = ({ api, policy }: NeedsReads): NeedsQuestion => ({
  umbrella: policy.umbrella,
  naming: api.naming,
  targetSuffix: api.server.traits.targetSuffix,
})

/** Where no list has told what a pull request is to be merged into, and neither has it itself. */
export const NO_BASE = { kind: 'unreadable', why: 'its base branch is not known' } as const

/** What the umbrella stands for on a branch. */
async function needsOn(reads: NeedsReads, branch: string): Promise<Needs> {
  const found = await filesOn(reads, branch)
  if (!found.ok) return { kind: 'unreadable', why: found.why }
  return toldOnce(reads, found.value.commit, found.value.files)
}

/** A commit never changes, and neither does what its files say of an umbrella. */
function toldOnce(
  reads: NeedsReads,
  files: string,
  read: readonly (Workflow | UnreadableFile)[],
): Needs {
  const { needs } = reads.cache
  const question = questionOf(reads)
  const key = `${files} ${question.umbrella}`
  const told = needs.get(key) ?? neededBy(read, question)
  needs.set(key, told)
  return told
}

/** Does a workflow file on this branch have the umbrella's job? `null`: that is not told. */
export async function hasUmbrella(reads: NeedsReads, branch: string): Promise<boolean | null> {
  const needs = await needsOn(reads, branch)
  return isTold(needs) ? needs.kind !== 'no-such-job' : null
}

/** The same by the files of the pull's own commit, in the folder that the server looks at. */
async function needsAt(reads: NeedsReads, sha: string): Promise<Needs> {
  const found = await filesAt(reads, sha)
  if (!found.ok) return { kind: 'unreadable', why: found.why }
  return toldOnce(reads, sha, found.value.files)
}

/**
 * A head with what its umbrella stands for, for each of its pulls, where no list says it: by its
 * base branch and by its own file, so that neither what a pull adds nor what it drops is
 * overlooked. What cannot be read is a gap of the whole head: nothing is written or taken back.
 */
export async function withNeeds(reads: NeedsReads, head: Evidence): Promise<Evidence> {
  if (reads.policy.required.length > 0) return { ...head, needs: new Map() }
  const needs = new Map<number, UmbrellaNeeds>()
  const gaps: Gap[] = []
  for (const pull of head.pulls) {
    const base = hasBase(pull) ? pull.base : null
    const there = base === null ? NO_BASE : await needsOn(reads, base)
    const own = 'path' in there ? await needsAt(reads, head.sha) : null
    const found = base === null ? null : combinedNeeds(there, own, base)
    if (found !== null) {
      needs.set(pull.number, found)
      continue
    }
    for (const side of [there, own])
      if (side !== null && !isTold(side))
        gaps.push(gap(needsGapName(reads.policy.umbrella), side.kind, side.why))
  }
  return { ...head, needs, gaps: [...head.gaps, ...gaps] }
}
