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
    find: 'const gaps: Gap[] = malformed.map(',
    put: 'const gaps: Gap[] = malformed.slice(0, 0).map(',
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
    breaks: 'follows a redirect: the token and the questions go to the one API they were meant for',
    file: 'src/forge/gitea/transport.ts',
    find: 'allowRedirects: false',
    put: 'allowRedirects: true',
    watch: ['sabotage'],
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
    file: 'src/forge/gitea/looks.ts',
    find: 'if (reading.at !== null) return reading',
    put: 'if (reading.gaps.length === 0) return reading',
    watch: ['sabotage'],
  },
]
