import { parseArgs } from 'node:util'
import { record } from '../simulator/recorder.js'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    repo: { type: 'string' },
    out: { type: 'string' },
    'token-env': { type: 'string' },
  },
})
const { url, repo, out } = values
if (url === undefined || repo === undefined || out === undefined) {
  console.error(
    'usage: npm run record -- --url https://forge.example --repo owner/name --out DIRECTORY ' +
      '[--token-env NAME]',
  )
  process.exitCode = 2
} else {
  const name = values['token-env']
  const token = name === undefined ? undefined : process.env[name]
  if (name !== undefined && token === undefined) throw new Error(`the environment has no ${name}`)
  console.log(`${await record({ url, repo, out, token })} exchanges in ${out}/exchanges.jsonl`)
}
