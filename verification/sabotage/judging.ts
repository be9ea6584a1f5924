import type { Mutation } from './mutation.js'

/** What the rules make of it. */
export const JUDGING: readonly Mutation[] = [
  {
    name: 'shared-head-one-pull',
    breaks:
      'judges a head several pull requests share by the first of them: one write opens all, so ' +
      'each needs its own proof',
    file: 'src/core/rules/decide.ts',
    find: 'inputOf(policy, evidence, pull), rules, stale',
    put: 'inputOf(policy, evidence, evidence.pulls[0]), rules, stale',
    watch: ['core/reading/run-group'],
  },
  {
    name: 'shared-head-hidden-run',
    breaks:
      "overlooks a run that cannot be told apart by pull request: it may be the other pull's " +
      'newest, and must be proven too',
    file: 'src/core/rules/doubtful.ts',
    find: 'const hidden = hiddenRun(it)',
    put: 'const hidden = it.must.length < 0 ? hiddenRun(it) : null',
    watch: ['core/reading/run-group'],
  },
  {
    name: 'foreign-run',
    breaks:
      "takes a run of a pull request it did not judge for nobody's: the list of open pulls " +
      'may be blind',
    file: 'src/core/rules/doubtful.ts',
    find: 'if (foreign === null)',
    put: 'if (foreign === null || foreign.run > 0)',
    watch: ['core/reading/run-group'],
  },
  {
    name: 'doubles-count-twice',
    breaks:
      'counts two successes of overlapping sweeps for one red row as two repairs that did not hold',
    file: 'src/core/rules/ripe.ts',
    find: 'if (answered.size >= MAX_ANSWERED)',
    put: 'if (ours.length >= MAX_ANSWERED)',
    watch: ['core/rules/ripe'],
  },
  {
    name: 'no-settling',
    breaks:
      "repairs while the server may still post a run's rows again, where job rows say it is over",
    file: 'src/core/rules/ripe.ts',
    find: 'Math.max(minAge, SETTLING) as Duration',
    put: "(evidence.kind === 'jobs' ? minAge : Math.max(minAge, SETTLING)) as Duration",
    watch: ['core/rules/ripe'],
  },
  {
    name: 'shared-head-base',
    breaks:
      'opens a pull request into a branch it was not asked to touch: every pull on the head must ' +
      'be inside base-branches',
    file: 'src/core/rules/decide.ts',
    find: 'baseBranches.length > 0 &&',
    put: 'baseBranches.length > 99 &&',
    watch: ['core/reading/run-group'],
  },
  {
    name: 'workflow-folder',
    breaks:
      'does not ask whether two workflows write one context: without the target suffix an older ' +
      "red may be another workflow's",
    file: 'src/core/rules/surroundings.ts',
    find: 'writers.doubles.find(',
    put: 'writers.doubles.slice(0, 0).find(',
    watch: ['law/a3-two-files'],
  },
  {
    name: 'gap',
    breaks: 'judges in spite of a gap: a hole in what counts forbids a repair',
    file: 'src/core/rules/umbrella-row.ts',
    find: 'head.evidence.gaps.find(',
    put: 'head.evidence.gaps.slice(0, 0).find(',
    watch: ['core/rules/umbrella-row'],
  },
  {
    name: 'unknown-state',
    breaks: 'reads past a state nobody knows: it may be red',
    file: 'src/core/rules/umbrella-row.ts',
    find: "find(({ state }) => state === 'unknown')",
    put: "find(({ state }) => state === 'error')",
    watch: ['core/rules/umbrella-row'],
  },
  {
    name: 'every-of-nothing',
    breaks: 'takes an empty required list for proof: every of nothing is true, and proves nothing',
    file: 'src/core/rules/umbrella-row.ts',
    find: 'if (count > 0) return pass',
    put: 'if (count >= 0) return pass',
    watch: ['core/rules/umbrella-row'],
  },
  {
    name: 'foreign-red',
    breaks: 'writes over a red that a person or another system wrote: a veto is not a race',
    file: 'src/core/rules/decide.ts',
    find: 'nothingToRepair, foreignRed, foreignRequired,',
    put: 'nothingToRepair, foreignRequired,',
    watch: ['core/rules/umbrella-row'],
  },
  {
    name: 'foreign-required',
    breaks:
      'reads past a red that a person or another system wrote on a required context: whatever ' +
      'its job says, that is a veto too',
    file: 'src/core/rules/decide.ts',
    find: 'foreignRed, foreignRequired,',
    put: 'foreignRed,',
    watch: ['core/rules/required-jobs', 'core/reading/job-result'],
  },
  {
    name: 'skip-is-green',
    breaks: 'takes a skipped job for done: only what skippable-contexts names may be skipped',
    file: 'src/core/reading/assessment.ts',
    find: "kind === 'skipped' && matchesAny(policy.skippable, context)",
    put: "kind === 'skipped'",
    watch: ['core/rules/required-jobs'],
  },
  {
    name: 'own-needs',
    breaks: 'asks the base branch alone what the umbrella needs: a pull may have added a job',
    file: 'src/workflow/needs.ts',
    find: 'const sides = moved ? [base] : [base, own]',
    put: 'const sides = [base]',
    watch: ['workflow/needs'],
  },
  {
    name: 'unreadable-is-none',
    breaks: 'takes a workflow file that cannot be read for one without the umbrella',
    file: 'src/workflow/needs.ts',
    find: "broken === undefined ? { kind: 'no-such-job' }",
    put: "broken === undefined || broken.path !== '' ? { kind: 'no-such-job' }",
    watch: ['workflow/needs'],
  },
  {
    name: 'any-job-with-needs',
    breaks: 'chooses a job with needs that does not always run: its failure may be its own',
    file: 'src/workflow/classify.ts',
    find: 'return job.runsAlways && (work.readsNeeds || work.polls)',
    put: 'return job.runsAlways || work.readsNeeds || work.polls',
    watch: ['workflow/needs', 'workflow/classify'],
  },
  {
    name: 'first-of-several',
    breaks: 'chooses the first of several umbrellas: nobody said which one is meant',
    file: 'src/commands/choose-umbrella.ts',
    find: 'if (more.length > 0) {',
    put: 'if (more.length > 9) {',
    watch: ['umbrella'],
  },
  {
    name: 'false-green',
    breaks: 'sees no false green: a green umbrella over a red newest run is an alarm',
    file: 'src/core/rules/decide.ts',
    find: 'falseGreen, nothingToRepair',
    put: 'nothingToRepair',
    watch: ['core/rules/umbrella-row'],
  },
  {
    name: 'own-pending',
    breaks:
      'leaves a head alone because the pending on it is ours: a row of ours is judged as if the ' +
      'umbrella were red',
    file: 'src/core/rules/umbrella-row.ts',
    find: "if (row?.author.kind === 'us') return true",
    put: '',
    watch: ['core/rules/umbrella-row'],
  },
  {
    name: 'unlisted-failure',
    breaks:
      'overlooks a failed job no list names: a pull request may have added it to the ' +
      "umbrella's needs",
    file: 'src/core/rules/decide.ts',
    find: 'requiredHolds, runFailed,',
    put: 'requiredHolds,',
    watch: ['core/rules/required-jobs'],
  },
  {
    name: 'relapse',
    breaks: 'repairs again what fell back to red without a re-run: a relapse is refused',
    file: 'src/core/rules/decide.ts',
    find: 'relapsed, tooYoung,]',
    put: 'tooYoung]',
    watch: ['core/rules/ripe'],
  },
  {
    name: 'min-age',
    breaks: 'repairs at once: the newest row must be min-age old',
    file: 'src/core/rules/ripe.ts',
    find: 'if (age >= least)',
    put: 'if (least >= 0)',
    watch: ['core/rules/ripe'],
  },
  {
    name: 'breaker-share',
    breaks:
      'repairs more than half of all heads in one sweep: then it is rather the policy ' +
      'that is wrong',
    file: 'src/core/acting/breaker.ts',
    find: 'odd > judged / 2',
    put: 'odd > judged',
    watch: ['core/acting/breaker'],
  },
  {
    name: 'max-repairs',
    breaks: 'writes more often than max-repairs allows',
    file: 'src/core/acting/breaker.ts',
    find: 'allowed: oldestFirst.slice(0, left)',
    put: 'allowed: oldestFirst.slice(0, left + 1)',
    watch: ['core/acting/breaker'],
  },
  {
    name: 'withdraw-on-gap',
    breaks:
      'takes a success back because something could not be read: only what the newest run itself ' +
      'says undoes it',
    file: 'src/core/acting/withdrawal.ts',
    find: ' || blind',
    put: '',
    watch: ['sabotage', 'act/repair'],
  },
  {
    name: 'unseen-row',
    breaks:
      'lets a success of ours stand over a red row no sweep had seen: the sweep that wrote it ' +
      'ended before it looked back',
    file: 'src/core/reading/umbrella.ts',
    find: 'return between === undefined || isGreen(between.state) ? null : between',
    put: 'return between === undefined || between.id > 0 ? null : between',
    watch: ['core/rules/umbrella-row', 'act/repair'],
  },
]
