import { isPattern, matchesAny } from '../core/model/context.js'
import { fieldsOf, indentOf, jobFields, wordOf } from './file.js'
import type { WorkflowSource } from './file.js'
import type { Edit } from './finding.js'
import type { Found, Patient, Rule } from './rule.js'
import { contextsOf, lineAt, replace, stepsOf } from './rule.js'
import type { YamlPath } from '../workflow/parse.js'

const PROTECTION = 'branch protection'

/** Jobs that run this action. */
const sweepsOf = (source: WorkflowSource): readonly string[] =>
  source.workflow.jobs
    .map(({ id }) => id)
    .filter(id =>
      stepsOf(source, id).some(([, { uses }]) => /umbrella-reaper(?:\/|@|$)/.test(wordOf(uses))),
    )

/** Every context that some job writes; `null` where that is not known of all of them. */
function written({ server, sources, whole }: Patient): readonly string[] | null {
  if (!whole) return null
  const all: string[] = []
  for (const source of sources)
    for (const job of source.workflow.jobs) {
      const contexts = contextsOf(server, source, job)
      if (contexts === null) return null
      all.push(...contexts)
    }
  return all
}

/** The minutes between two runs of a cron line, where they are told plainly; else `null`. */
function everyMinutes(cron: string): number | null {
  const minute = cron.trim().split(/\s+/)[0] ?? ''
  if (minute === '*') return 1
  const step = /^\*\/(\d+)$/.exec(minute)?.[1]
  return step === undefined ? null : Number(step)
}

/** The lines of a block that a key begins. */
function blockOf(source: WorkflowSource, path: YamlPath): readonly [number, number] | null {
  const first = source.lineOf(path)
  if (first === null) return null
  const indent = indentOf(lineAt(source, first))
  let last = first
  for (let at = first + 1; at <= source.lines.length; at += 1) {
    const line = lineAt(source, at)
    if (line.trim() !== '' && indentOf(line) <= indent) break
    if (line.trim() !== '') last = at
  }
  return [first, last]
}

/** A block with these permissions, and those that it had beside them. */
function permitted(
  source: WorkflowSource,
  path: YamlPath,
  wanted: Readonly<Record<string, string>>,
): readonly Edit[] {
  const [first, last] = blockOf(source, path) ?? [1, 1]
  const indent = ' '.repeat(indentOf(lineAt(source, first)))
  const lines = Object.entries(wanted).map(([right, level]) => `${indent}  ${right}: ${level}`)
  return [{ at: first, removed: last - first + 1, added: [`${indent}permissions:`, ...lines] }]
}

const LEVELS = ['none', 'read', 'write']
const isLess = (given: string | undefined, needed: string): boolean =>
  LEVELS.indexOf(given ?? 'none') < LEVELS.indexOf(needed)

/** The block that counts for a job: its own, else that of its workflow. */
function permissionsOf(
  source: WorkflowSource,
  id: string,
): { readonly path: YamlPath; readonly given: Readonly<Record<string, unknown>> } | null {
  const own = jobFields(source, id)['permissions']
  const [path, value]: [YamlPath, unknown] =
    own === undefined
      ? [['permissions'], source.value['permissions']]
      : [['jobs', id, 'permissions'], own]
  if (value === undefined || value === 'write-all') return null
  return { path, given: fieldsOf(value) }
}

/** Sweeps whose permissions, where they list any, lack one of these. */
function lacking(
  sources: readonly WorkflowSource[],
  needed: Readonly<Record<string, 'read' | 'write'>>,
): readonly Found[] {
  return sources.flatMap(source =>
    sweepsOf(source).flatMap((id): Found[] => {
      const block = permissionsOf(source, id)
      if (block === null) return []
      const { path, given } = block
      const text = (right: string): string | undefined =>
        given[right] === undefined ? undefined : wordOf(given[right])
      const short = Object.entries(needed).filter(([right, level]) => isLess(text(right), level))
      if (short.length === 0) return []
      const kept = Object.fromEntries(
        Object.entries(given).map(([right, level]) => [right, wordOf(level)]),
      )
      const list = short.map(([right, level]) => `${right}: ${level}`).join(', ')
      return [
        {
          ...{ file: source.path, line: source.lineOf(path) },
          what: `the permissions of ${id} lack ${list}: whatever a block does not list is none`,
          fix: permitted(source, path, { ...kept, ...Object.fromEntries(short) }),
        },
      ]
    }),
  )
}

/** What is wrong with the protection of the branch, and with the sweep itself. */
export const SWEEP_RULES: readonly Rule[] = [
  {
    code: 'nobody-writes',
    severity: 'error',
    title: 'A merge waits for a status that no job writes',
    source: 'docs/forge-facts.md, 6',
    find: patient => {
      const all = written(patient)
      if (all === null || patient.required === null) return []
      const isWritten = (context: string): boolean =>
        all.some(one => one === context || (isPattern(context) && matchesAny([context], one)))
      return patient.required
        .filter(context => !isWritten(context))
        .map((context): Found => ({
          ...{ file: PROTECTION, line: null },
          what:
            `"${context}" is required, and no job of these workflow files writes it for a pull ` +
            'request',
          advice: 'require what a job writes, or ask who else writes it: then ignore this',
        }))
    },
  },
  {
    code: 'first-match',
    severity: 'error',
    title: 'A required pattern counts its first match only',
    source: 'docs/forge-facts.md, 3',
    find: ({ server, required }) =>
      (server.patternCountsFirst ? (required ?? []) : [])
        .filter(isPattern)
        .map((pattern): Found => ({
          ...{ file: PROTECTION, line: null },
          what:
            `"${pattern}" is a pattern: on this server one green match opens the gate for all ` +
            'of them',
          advice:
            'require each job by name until the server is Gitea 1.24.3, Forgejo 11.0.10 or 14',
        })),
  },
  {
    code: 'tight-schedule',
    severity: 'warning',
    title: 'The sweep is scheduled too tightly',
    source: 'docs/forge-facts.md, 12',
    find: ({ sources }) =>
      sources.flatMap(source => {
        if (sweepsOf(source).length === 0) return []
        const key = source.value['on'] === undefined ? 'true' : 'on'
        const schedule = fieldsOf(source.value[key])['schedule']
        return (Array.isArray(schedule) ? schedule : []).flatMap((entry, at): Found[] => {
          const cron = wordOf(fieldsOf(entry)['cron'])
          const minutes = everyMinutes(cron)
          if (minutes === null || minutes >= 5) return []
          const line = source.lineOf([key, 'schedule', at, 'cron'])
          const often = minutes === 1 ? 'minute' : `${minutes} minutes`
          const what = `"${cron}" sweeps every ${often}: each asks for every open pull request`
          const text = line === null ? '' : lineAt(source, line)
          const found = { file: source.path, line, what }
          return line === null
            ? [{ ...found, advice: 'every ten minutes is enough' }]
            : [{ ...found, fix: [replace(line, text.replace(cron, cron.replace(/^\S+/, '*/10')))] }]
        })
      }),
  },
  {
    code: 'missing-permission',
    severity: 'error',
    title: 'The sweep may not do here what it is for',
    source: 'docs/forge-facts.md, 5',
    find: ({ sources, server: { permissions } }) =>
      permissions.kind === 'counts' ? lacking(sources, permissions.needed) : [],
  },
  {
    code: 'permission-ahead',
    severity: 'note',
    title: 'From Gitea 1.26 on the sweep may not do what it is for',
    source: 'docs/forge-facts.md, 5',
    find: ({ sources, server: { permissions } }) => {
      if (permissions.kind !== 'ignored-for-now') return []
      return lacking(sources, permissions.needed).map(found => ({
        ...found,
        what: `${found.what}; this server ignores the block, Gitea 1.26 does not`,
      }))
    },
  },
  {
    code: 'permissions-warned',
    severity: 'note',
    title: 'This server ignores permissions, with a warning in every run',
    source: 'docs/forge-facts.md, 5',
    find: ({ sources, server: { permissions } }) => {
      if (permissions.kind !== 'ignored-with-warning') return []
      return sources.flatMap(source => {
        const paths: readonly YamlPath[] = [
          ['permissions'],
          ...source.workflow.jobs.map(({ id }) => ['jobs', id, 'permissions']),
        ]
        return paths.flatMap((path): Found[] => {
          const block = blockOf(source, path)
          if (block === null) return []
          const [first, last] = block
          return [
            {
              ...{ file: source.path, line: first },
              what: 'this block has no effect here, and every run warns about it',
              fix: [{ at: first, removed: last - first + 1, added: [] }],
            },
          ]
        })
      })
    },
  },
]
