import type { Mutation } from './mutation.js'

/** Whose row is it, which run counts, and what does that run say. */
export const TELLING: readonly Mutation[] = [
  {
    name: 'older-run-row',
    breaks:
      "takes the newest row of any run for the newest run's: only the newest run's own rows say " +
      'what it says',
    file: 'src/core/answer.ts',
    find: 'const own = byRun(rows, run)',
    put: "const own = rows.filter(({ author }) => author.by === 'actions')",
    watch: ['core/answer', 'recordings'],
  },
  {
    name: 'older-row-above-end',
    breaks:
      "lets an older run's row above the newest run's last umbrella row speak for it: only what " +
      'stood below was re-posted',
    file: 'src/core/answer.ts',
    find: 'rows.find(row => row.id < end.id)',
    put: 'rows.find(row => row.id > 0)',
    watch: ['core/answer'],
  },
  {
    name: 'pending-above',
    breaks:
      "takes the newest run's row although a pending row, whoever's, stands above it: it can " +
      'hide a re-run',
    file: 'src/core/answer.ts',
    find: ' && !pendingAbove(rows, end.row)',
    put: '',
    watch: ['core/answer'],
  },
  {
    name: 'pending-above-equal-row',
    breaks:
      'takes the row a skipping server left standing although a pending row stands above it: it ' +
      'can hide a re-run',
    file: 'src/core/answer.ts',
    find: 'pendingAbove(rows, standing.row) ? null : standing',
    put: 'standing',
    watch: ['core/answer'],
  },
  {
    name: 'jobs-by-name',
    breaks: 'keys the jobs of a run by name: a context is green when every job row of that name is',
    file: 'src/core/answer.ts',
    find: '${suffix}` === context)\n}',
    put: '${suffix}` === context).slice(-1)\n}',
    watch: ['core/answer', 'sabotage'],
  },
  {
    name: 'two-jobs-one-context',
    breaks:
      'takes rows of one run at two job positions for one job: they are two jobs, and what the ' +
      'run says cannot be told',
    file: 'src/core/answer.ts',
    find: 'if (positions.size > 1)',
    put: 'if (positions.size > 99)',
    watch: ['core/answer'],
  },
  {
    name: 'creator-alone',
    breaks:
      "trusts a row because it has no creator: link and description must be that server's own too",
    file: 'src/core/status.ts',
    find: "if (target === null || said === null) return { by: 'outside' }",
    put: `if (target === null || said === null) {
    const word: JobWord =
      row.state === 'success' ? 'success' : row.state === 'pending' ? 'running' : 'failure'
    const [run, job] = [Number(target?.[1] ?? 1), Number(target?.[2] ?? 0)]
    return { by: 'actions', run, job, word, took: null }
  }`,
    watch: ['core/status', 'core/answer'],
  },
  {
    name: 'creator-ignored',
    breaks:
      "trusts a row a person wrote with Actions' link and words: a row with a creator is " +
      "never Actions'",
    file: 'src/core/status.ts',
    find: 'if (row.creator !== null) return',
    put: "if (row.creator === '') return",
    watch: ['core/status', 'core/answer'],
  },
  {
    name: 'skipped-is-success',
    breaks: 'reads "Has been skipped" as success: only "Successful in" is',
    file: 'src/core/status.ts',
    find: "=== 'skipped' ? { word: 'skipped', took: null } : null\n  if (dialect",
    put: "=== 'skipped' ? { word: 'success', took: null } : null\n  if (dialect",
    watch: ['core/status', 'core/answer'],
  },
  {
    name: 'unknown-is-success',
    breaks: 'takes what cannot be established for green: unknown is never green',
    file: 'src/core/answer.ts',
    find: "({ is: 'unknown', run, pending: rows[0]?.state === 'pending', why })",
    put:
      "({ is: 'success', source: 'own-row', run, job: null, attempt: null, row: " +
      'rows[0]?.id ?? null })',
    watch: ['core/answer'],
  },
  {
    name: 'zombie-end',
    breaks:
      "takes a failure of ten minutes or more for the end by a runner's report: a clean-up " +
      're-posts nothing and proves nothing',
    file: 'src/core/answer.ts',
    find: "(word === 'failure' && took !== null && took < ZOMBIE_AFTER)",
    put: "word === 'failure'",
    watch: ['core/answer'],
  },
  {
    name: 'equal-row-everywhere',
    breaks:
      'lets a standing row speak for the newest run on a server that writes every state: there ' +
      'no own row means no answer',
    file: 'src/core/answer.ts',
    find: 'if (!head.evidence.traits.skipsEqualState) return null',
    put: '',
    watch: ['core/answer'],
  },
  {
    name: 'unknown-below',
    breaks:
      'looks for states nobody knows among the latest rows only: further down one may be all ' +
      'there is of a newer run',
    file: 'src/core/ladder/umbrella.ts',
    find: "head.of(context).find(({ state }) => state === 'unknown')",
    put: "head.latest(context).find(({ state }) => state === 'unknown')",
    watch: ['core/ladder/umbrella'],
  },
  {
    name: 'equal-row-skipped',
    breaks:
      'takes a standing success for a job the newest run may have skipped: where a skip reads ' +
      'success, only a job that ran is green',
    file: 'src/core/answer.ts',
    find: 'traits.skippedIsSuccess && standing',
    put: 'traits.skippedIsSuccess && run < 0 && standing',
    watch: ['core/answer'],
  },
  {
    name: 'latest-by-time',
    breaks: 'orders rows by their time: the latest is always the highest id, whatever a clock said',
    file: 'src/core/head.ts',
    find: 'const rows = newestFirst([...all.values()])',
    put: 'const rows = [...all.values()].sort((a, b) => b.createdAt - a.createdAt)',
    watch: ['core/answer', 'sabotage'],
  },
  {
    name: 'last-writer-is-newest',
    breaks:
      'takes the run that wrote last for the newest: the newest is the highest run, an older one ' +
      'may end later',
    file: 'src/core/family.ts',
    find: 'Math.max(...runs)',
    put: 'wrote[0] ?? null',
    watch: ['core/family', 'core/answer'],
  },
  {
    name: 'tasks-veto',
    breaks:
      'asks no task row: where tasks are listed, green needs the newest task of that job to ' +
      'be green too',
    file: 'src/core/answer.ts',
    find: 'return vetoByTasks(head, family, run, context, byStatus(head, umbrella, run, context))',
    put: 'return byStatus(head, umbrella, run, context)',
    watch: ['core/answer'],
  },
  {
    name: 'sources-agree',
    breaks:
      'believes a job row that its own status row contradicts: sources that disagree prove nothing',
    file: 'src/core/answer.ts',
    find: "return why === null ? said : { is: 'disagree', run, why }",
    put: "return why === '' ? { is: 'disagree', run, why } : said",
    watch: ['core/answer'],
  },
  {
    name: 'phantom-row',
    breaks:
      'believes a row whose job is not in the run it names: some servers post such rows, they ' +
      "are nobody's",
    file: 'src/core/head.ts',
    find: "author: phantom ? { by: 'outside' } : author, phantom",
    put: 'author, phantom',
    watch: ['core/answer'],
  },
  {
    name: 'external-unnamed',
    breaks:
      'trusts a row no run wrote although no policy names it: outside rows count only where ' +
      'external-contexts says so',
    file: 'src/core/survey.ts',
    find: "return { is: 'stranger', state: latest.state, row: latest.id }",
    put: 'return externalAnswer(rows)',
    watch: ['core/ladder/jobs'],
  },
  {
    name: 'quiet',
    breaks:
      "repairs while a run of the umbrella's family is going: nothing is stale before the " +
      'family is quiet',
    file: 'src/core/survey.ts',
    find: 'unquiet: unquietOf(head, family, age)',
    put: 'unquiet: null',
    watch: ['core/family'],
  },
  {
    name: 'external-over-run',
    breaks:
      "lets external-contexts name what the umbrella's own runs write: that has a run to ask, " +
      'its latest row is not enough',
    file: 'src/core/survey.ts',
    find: "const level = asked === 'external' && ",
    put: "const level = asked === 'external' && pull < 0 && ",
    watch: ['core/ladder/jobs', 'sabotage'],
  },
]
