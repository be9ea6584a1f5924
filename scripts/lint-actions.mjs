// Checks everything we ship for a runner: every entry, the examples, README's first block and our
// own workflows, each once for every entry, and what a forge reads of this repository itself: its
// workflows, the forms of its issues, the settings of Renovate. Run it with:
// node --import tsx scripts/lint-actions.mjs
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstBlock, githubBlock, PUBLISHED, workflowsIn } from '../verification/act/script.ts'
import { setStage } from '../verification/act/stage.ts'
import { changedWorkflows } from './changes.ts'
import { tools } from './python.mjs'

const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = tools()

const scripts = [
  ...workflowsIn(join(root, '__tests__/workflows')).map(script => ({
    ...script,
    name: `tests/${script.name}`,
  })),
  ...workflowsIn(join(root, 'examples')).map(script => ({
    ...script,
    name: `examples/${script.name}`,
  })),
  ...workflowsIn(join(root, 'examples/umbrella')).slice(0, 1),
  ...['github', 'forgejo', 'audit'].flatMap(forge =>
    workflowsIn(join(root, 'examples', forge)).map(script => ({
      ...script,
      name: `examples/${forge}/${script.name}`,
    })),
  ),
  ...firstBlock(join(root, 'README.md')),
  ...githubBlock(join(root, 'README.md')),
  ...['.github', '.gitea'].flatMap(forge =>
    workflowsIn(join(root, forge, 'workflows')).map(script => ({
      ...script,
      name: `${forge.slice(1)}/${script.name}`,
    })),
  ),
]

// As written, for the checks of form and of safety.
const written = setStage(root, scripts)
// With the published action taken for the local one: only of a local action actionlint knows the
// inputs and outputs.
const local = setStage(
  root,
  scripts.map(script => ({
    ...script,
    text: script.text
      .replaceAll(`uses: ${PUBLISHED}/composite@v1`, 'uses: ./composite')
      .replaceAll(`uses: ${PUBLISHED}/node24@v1`, 'uses: ./node24')
      .replaceAll(`uses: ${PUBLISHED}@v1`, 'uses: ./'),
  })),
)

// What doctor makes of its corpus. The corpus itself has faults on purpose.
const changes = (await changedWorkflows()).map(({ name, text }) => ({
  name: `${name}.yml`,
  event: 'pull_request',
  inputs: {},
  entry: 'doctor',
  text,
}))
const mended = setStage(root, changes)
const changed = changes.map(script => mended.file(script))

const actions = ['action.yml', 'composite/action.yml', 'node24/action.yml']
const forms = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter(
  name => name !== 'config.yml',
)
const workflows = scripts.map(script => written.file(script))
const jsonschema = join(bin, 'check-jsonschema')
const quietly = ['--offline', '--no-progress', '--quiet', '--color=never', '--strict-collection']

/** Name of the check, number of files, command, its parameters, where it runs. */
const checks = [
  // Without shellcheck and pyflakes, which would be used where they happen to be installed.
  [
    'actionlint',
    workflows.length,
    'go',
    ['run', ACTIONLINT, '-no-color', '-shellcheck=', '-pyflakes=', ...workflows],
    local.folder,
  ],
  [
    'changes of doctor',
    changed.length,
    'go',
    [
      ...['run', ACTIONLINT, '-no-color', '-shellcheck=', '-pyflakes='],
      // What two files have on purpose, before any change.
      ...['-ignore', 'constant expression "false"', '-ignore', 'label "deploy" is unknown'],
      ...changed,
    ],
    mended.folder,
  ],
  [
    'schema of actions',
    actions.length,
    jsonschema,
    ['--builtin-schema', 'vendor.github-actions', ...actions],
    written.folder,
  ],
  [
    'schema of workflows',
    workflows.length,
    jsonschema,
    ['--builtin-schema', 'vendor.github-workflows', ...workflows],
    written.folder,
  ],
  [
    'schema of issue forms',
    forms.length,
    jsonschema,
    ['--builtin-schema', 'vendor.github-issue-forms', ...forms],
    join(root, '.github/ISSUE_TEMPLATE'),
  ],
  [
    'schema of issue config',
    1,
    jsonschema,
    ['--builtin-schema', 'vendor.github-issue-config', 'config.yml'],
    join(root, '.github/ISSUE_TEMPLATE'),
  ],
  [
    'schema of Renovate',
    1,
    jsonschema,
    ['--builtin-schema', 'vendor.renovate', 'renovate.json'],
    root,
  ],
  [
    'zizmor',
    actions.length + workflows.length,
    join(bin, 'zizmor'),
    [...quietly, '--config', join(root, 'scripts/zizmor.yml'), ...actions, ...workflows],
    written.folder,
  ],
]

let failed = 0
try {
  for (const [name, files, command, parameters, cwd] of checks) {
    const { status, error, stdout, stderr } = spawnSync(command, parameters, {
      cwd,
      encoding: 'utf8',
      timeout: 180_000,
    })
    failed += status === 0 ? 0 : 1
    console.log(
      `${name.padEnd(22)} ${String(files).padStart(3)} files  ${status === 0 ? 'clean' : 'FAILED'}`,
    )
    if (status !== 0) console.log(`${error?.message ?? ''}${stdout}${stderr}`)
  }
} finally {
  written.remove()
  local.remove()
  mended.remove()
}
console.log(failed === 0 ? '\nall clean' : `\n${failed} of ${checks.length} checks failed`)
process.exitCode = failed === 0 ? 0 : 1
