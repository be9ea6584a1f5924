import type { Forge } from '../../../verification/simulator/index.js'

/** Two jobs and the umbrella that waits for both. */
export const CI = `
name: CI
on: [pull_request]
jobs:
  go: { name: Platform (Go), runs-on: linux, steps: [{ run: make }] }
  lint: { name: Lint, runs-on: linux, steps: [{ run: lint }] }
  all: { name: all-required, if: always(), needs: [go, lint], runs-on: linux, steps: [{ run: a }] }
`
export const UMBRELLA = 'CI / all-required (pull_request)'

/** A pull whose runs have not begun. */
export function opened(
  forge: Forge,
  workflow = CI,
  options: { readonly doubleRun?: boolean } = { doubleRun: false },
) {
  forge.push({ branch: 'topic', workflow })
  const number = forge.openPull({ branch: 'topic', ...options })
  const sha = forge.head(number)
  const runs = forge.runs(sha)
  const [run] = runs
  if (run === undefined) throw new Error('the workflow did not start')
  return { number, sha, run, runs }
}

/** The latest row of a context; throws when there is none. */
export function latest(forge: Forge, sha: string, context: string) {
  const row = forge.latest(sha).find(other => other.context === context)
  if (row === undefined) throw new Error(`no row ${context}`)
  return row
}
