// Workflow files of the situations.
import type { Pull } from '../model.js'
import type { World } from '../world.js'

/** Two jobs and a gate that needs them. */
export const CI = `
name: CI
on: pull_request
jobs:
  lint: { runs-on: ubuntu-latest, steps: [{ run: make lint }] }
  test: { runs-on: ubuntu-latest, steps: [{ run: make test }] }
  all-required:
    needs: [lint, test]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: \${{ !contains(needs.*.result, 'failure') && !contains(needs.*.result, 'cancelled') }}
`

/** The same with more at its top, or below its jobs. */
export const ciWith = (change: { top?: string; jobs?: string; on?: string }): string =>
  CI.replace('on: pull_request', `on: ${change.on ?? 'pull_request'}\n${change.top ?? ''}`) +
  (change.jobs ?? '')

/** Two jobs alone. */
export const JOBS = CI.slice(0, CI.indexOf('  all-required'))

/** A gate in a file of its own that asks for the checks of the commit. */
export const POLLS = `
name: Gate
on: pull_request
permissions: { checks: read }
jobs:
  merge-gate:
    runs-on: ubuntu-latest
    steps:
      - uses: upsidr/merge-gatekeeper@v1
        with: { token: '\${{ github.token }}', self: merge-gate }
`

/** A gate in a file of its own that posts a status. */
export const POSTS = `
name: Gate
on: pull_request
permissions: { statuses: write, checks: read }
jobs:
  decide:
    runs-on: ubuntu-latest
    steps:
      - run: gh api repos/$REPO/statuses/$SHA -f state=success -f context=merge-gate
`

export const NEEDS = { 'umbrella-context': 'all-required' }
export const POLLED = { 'umbrella-context': 'merge-gate', 'required-contexts': 'lint\ntest' }

/** A repository with that file, and one pull request. */
export const withCi =
  (build: (w: World, one: Pull) => void) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI })
    build(w, w.pull(1))
  }

/** How the two jobs and the gate ended: all green, and with a gate that its runner lost. */
export const GREEN = { lint: 'success', test: 'success', 'all-required': 'success' } as const
export const LOST = { ...GREEN, 'all-required': 'lost' } as const

/** The gate is run again, and nothing else is written; its end is green. */
export const REPAIRED = {
  pulls: { 1: 'stale' },
  outcomes: { 1: 'rerun' },
  wrote: ['rerun all-required in run 1'],
} as const
export const OPENED = { ...REPAIRED, gate: { 1: 'open' } } as const
