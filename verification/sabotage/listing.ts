import type { Mutation } from './mutation.js'

/** The cheap list of pull requests: what may not be missed, and what may not be believed. */
export const LISTING: readonly Mutation[] = [
  {
    name: 'list-empty',
    breaks: 'believes an empty list of issues, which a token without the right is shown',
    file: 'src/forge/gitea/pull-list.ts',
    find: 'if (issues.length === 0) return null',
    put: 'if (issues.length < 0) return null',
    watch: ['forge/gitea/pull-list'],
  },
  {
    name: 'list-without-ref',
    breaks: 'misses a pull request that has no ref yet',
    file: 'src/forge/gitea/pull-list.ts',
    find: 'const others = issues.filter(({ number }) => !heads.has(number))',
    put: 'const others = issues.filter(({ number }) => number < 0 && !heads.has(number))',
    watch: ['forge/gitea/pull-list'],
  },
  {
    name: 'list-lagging',
    breaks: 'judges a commit that its pull request has left, because its ref lags',
    file: 'src/forge/gitea/pulls-now.ts',
    find: 'const moved = heads.size === 1 && head !== undefined && head !== sha',
    put: 'const moved = heads.size === 0 && head !== undefined && head !== sha',
    watch: ['forge/gitea/pull-list'],
  },
  {
    name: 'list-closed',
    breaks: 'forgets in the study that a pull request was closed meanwhile',
    file: 'src/forge/gitea/pulls-now.ts',
    find: 'if (gaps.length > 0) unsure.set(head.sha, gaps)',
    put: 'if (gaps.length > 9) unsure.set(head.sha, gaps)',
    watch: ['forge/gitea/pull-list'],
  },
  {
    name: 'list-before-write',
    breaks: 'asks the cheap list who stands on a head before it is written',
    file: 'src/act/standing.ts',
    find: 'return await forge.openPulls()',
    put: 'return await forge.listPulls()',
    watch: ['forge/gitea/pull-list'],
  },
  {
    name: 'list-branches',
    breaks: 'asks the cheap list, which names no base, where base branches decide',
    file: 'src/commands/sweep.ts',
    find: 'baseBranches.length === 0 ? forge.listPulls()',
    put: 'baseBranches.length >= 0 ? forge.listPulls()',
    watch: ['forge/gitea/pull-list'],
  },
]
