import type { Mutation } from './mutation.js'

/** What a server's answers are taken for. */
export const READING: readonly Mutation[] = [
  {
    name: 'first-page-only',
    breaks: 'stops after page 1: a list is complete when every row the server counts is in hand',
    file: 'src/forge/gitea/pages.ts',
    find: 'const all = seen.wanted !== null && seen.counted >= seen.wanted',
    put: 'const all = seen.wanted !== null',
    watch: ['sabotage', 'recordings'],
  },
  {
    name: 'malformed-row',
    breaks: 'drops a row it cannot read: it is a gap, for it may be the red one',
    file: 'src/forge/gitea/listing.ts',
    find: '  malformed.map(({ context, why }) => ({',
    put: '  malformed.slice(0, 0).map(({ context, why }) => ({',
    watch: ['sabotage', 'bundle'],
  },
  {
    name: 'unknown-conclusion',
    breaks: 'reads a conclusion nobody knows as success: unknown is never green',
    file: 'src/forge/gitea/wire.ts',
    find: "?? 'unknown') : 'unknown'",
    put: "?? 'unknown') : 'success'",
    watch: ['sabotage'],
  },
  {
    name: 'open-job',
    breaks: 'reads a job that is not completed by its conclusion: anything but completed is open',
    file: 'src/forge/gitea/wire.ts',
    find: "job.status === 'completed' ? stateOf(job.conclusion) : 'open'",
    put: 'stateOf(job.conclusion)',
    watch: ['sabotage'],
  },
  {
    name: 'redirects',
    breaks: 'takes what a redirect says for an answer of the API it leads to',
    file: 'src/forge/gitea/answer.ts',
    find: 'const good = status >= 200 && status < 300',
    put: 'const good = status >= 200 && status < 400',
    watch: ['forge/gitea/transport'],
  },
  {
    name: 'forgejo-by-suffix',
    breaks:
      'takes a Forgejo for the Gitea its version string ends in: that part is the same for every ' +
      'Forgejo and says nothing',
    file: 'src/forge/gitea/version.ts',
    find: "const forgejo = rest.includes('+gitea-')",
    put: "const forgejo = rest.includes('+forgejo-')",
    watch: ['sabotage'],
  },
  {
    name: 'unread-tasks',
    breaks:
      'judges by statuses alone when the task rows could not be read: a read that failed is a ' +
      'gap, only a list too long is not',
    file: 'src/forge/gitea/looks.ts',
    find: "tasks.gaps.filter(({ cause }) => cause !== 'too-long')",
    put: 'tasks.gaps.slice(0, 0)',
    watch: ['sabotage', 'forge/gitea/looks'],
  },
  {
    name: 'no-clock',
    breaks: "judges ages without the server's clock: no Date is a gap",
    file: 'src/forge/gitea/seen.ts',
    find: 'if (reading.at !== null) return reading',
    put: 'if (reading.gaps.length === 0) return reading',
    watch: ['sabotage'],
  },
  {
    name: 'first-look-short-page',
    breaks: 'takes the first page of a longer history for the whole of it',
    file: 'src/forge/gitea/listing.ts',
    find: 'const complete = total !== null && good && total === rows.length',
    put: 'const complete = good && rows.length > 0',
    watch: ['forge/gitea/forge', 'races', 'sabotage', 'requests'],
  },
  {
    name: 'first-look-blind-page',
    breaks: 'takes a page that does not show the umbrella for a commit without one',
    file: 'src/forge/gitea/first-look.ts',
    find: 'return { page, tells: page.gaps.length === 0 && shows }',
    put: 'return { page, tells: page.gaps.length === 0 || shows }',
    watch: ['forge/gitea/looks'],
  },
  {
    name: 'first-look-mark',
    breaks: 'asks at the second look only for rows above the latest ones, read after the history',
    file: 'src/forge/gitea/looks.ts',
    find: 'const newest = known.reduce(',
    put: 'const newest = [...known, ...before.latest].reduce(',
    watch: ['forge/gitea/looks'],
  },
  {
    name: 'first-look-doubt',
    breaks: 'lets a green pass unseen over a newest run that left a required context red',
    file: 'src/core/rules/suspect.ts',
    find: 'own !== undefined && isRed(own.state)',
    put: 'own === undefined && isRed(found.row.state)',
    watch: ['recordings'],
  },
]
