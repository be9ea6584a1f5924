import { parseArgs } from 'node:util'
import { record } from '../simulator/recorder.js'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    repo: { type: 'string' },
    out: { type: 'string' },
    'token-env': { type: 'string' },
    rerun: { type: 'string' },
  },
})
const { url, repo, out } = values
if (url === undefined || repo === undefined || out === undefined) {
  console.error(
    'usage: npm run record -- --url https://forge.example --repo owner/name --out DIRECTORY ' +
      '[--token-env NAME] [--rerun RUN/JOB]\n' +
      '--rerun runs one job again, once, after everything was read, and watches it to its end',
  )
  process.exitCode = 2
} else {
  const name = values['token-env']
  const token = name === undefined ? undefined : process.env[name]
  if (name !== undefined && token === undefined) throw new Error(`the environment has no ${name}`)
  const [run, job] =
    /^(\d+)\/(\d+)$/
      .exec(values.rerun ?? '')
      ?.slice(1)
      .map(Number) ?? []
  if (values.rerun !== undefined && (run === undefined || job === undefined))
    throw new Error(`--rerun ${values.rerun}: allowed: the id of a run, a slash, the id of a job`)
  const rerun = run === undefined || job === undefined ? undefined : { run, job }
  console.log(
    `${await record({ url, repo, out, token, rerun })} exchanges in ${out}/exchanges.jsonl`,
  )
}
