import type { Conclusion, Pull, Suite } from '../simulator/github/world.js'
import type { Chance } from './chance.js'
import type { GithubRepository } from './github-world.js'
import { GATE, WORK } from './github-world.js'

type Act = (repository: GithubRepository, chance: Chance) => string | null

const openOnes = ({ world }: GithubRepository): Pull[] => world.pulls.filter(({ open }) => open)

const named = (repository: GithubRepository, suite: Suite): string =>
  `run ${suite.run?.id ?? '?'} (#${repository.pullOf(suite) ?? '?'})`

/** Ends what is left of a run; its gate says what it reads. */
function finish(
  { world }: GithubRepository,
  suite: Suite,
  luck: number,
  chance: Chance,
  gate: (honest: Conclusion) => Conclusion = honest => honest,
): void {
  for (const { name, status } of world.shown(suite)) {
    if (status === 'completed') continue
    const spec = suite.run?.workflow.jobs.find(job => job.name === name)
    const red = chance.weighted({ failure: 6, cancelled: 2, skipped: 1, timed_out: 1 })
    const isGate = spec?.gate !== undefined
    const work = chance.is(luck) ? 'success' : red
    world.end(suite, name, isGate ? gate(world.verdictOf(suite, spec)) : work)
  }
}

const openRun = (repository: GithubRepository, chance: Chance): Suite | null =>
  chance.maybe(repository.world.suites.filter(suite => repository.world.isOpen(suite)))

const openPull: Act = repository => {
  const { number } = repository.world.pull({ head: repository.commit() })
  repository.start(number)
  return `#${number} opened`
}

const push: Act = (repository, chance) => {
  const pull = chance.maybe(openOnes(repository))
  if (pull === null) return null
  pull.head = repository.commit()
  repository.start(pull.number)
  return `pushed to #${pull.number}`
}

const endRun: Act = (repository, chance) => {
  const suite = openRun(repository, chance)
  if (suite === null) return null
  finish(repository, suite, chance.of([1, 1, 0.7, 0]), chance)
  return `${named(repository, suite)} ended ${repository.world.conclusionOf(suite) ?? 'open'}`
}

const loseGate: Act = (repository, chance) => {
  const suite = openRun(repository, chance)
  if (suite === null) return null
  finish(repository, suite, 1, chance, () => chance.of(['failure', 'cancelled'] as const))
  return `${named(repository, suite)}: its jobs ended green, its gate did not`
}

/** One pull runs twice on a commit; the newer run ends first. */
const twice: Act = (repository, chance) => {
  const pull = chance.maybe(openOnes(repository))
  if (pull === null) return null
  const older = repository.runsOn(pull.head)
  for (const suite of repository.start(pull.number))
    finish(repository, suite, chance.of([1, 1, 0.7, 0]), chance)
  for (const suite of older) finish(repository, suite, chance.of([0, 0.7, 1]), chance)
  return `#${pull.number} ran again, and older runs ended after it`
}

const rerun: Act = (repository, chance) => {
  const { world } = repository
  const suite = chance.maybe(
    world.suites.filter(one => one.run !== null && one.run.held === null && !world.isOpen(one)),
  )
  const job = suite === null ? null : chance.maybe(suite.run?.workflow.jobs ?? [])
  if (suite === null || job === null) return null
  world.rerun(suite, chance.is(0.6) ? job.name : null)
  return `a person ran jobs of ${named(repository, suite)} again`
}

const close: Act = (repository, chance) => {
  const pull = chance.maybe(openOnes(repository))
  if (pull === null) return null
  pull.open = false
  return `#${pull.number} closed`
}

const reopen: Act = (repository, chance) => {
  const pull = chance.maybe(repository.world.pulls.filter(({ open }) => !open))
  if (pull === null) return null
  pull.open = true
  repository.start(pull.number)
  return `#${pull.number} reopened`
}

const second: Act = (repository, chance) => {
  const first = chance.maybe(repository.world.pulls)
  if (first === null) return null
  const made = repository.world.pull({ head: first.head })
  const suites = chance.is(0.7) ? repository.start(made.number) : []
  for (const suite of suites)
    if (chance.is(0.6)) finish(repository, suite, chance.of([1, 0]), chance)
  if (chance.is(0.4)) made.open = false
  const end = made.open ? '' : ', and closed'
  return `#${made.number} opened on the commit of #${first.number}${end}`
}

/** A run posts the umbrella as a status: what it read, or red all the same. */
const postGate: Act = (repository, chance) => {
  if (repository.setup.gate !== 'status') return null
  const { world } = repository
  const suite = chance.maybe(world.suites.filter(one => one.run !== null && !world.isOpen(one)))
  if (suite === null) return null
  const isGreen = WORK.every(name => world.newest(suite, name)?.conclusion === 'success')
  const state = isGreen && chance.is(0.5) ? 'success' : 'failure'
  world.status({
    sha: suite.sha,
    context: GATE,
    state,
    description: 'a gate',
    login: 'github-actions[bot]',
    targetUrl: `https://github.com/acme/widgets/actions/runs/${suite.run?.id ?? 0}`,
  })
  return `${named(repository, suite)} posted ${state}`
}

const forge: Act = (repository, chance) => {
  const pull = chance.maybe(openOnes(repository))
  if (pull === null) return null
  const name = chance.of([GATE, ...WORK])
  const state = chance.of(['success', 'failure'] as const)
  if (chance.is(0.5)) repository.world.foreign(pull.head, { id: 9, slug: 'other' }, name, state)
  else
    repository.world.status({
      sha: pull.head,
      context: name,
      state,
      login: 'octocat',
      targetUrl: '',
      description: chance.is(0.5) ? 'by hand' : 'stale [ur-green 1 1 abcdef]',
    })
  return `somebody wrote ${state} to ${name} of #${pull.number}`
}

const pass: Act = ({ world }, chance) => {
  const seconds = chance.of([15, 40, 400])
  world.pass(seconds)
  return `${seconds} s went by`
}

/** What may happen to a repository on GitHub, and how often. */
export const GITHUB_ACTIONS: Readonly<Record<string, { odds: number; act: Act }>> = {
  openPull: { odds: 3, act: openPull },
  push: { odds: 3, act: push },
  endRun: { odds: 10, act: endRun },
  loseGate: { odds: 10, act: loseGate },
  twice: { odds: 6, act: twice },
  rerun: { odds: 4, act: rerun },
  close: { odds: 2, act: close },
  reopen: { odds: 3, act: reopen },
  second: { odds: 4, act: second },
  postGate: { odds: 12, act: postGate },
  forge: { odds: 3, act: forge },
  pass: { odds: 3, act: pass },
}
