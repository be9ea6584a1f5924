/**
 * What the recorder never asked, and what the double answers all the same. Everything here is a
 * deliberate addition to the recordings; whatever is neither recorded nor named here is unknown to
 * the double.
 */

/**
 * One workflow file on the default branch: the text of a recorded head, or a plain text when no
 * head's file was recorded.
 */
interface WorkflowFact {
  file: string
  text: { scenario: string } | { plain: string }
  because: string
}

/**
 * The six jobs whose contexts the rows of the small folders prove, listening to nothing but
 * `pull_request`.
 */
const sixJobs = [
  'name: CI',
  'on: [pull_request]',
  'jobs:',
  '  changes: { name: "Detect changes", runs-on: ubuntu-latest, steps: [{ run: "echo ok" }] }',
  '  go: { name: "Platform (Go)", runs-on: ubuntu-latest, steps: [{ run: "echo ok" }] }',
  '  canvas: { name: "Canvas (Next.js)", runs-on: ubuntu-latest, steps: [{ run: "echo ok" }] }',
  '  shell: { name: "Shellcheck (E2E scripts)", runs-on: ubuntu-latest, steps: [{ run: ' +
    '"echo ok" }] }',
  '  py: { name: "Python Lint & Test", runs-on: ubuntu-latest, steps: [{ run: "echo ok" }] }',
  '  all-required:',
  '    name: all-required',
  '    if: always()',
  '    runs-on: ubuntu-latest',
  '    needs: [changes, go, canvas, shell, py]',
  '    steps: [{ run: "true" }]',
  '',
].join('\n')

const asGreen =
  'the head of `green` differs from the default branch by one comment line, and its file ' +
  'was recorded'
const asRows =
  'no file was recorded; every row of this head is of workflow CI, suffix (pull_request), and ' +
  'one of these six jobs'

/**
 * `.gitea/workflows` on the default branch, by recording folder (docs/forge-facts.md, 4.1: the
 * evidence of 1.22 needs the folder).
 */
export const workflowFolder: Readonly<Record<string, WorkflowFact>> = {
  'gitea-1.22.6': { file: 'ci.yml', text: { scenario: 'green' }, because: asGreen },
  'gitea-1.22.6-natural': { file: 'ci.yml', text: { plain: sixJobs }, because: asRows },
  'gitea-1.22.6-reverse': { file: 'ci.yml', text: { plain: sixJobs }, because: asRows },
  'gitea-1.23.8': { file: 'ci.yml', text: { scenario: 'green' }, because: asGreen },
  'gitea-1.26.4': { file: 'ci.yml', text: { scenario: 'green' }, because: asGreen },
  'gitea-1.26.4-natural': { file: 'ci.yml', text: { plain: sixJobs }, because: asRows },
  'gitea-1.26.4-reverse': { file: 'ci.yml', text: { plain: sixJobs }, because: asRows },
  'gitea-1.26.4-false-green': { file: 'ci.yml', text: { plain: sixJobs }, because: asRows },
  'gitea-1.26.4+37834': { file: 'ci.yml', text: { plain: sixJobs }, because: asRows },
}

/**
 * The commit a pull's base stands on; only the three large folders recorded its statuses
 * (docs/forge-facts.md, 1.3: empty combined).
 */
export const tipOfBase = {
  rows: [],
  because:
    'the only workflow listens to pull_request alone, so a commit of the base has no rows; the ' +
    'large folders recorded exactly that',
}

/**
 * Folders a repository may keep workflows in, and these do not: Gitea answers a JSON 404
 * (docs/forge-facts.md, 4.1).
 */
export const absentFolders: readonly string[] = ['.github/workflows', '.forgejo/workflows']
