// The committed bundle must be the one its sources build, byte for byte, with no file more or less.
import { execFileSync } from 'node:child_process'

const status = execFileSync(
  'git',
  ['status', '--porcelain', '--untracked-files=all', '--', 'dist'],
  { encoding: 'utf8' },
)
if (status !== '') {
  console.error(
    `dist/ differs from what src/ builds; run "npm run build" and commit it:\n${status}`,
  )
  process.exit(1)
}
console.log('dist/ is what src/ builds')
