import { indentOf, jobFields, jobLines, textsBelow, wordOf } from './file.js'
import { MATRIX_LAST_LEG } from './matrix-rule.js'
import type { Found, Rule, Umbrella } from './rule.js'
import { below, contextsOf, lineAt, replace, stepsOf } from './rule.js'

const place = ({ source, job }: Umbrella, ...below: readonly (string | number)[]) => ({
  file: source.path,
  line: source.lineOf(['jobs', job.id, ...below]) ?? source.lineOf(['jobs', job.id]),
})

const conditionOf = ({ source, job }: Umbrella): string | null => {
  const value = jobFields(source, job.id)['if']
  return value === undefined || value === null ? null : wordOf(value).trim()
}

/** Is it `always()`, bare or in an expression? */
const isAlways = (condition: string): boolean =>
  /^(?:\$\{\{\s*)?always\(\)(?:\s*\}\})?$/.test(condition)

/** The `if:` of a job as `always()`, where it stands on one line. */
function asAlways({ source, job }: Umbrella): readonly [ReturnType<typeof replace>] | null {
  const at = source.lineOf(['jobs', job.id, 'if'])
  if (at === null) return null
  const line = lineAt(source, at)
  return /^\s*if:\s*\S/.test(line) && !/:\s*[|>]/.test(line)
    ? [replace(at, `${' '.repeat(indentOf(line))}if: always()`)]
    : null
}

const withFix = (found: Found, fix: Found['fix'] | null): Found =>
  fix === null || fix === undefined
    ? { ...found, advice: 'write "if: always()" there' }
    : { ...found, fix }

const WILDCARD = /contains\(\s*needs\.\*\.result\s*,\s*'(\w+)'\s*\)/g

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
    find: ({ umbrellas }) =>
      umbrellas
        .filter(umbrella => conditionOf(umbrella) === null)
        .map((umbrella): Found => {
          const { file, line } = place(umbrella)
          const what =
            `${umbrella.job.id} has no "if: always()": a failed need skips it, and a skip may ` +
            'read success'
          return withFix({ file, line, what }, below(umbrella.source, line ?? 1, 'if: always()'))
        }),
  },
  {
    code: 'not-literally-always',
    severity: 'error',
    title: 'Any condition but always() skips the umbrella on this server',
    source: 'docs/forge-facts.md, 3',
    find: ({ umbrellas, server }) =>
      umbrellas.flatMap((umbrella): Found[] => {
        const condition = conditionOf(umbrella)
        if (!server.onlyLiteralAlways || condition === null || isAlways(condition)) return []
        const what =
          `${umbrella.job.id} runs if "${condition}": this server skips it when a need fails, ` +
          'and writes success'
        return [withFix({ ...place(umbrella, 'if'), what }, asAlways(umbrella))]
      }),
  },
  {
    code: 'skipped-on-failure',
    severity: 'error',
    title: 'The condition of the umbrella lets it be skipped',
    source: 'docs/forge-facts.md, 3',
    find: ({ umbrellas, server }) =>
      umbrellas.flatMap((umbrella): Found[] => {
        const condition = conditionOf(umbrella)
        if (server.onlyLiteralAlways || condition === null) return []
        if (umbrella.job.runsAlways && !/\bsuccess\(\)/.test(condition)) return []
        const what =
          `${umbrella.job.id} runs if "${condition}": without always() or !cancelled() it is ` +
          'skipped, and a skip satisfies a merge'
        return [withFix({ ...place(umbrella, 'if'), what }, asAlways(umbrella))]
      }),
  },
  {
    code: 'wildcard-result',
    severity: 'error',
    title: 'contains(needs.*.result, …) is always false on this runner',
    source: 'docs/forge-facts.md, 0',
    find: ({ umbrellas, server }) =>
      umbrellas.flatMap(({ source, job }): Found[] => {
        if (!server.wildcardIsEmpty) return []
        const [first, last] = jobLines(source, job.id)
        const found: Found[] = []
        for (let at = first; at <= last; at += 1) {
          const line = lineAt(source, at)
          if (!/needs\.\*\.result/.test(line) || /^\s*#/.test(line)) continue
          const spelled = line.replace(WILDCARD, (_, word: string) => {
            const each = job.needs.map(need => `needs.${need}.result == '${word}'`)
            return `(${each.join(' || ')})`
          })
          const what =
            `${job.id} reads needs.*.result, which is empty on the runner of Gitea: it is ` +
            'green over red jobs'
          found.push(
            /needs\.\*\.result/.test(spelled)
              ? { file: source.path, line: at, what, advice: 'read needs.<job>.result one by one' }
              : {
                  ...{ file: source.path, line: at, what },
                  fix: [replace(at, spelled)],
                },
          )
        }
        return found
      }),
  },
  {
    code: 'empty-result',
    severity: 'warning',
    title: 'A job that the server skips has an empty result',
    source: 'docs/forge-facts.md, 3',
    find: ({ umbrellas, server }) =>
      umbrellas.flatMap((umbrella): Found[] => {
        const { source, job } = umbrella
        if (!server.skippedIsEmpty) return []
        const text = textsBelow(jobFields(source, job.id)).join('\n')
        const asksRed = /(?:==|=)\s*["']?(?:failure|cancelled)\b/.test(text)
        const asksGreen = /\bsuccess\b/.test(text)
        if (!asksRed || asksGreen || /needs\.\*\.result/.test(text)) return []
        const what =
          `${job.id} looks for failure, and takes the empty result of a job that this server ` +
          'skipped for good'
        return [{ ...place(umbrella, 'steps'), what, advice: 'ask that each result is success' }]
      }),
  },
  MATRIX_LAST_LEG,
  {
    code: 'needs-itself',
    severity: 'error',
    title: 'The umbrella waits for itself',
    source: 'the file itself',
    find: ({ sources }) =>
      sources.flatMap(source =>
        source.workflow.jobs
          .filter(({ id, needs }) => needs.includes(id))
          .map(({ id, needs }): Found => {
            const at = source.lineOf(['jobs', id, 'needs'])
            const found = {
              file: source.path,
              line: at,
              what: `${id} is in its own needs: it never starts`,
            }
            const line = at === null ? '' : lineAt(source, at)
            const others = needs.filter(need => need !== id)
            return at !== null && /needs:\s*\[/.test(line) && others.length > 0
              ? {
                  ...found,
                  fix: [replace(at, line.replace(/\[[^\]]*\]/, `[${others.join(', ')}]`))],
                }
              : { ...found, advice: `take ${id} out of its needs` }
          }),
      ),
  },
  {
    code: 'lists-itself',
    severity: 'error',
    title: 'The umbrella polls for its own status',
    source: 'docs/github-facts.md, 1',
    find: ({ umbrellas, server }) =>
      umbrellas.flatMap((umbrella): Found[] => {
        const own = contextsOf(server, umbrella.source, umbrella.job) ?? []
        const text = textsBelow(jobFields(umbrella.source, umbrella.job.id)['steps']).join('\n')
        const named = own.filter(context => server.naming.eventSuffix && text.includes(context))
        return named.length === 0
          ? []
          : [
              {
                ...place(umbrella, 'steps'),
                what:
                  `${umbrella.job.id} names its own status ${named[0] ?? ''} in its steps: it ` +
                  'waits for itself',
                advice: 'leave it out of the list it waits for',
              },
            ]
      }),
  },
  {
    code: 'polls',
    severity: 'warning',
    title: 'The umbrella polls statuses instead of reading its needs',
    source: 'docs/github-facts.md, 1',
    find: ({ umbrellas }) =>
      umbrellas.flatMap((umbrella): Found[] => {
        const { source, job } = umbrella
        const at = stepsOf(source, job.id).find(([, step]) =>
          POLLS.test([step['run'], step['uses']].map(wordOf).join('\n')),
        )?.[0]
        if (at === undefined) return []
        const line = source.lineOf(['jobs', job.id, 'steps', at])
        const what =
          `${job.id} polls statuses: it starts before they end, holds a runner, and reads ` +
          `other runs' rows`
        return [{ file: source.path, line, what, advice: 'read needs.<job>.result of each job' }]
      }),
  },
  {
    code: 'dependents',
    severity: 'warning',
    title: 'What needs the umbrella runs again with it',
    source: 'docs/forge-facts.md, 11',
    find: ({ umbrellas, server }) =>
      umbrellas.flatMap(({ source, job }): Found[] => {
        if (!server.rerunsUmbrella) return []
        return source.workflow.jobs
          .filter(({ needs, id }) => needs.includes(job.id) && id !== job.id)
          .map(({ id }) => ({
            ...{ file: source.path, line: source.lineOf(['jobs', id, 'needs']) },
            what:
              `${id} needs ${job.id}: where the umbrella is run again to be repaired, ${id} ` +
              'runs again too',
            advice:
              `let ${id} need the jobs themselves, or set rerun-dependents: true if it may run ` +
              'twice',
          }))
      }),
  },
]
