import { blockOf, jobFields, lineAt, stepsOf, textsBelow, wordOf } from './file.js'
import type { Edit } from './finding.js'
import { MATRIX_LAST_LEG } from './matrix-rule.js'
import type { Found, Rule, Umbrella } from './rule.js'
import { below, contextsOf, eachSource, eachUmbrella, edited, placeOf } from './rule.js'

/** A part of an umbrella's job, or the job where the file does not have that part. */
function partOf({ source, job }: Umbrella, ...part: readonly (string | number)[]) {
  const place = placeOf(source, ['jobs', job.id, ...part])
  return place.line === null ? placeOf(source, ['jobs', job.id]) : place
}

const conditionOf = ({ source, job }: Umbrella): string | null => {
  const value = jobFields(source, job.id)['if']
  return value === undefined || value === null ? null : wordOf(value).trim()
}

/** Is it `always()`, bare or in an expression? */
const isAlways = (condition: string): boolean =>
  /^(?:\$\{\{\s*)?always\(\)(?:\s*\}\})?$/.test(condition)

/** The condition that skips an umbrella, with the one to write in its place. */
const conditioned = (umbrella: Umbrella, what: string): Found => ({
  ...partOf(umbrella, 'if'),
  what,
  fix: asAlways(umbrella),
  advice: 'write "if: always()" there',
})

/** The `if:` of a job as `always()`, where it stands on one line. */
const asAlways = ({ source, job }: Umbrella): readonly Edit[] | null =>
  edited(
    source,
    source.lineOf(['jobs', job.id, 'if']),
    /^(\s*)(?!.*:\s*[|>])if:\s*\S.*$/,
    (_, indent = '') => `${indent}if: always()`,
  )

const ALL_RESULTS = /needs\.\*\.result/
const WILDCARD = /contains\(\s*needs\.\*\.result\s*,\s*'(\w+)'\s*\)/g

/** A line that asks for `needs.*.result`, spelled out as far as it can be. */
function spelledOut({ source, job }: Umbrella, at: number): Found {
  const line = lineAt(source, at).replace(WILDCARD, (_, word: string) => {
    const each = job.needs.map(need => `needs.${need}.result == '${word}'`)
    return `(${each.join(' || ')})`
  })
  return {
    file: source.path,
    line: at,
    what:
      `${job.id} reads needs.*.result, which is empty on the runner of Gitea: it is ` +
      'green over red jobs',
    fix: ALL_RESULTS.test(line) ? null : [{ at, removed: 1, added: [line] }],
    advice: 'read needs.<job>.result one by one',
  }
}

/** Scripts and actions that ask for statuses over and over. */
const POLLS = new RegExp(
  [
    '/commits/\\S+/(?:status|check-runs)|/statuses/',
    '\\bgh (?:pr checks|run (?:list|watch))',
    'merge-gatekeeper|wait-on-check|wait-for-status',
  ].join('|'),
)

/** What is wrong with the umbrella's own job. */
export const UMBRELLA_RULES: readonly Rule[] = [
  {
    code: 'no-condition',
    severity: 'error',
    title: 'The umbrella is skipped when a job it needs fails',
    source: 'docs/forge-facts.md, 3',
    find: eachUmbrella(umbrella => {
      if (conditionOf(umbrella) !== null) return null
      const place = partOf(umbrella)
      return {
        ...place,
        what:
          `${umbrella.job.id} has no "if: always()": a failed need skips it, and a skip may ` +
          'read success',
        fix: below(umbrella.source, place.line ?? 1, 'if: always()'),
        advice: 'write "if: always()" there',
      }
    }),
  },
  {
    code: 'not-literally-always',
    severity: 'error',
    title: 'Any condition but always() skips the umbrella on this server',
    source: 'docs/forge-facts.md, 3',
    on: server => server.onlyLiteralAlways,
    find: eachUmbrella(umbrella => {
      const condition = conditionOf(umbrella)
      if (condition === null || isAlways(condition)) return null
      return conditioned(
        umbrella,
        `${umbrella.job.id} runs if "${condition}": this server skips it when a need fails, ` +
          'and writes success',
      )
    }),
  },
  {
    code: 'skipped-on-failure',
    severity: 'error',
    title: 'The condition of the umbrella lets it be skipped',
    source: 'docs/forge-facts.md, 3',
    on: server => !server.onlyLiteralAlways,
    find: eachUmbrella(umbrella => {
      const condition = conditionOf(umbrella)
      if (condition === null) return null
      if (umbrella.job.runsAlways && !/\bsuccess\(\)/.test(condition)) return null
      return conditioned(
        umbrella,
        `${umbrella.job.id} runs if "${condition}": without always() or !cancelled() it is ` +
          'skipped, and a skip satisfies a merge',
      )
    }),
  },
  {
    code: 'wildcard-result',
    severity: 'error',
    title: 'contains(needs.*.result, …) is always false on this runner',
    source: 'docs/forge-facts.md, 0',
    on: server => server.wildcardIsEmpty,
    find: eachUmbrella(umbrella => {
      const { source, job } = umbrella
      const [first, last] = blockOf(source, ['jobs', job.id]) ?? [1, 1]
      return source.lines
        .map((text, index) => ({ text, at: index + 1 }))
        .filter(({ at }) => at >= first && at <= last)
        .filter(({ text }) => ALL_RESULTS.test(text) && !/^\s*#/.test(text))
        .map(({ at }) => spelledOut(umbrella, at))
    }),
  },
  {
    code: 'empty-result',
    severity: 'warning',
    title: 'A job that the server skips has an empty result',
    source: 'docs/forge-facts.md, 3',
    on: server => server.skippedIsEmpty,
    find: eachUmbrella(umbrella => {
      const { source, job } = umbrella
      const text = textsBelow(jobFields(source, job.id)).join('\n')
      const asksRed = /(?:==|=)\s*["']?(?:failure|cancelled)\b/.test(text)
      const asksGreen = /\bsuccess\b/.test(text)
      if (!asksRed || asksGreen || ALL_RESULTS.test(text)) return null
      return {
        ...partOf(umbrella, 'steps'),
        what:
          `${job.id} looks for failure, and takes the empty result of a job that this server ` +
          'skipped for good',
        advice: 'ask that each result is success',
      }
    }),
  },
  MATRIX_LAST_LEG,
  {
    code: 'needs-itself',
    severity: 'error',
    title: 'The umbrella waits for itself',
    source: 'the file itself',
    find: eachSource(source =>
      source.workflow.jobs
        .filter(({ id, needs }) => needs.includes(id))
        .map(({ id, needs }) => {
          const place = placeOf(source, ['jobs', id, 'needs'])
          const others = needs.filter(need => need !== id)
          const onOneLine = /needs:\s*\[/.test(lineAt(source, place.line ?? 0))
          return {
            ...place,
            what: `${id} is in its own needs: it never starts`,
            fix:
              onOneLine && others.length > 0
                ? edited(source, place.line, /\[[^\]]*\]/, `[${others.join(', ')}]`)
                : null,
            advice: `take ${id} out of its needs`,
          }
        }),
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
      const named = contextsOf(server, source, job)?.find(context => text.includes(context))
      if (named === undefined) return null
      return {
        ...partOf(umbrella, 'steps'),
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
      const at = stepsOf(source, job.id).findIndex(({ run, uses }) =>
        POLLS.test([run, uses].map(wordOf).join('\n')),
      )
      if (at === -1) return null
      return {
        ...placeOf(source, ['jobs', job.id, 'steps', at]),
        what:
          `${job.id} polls statuses: it starts before they end, holds a runner, and reads ` +
          `other runs' rows`,
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
            `let ${id} need the jobs themselves, or set rerun-dependents: true if it may run ` +
            'twice',
        })),
    ),
  },
]
