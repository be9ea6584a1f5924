import type { Evidence, Gap, NonEmpty, ListedPull } from '../core/model/evidence.js'
import { gap } from '../core/model/evidence.js'
import type { Result } from '../core/model/result.js'
import { failure } from '../core/model/result.js'
import type { DoubleWriter, SurroundingsAsked, UmbrellaWork } from '../core/model/surroundings.js'
import { countedFor } from '../core/view/read.js'
import { doubleWriters } from '../workflow/writers.js'
import type { NeedsReads } from './needs.js'
import { NO_BASE, questionOf, withNeeds } from './needs.js'
import type { CommitFiles } from './workflow-cache.js'
import { filesAt, filesOn, once } from './workflow-cache.js'
import { loadUmbrellaWork } from './umbrella-work.js'

/** A head with what stands around it as it was read, and what could not be. */
interface Around {
  readonly head: Evidence
  readonly gaps: readonly Gap[]
}

/** The workflow files at the head and at every base it stands into, each tree by itself. */
interface Tree {
  /** In words, as a refusal names it. */
  readonly where: string
  readonly read: Result<CommitFiles>
  /** The pull requests it counts for. */
  readonly pulls: readonly number[]
}

/** The pull requests' own tree first: it counts for all of them. */
async function treesOf(reads: NeedsReads, { sha, pulls }: Evidence): Promise<NonEmpty<Tree>> {
  const bases = [...new Set(pulls.map(({ base }) => base))]
  const into = (branch: string | null): readonly number[] =>
    pulls.flatMap(({ number, base }) => (base === branch ? [number] : []))
  const own: Tree = {
    where: 'in the pull request',
    read: await filesAt(reads, sha),
    pulls: pulls.map(({ number }) => number),
  }
  const others = bases.map(async (branch): Promise<Tree> => ({
    where: `on ${branch ?? 'its base branch'}`,
    read: branch === null ? failure(NO_BASE.why) : await filesOn(reads, branch),
    pulls: into(branch),
  }))
  return [own, ...(await Promise.all(others))]
}

/** Every context that counts for some pull request of a head. */
function countedOn({ policy }: NeedsReads, head: Evidence): ReadonlySet<string> {
  return new Set(head.pulls.flatMap(({ number }) => [...countedFor(policy, head, number)]))
}

/** Contexts that two files of one tree may write. */
function withWriters(
  reads: NeedsReads,
  { head, gaps }: Around,
  { trees, more: asked }: { readonly trees: NonEmpty<Tree>; readonly more: readonly string[] },
): Around {
  const contexts = [...new Set([...countedOn(reads, head), ...asked])]
  const { naming, targetSuffix } = questionOf(reads)
  const doubles: DoubleWriter[] = []
  const more: Gap[] = []
  for (const { where, read } of trees) {
    if (!read.ok) {
      more.push(gap(`the workflow files ${where}`, 'unreadable', read.why))
      continue
    }
    const { files } = read.value
    const broken = files.find(file => file.kind === 'unreadable')
    if (broken !== undefined)
      more.push(gap(`the workflow files ${where}`, 'unreadable', `${broken.path}: ${broken.why}`))
    const found = doubleWriters(files, { naming, targetSuffix, contexts })
    for (const { context, paths } of found) doubles.push({ context, where, paths })
  }
  // A run wrote here, mostly by the files of this commit: where none is shown, they may be hidden.
  // Under pull_request_target the files are the base's, and this refuses more than it must.
  const [{ read: own }] = trees
  if (own.ok && own.value.files.length === 0)
    more.push(
      gap(
        'the workflow files',
        'unreadable',
        'none was found at this commit, though a run wrote on it',
      ),
    )
  return { head: { ...head, writers: { kind: 'read', doubles } }, gaps: [...gaps, ...more] }
}

/** What the umbrella's job does by the files of one tree: its commit never says anything else. */
async function workIn(reads: NeedsReads, { where, read }: Tree): Promise<UmbrellaWork> {
  if (!read.ok) return { kind: 'other-work', why: read.why }
  const { commit, files } = read.value
  const question = questionOf(reads)
  const found = await once(reads.cache.work, `${commit} ${question.umbrella}`, async () => {
    const { umbrellaWork } = await loadUmbrellaWork()
    return umbrellaWork(files, question)
  })
  return found.kind === 'only-judges'
    ? found
    : { kind: 'other-work', why: `${found.why} (${where})` }
}

/** The same for each pull request: in its own tree and at its base. */
async function withWork(
  reads: NeedsReads,
  { head, gaps }: Around,
  [own, ...bases]: NonEmpty<Tree>,
): Promise<Around> {
  const inOwn = await workIn(reads, own)
  const inBases = await Promise.all(
    bases.map(async tree => ({ pulls: tree.pulls, work: await workIn(reads, tree) })),
  )
  const work = new Map(
    head.pulls.map(({ number }): [number, UmbrellaWork] => {
      const sides = inBases.filter(({ pulls }) => pulls.includes(number)).map(base => base.work)
      return [number, [inOwn, ...sides].find(({ kind }) => kind === 'other-work') ?? inOwn]
    }),
  )
  return { head: { ...head, work }, gaps }
}

async function withOthers(
  { head, gaps }: Around,
  read: SurroundingsReads['refs'],
): Promise<Around> {
  const found = await read()
  if (!found.ok) return { head, gaps: [...gaps, found.why] }
  const named = found.value.get(head.sha) ?? []
  const judged = head.pulls.map(({ number }) => number)
  // A list without the pull requests that are known to stand here may lack others as well.
  const absent = judged.find(number => !named.includes(number))
  if (absent !== undefined) {
    const detail = `they do not name #${absent} at this commit`
    return { head, gaps: [...gaps, gap('the refs of pull requests', 'unreadable', detail)] }
  }
  const numbers = named.filter(number => !judged.includes(number))
  return { head: { ...head, others: { kind: 'read', numbers } }, gaps }
}

/** How what stands around a head is read. */
export interface SurroundingsReads extends NeedsReads {
  /** The numbers of pull requests by the commits their refs name, or why they are not known. */
  readonly refs: () => Promise<Result<ReadonlyMap<string, readonly number[]>, Gap>>
}

/**
 * A head with what stands around it, as far as it is asked for. Bases stand where they were last
 * asked to stand. What cannot be read is a gap of the whole head, and never "nothing".
 */
export async function withSurroundings(
  reads: SurroundingsReads,
  head: Evidence,
  asked: SurroundingsAsked,
): Promise<Evidence> {
  let around: Around = { head, gaps: [] }
  if (asked.writers || asked.work) {
    const trees = await treesOf(reads, head)
    if (asked.writers) around = withWriters(reads, around, { trees, more: asked.contexts ?? [] })
    if (asked.work) around = await withWork(reads, around, trees)
  }
  if (asked.others) around = await withOthers(around, reads.refs)
  return { ...around.head, gaps: [...around.head.gaps, ...around.gaps] }
}

/** What was read around a head before. */
const askedBefore = ({ writers, others, work }: Evidence): SurroundingsAsked => ({
  writers: writers.kind === 'read',
  others: others.kind === 'read',
  work: work.size > 0,
})

/**
 * The same head with all that was read around it read anew, for the pull requests that stand on it
 * now: where its bases stand, what the umbrella needs there, workflow files, other pull requests.
 * Gaps of an earlier reading of the same go.
 */
export async function surroundingsAgain(
  reads: SurroundingsReads,
  before: Evidence,
  pulls: NonEmpty<ListedPull>,
): Promise<Evidence> {
  reads.cache.tips.clear()
  const head: Evidence = { ...before, pulls, gaps: [] }
  return withSurroundings(reads, await withNeeds(reads, head), askedBefore(before))
}
