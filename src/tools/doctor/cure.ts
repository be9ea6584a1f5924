import { isDeepStrictEqual } from 'node:util'
import type { UnreadableFile } from '../../workflow/yaml.js'
import { causesOf } from './cause.js'
import type { DoctorUmbrella } from './choose.js'
import { playedUmbrella, jobWork } from './choose.js'
import { diagnose } from './diagnose.js'
import type { Question } from './diagnose.js'
import { diffOf } from './diff.js'
import type { DoctorServer } from './server.js'
import type { Change } from './edit.js'
import { withChanges, withCondition, withMoreNeeds, withStep } from './edit.js'
import type { WorkflowSource } from './file.js'
import { fieldsOf, jobFields, readSource } from './file.js'
import type { ScenarioRow, Table } from './what-if/table.js'
import { beforeOf, runsBehind } from './what-if/graph.js'

/** A change of one umbrella after which its table is right. */
export interface Cure {
  readonly file: string
  readonly job: string
  /** Codes of the findings that are gone with it. */
  readonly cures: readonly string[]
  readonly changes: readonly Change[]
  readonly diff: string
}

/** A change that may be one: in the file, and in the data that it must become. */
interface CandidateCure {
  readonly changes: readonly (Change | null)[]
  readonly job: Readonly<Record<string, unknown>>
}

/** What may be meant as it is: a skip by a job's own condition, a failure that is allowed. */
const isMeant = ({ scenario }: ScenarioRow): boolean =>
  scenario.kind === 'one' && (scenario.fate === 'skipped' || scenario.fate === 'allowed')

/** Needs that a condition of their own lets out, and which the umbrella lets pass. */
function skippable({ table, job }: DoctorUmbrella): readonly string[] {
  return job.needs.filter(id =>
    table.some(
      row =>
        row.gate === 'opens' &&
        row.scenario.kind === 'one' &&
        row.scenario.fate === 'skipped' &&
        row.scenario.job === id,
    ),
  )
}

const NAME = 'name: Every job that is needed here has succeeded'

/** A step that fails unless every need is well, as an expression, which every server evaluates. */
function judgingStep(needs: readonly string[], skips: readonly string[]) {
  const terms = needs.map(id => {
    const isNot = `needs.${id}.result != 'success'`
    return skips.includes(id) ? `(${isNot} && needs.${id}.result != 'skipped')` : isNot
  })
  const [only = '', ...more] = terms
  const lines = terms.map((term, at) => `  ${term}${at < more.length ? ' ||' : ''}`)
  return {
    lines: [NAME, ...(more.length === 0 ? [`if: ${only}`] : ['if: >-', ...lines]), 'run: exit 1'],
    value: { name: NAME.replace('name: ', ''), if: terms.join(' || '), run: 'exit 1' },
  }
}

/** The jobs before those that may be skipped: they must be needed too, or their failure is lost. */
function missingNeeds(
  { source, job }: DoctorUmbrella,
  skips: readonly string[],
): readonly string[] {
  const { jobs } = source.workflow
  const found = skips.flatMap(id => {
    const need = jobs.find(one => one.id === id)
    return need === undefined ? [] : (beforeOf(source.workflow, need) ?? [])
  })
  return [...new Set(found.map(({ id }) => id))].filter(id => !job.needs.includes(id))
}

/** Changes, the smallest first. */
function candidatesOf(umbrella: DoctorUmbrella): readonly CandidateCure[] {
  const { source, job } = umbrella
  const old = jobFields(source, job.id)
  const steps = Array.isArray(old['steps']) ? (old['steps'] as readonly unknown[]) : []
  const skips = skippable(umbrella)
  const more = missingNeeds(umbrella, skips)
  const condition = { change: withCondition(source, job.id, 'always()'), value: { if: 'always()' } }
  const stepOf = (needs: readonly string[]) => {
    const { lines, value } = judgingStep(needs, skips)
    return { change: withStep(source, job.id, lines), value: { steps: [...steps, value] } }
  }
  const step = stepOf(job.needs)
  const whole = stepOf([...job.needs, ...more])
  const needs = {
    change: withMoreNeeds(source, job.id, more),
    value: { needs: [...job.needs, ...more] },
  }
  const sets = [
    [condition],
    [step],
    [condition, step],
    ...(more.length === 0
      ? []
      : [
          [needs, whole],
          [needs, condition, whole],
        ]),
  ]
  return sets.map(set => ({
    changes: set.map(({ change }) => change),
    job: Object.assign({}, old, ...set.map(({ value }) => value)) as CandidateCure['job'],
  }))
}

/** Is every line right, and known? What may be meant must be as it was. */
function isRight(before: Table, after: Table): boolean {
  const sure = after.every(row => isMeant(row) || row.right === true)
  const same = after.every(row => {
    if (!isMeant(row)) return true
    const old = before.find(one => isDeepStrictEqual(one.scenario, row.scenario))
    return old === undefined || old.gate === row.gate
  })
  return sure && same
}

/** What a job behind an umbrella does, scenario by scenario. */
const behindOf = ({ source, job, event, table }: DoctorUmbrella, server: DoctorServer) => {
  const { workflow } = source
  const wildcardIsEmpty = server.wildcardIsEmpty === true
  const play = { workflow, umbrella: job, server, event, wildcardIsEmpty }
  return table.map(row => ({ row, runs: runsBehind(play, row.scenario) }))
}

const ASKS_STATUS = /\b(?:always|success|failure|cancelled)\s*\(|\bneeds\b/i

/**
 * Does every job behind the umbrella run exactly when it ran before? One that only waited for green
 * may no longer run over what is red: that is what it needs the umbrella for.
 */
function leavesOthers(
  before: DoctorUmbrella,
  after: DoctorUmbrella,
  server: DoctorServer,
): boolean {
  const now = behindOf(after, server)
  return behindOf(before, server).every(({ row, runs }) => {
    const same = now.find(one => isDeepStrictEqual(one.row.scenario, row.scenario))
    if (same === undefined) return runs.size === 0
    return [...runs].every(([id, did]) => {
      const does = same.runs.get(id)
      if (did === does) return did !== null || same.row.said.kind === row.said.kind
      const job = before.source.workflow.jobs.find(one => one.id === id)
      return does === false && !ASKS_STATUS.test(job?.body.condition ?? '')
    })
  })
}

/** The file with these changes; `null` where it does not become what was meant. */
async function changedSource(
  source: WorkflowSource,
  id: string,
  { changes, job }: CandidateCure,
): Promise<WorkflowSource | null> {
  const all = changes.filter(change => change !== null)
  if (all.length < changes.length) return null
  const read = await readSource(source.path, Buffer.from(withChanges(source.text, all)))
  if (read.kind === 'unreadable') return null
  const jobs = fieldsOf(source.value['jobs'])
  const meant = { ...source.value, jobs: { ...jobs, [id]: job } }
  return isDeepStrictEqual(comparable(read.value), comparable(meant)) ? read : null
}

/** `needs: a` is `needs: [a]`. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, one: unknown) =>
      key === 'needs' && typeof one === 'string' ? [one] : one,
    ),
  )

/** Findings by what they say, with their codes. */
const findingsByText = (question: Question): ReadonlyMap<string, string> =>
  new Map(
    diagnose(question).findings.map(({ code, file, what }) => [`${code} ${file} ${what}`, code]),
  )

/** The first change after which all is right: no finding of its own is left, and none appears. */
async function cureOf(umbrella: DoctorUmbrella, question: Question): Promise<Cure | null> {
  const { source, job, work, event } = umbrella
  const { server } = question
  // A failure that is allowed shows nowhere: no change of the umbrella can see it.
  const causes = [...causesOf(umbrella, server).keys()].filter(cause => cause !== 'may-fail')
  if (causes.length === 0 || work.kind !== 'only-judges' || !source.changeable) return null
  const isThere = (id: string): boolean => source.workflow.jobs.some(one => one.id === id)
  if (work.by === 'polling' || job.needs.length === 0 || !job.needs.every(isThere)) return null
  // Where it ran more often, its group would cancel others more often.
  if (job.concurrency !== null) return null
  // What somebody allowed on purpose is no mistake to be mended.
  if (causes.includes('allowed-failure')) return null
  const alone = (files: Question['files']) => findingsByText({ ...question, files, named: job.id })
  const known = alone([source])
  for (const candidate of candidatesOf(umbrella)) {
    const now = await changedSource(source, job.id, candidate)
    const own = now?.workflow.jobs.find(({ id }) => id === job.id)
    if (now === null || own === undefined) continue
    const after = playedUmbrella(server, {
      source: now,
      job: own,
      work: jobWork(now, own),
      event,
    })
    if (after.work.kind !== 'only-judges' || !isRight(umbrella.table, after.table)) continue
    // After an upgrade of the server as well.
    const newer = { ...server, onlyLiteralAlways: false, skippedIsEmpty: false }
    if (![server, newer].every(one => leavesOthers(umbrella, after, one))) continue
    const left = alone([now])
    if ([...left.keys()].some(one => !known.has(one))) continue
    const cures = [...known].filter(([one]) => !left.has(one)).map(([, code]) => code)
    const changes = candidate.changes.filter(change => change !== null)
    const diff = diffOf(source.path, source.text, changes)
    return { file: source.path, job: job.id, cures, changes, diff }
  }
  return null
}

/** The changes that are offered: one for each umbrella whose table they make right. */
export async function curesOf(
  umbrellas: readonly DoctorUmbrella[],
  question: Question,
): Promise<readonly Cure[]> {
  const found: Cure[] = []
  for (const umbrella of umbrellas) {
    const cure = await cureOf(umbrella, question)
    if (cure !== null) found.push(cure)
  }
  return found
}

type File = WorkflowSource | UnreadableFile

/** Files with all changes in them: by path, what each becomes. */
export function curedFiles(files: readonly File[], cures: readonly Cure[]) {
  return files.flatMap(file => {
    const changes = cures.filter(cure => cure.file === file.path).flatMap(cure => cure.changes)
    if (file.kind !== 'source' || changes.length === 0) return []
    const text = withChanges(file.text, changes)
    return [{ path: file.path, text, diff: diffOf(file.path, file.text, changes) }]
  })
}
