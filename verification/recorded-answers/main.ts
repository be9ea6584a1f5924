// npm run recorded-answers -- FOLDER...; see docs/verification.md. Folders hold what PyGithub,
// github-api, octokit or mergify-engine recorded of GitHub; nothing of it is kept here.
import { statSync } from 'node:fs'
import { crashesIn, reportOf } from './report.js'
import { tallyOf } from './tally.js'

const folders = process.argv.slice(2)
const wrong = folders.filter(
  one => statSync(one, { throwIfNoEntry: false })?.isDirectory() !== true,
)

function refuse(why: string): void {
  process.stderr.write(`${why}\n`)
  process.exitCode = 1
}

if (folders.length === 0) refuse('no folder was given')
else if (wrong.length > 0) refuse(`no folder: ${wrong.map(one => JSON.stringify(one)).join(', ')}`)
else {
  const tallies = []
  for (const folder of folders) tallies.push(await tallyOf(folder))
  process.stdout.write(reportOf(tallies))
  // A folder without a recording shows nothing, and must not look as if it did.
  const empty = tallies.filter(({ exchanges }) => exchanges === 0)
  if (empty.length > 0)
    refuse(`no recorded answer in ${empty.map(({ folder }) => JSON.stringify(folder)).join(', ')}`)
  if (crashesIn(tallies).length > 0) process.exitCode = 1
}
