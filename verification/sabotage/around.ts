import type { Wrong } from './wrong.js'

/** What stands around a head, taken for nothing. */
export const AROUND: readonly Wrong[] = [
  {
    name: 'closed-pulls-forgotten',
    breaks: 'forgets pull requests that were closed: their runs write the same contexts',
    evidence: evidence => ({ ...evidence, others: { kind: 'read', numbers: [] } }),
    suite: 'law/a1-closed-pull',
    test: 'gitea-1.22.6, all defaults: it does not open the open pull on its commit',
  },
  {
    name: 'one-file-a-name',
    breaks: 'does not ask whether two workflow files write one context',
    evidence: evidence => ({ ...evidence, writers: { kind: 'read', doubles: [] } }),
    suite: 'law/a3-two-files',
    test: 'both are on the default branch, with a list',
  },
  {
    name: 'umbrella-only-judges',
    breaks: "takes an umbrella's own failure for that of its needs, whatever else its job does",
    evidence: evidence => ({
      ...evidence,
      work: new Map(evidence.pulls.map(({ number }) => [number, { kind: 'only-judges' }])),
    }),
    suite: 'law/a4-own-verdict',
    test: 'gitea-1.22.6, a bare exit: refused, it may be right',
  },
]
