import type { DoctorUmbrella } from './choose.js'
import { jobFields, stepFields, textsBelow, wordOrEmpty } from './file.js'
import { MATRIX_LAST_LEG } from './matrix-rule.js'
import type { DoctorRule } from './rule.js'
import { eachSource, eachUmbrella, locationOfPart, placeOf } from './rule.js'
import { jobContexts } from './contexts.js'

/** Scripts and actions that ask for statuses over and over. */
const POLLS = new RegExp(
  [
    '/commits/\\S+/(?:status|check-runs)|/statuses/',
    '\\bgh (?:pr checks|run (?:list|watch))',
    'merge-gatekeeper|wait-on-check|wait-for-status',
  ].join('|'),
)

/** Lines of an umbrella's script or conditions that read all results at once. */
const readsAll = ({ source, job }: DoctorUmbrella): boolean =>
  textsBelow(jobFields(source, job.id)).some(text => /needs\s*\.\s*\*/.test(text))

/** What is wrong with the umbrella's own job, beside what it says. */
export const UMBRELLA_RULES: readonly DoctorRule[] = [
  {
    code: 'wildcard-by-runner',
    severity: 'warning',
    title: 'needs.*.result is always empty on older runners of Forgejo',
    source: 'docs/forge-facts.md, 13',
    on: server => server.wildcardIsEmpty === 'old-runners',
    find: eachUmbrella(umbrella => {
      const isOpen = umbrella.table.some(
        ({ said }) => said.kind === 'unknown' && said.why.startsWith('runners before'),
      )
      if (!isOpen || !readsAll(umbrella)) return null
      return {
        ...locationOfPart(umbrella, 'steps'),
        what:
          `${umbrella.job.id} reads needs.*.result, which forgejo-runner takes for nothing ` +
          'before 2025-08-10: there it is green over red jobs',
        advice: 'read needs.<job>.result one by one, or keep runners newer than that',
      }
    }),
  },
  MATRIX_LAST_LEG,
  {
    code: 'needs-itself',
    severity: 'error',
    title: 'A job waits for itself',
    source: 'the file itself',
    find: eachSource(source =>
      source.workflow.jobs
        .filter(({ id, needs }) => needs.includes(id))
        .map(({ id }) => ({
          ...placeOf(source, ['jobs', id, 'needs']),
          what: `${id} is in its own needs: it never starts`,
          advice: `take ${id} out of its needs`,
        })),
    ),
  },
  {
    code: 'lists-itself',
    severity: 'error',
    title: 'The umbrella polls for its own status',
    source: 'docs/github-facts.md, 1',
    on: server => server.naming.eventSuffix,
    find: eachUmbrella((umbrella, { server }) => {
      const { source, job } = umbrella
      const text = textsBelow(jobFields(source, job.id)['steps']).join('\n')
      const named = jobContexts(server, source, job)?.find(context => text.includes(context))
      if (named === undefined) return null
      return {
        ...locationOfPart(umbrella, 'steps'),
        what: `${job.id} names its own status ${named} in its steps: it waits for itself`,
        advice: 'leave it out of the list it waits for',
      }
    }),
  },
  {
    code: 'polls',
    severity: 'warning',
    title: 'The umbrella polls statuses instead of reading its needs',
    source: 'docs/github-facts.md, 1',
    find: eachUmbrella(({ source, job }) => {
      const at = stepFields(source, job.id).findIndex(({ run, uses }) =>
        POLLS.test([run, uses].map(wordOrEmpty).join('\n')),
      )
      if (at === -1) return null
      return {
        ...placeOf(source, ['jobs', job.id, 'steps', at]),
        what:
          `${job.id} polls statuses: it starts before they end, holds a runner, and reads ` +
          "other runs' rows",
        advice: 'read needs.<job>.result of each job',
      }
    }),
  },
  {
    code: 'dependents',
    severity: 'warning',
    title: 'What needs the umbrella runs again with it',
    source: 'docs/forge-facts.md, 11',
    on: server => server.rerunsUmbrella,
    find: eachUmbrella(({ source, job }) =>
      source.workflow.jobs
        .filter(({ needs, id }) => needs.includes(job.id) && id !== job.id)
        .map(({ id }) => ({
          ...placeOf(source, ['jobs', id, 'needs']),
          what:
            `${id} needs ${job.id}: where the umbrella is run again to be repaired, ${id} ` +
            'runs again too',
          advice:
            'leave rerun-dependents unset, so that no sweep runs it twice, or let it need the ' +
            'jobs themselves',
        })),
    ),
  },
  {
    code: 'nameless-umbrella',
    severity: 'note',
    title: 'The umbrella has no name of its own',
    source: 'docs/forge-facts.md, 2',
    find: eachUmbrella(({ source, job }) =>
      job.name !== null
        ? null
        : {
            ...placeOf(source, ['jobs', job.id]),
            what: `the key ${job.id} is what is required: who renames it blocks every merge`,
            advice: `give it a name: ${job.id}`,
          },
    ),
  },
]
