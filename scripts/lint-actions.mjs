// Checks everything we ship for a runner: both entries, the examples, README's first block and our
// own workflows, each in both readings. Run it with: node --import tsx scripts/lint-actions.mjs
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstBlock, PUBLISHED, setStage, workflowsIn } from '../verification/act/stage.ts'
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
  ...firstBlock(join(root, 'README.md')),
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
      .replaceAll(`uses: ${PUBLISHED}@v1`, 'uses: ./'),
  })),
)

const actions = ['action.yml', 'composite/action.yml']
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
      `${name.padEnd(20)} ${String(files).padStart(3)} files  ${status === 0 ? 'clean' : 'FAILED'}`,
    )
    if (status !== 0) console.log(`${error?.message ?? ''}${stdout}${stderr}`)
  }
} finally {
  written.remove()
  local.remove()
}
console.log(failed === 0 ? '\nall clean' : `\n${failed} of ${checks.length} checks failed`)
process.exitCode = failed === 0 ? 0 : 1
