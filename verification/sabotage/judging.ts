import { without } from './change.js'
import type { Wrong } from './wrong.js'

/** A rule that was forgotten in the list, or a question that was put to the wrong pull request. */
export const JUDGING: readonly Wrong[] = [
  {
    name: 'rule-gap',
    breaks: 'judges in spite of a gap: a hole in what counts forbids a repair',
    rules: without('evidence-incomplete'),
    suite: 'core/rules/umbrella-row',
    test: 'evidence-incomplete: a gap of the whole head',
  },
  {
    name: 'rule-false-green',
    breaks: 'sees no false green: a green umbrella over a red newest run is an alarm',
    rules: without('false-green'),
    suite: 'core/rules/umbrella-row',
    test: 'false-green: green by the older run, failed in the newest (statuses)',
  },
  {
    name: 'rule-foreign-red',
    breaks: 'writes over a red that a person or another system wrote, which is left alone',
    rules: without('foreign-red'),
    suite: 'core/rules/umbrella-row',
    test: "foreign-red: a person's failure is a veto",
  },
  {
    name: 'rule-run-failed',
    breaks: 'overlooks a failed job no list names: a pull request may have added it to the needs',
    rules: without('run-failed'),
    suite: 'core/rules/required-jobs',
    test: 'run-failed: a job nobody listed failed',
  },
  {
    name: 'rule-sources-disagree',
    breaks: 'believes the better source where two disagree: then neither proves anything',
    rules: without('sources-disagree'),
    suite: 'core/view/job-result',
    test: 'sources-disagree: its own status row failed, its job row is green',
  },
  {
    name: 'rule-unproven-writer',
    breaks: 'repairs where it cannot be told which run wrote what stands',
    rules: without('unproven-writer'),
    suite: 'core/view/run-group',
    test: 'superseded-evidence: no run of Actions ever wrote the umbrella',
  },
  {
    name: 'rule-superseded',
    breaks: "repairs although a run that is not this pull request's may be the newest",
    rules: without('superseded-evidence'),
    suite: 'core/view/run-group',
    test: 'superseded-evidence: a newer finished run of the same file that wrote nothing',
  },
  {
    name: 'rule-merge-queue',
    breaks: 'runs the umbrella of a pull request again that stands in the merge queue',
    rules: without('in-merge-queue'),
    suite: 'core/rules/checks',
    test: 'in-merge-queue: what stands in the queue is never run again',
  },
  {
    name: 'rule-relapsed',
    breaks: 'repairs again what fell back to red without a re-run: a relapse is refused',
    rules: without('relapsed'),
    suite: 'core/rules/ripe',
    test: 'relapsed: a red came after our success without a re-run',
  },
  {
    name: 'alarm-after-green',
    breaks: 'asks whether nothing is to be repaired before it asks whether the green is false',
    rules: rules => {
      const alarm = rules.filter(({ codes }) => codes.includes('false-green'))
      const others = rules.filter(rule => !alarm.includes(rule))
      const at = others.findIndex(({ codes }) => codes.includes('umbrella-green')) + 1
      return [...others.slice(0, at), ...alarm, ...others.slice(at)]
    },
    suite: 'core/rules/umbrella-row',
    test: 'false-green: green by the older run, failed in the newest (statuses)',
  },
  {
    name: 'first-pull-for-all',
    breaks: 'judges a head by the first of its pull requests: one write opens all of them',
    judge: judge => (policy, bases, evidence, rules) => {
      const [first] = evidence.pulls
      const found = judge(policy, bases, { ...evidence, pulls: [first] }, rules).get(first.number)
      return new Map(found === undefined ? [] : evidence.pulls.map(({ number }) => [number, found]))
    },
    suite: 'core/view/run-group',
    test: 'superseded-evidence: the other pull on the head failed',
  },
  {
    name: 'each-pull-alone',
    breaks: 'judges each pull request of a shared head as if it stood there alone',
    judge: judge => (policy, bases, evidence, rules) =>
      new Map(
        evidence.pulls.flatMap(pull => [
          ...judge(policy, bases, { ...evidence, pulls: [pull] }, rules),
        ]),
      ),
    suite: 'core/view/run-group',
    test: 'superseded-evidence: the other pull has no run of its own',
  },
  {
    name: 'any-base',
    breaks: 'opens a pull request into a branch it was not asked to touch',
    judge: judge => (policy, _bases, evidence, rules) => judge(policy, [], evidence, rules),
    suite: 'core/view/run-group',
    test: 'superseded-evidence: the other pull is outside base-branches',
  },
  {
    name: 'skipped-where-one-may',
    breaks: 'lets every required job be skipped where the policy names one that may',
    policy: policy =>
      policy.skippable.length === 0 ? policy : { ...policy, skippable: policy.required },
    suite: 'core/rules/required-jobs',
    test: 'stale: one green job and one that may be skipped',
  },
  {
    name: 'external-by-anyone',
    breaks: 'takes the word of whoever wrote for every required context, not for the named ones',
    policy: policy => ({ ...policy, external: [...policy.external, ...policy.required] }),
    suite: 'core/rules/required-jobs',
    test: 'required-missing: no run ever wrote it',
  },
  {
    name: 'optional-is-nothing',
    breaks: 'does not look at optional contexts at all: they may fail, but not be open',
    policy: policy => ({ ...policy, optional: [] }),
    suite: 'core/rules/required-jobs',
    test: 'nothing-required: all that the umbrella needs is optional',
  },
]
