import { fieldsOf, indentOf, jobFields, wordOf } from './file.js'
import type { WorkflowSource } from './file.js'
import type { Found, Rule } from './rule.js'
import { below, lineAt, replace, scalar } from './rule.js'

const PULLS = ['pull_request', 'pull_request_target']

const forPulls = ({ workflow }: WorkflowSource): boolean =>
  workflow.events.some(event => PULLS.includes(event))

const nameOf = ({ id, name }: { readonly id: string; readonly name: string | null }): string =>
  name ?? id

/** Activities that start a run on a commit which has one already. */
const SAME_COMMIT = ['labeled', 'unlabeled', 'edited', 'assigned', 'unassigned', 'review_requested']

/** Where the types of an event stand, and which they are. */
function typesOf({ value }: WorkflowSource, event: string): readonly string[] {
  const on = fieldsOf(value['on'] ?? value['true'])
  const types = fieldsOf(on[event])['types']
  return Array.isArray(types) ? types.map(String) : typeof types === 'string' ? [types] : []
}

const on = ({ value }: WorkflowSource): string => (value['on'] === undefined ? 'true' : 'on')

/** What is wrong with names, events and concurrency. */
export const WORKFLOW_RULES: readonly Rule[] = [
  {
    code: 'same-name',
    severity: 'error',
    title: 'Two workflow files of one name write the same statuses',
    source: 'docs/forge-facts.md, 2',
    find: ({ sources, server }) =>
      sources.flatMap((source, at): Found[] => {
        if (!server.filesShareContext || !server.naming.eventSuffix) return []
        const twin = sources
          .slice(0, at)
          .find(
            other =>
              other.workflow.name === source.workflow.name &&
              other.workflow.events.some(event => source.workflow.events.includes(event)) &&
              other.workflow.jobs.some(job =>
                source.workflow.jobs.some(mine => nameOf(mine) === nameOf(job)),
              ),
          )
        if (twin === undefined) return []
        const line = source.lineOf(['name'])
        const base =
          source.path
            .split('/')
            .at(-1)
            ?.replace(/\.ya?ml$/, '') ?? ''
        const what =
          `${twin.path} has the same name and a job of the same name: whoever ends last writes ` +
          'the one status of both'
        const found = { file: source.path, line, what }
        return line === null
          ? [{ ...found, advice: 'give one of them a name: of its own' }]
          : [
              {
                ...found,
                fix: [replace(line, `name: ${scalar(`${source.workflow.name} ${base}`)}`)],
              },
            ]
      }),
  },
  {
    code: 'duplicate-job',
    severity: 'error',
    title: 'Two jobs of one name cannot be told apart',
    source: 'docs/forge-facts.md, 2',
    find: ({ sources }) =>
      sources.filter(forPulls).flatMap(source =>
        source.workflow.jobs.flatMap((job, at): Found[] => {
          const twin = source.workflow.jobs
            .slice(0, at)
            .find(other => nameOf(other) === nameOf(job))
          if (twin === undefined) return []
          const line = source.lineOf(['jobs', job.id, 'name'])
          const what =
            `${job.id} has the name of ${twin.id}: both write one status, and the last one ` +
            'stands'
          const found = { file: source.path, line: line ?? source.lineOf(['jobs', job.id]), what }
          if (line === null) return [{ ...found, advice: `give ${twin.id} another name` }]
          const indent = ' '.repeat(indentOf(lineAt(source, line)))
          return [
            {
              ...found,
              fix: [replace(line, `${indent}name: ${scalar(`${nameOf(job)} ${job.id}`)}`)],
            },
          ]
        }),
      ),
  },
  {
    code: 'nameless-umbrella',
    severity: 'note',
    title: 'The umbrella has no name of its own',
    source: 'docs/forge-facts.md, 2',
    find: ({ umbrellas }) =>
      umbrellas
        .filter(({ job }) => job.name === null)
        .map(({ source, job }): Found => {
          const line = source.lineOf(['jobs', job.id]) ?? 1
          const fix = below(source, line, `name: ${job.id}`)
          return {
            ...{ file: source.path, line },
            what: `the key ${job.id} is what is required: who renames it blocks every merge`,
            ...(fix === null ? { advice: `give it a name: ${job.id}` } : { fix }),
          }
        }),
  },
  {
    code: 'target-twin',
    severity: 'error',
    title: 'pull_request and pull_request_target write one status',
    source: 'docs/forge-facts.md, 2',
    find: ({ sources, server }) => {
      if (!server.targetSharesContext || !server.naming.eventSuffix) return []
      return sources.flatMap((source, at): Found[] => {
        const both = PULLS.every(event => source.workflow.events.includes(event))
        const line = source.lineOf([on(source)])
        if (both) {
          const what = 'both events write "(pull_request)" here: two runs race for every status'
          const text = line === null ? '' : lineAt(source, line)
          const found = { file: source.path, line, what }
          return line !== null && /\[/.test(text)
            ? [
                {
                  ...found,
                  fix: [
                    replace(
                      line,
                      text.replace(/,\s*pull_request_target|pull_request_target\s*,\s*/, ''),
                    ),
                  ],
                },
              ]
            : [{ ...found, advice: 'keep one of the two events' }]
        }
        const twin = sources
          .slice(0, at)
          .find(
            other =>
              other.workflow.name === source.workflow.name &&
              PULLS.every(event =>
                [...other.workflow.events, ...source.workflow.events].includes(event),
              ),
          )
        return twin === undefined
          ? []
          : [
              {
                ...{ file: source.path, line },
                what:
                  `${twin.path} runs on the other of pull_request and pull_request_target ` +
                  'under the same name: both write "(pull_request)"',
                advice: 'give one of them a name: of its own',
              },
            ]
      })
    },
  },
  {
    code: 'double-run',
    severity: 'warning',
    title: 'An activity starts a second run on the same commit',
    source: 'docs/forge-facts.md, 3',
    find: ({ umbrellas }) =>
      [...new Set(umbrellas.map(({ source }) => source))].flatMap(source =>
        PULLS.flatMap((event): Found[] => {
          const types = typesOf(source, event)
          const again = types.filter(type => SAME_COMMIT.includes(type))
          if (again.length === 0) return []
          const line = source.lineOf([on(source), event, 'types'])
          const text = line === null ? '' : lineAt(source, line)
          const what =
            `${again.join(', ')} starts a run on a commit that has one: the older one may ` +
            'write last'
          const kept = types.filter(type => !again.includes(type))
          const found = { file: source.path, line, what }
          return line !== null && /types:\s*\[[^\]]*\]/.test(text) && kept.length > 0
            ? [
                {
                  ...found,
                  fix: [replace(line, text.replace(/\[[^\]]*\]/, `[${kept.join(', ')}]`))],
                },
              ]
            : [{ ...found, advice: 'move what those activities need into a workflow of its own' }]
        }),
      ),
  },
  {
    code: 'cancels-needs',
    severity: 'warning',
    title: 'Concurrency cancels what the umbrella needs',
    source: 'docs/github-facts.md, 1',
    find: ({ umbrellas }) =>
      umbrellas.flatMap(({ source, job }): Found[] => {
        const cancels = (value: unknown): boolean =>
          !['', 'false'].includes(wordOf(fieldsOf(value)['cancel-in-progress']))
        const owners: readonly (readonly string[])[] = [
          ...(cancels(source.value['concurrency']) ? [['concurrency']] : []),
          ...job.needs.flatMap(id =>
            cancels(jobFields(source, id)['concurrency']) ? [['jobs', id, 'concurrency']] : [],
          ),
        ]
        return owners.map((owner): Found => {
          const line = source.lineOf([...owner, 'cancel-in-progress'])
          const text = line === null ? '' : lineAt(source, line)
          const what =
            `a run that is cancelled leaves ${job.id} red over cancelled jobs; if the next run ` +
            'is of the same commit, the red may stand'
          const found = { file: source.path, line, what }
          return line !== null && /^\s*cancel-in-progress:/.test(text)
            ? {
                ...found,
                fix: [
                  replace(line, text.replace(/cancel-in-progress:.*/, 'cancel-in-progress: false')),
                ],
              }
            : { ...found, advice: 'set cancel-in-progress: false' }
        })
      }),
  },
]
