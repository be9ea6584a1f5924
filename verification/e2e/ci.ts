/** The context that protects the branches. */
export const UMBRELLA = 'CI / all-required (pull_request)'

/** A required job with a verdict of its own, where there is no umbrella. */
export const COVERAGE = 'CI / coverage (pull_request)'

/** The branches of every world, both protected by the umbrella. */
export const BASES = ['main', 'release'] as const

/** A label no runner has. */
export const NOBODY = 'nobody'

const JOBS = {
  changes: 'Detect changes',
  go: 'Platform (Go)',
  canvas: 'Canvas (Next.js)',
  shell: 'Shellcheck (E2E scripts)',
  py: 'Python Lint & Test',
} as const
type Key = keyof typeof JOBS
const KEYS = Object.keys(JOBS) as Key[]

/** What the umbrella stands for. */
export const REQUIRED: readonly string[] = KEYS.map(key => `CI / ${JOBS[key]} (pull_request)`)

/** How one scenario's workflow differs from five green jobs under an honest umbrella. */
export interface Change {
  readonly fails?: Key
  /** Fails in a run for a pull into `release`, or into `main`. */
  readonly failsForRelease?: Key
  readonly failsForMain?: Key
  /** `if: false`. */
  readonly skips?: Key
  /** Waits for a label no runner has; the umbrella does not wait for it. */
  readonly waits?: Key
  readonly lacks?: Key
  /**
   * `honest` passes only if all its needs did; `red` exits 1 whatever they say; `once` does so in
   * its first execution alone; `late` is red and slow in every run but that of a reopened pull;
   * `slow for main` is honest, and late in the run of a pull into `main`; `coverage` is none at
   * all, but a job that needs one other, always runs, and fails by its own measure.
   */
  readonly umbrella?: 'honest' | 'red' | 'once' | 'late' | 'slow for main' | 'coverage'
}

/** Seconds by which a `late` umbrella outlasts a whole run. */
const LATE = 45

/** A workflow a real runner can execute; the label is the one that runner has. */
export function workflowOf(change: Change = {}, label = 'ubuntu-latest'): string {
  const keys = KEYS.filter(key => key !== change.lacks)
  const needs = keys.filter(key => key !== change.waits)
  return [
    'name: CI',
    'on: [pull_request]',
    'jobs:',
    ...keys.flatMap(key => [
      `  ${key}:`,
      `    name: "${JOBS[key]}"`,
      ...(key === change.skips ? ['    if: false'] : []),
      `    runs-on: ${key === change.waits ? NOBODY : label}`,
      '    steps:',
      `      - run: ${scriptOf(key, change)}`,
    ]),
    change.umbrella === 'coverage' ? '  coverage:' : '  all-required:',
    '    if: always()',
    `    needs: [${change.umbrella === 'coverage' ? 'go' : needs.join(', ')}]`,
    `    runs-on: ${label}`,
    '    steps:',
    '      - run: |',
    ...umbrellaScript(change.umbrella ?? 'honest', needs).map(line => `          ${line}`),
    '',
  ].join('\n')
}

/** A runner tells every step the base of the pull its run is for. */
function scriptOf(key: Key, { fails, failsForRelease, failsForMain }: Change): string {
  if (key === fails) return 'exit 1'
  if (key === failsForMain) return 'test "$GITHUB_BASE_REF" != main'
  return key === failsForRelease ? 'test "$GITHUB_BASE_REF" != release' : 'echo ok'
}

function umbrellaScript(
  umbrella: NonNullable<Change['umbrella']>,
  needs: readonly Key[],
): string[] {
  switch (umbrella) {
    // Not `contains(needs.*.result, …)`: that is always false on a Gitea runner
    // (docs/forge-facts.md, 0).
    case 'honest':
      return needs.map(key => `test "\${{ needs.${key}.result }}" = success`)
    case 'slow for main':
      return [
        'if test "$GITHUB_BASE_REF" = main; then',
        `sleep ${LATE}`,
        'fi',
        ...umbrellaScript('honest', needs),
      ]
    case 'red':
    case 'coverage':
      return ['exit 1']
    case 'once':
      // The expression: not every runner sets the variable of that name.
      return ['test "${{ github.run_attempt }}" -gt 1']
    case 'late':
      return ['test "${{ github.event.action }}" = reopened && exit 0', `sleep ${LATE}`, 'exit 1']
    default:
      return umbrella satisfies never
  }
}
