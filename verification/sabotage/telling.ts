import type { Mutation } from './mutation.js'

/** Whose row is it, which run counts, and what does that run say. */
export const TELLING: readonly Mutation[] = [
  {
    name: 'older-run-row',
    breaks:
      "takes the newest row of any run for the newest run's: only the newest run's own rows say " +
      'what it says',
    file: 'src/core/reading/statuses.ts',
    find: 'const own = byRun(rows, run)',
    put: "const own = rows.filter(({ author }) => author.kind === 'actions')",
    watch: ['core/reading/job-result', 'recordings'],
  },
  {
    name: 'older-row-above-end',
    breaks:
      "lets an older run's row above the newest run's last umbrella row speak for it: only what " +
      'stood below was re-posted',
    file: 'src/core/reading/statuses.ts',
    find: 'rows.find(row => row.id < end.id)',
    put: 'rows.find(row => row.id > 0)',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'pending-above',
    breaks:
      "takes the newest run's row although a pending row, whoever's, stands above it: it can " +
      'hide a re-run',
    file: 'src/core/reading/statuses.ts',
    find: ' && !pendingAbove(rows, end.row)',
    put: '',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'pending-above-equal-row',
    breaks:
      'takes the row a skipping server left standing although a pending row stands above it: it ' +
      'can hide a re-run',
    file: 'src/core/reading/statuses.ts',
    find: 'pendingAbove(rows, standing.row) ? null : standing',
    put: 'standing',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'jobs-by-name',
    breaks: 'keys the jobs of a run by name: a context is green when every job row of that name is',
    file: 'src/core/reading/jobs.ts',
    find: '${suffix}` === context)\n}',
    put: '${suffix}` === context).slice(-1)\n}',
    watch: ['core/reading/job-result', 'sabotage'],
  },
  {
    name: 'two-jobs-one-context',
    breaks:
      'takes rows of one run at two job positions for one job: they are two jobs, and what the ' +
      'run says cannot be told',
    file: 'src/core/reading/statuses.ts',
    find: 'if (positions.size > 1)',
    put: 'if (positions.size > 99)',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'creator-alone',
    breaks:
      "trusts a row because it has no creator: link and description must be that server's own too",
    file: 'src/forge/gitea/signing.ts',
    find: "if (target === null || said === null) return { kind: 'outside' }",
    put: `if (target === null || said === null) {
    const word: JobWord =
      row.state === 'success' ? 'success' : row.state === 'pending' ? 'running' : 'failure'
    const [run, job] = [asRunKey(Number(target?.[1] ?? 1)), asJobKey(Number(target?.[2] ?? 0))]
    return { kind: 'actions', run, job, word, took: null }
  }`,
    watch: ['forge/gitea/signing', 'core/reading/job-result'],
  },
  {
    name: 'creator-ignored',
    breaks:
      "trusts a row a person wrote with Actions' link and words: a row with a creator is " +
      "never Actions'",
    file: 'src/forge/gitea/signing.ts',
    find: 'if (row.creator !== null) return',
    put: "if (row.creator === '') return",
    watch: ['forge/gitea/signing', 'core/reading/job-result'],
  },
  {
    name: 'skipped-is-success',
    breaks: 'reads "Has been skipped" as success: only "Successful in" is',
    file: 'src/forge/gitea/signing.ts',
    find: "=== 'skipped' ? { word: 'skipped', took: null } : null\n  if (dialect",
    put: "=== 'skipped' ? { word: 'success', took: null } : null\n  if (dialect",
    watch: ['forge/gitea/signing', 'core/reading/job-result'],
  },
  {
    name: 'unknown-is-success',
    breaks: 'takes what cannot be established for green: unknown is never green',
    file: 'src/core/reading/job-result.ts',
    find: "({ kind: 'unknown', run, pending: rows[0]?.state === 'pending', why })",
    put:
      "({ kind: 'success', source: 'own-row', run, job: null, attempt: null, row: " +
      'rows[0]?.id ?? null })',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'zombie-end',
    breaks:
      "takes a failure of ten minutes or more for the end by a runner's report: a clean-up " +
      're-posts nothing and proves nothing',
    file: 'src/core/reading/statuses.ts',
    find: "(word === 'failure' && took !== null && took < ZOMBIE_AFTER)",
    put: "word === 'failure'",
    watch: ['core/reading/job-result'],
  },
  {
    name: 'equal-row-everywhere',
    breaks:
      'lets a standing row speak for the newest run on a server that writes every state: there ' +
      'no own row means no answer',
    file: 'src/core/reading/statuses.ts',
    find: 'if (!head.evidence.traits.skipsEqualState) return null',
    put: '',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'unknown-below',
    breaks:
      'looks for states nobody knows among the latest rows only: further down one may be all ' +
      'there is of a newer run',
    file: 'src/core/rules/umbrella-row.ts',
    find: "head.of(context).find(({ state }) => state === 'unknown')",
    put: "head.latest(context).find(({ state }) => state === 'unknown')",
    watch: ['core/rules/umbrella-row'],
  },
  {
    name: 'equal-row-skipped',
    breaks:
      'takes a standing success for a job the newest run may have skipped: where a skip reads ' +
      'success, only a job that ran is green',
    file: 'src/core/reading/statuses.ts',
    find: 'traits.skippedIsSuccess && standing',
    put: 'traits.skippedIsSuccess && run < 0 && standing',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'latest-by-time',
    breaks: 'orders rows by their time: the latest is always the highest id, whatever a clock said',
    file: 'src/core/reading/head-statuses.ts',
    find: 'this.rows = newestFirst([...byId.values()])',
    put: 'this.rows = [...byId.values()].sort((a, b) => b.createdAt - a.createdAt)',
    watch: ['core/reading/job-result', 'sabotage'],
  },
  {
    name: 'last-writer-is-newest',
    breaks:
      'takes the run that wrote last for the newest: the newest is the highest run, an older one ' +
      'may end later',
    file: 'src/core/reading/run-group.ts',
    find: 'highestOf(runs)',
    put: 'wrote[0] ?? null',
    watch: ['core/reading/run-group', 'core/reading/job-result'],
  },
  {
    name: 'tasks-veto',
    breaks:
      'asks no task row: where tasks are listed, green needs the newest task of that job to ' +
      'be green too',
    file: 'src/core/reading/newest-run.ts',
    find:
      'return vetoByTasks({ head, group, run, context }, byStatus(head, umbrella, ' +
      'run, context))',
    put: 'return byStatus(head, umbrella, run, context)',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'sources-agree',
    breaks:
      'believes a job row that its own status row contradicts: sources that disagree prove nothing',
    file: 'src/core/reading/jobs.ts',
    find: "return why === null ? said : { kind: 'disagree', run, why }",
    put: "return why === '' ? { kind: 'disagree', run, why } : said",
    watch: ['core/reading/job-result'],
  },
  {
    name: 'phantom-row',
    breaks:
      'believes a row whose job is not in the run it names: some servers post such rows, they ' +
      "are nobody's",
    file: 'src/forge/gitea/signing.ts',
    find: "const by: Author = phantom ? { kind: 'outside' } : author",
    put: 'const by: Author = author',
    watch: ['core/reading/job-result'],
  },
  {
    name: 'external-unnamed',
    breaks:
      'trusts a row no run wrote although no policy names it: outside rows count only where ' +
      'external-contexts says so',
    file: 'src/core/reading/assessment.ts',
    find: "return { kind: 'stranger', state: latest.state, row: latest.id }",
    put: 'return externalResult(rows)',
    watch: ['core/rules/required-jobs'],
  },
  {
    name: 'quiet',
    breaks:
      "repairs while a run of the umbrella's group is going: nothing is stale before the " +
      'group is quiet',
    file: 'src/core/reading/assessment.ts',
    find: 'openRunReason: openRunReasonOf(head, group, age)',
    put: 'openRunReason: null',
    watch: ['core/reading/run-group'],
  },
  {
    name: 'external-over-run',
    breaks:
      "lets external-contexts name what the umbrella's own runs write: that has a run to ask, " +
      'its latest row is not enough',
    file: 'src/core/reading/assessment.ts',
    find: "const level = listed === 'external' && ",
    put: "const level = listed === 'external' && pull < 0 && ",
    watch: ['core/rules/required-jobs', 'sabotage'],
  },
]
