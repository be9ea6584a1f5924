import type { DoctorUmbrella } from './choose.js'
import type { WorkflowSource } from './file.js'
import { eventsKeyOf, fieldsOf } from './file.js'
import type { RuleMatch, LintTarget, DoctorRule } from './rule.js'
import { eachUmbrella, eachUmbrellaFile, locationOfPart, placeOf } from './rule.js'
import { OTHER_WORK } from './verdict-rules.js'
import { typesOf } from './workflow-rules.js'
import { tableOf } from './what-if/table.js'
import { jobContexts } from './contexts.js'

const PULL_EVENTS = ['pull_request', 'pull_request_target']

type FilterKey = readonly [event: string, name: string]

/** The filters of a file by which a pull request may start no run of it. */
function filtersOf(source: WorkflowSource, names: readonly string[]): readonly FilterKey[] {
  const events = eventsKeyOf(source)[1]
  return PULL_EVENTS.flatMap(event =>
    names
      .filter(name => fieldsOf(events[event])[name] !== undefined)
      .map((name): FilterKey => [event, name]),
  )
}

/** Does another file write what this umbrella writes, so that it is there in any case? */
function hasTwin(
  { server, sources }: LintTarget,
  { source, job }: DoctorUmbrella,
  event?: string,
): boolean {
  const own = jobContexts(server, source, job) ?? []
  return sources.some(
    other =>
      other !== source &&
      (event === undefined || other.workflow.events.includes(event)) &&
      other.workflow.jobs.some(one =>
        jobContexts(server, other, one)?.some(context => own.includes(context)),
      ),
  )
}

const WITHOUT_FILTER =
  'take the filter off the file of the umbrella: ask in an "if" of the jobs, or in a first job, ' +
  'what has changed'

const filterPlace = (source: WorkflowSource, [event, name]: FilterKey) =>
  placeOf(source, [eventsKeyOf(source)[0], event, name])

const ASKS_DRAFT = /\bevent\.pull_request\.draft\b/

/** Does a skip for a draft open the gate, and does nothing start when it is ready? */
function waitsForReady({ source, job, event, table }: DoctorUmbrella): boolean {
  if (!PULL_EVENTS.includes(event)) return false
  if (typesOf(source, event)?.includes('ready_for_review') === true) return false
  const asks = source.workflow.jobs
    .filter(({ body }) => ASKS_DRAFT.test(body.condition ?? ''))
    .map(({ id }) => id)
  return (
    asks.includes(job.id) ||
    table.some(
      ({ scenario, gate }) =>
        scenario.kind === 'one' &&
        scenario.fate === 'skipped' &&
        asks.includes(scenario.job) &&
        gate === 'opens',
    )
  )
}

/** What is wrong with the events that start the umbrella's workflow, or do not. */
export const EVENT_RULES: readonly DoctorRule[] = [
  {
    code: 'filtered-workflow',
    severity: 'error',
    title: 'A pull request that a filter leaves out waits for ever',
    source: 'docs/github-facts.md, 1',
    on: server => server.filtered === 'pending',
    find: eachUmbrellaFile((umbrella, target) => {
      const { source, job } = umbrella
      if (hasTwin(target, umbrella)) return null
      return filtersOf(source, ['paths', 'paths-ignore']).map(filter => ({
        ...filterPlace(source, filter),
        what:
          `where ${filter[1]} leaves a pull request out, ${job.id} never writes its status: if ` +
          'it is required, it stays pending and the merge waits for ever',
        advice: WITHOUT_FILTER,
      }))
    }),
  },
  {
    code: 'skipped-over-red',
    severity: 'error',
    title: 'A filter can write a skip over an honest red',
    source: 'docs/forge-facts.md, 13',
    on: server => server.filtered === 'skipped',
    find: eachUmbrellaFile(({ source, job }) => {
      const names = ['branches', 'branches-ignore', 'paths', 'paths-ignore']
      return filtersOf(source, names).map(filter => ({
        ...filterPlace(source, filter),
        what:
          `where ${filter[1]} leaves a pull request out, this server writes "skipped" over what ` +
          `${job.id} reported for that commit, a failure of another pull request on it included: ` +
          'that one can then be merged',
        advice: WITHOUT_FILTER,
      }))
    }),
  },
  {
    code: 'not-in-queue',
    severity: 'error',
    title: 'The merge queue waits for an umbrella that does not run in it',
    source: 'docs/github-facts.md, 7',
    on: server => server.mergeQueue,
    find: eachUmbrellaFile((umbrella, target) => {
      const { source, job } = umbrella
      const { events } = source.workflow
      const queued = target.sources.find(other => other.workflow.events.includes('merge_group'))
      if ((queued === undefined && !target.queue) || events.includes('merge_group')) return null
      if (!events.includes('pull_request') || hasTwin(target, umbrella, 'merge_group')) return null
      return {
        ...placeOf(source, [eventsKeyOf(source)[0]]),
        what:
          `${queued?.path ?? 'the branch'} ${queued === undefined ? 'has' : 'runs in'} a merge ` +
          `queue, and ${job.id} does not run in it: if it is required, the queue waits for it ` +
          'until it times out',
        advice: 'let this file run on merge_group too',
      }
    }),
  },
  {
    code: 'skipped-in-queue',
    severity: 'error',
    title: 'The umbrella is skipped in the merge queue',
    source: 'docs/github-facts.md, 7',
    on: server => server.mergeQueue,
    find: eachUmbrella((umbrella, { server }) => {
      const { source, job, event, work } = umbrella
      if (event === 'merge_group' || !source.workflow.events.includes('merge_group')) return null
      const { workflow } = source
      const [green] = tableOf({
        workflow,
        umbrella: job,
        server,
        event: 'merge_group',
        allowed: new Map(),
      })
      if (green?.said.kind !== 'skipped') return null
      return {
        ...locationOfPart(umbrella, 'if'),
        what: `on merge_group the condition of ${job.id} is false: a skip lets everything through`,
        advice: work.kind === 'only-judges' ? 'let it run on merge_group too' : OTHER_WORK,
      }
    }),
  },
  {
    code: 'draft-passes',
    severity: 'error',
    title: 'A draft is let through, and nothing runs when it is ready',
    source: 'docs/github-facts.md, 7',
    find: eachUmbrella((umbrella): RuleMatch | null => {
      const { source, job, event } = umbrella
      if (!waitsForReady(umbrella)) return null
      return {
        ...placeOf(source, [eventsKeyOf(source)[0], event]),
        what:
          `jobs of ${job.id} are skipped for a draft, and ready_for_review is no type of ` +
          `${event} here: what a draft's run said stands when it is ready`,
        advice: 'add the type: types: [opened, synchronize, reopened, ready_for_review]',
      }
    }),
  },
]
