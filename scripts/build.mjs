// Builds dist/, or the folder it is given: the bundle, the licences of everything in it, and the
// digest of its sources. The bundler names the packages of one of its files alone, so all of src is
// bundled once more into one file, whose list of licences is the whole.
import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { keepDigest } from './sources.ts'

const root = join(import.meta.dirname, '..')
const dist = resolve(root, process.argv[2] ?? 'dist')
const run = promisify(execFile)

const ncc = async (entry, to) => {
  const cli = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const options = ['--target', 'es2022', '--license', 'licenses.txt', '-t', '-C', '-q']
  await run(process.execPath, [cli, 'build', entry, '-o', to, ...options], { cwd: root })
}

const folder = mkdtempSync(join(tmpdir(), 'licenses-'))
const whole = join(root, 'src/every-part.mjs')
const parts = [
  './index.ts',
  './forge/github/adapter.ts',
  './tools/audit/command.ts',
  './tools/doctor/command.ts',
  'yaml',
  'unbash',
]
try {
  rmSync(dist, { recursive: true, force: true })
  writeFileSync(whole, parts.map(part => `import '${part}'\n`).join(''))
  await Promise.all([ncc(join(root, 'src/index.ts'), dist), ncc(whole, folder)])
  copyFileSync(join(folder, 'licenses.txt'), join(dist, 'licenses.txt'))
  keepDigest(root, dist)
} finally {
  rmSync(whole, { force: true })
  rmSync(folder, { recursive: true, force: true })
}
