// What each workflow must show when act runs it against a server with three open pull requests: one
// stale, one red, one green.
import type { Seen } from './seen.js'
import { oneRepair, oneRerun, onlyReads, says, summarised, wish, writesOf } from './seen.js'
import { UMBRELLA } from './world.js'

export interface Case {
  /** Whether act must end well. */
  readonly passes: boolean
  /** What the runner says of itself, where it must differ from the server swept. */
  readonly env?: Readonly<Record<string, string>>
  /** Every fault found, in words. */
  readonly faults: (seen: Seen) => readonly string[]
}

/** One error message, naming all of this; nothing written. */
function oneMessage(seen: Seen, ...parts: readonly string[]): readonly string[] {
  return [
    ...wish(seen.errors.length === 1, `${seen.errors.length} error messages instead of one`),
    ...parts.flatMap(part =>
      wish(
        seen.errors[0]?.includes(part) ?? false,
        `the message does not say "${part}": ${seen.errors[0] ?? ''}`,
      ),
    ),
    ...writesOf(seen).map(({ method, path }) => `${method} ${path} was sent`),
  ]
}

/** The policy a step printed from the report, compared key by key. */
function policyIs({ lines }: Seen, expected: Readonly<Record<string, unknown>>): readonly string[] {
  const line = lines.find(text => text.startsWith('policy: '))
  if (line === undefined) return ['no step printed the policy']
  const policy = JSON.parse(line.slice('policy: '.length)) as Readonly<Record<string, unknown>>
  return Object.entries(expected).flatMap(([key, value]) => {
    const [wanted, reported] = [JSON.stringify(value), JSON.stringify(policy[key])]
    return wish(wanted === reported, `${key}: wanted ${wanted}, the report has ${reported}`)
  })
}

/** By file name; a workflow without a case, or a case without a workflow, is an error. */
export const CASES: Readonly<Record<string, Case>> = {
  'outputs.yml': {
    passes: true,
    faults: seen => [
      ...says(
        seen,
        'next step: scanned=3 stale=1 compensated=0 held=0 waiting=0 refused=1 alarms=0 failed=0',
      ),
      ...says(seen, `requests: ${seen.requests.length}`),
      ...says(seen, 'report: umbrella-reaper/report/3'),
      ...says(seen, 'next job: scanned=3 reasons=stale required-failed'),
    ],
  },
  'summary.yml': {
    passes: true,
    faults: seen => [
      ...summarised(seen, '3 open pull requests: 1 would be repaired'),
      ...summarised(seen, 'pulls/1>) stale: would repair, `stale`'),
      ...summarised(seen, '1 rightly red: #&#8203;2 required-failed ('),
    ],
  },
  'defaults.yml': {
    passes: true,
    faults: seen => [
      ...oneRepair(seen),
      ...policyIs(seen, {
        repo: 'acme/app',
        umbrella: UMBRELLA,
        required: [],
        optional: [],
        external: [],
        minAgeSeconds: 300,
        baseBranches: [],
        remedy: 'auto',
        maxRepairs: 10,
        dryRun: false,
        pullRequest: null,
      }),
    ],
  },
  'repair.yml': {
    passes: true,
    faults: seen => [...oneRepair(seen), ...says(seen, 'compensated: 1')],
  },
  'rerun.yml': {
    passes: true,
    faults: seen => [...oneRerun(seen), ...says(seen, 'rerun: 1, compensated: 0')],
  },
  'dry-run.yml': {
    passes: true,
    faults: seen => [
      ...onlyReads(seen),
      ...says(seen, 'pull: 1 dry-run success'),
      ...says(seen, 'pull: 2 none nothing'),
    ],
  },
  'bad-input.yml': {
    passes: false,
    faults: seen => [
      ...oneMessage(
        seen,
        'repo: given "justname"',
        'min-age: given "5 parsecs"',
        'max-repairs: given "-1"',
        'nothing was written',
      ),
      ...wish(seen.requests.length === 0, 'the server was asked something'),
      ...says(seen, 'outcome: failure'),
      ...wish(
        !seen.lines.some(line => line.startsWith('reached:')),
        'the job went on behind the failed step',
      ),
    ],
  },
  'wrong-token.yml': {
    passes: false,
    faults: seen => oneMessage(seen, 'token: the server does not accept it', 'nothing was written'),
  },
  'hyphenated-inputs.yml': {
    passes: true,
    // A port nobody answers on, and a repository that does not exist: only the inputs lead to the
    // server.
    env: { GITHUB_API_URL: 'http://127.0.0.1:9/api/v1', GITHUB_REPOSITORY: 'nobody/nothing' },
    faults: seen => [
      ...onlyReads(seen),
      ...policyIs(seen, {
        umbrella: 'CI / test (pull_request)',
        required: ['CI / build (pull_request)'],
        optional: [UMBRELLA],
        external: ['deploy/*'],
        minAgeSeconds: 90,
        baseBranches: ['main'],
        maxRepairs: 3,
        dryRun: true,
        pullRequest: 2,
      }),
    ],
  },
  'required-contexts.yml': {
    passes: true,
    faults: seen => [
      ...onlyReads(seen),
      ...says(seen, 'required: ["CI / build (pull_request)","CI / te?t (*)"]'),
      ...says(
        seen,
        'optional: ["nightly \\"$HOME\\" `id` $(id) / 100% *","it\'s; another & more"]',
      ),
      ...says(seen, 'proof: 1 CI / build (pull_request), CI / test (pull_request)'),
    ],
  },
  'fail-on.yml': {
    passes: false,
    faults: seen => [
      ...oneMessage(seen, 'refused'),
      ...says(seen, 'after a red sweep: refused=1 outcome=failure'),
    ],
  },
}

/**
 * README and examples as they are written: they find the stale head, and write nothing before a
 * person tells them to.
 */
export const PUBLISHED_CASE: Case = {
  passes: true,
  faults: seen => [
    ...onlyReads(seen),
    ...headline(seen, '3 open pull requests: 1 would be repaired'),
  ],
}

/** The same, told to write. */
export const BY_HAND_CASE: Case = {
  passes: true,
  faults: seen => [...oneRepair(seen), ...headline(seen, '3 open pull requests: 1 repaired')],
}

/** The same with the number of the stale pull request: it is explained, and nothing is written. */
export const ONE_PULL_CASE: Case = {
  passes: true,
  faults: seen => [
    ...onlyReads(seen),
    ...headline(seen, '#1'),
    ...headline(seen, 'How this was decided, question by question'),
  ],
}

function headline({ lines }: Seen, start: string): readonly string[] {
  return wish(
    lines.some(line => line.startsWith(start)),
    `no sweep reported "${start}"`,
  )
}
