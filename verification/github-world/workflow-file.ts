import { parse } from 'yaml'

/** A job of a workflow file, as far as a re-run must know it. */
export interface FileJob {
  readonly key: string
  readonly name: string
  readonly needs: readonly string[]
  readonly mayFail: boolean
}

interface WorkflowText {
  readonly name: string | null
  readonly jobs: readonly FileJob[]
  /** The names of the workflows whose runs start this one. */
  readonly listensTo: readonly string[]
  /** The branches of such runs; empty means all. */
  readonly listensOn: readonly string[]
}

type Tree = Readonly<Record<string, unknown>>

const treeOf = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {}

const textsOf = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string')

function read(text: string): Tree {
  try {
    return treeOf(parse(text))
  } catch {
    return {}
  }
}

/** Texts that were read before: every look at a run reads its file. */
const known = new Map<string, WorkflowText>()

/** What a workflow file says; a text that is none says nothing. */
export function readWorkflowText(text: string): WorkflowText {
  const before = known.get(text)
  if (before !== undefined) return before
  const made = told(text)
  known.set(text, made)
  return made
}

function told(text: string): WorkflowText {
  const file = read(text)
  const jobs = Object.entries(treeOf(file['jobs'])).map(([key, value]): FileJob => {
    const job = treeOf(value)
    return {
      key,
      name: typeof job['name'] === 'string' ? job['name'] : key,
      needs: textsOf(job['needs']),
      mayFail: job['continue-on-error'] === true,
    }
  })
  const listening = treeOf(treeOf(file['on'])['workflow_run'])
  // A run that is run again is not requested anew [events that trigger workflows: workflow_run].
  const kinds = textsOf(listening['types'])
  const never = kinds.length > 0 && kinds.every(kind => kind === 'requested')
  return {
    name: typeof file['name'] === 'string' ? file['name'] : null,
    jobs,
    listensTo: never ? [] : textsOf(listening['workflows']),
    listensOn: textsOf(listening['branches']),
  }
}

/** The key of the job that a check run of this name is an execution of. */
export function keyOf(jobs: readonly FileJob[], name: string): string {
  const exact = jobs.find(job => job.name === name || job.key === name)
  const leg = jobs.find(
    job => [' (', ' / '].some(mark => name.startsWith(job.name + mark)) || name === job.name,
  )
  return (exact ?? leg)?.key ?? name
}

/** This job and every job that depends on it. */
export function withDependents(jobs: readonly FileJob[], keys: readonly string[]): Set<string> {
  const found = new Set(keys)
  let size = 0
  while (size < found.size) {
    size = found.size
    for (const job of jobs) if (job.needs.some(need => found.has(need))) found.add(job.key)
  }
  return found
}
