import { isPattern, matchesAny } from '../../core/model/context.js'
import type { YamlPath } from '../../workflow/yaml.js'
import type { WorkflowSource } from './file.js'
import { eventsKeyOf, fieldsOf, jobFields, stepFields, wordOrEmpty } from './file.js'
import type { RuleMatch, LintTarget, DoctorRule } from './rule.js'
import { eachSource, placeOf } from './rule.js'
import { jobContexts } from './contexts.js'

const PROTECTION = { file: 'branch protection', line: null } as const

/** Jobs that run this action. */
const sweepsOf = (source: WorkflowSource): readonly string[] =>
  source.workflow.jobs
    .map(({ id }) => id)
    .filter(id =>
      stepFields(source, id).some(({ uses }) =>
        /umbrella-reaper(?:\/|@|$)/.test(wordOrEmpty(uses)),
      ),
    )

/** Every context that some job writes; `null` where that is not known of all of them. */
function writtenContexts({ server, sources, whole }: LintTarget): readonly string[] | null {
  const all = sources.flatMap(source =>
    source.workflow.jobs.map(job => jobContexts(server, source, job)),
  )
  return whole && !all.includes(null) ? all.flatMap(contexts => contexts ?? []) : null
}

/** The minutes between two runs of a cron line, where they are told plainly; else `null`. */
function everyMinutes(cron: string): number | null {
  const minute = cron.trim().split(/\s+/)[0] ?? ''
  if (minute === '*') return 1
  const step = /^\*\/(\d+)$/.exec(minute)?.[1]
  return step === undefined ? null : Number(step)
}

const LEVELS = ['none', 'read', 'write']
const isLess = (given: string | undefined, needed: string): boolean =>
  LEVELS.indexOf(given ?? 'none') < LEVELS.indexOf(needed)

/** The block that counts for a job: its own, else that of its workflow; `null`: all rights. */
function permissionsOf(
  source: WorkflowSource,
  id: string,
): { readonly path: YamlPath; readonly given: Readonly<Record<string, string>> } | null {
  const own = jobFields(source, id)['permissions']
  const value = own === undefined ? source.value['permissions'] : own
  if (value === undefined || value === 'write-all') return null
  const given = Object.entries(fieldsOf(value)).map(([right, level]) => [right, wordOrEmpty(level)])
  return {
    path: own === undefined ? ['permissions'] : ['jobs', id, 'permissions'],
    given: Object.fromEntries(given) as Readonly<Record<string, string>>,
  }
}

/** Sweeps whose permissions, where they list any, lack one of these. */
function lacking(
  { sources }: LintTarget,
  needed: Readonly<Record<string, 'read' | 'write'>>,
): readonly RuleMatch[] {
  return sources.flatMap(source =>
    sweepsOf(source).flatMap((id): RuleMatch[] => {
      const block = permissionsOf(source, id)
      if (block === null) return []
      const { path, given } = block
      const short = Object.entries(needed).filter(([right, level]) => isLess(given[right], level))
      if (short.length === 0) return []
      const list = short.map(([right, level]) => `${right}: ${level}`).join(', ')
      return [
        {
          ...placeOf(source, path),
          what: `the permissions of ${id} lack ${list}: whatever a block does not list is none`,
          advice: `write ${list} into that block`,
        },
      ]
    }),
  )
}

/** What is wrong with the protection of the branch, and with the sweep itself. */
export const SWEEP_RULES: readonly DoctorRule[] = [
  {
    code: 'nobody-writes',
    severity: 'error',
    title: 'A merge waits for a status that no job writes',
    source: 'docs/forge-facts.md, 6',
    find: target => {
      const all = writtenContexts(target)
      if (all === null || target.required === null) return []
      const isWritten = (context: string): boolean =>
        all.some(one => one === context || (isPattern(context) && matchesAny([context], one)))
      return target.required
        .filter(context => !isWritten(context))
        .map(context => ({
          ...PROTECTION,
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
    on: server => server.patternCountsFirst,
    find: ({ required }) =>
      (required ?? []).filter(isPattern).map(pattern => ({
        ...PROTECTION,
        what:
          `"${pattern}" is a pattern: on this server one green match opens the gate for all ` +
          'of them',
        advice: 'require each job by name until the server is Gitea 1.24.3, Forgejo 11.0.10 or 14',
      })),
  },
  {
    code: 'tight-schedule',
    severity: 'warning',
    title: 'The sweep is scheduled too tightly',
    source: 'docs/forge-facts.md, 12',
    find: eachSource(source => {
      if (sweepsOf(source).length === 0) return null
      const [key, { schedule }] = eventsKeyOf(source)
      return (Array.isArray(schedule) ? schedule : []).flatMap((entry, at): RuleMatch[] => {
        const cron = wordOrEmpty(fieldsOf(entry)['cron'])
        const minutes = everyMinutes(cron)
        if (minutes === null || minutes >= 5) return []
        const place = placeOf(source, [key, 'schedule', at, 'cron'])
        const often = minutes === 1 ? 'minute' : `${minutes} minutes`
        return [
          {
            ...place,
            what: `"${cron}" sweeps every ${often}: each asks for every open pull request`,
            advice: 'every ten minutes is enough',
          },
        ]
      })
    }),
  },
  {
    code: 'missing-permission',
    severity: 'error',
    title: 'The sweep lacks a right here',
    source: 'docs/forge-facts.md, 5',
    find: target => {
      const { permissions } = target.server
      return permissions.kind === 'counts' ? lacking(target, permissions.needed) : []
    },
  },
  {
    code: 'permission-ahead',
    severity: 'note',
    title: 'From Gitea 1.26 on the sweep lacks a right',
    source: 'docs/forge-facts.md, 5',
    find: target => {
      const { permissions } = target.server
      if (permissions.kind !== 'ignored-for-now') return []
      return lacking(target, permissions.needed).map(found => ({
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
    on: ({ permissions }) => permissions.kind === 'ignored-with-warning',
    find: eachSource(source => {
      const owners = [[], ...source.workflow.jobs.map(({ id }) => ['jobs', id])]
      return owners
        .map(owner => placeOf(source, [...owner, 'permissions']))
        .filter(({ line }) => line !== null)
        .map(place => ({
          ...place,
          what: 'a permissions: block has no effect here, and every run warns about it',
          advice: 'leave it out, unless the file is for other servers too',
        }))
    }),
  },
]
