import type { WorkflowSource } from './file.js'
import { eventsKeyOf, fieldsOf, jobFields, wordOrEmpty } from './file.js'
import type { RuleMatch, DoctorRule } from './rule.js'
import { eachSource, eachUmbrellaFile, placeOf } from './rule.js'

const PULL_EVENTS = ['pull_request', 'pull_request_target']

const jobLabel = ({ id, name }: { readonly id: string; readonly name: string | null }): string =>
  name ?? id

/** Activities that start a run on a commit which has one already. */
const SAME_COMMIT = ['labeled', 'unlabeled', 'edited', 'assigned', 'unassigned', 'review_requested']

/** The activities of an event by which a workflow runs; `null`: those of the server itself. */
export function typesOf(source: WorkflowSource, event: string): readonly string[] | null {
  const { types } = fieldsOf(eventsKeyOf(source)[1][event])
  return Array.isArray(types) ? types.map(String) : typeof types === 'string' ? [types] : null
}

const againIn = (source: WorkflowSource, event: string): readonly string[] =>
  (typesOf(source, event) ?? []).filter(type => SAME_COMMIT.includes(type))

/** What a file of both events of a pull request, or one beside it of the other, writes twice. */
function sharedByEvents(
  source: WorkflowSource,
  before: readonly WorkflowSource[],
): RuleMatch | null {
  const { events, name, jobs } = source.workflow
  const place = placeOf(source, [eventsKeyOf(source)[0]])
  const areBoth = (all: readonly string[]): boolean =>
    PULL_EVENTS.every(event => all.includes(event))
  if (areBoth(events))
    return {
      ...place,
      what: 'both events write "(pull_request)" here: two runs race for every status',
      advice: 'keep one of the two events',
    }
  const names = jobs.map(jobLabel)
  const twin = before.find(
    ({ workflow }) =>
      workflow.name === name &&
      areBoth([...workflow.events, ...events]) &&
      workflow.jobs.some(job => names.includes(jobLabel(job))),
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

/** Values that are the same for every run of one pull request or branch, and of no other. */
const OF_ITS_OWN = new RegExp(
  [
    /github\.(?:ref|ref_name|head_ref|sha|run_id|event\.number)\b/,
    /github\.event\.pull_request\.(?:number|head\.(?:ref|sha))\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
)

/** The concurrency of a workflow or a job, if it cancels runs. */
function cancelling(owner: Readonly<Record<string, unknown>>): string | null {
  const { group, 'cancel-in-progress': cancels } = fieldsOf(owner['concurrency'])
  return ['', 'false'].includes(wordOrEmpty(cancels)) ? null : wordOrEmpty(group)
}

/** A group that other pull requests share; after `pull_request_target` the ref is the base's. */
function isSharedGroup(group: string, events: readonly string[]): boolean {
  const plain = group.replaceAll(/\b(?:gitea|forgejo)\./g, 'github.')
  if (!events.includes('pull_request_target')) return !OF_ITS_OWN.test(plain)
  return !/github\.(?:head_ref|run_id|event\.)/.test(plain)
}

/** What is wrong with names, events and concurrency. */
export const WORKFLOW_RULES: readonly DoctorRule[] = [
  {
    code: 'same-name',
    severity: 'error',
    title: 'Two workflow files of one name write the same statuses',
    source: 'docs/forge-facts.md, 2',
    on: server => server.filesShareContext && server.naming.eventSuffix,
    find: eachSource((source, before) => {
      const { name, events, jobs } = source.workflow
      const names = jobs.map(jobLabel)
      const twin = before.find(
        ({ workflow }) =>
          workflow.name === name &&
          workflow.events.some(event => events.includes(event)) &&
          workflow.jobs.some(job => names.includes(jobLabel(job))),
      )
      if (twin === undefined) return null
      return {
        ...placeOf(source, ['name']),
        what:
          `${twin.path} has the same name and a job of the same name: whoever ends last writes ` +
          'the one status of both',
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
      if (!events.some(event => PULL_EVENTS.includes(event))) return null
      return jobs.flatMap((job, index): RuleMatch[] => {
        const twin = jobs.slice(0, index).find(other => jobLabel(other) === jobLabel(job))
        if (twin === undefined) return []
        return [
          {
            file: source.path,
            line: source.lineOf(['jobs', job.id, 'name']) ?? source.lineOf(['jobs', job.id]),
            what:
              `${job.id} has the name of ${twin.id}: both write one status, and the last one ` +
              'stands',
            advice: `give ${twin.id} another name`,
          },
        ]
      })
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
    find: eachUmbrellaFile(({ source }) =>
      PULL_EVENTS.flatMap((event): RuleMatch[] => {
        const again = againIn(source, event)
        if (again.length === 0) return []
        return [
          {
            ...placeOf(source, [eventsKeyOf(source)[0], event, 'types']),
            what:
              `${again.join(', ')} starts a run on a commit that has one: the older one may ` +
              'write last',
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
    on: server => server.concurrency !== 'ignored',
    find: eachUmbrellaFile(({ source, job }, { server }) => {
      const { events } = source.workflow
      const again = PULL_EVENTS.flatMap(event => againIn(source, event))
      const owners = [
        [],
        ...(server.concurrency === 'read' ? job.needs : []).map(id => ['jobs', id]),
      ]
      return owners.flatMap((owner): RuleMatch[] => {
        const [, id] = owner
        const group = cancelling(id === undefined ? source.value : jobFields(source, id))
        if (group === null) return []
        const shared = isSharedGroup(group, events)
        if (!shared && again.length === 0) return []
        const whose = shared
          ? `the group "${group}" is that of every pull request: one's run cancels another's`
          : `${again.join(', ')} starts a run that cancels the one of the same commit`
        return [
          {
            ...placeOf(source, [...owner, 'concurrency']),
            what: `${whose}, and ${job.id} stays red over cancelled jobs`,
            advice: shared
              ? 'put ${{ github.ref }} or the number of the pull request into the group'
              : 'leave those activities to a workflow of its own, or do not cancel',
          },
        ]
      })
    }),
  },
]
