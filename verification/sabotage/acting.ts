import type { Mutation } from './mutation.js'

/** Look again, write once, look back. */
export const ACTING: readonly Mutation[] = [
  {
    name: 'second-look',
    breaks:
      'writes on the evidence of the first look: everything that can have changed is read again ' +
      'before the one write',
    file: 'src/act/repair.ts',
    find: 'const evidence = await forge.secondLook({ ...proven.evidence, pulls })',
    put: 'const evidence = { ...proven.evidence, pulls }',
    watch: ['act/repair', 'races'],
  },
  {
    name: 'head-moved',
    breaks:
      'writes although the pull request has a new head: every pull must still stand on the ' +
      'commit that was proven',
    file: 'src/act/standing.ts',
    find: 'return tip === head',
    put: "return tip !== ''",
    watch: ['act/repair', 'races'],
  },
  {
    name: 'closed-pull',
    breaks: 'writes on a pull request that was closed meanwhile',
    file: 'src/act/standing.ts',
    find: 'if (!open) return',
    put: "if (tip === 'none') return",
    watch: ['act/repair'],
  },
  {
    name: 'pulls-listed-once',
    breaks:
      'lists the open pulls once a sweep: one that came to the head since would be opened ' +
      'without a proof of its own',
    file: 'src/act/standing.ts',
    find: 'const here = standingOn(pulls, judged)',
    put: 'const here = standingOn(judged.pulls, judged)',
    watch: ['act/repair', 'races'],
  },
  {
    name: 'double-counted-never',
    breaks:
      "takes another instance's success above its own for a stranger's row: then neither report " +
      'says that the pull was repaired',
    file: 'src/act/compensate.ts',
    find: '(others.length > 0 || !doubles.includes(newest))',
    put: 'others.length >= 0',
    watch: ['act/repair'],
  },
  {
    name: 'bare-pending',
    breaks: 'withdraws with a bare pending: what stood there is put back',
    file: 'src/act/compensate.ts',
    find: "const state = stood === undefined ? 'pending' : stateToRestore(stood)",
    put: "const state = 'pending' as const",
    watch: ['act/repair', 'races'],
  },
  {
    name: 'umbrella-only-look-back',
    breaks:
      'looks only at the umbrella after the write: a change of any counted context ' +
      'undoes the proof',
    file: 'src/act/compensate.ts',
    find: 'row.id !== ours.id && counted.has(row.context)',
    put: 'row.id !== ours.id && row.context === post.context',
    watch: ['act/repair', 'races'],
  },
  {
    name: 'superseded',
    breaks:
      'withdraws under a row the server wrote above ours: there is nothing of ours left ' +
      'to take back',
    file: 'src/act/compensate.ts',
    find: 'newest !== undefined && newest.id > ours.id &&',
    put: 'newest !== undefined && newest.id < ours.id &&',
    watch: ['act/repair', 'races'],
  },
  {
    name: 'unconfirmed',
    breaks: 'reports a repair without looking whether ours is the row the merge gate reads',
    file: 'src/act/compensate.ts',
    find: 'const mark = readMarker(shown.description)',
    put: 'const mark = readMarker(post.description)',
    watch: ['act/repair'],
  },
  {
    name: 'lost-write-sent-again',
    breaks:
      'sends the write again after a lost result: the server may have written it, so the history ' +
      'is read and nothing sent',
    file: 'src/act/compensate.ts',
    find: 'return findLost(dependencies, write.post, mark, error)',
    put: 'return { ours: await forge.write(write) }',
    watch: ['act/repair', 'races'],
  },
  {
    name: 'retried-post',
    breaks: 'retries a write on its own: reads are retried, writes never',
    file: 'src/forge/gitea/transport.ts',
    find: "await once({ method: 'POST', path, body }, false)",
    put:
      "await once({ method: 'POST', path, body }, false)" +
      ".catch(() => once({ method: 'POST', path, body }, false))",
    watch: ['sabotage', 'races'],
  },
  {
    name: 'post-cannot-win',
    breaks:
      'posts where a posted success cannot win and blocks the commit for good (Gitea ' +
      '1.27 and later)',
    file: 'src/core/acting/remedy.ts',
    find: "if (plan.kind === 'status' && mayPost(basis)) return postOf(question)",
    put: "if (plan.kind === 'status' || choice === 'status') return postOf(question)",
    watch: ['core/acting/remedy', 'bundle/sweep'],
  },
  {
    name: 'dry-run-writes',
    breaks: 'writes in a dry run',
    file: 'src/commands/carry-out.ts',
    find: "if (on.config.dryRun) return { code: 'dry-run'",
    put: "if (on.config.dryRun && learned.cannotWin) return { code: 'dry-run'",
    watch: ['sabotage', 'recordings'],
  },
  {
    name: 'veto-behind-ours',
    breaks:
      'judges a row of ours as if the umbrella were red, whatever it stands in for: a veto that ' +
      'we put back is gone with the next sweep',
    file: 'src/core/rules/foreign.ts',
    find: "const stood = ours === '' ? row : rowBeneathOurs(head.of(policy.umbrella))",
    put: 'const stood = row',
    watch: ['core/rules/umbrella-row'],
  },
  {
    name: 'older-run-overtakes',
    breaks:
      'believes a late success of an older run over the red of a newer one, and leaves its own ' +
      'success there',
    file: 'src/core/reading/umbrella.ts',
    find: 'newer !== undefined && isRed(newer.state) ? newer : newest',
    put: "newer?.author.kind === 'us' ? newer : newest",
    watch: ['core/reading/umbrella'],
  },
]
