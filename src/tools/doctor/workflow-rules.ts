import type { WorkflowSource } from './file.js'
import { eventsOf, fieldsOf, jobFields, wordOf } from './file.js'
import type { Found, Rule } from './rule.js'
import { below, eachSource, eachUmbrella, edited, placeOf, scalar } from './rule.js'

const PULLS = ['pull_request', 'pull_request_target']

const nameOf = ({ id, name }: { readonly id: string; readonly name: string | null }): string =>
  name ?? id

/** Activities that start a run on a commit which has one already. */
const SAME_COMMIT = ['labeled', 'unlabeled', 'edited', 'assigned', 'unassigned', 'review_requested']

/** The activities of an event by which a workflow runs. */
function typesOf(source: WorkflowSource, event: string): readonly string[] {
  const { types } = fieldsOf(eventsOf(source)[1][event])
  return Array.isArray(types) ? types.map(String) : typeof types === 'string' ? [types] : []
}

/** A file without its folders and its ending. */
const baseNameOf = ({ path }: WorkflowSource): string =>
  (path.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '')

/** What a file of both events of a pull request, or one beside it of the other, writes twice. */
function sharedByEvents(source: WorkflowSource, before: readonly WorkflowSource[]): Found | null {
  const { events, name } = source.workflow
  const place = placeOf(source, [eventsOf(source)[0]])
  const areBoth = (all: readonly string[]): boolean => PULLS.every(event => all.includes(event))
  if (areBoth(events)) {
    // Only where the events are a list on one line.
    const list = /^(?=.*\[)(.*?)(?:,\s*pull_request_target|pull_request_target\s*,\s*)/
    return {
      ...place,
      what: 'both events write "(pull_request)" here: two runs race for every status',
      fix: edited(source, place.line, list, (_, start = '') => start),
      advice: 'keep one of the two events',
    }
  }
  const twin = before.find(
    ({ workflow }) => workflow.name === name && areBoth([...workflow.events, ...events]),
  )
  if (twin === undefined) return null
  return {
    ...place,
    what:
      `${twin.path} runs on the other of pull_request and pull_request_target ` +
      'under the same name: both write "(pull_request)"',
    advice: 'give one of them a name: of its own',
  }
}

/** What is wrong with names, events and concurrency. */
export const WORKFLOW_RULES: readonly Rule[] = [
  {
    code: 'same-name',
    severity: 'error',
    title: 'Two workflow files of one name write the same statuses',
    source: 'docs/forge-facts.md, 2',
    on: server => server.filesShareContext && server.naming.eventSuffix,
    find: eachSource((source, before) => {
      const { name, events, jobs } = source.workflow
      const names = jobs.map(nameOf)
      const twin = before.find(
        ({ workflow }) =>
          workflow.name === name &&
          workflow.events.some(event => events.includes(event)) &&
          workflow.jobs.some(job => names.includes(nameOf(job))),
      )
      if (twin === undefined) return null
      const place = placeOf(source, ['name'])
      const named = `name: ${scalar(`${name} ${baseNameOf(source)}`)}`
      return {
        ...place,
        what:
          `${twin.path} has the same name and a job of the same name: whoever ends last writes ` +
          'the one status of both',
        fix: edited(source, place.line, /^.*$/, named),
        advice: 'give one of them a name: of its own',
      }
    }),
  },
  {
    code: 'duplicate-job',
    severity: 'error',
    title: 'Two jobs of one name cannot be told apart',
    source: 'docs/forge-facts.md, 2',
    find: eachSource(source => {
      const { events, jobs } = source.workflow
      if (!events.some(event => PULLS.includes(event))) return null
      return jobs.flatMap((job, index): Found[] => {
        const twin = jobs.slice(0, index).find(other => nameOf(other) === nameOf(job))
        if (twin === undefined) return []
        const at = source.lineOf(['jobs', job.id, 'name'])
        const named = `name: ${scalar(`${nameOf(job)} ${job.id}`)}`
        return [
          {
            file: source.path,
            line: at ?? source.lineOf(['jobs', job.id]),
            what:
              `${job.id} has the name of ${twin.id}: both write one status, and the last one ` +
              'stands',
            fix: edited(source, at, /^(\s*).*$/, (_, indent = '') => indent + named),
            advice: `give ${twin.id} another name`,
          },
        ]
      })
    }),
  },
  {
    code: 'nameless-umbrella',
    severity: 'note',
    title: 'The umbrella has no name of its own',
    source: 'docs/forge-facts.md, 2',
    find: eachUmbrella(({ source, job }) => {
      if (job.name !== null) return null
      const line = source.lineOf(['jobs', job.id]) ?? 1
      return {
        file: source.path,
        line,
        what: `the key ${job.id} is what is required: who renames it blocks every merge`,
        fix: below(source, line, `name: ${job.id}`),
        advice: `give it a name: ${job.id}`,
      }
    }),
  },
  {
    code: 'target-twin',
    severity: 'error',
    title: 'pull_request and pull_request_target write one status',
    source: 'docs/forge-facts.md, 2',
    on: server => server.targetSharesContext && server.naming.eventSuffix,
    find: eachSource(sharedByEvents),
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
          const place = placeOf(source, [eventsOf(source)[0], event, 'types'])
          const kept = types.filter(type => !again.includes(type)).join(', ')
          const list = /^(.*types:\s*)\[[^\]]*\]/
          return [
            {
              ...place,
              what:
                `${again.join(', ')} starts a run on a commit that has one: the older one may ` +
                'write last',
              fix:
                kept === ''
                  ? null
                  : edited(source, place.line, list, (_, key = '') => `${key}[${kept}]`),
              advice: 'move what those activities need into a workflow of its own',
            },
          ]
        }),
      ),
  },
  {
    code: 'cancels-needs',
    severity: 'warning',
    title: 'Concurrency cancels what the umbrella needs',
    source: 'docs/github-facts.md, 1',
    find: eachUmbrella(({ source, job }) => {
      const cancels = ({ concurrency }: Readonly<Record<string, unknown>>): boolean =>
        !['', 'false'].includes(wordOf(fieldsOf(concurrency)['cancel-in-progress']))
      const owners = [
        ...(cancels(source.value) ? [[]] : []),
        ...job.needs.filter(id => cancels(jobFields(source, id))).map(id => ['jobs', id]),
      ]
      return owners.map(owner => {
        const place = placeOf(source, [...owner, 'concurrency', 'cancel-in-progress'])
        return {
          ...place,
          what:
            `a run that is cancelled leaves ${job.id} red over cancelled jobs; if the next run ` +
            'is of the same commit, the red may stand',
          fix: edited(
            source,
            place.line,
            /^(\s*)cancel-in-progress:.*/,
            (_, indent = '') => `${indent}cancel-in-progress: false`,
          ),
          advice: 'set cancel-in-progress: false',
        }
      })
    }),
  },
]
