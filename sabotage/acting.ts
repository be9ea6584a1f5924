import type { Mutation } from './mutation.js'

/** Look again, write once, look back. */
export const ACTING: readonly Mutation[] = [
  {
    name: 'second-look',
    breaks: 'writes on the evidence of the first look: everything that can have changed is read again before the one write',
    file: 'src/act.ts',
    find: 'const second = await bench.collector.again(proven.evidence)\n  const changed',
    put: 'const second = proven.evidence\n  const changed',
    watch: ['act', 'races'],
  },
  {
    name: 'head-moved',
    breaks: 'writes although the pull request has a new head: every pull must still stand on the commit that was proven',
    file: 'src/act.ts', find: 'if (now.head !== head) return', put: 'if (now.head === \'\') return',
    watch: ['act', 'races'],
  },
  {
    name: 'closed-pull',
    breaks: 'writes on a pull request that was closed meanwhile',
    file: 'src/act.ts', find: 'if (!now.open) return', put: 'if (now.head === \'\') return',
    watch: ['act'],
  },
  {
    name: 'bare-pending',
    breaks: 'withdraws with a bare pending: what stood there is put back',
    file: 'src/act.ts',
    find: 'const state = stood === undefined ? \'pending\' : restored(stood)',
    put: 'const state = \'pending\' as const',
    watch: ['act', 'races'],
  },
  {
    name: 'umbrella-only-look-back',
    breaks: 'looks only at the umbrella after the write: a change of any counted context undoes the proof',
    file: 'src/act.ts',
    find: 'id !== ours.id && counted.has(context))', put: 'id !== ours.id && context === post.context)',
    watch: ['act', 'races'],
  },
  {
    name: 'superseded',
    breaks: 'withdraws under a row the server wrote above ours: there is nothing of ours left to take back',
    file: 'src/act.ts',
    find: 'if (newest !== undefined && newest.id > ours.id) return',
    put: 'if (newest !== undefined && newest.id < ours.id) return',
    watch: ['act', 'races'],
  },
  {
    name: 'unconfirmed',
    breaks: 'reports a repair without looking whether ours is the row the merge gate reads',
    file: 'src/act.ts', find: 'const mark = readMark(shown.description)', put: 'const mark = readMark(post.description)',
    watch: ['act'],
  },
  {
    name: 'lost-write-sent-again',
    breaks: 'sends the write again after a lost answer: the server may have written it, so the history is read and nothing sent',
    file: 'src/act.ts',
    find: 'return findLost(forge, post, highest, error)', put: 'return { row: await forge.post(post) }',
    watch: ['act', 'races'],
  },
  {
    name: 'retried-post',
    breaks: 'retries a write on its own: reads are retried, writes never',
    file: 'src/forge/transport.ts', find: 'post: (path, body) => once(\'POST\', path, body)',
    put: 'post: (path, body) => once(\'POST\', path, body).catch(() => once(\'POST\', path, body))',
    watch: ['sabotage', 'races'],
  },
  {
    name: 'post-cannot-win',
    breaks: 'posts where a posted success cannot win and blocks the commit for good (Gitea 1.27 and later)',
    file: 'src/core/remedy.ts',
    find: 'if (!server.traits.postedStatusWins) {',
    put: 'if (!server.traits.postedStatusWins && choice === \'report\') {',
    watch: ['core/remedy', 'bundle'],
  },
  {
    name: 'dry-run-writes',
    breaks: 'writes in a dry run',
    file: 'src/sweep.ts',
    find: 'else if (config.dryRun) done.set', put: 'else if (config.dryRun && cannotWin) done.set',
    watch: ['sabotage', 'recordings'],
  },
]
