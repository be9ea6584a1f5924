// Serves the pull requests of the demo on a port of this machine, to try the action on.
//   npm run simulator -- gitea-1.26.4 --port 3000
import { parseArgs } from 'node:util'
import { demoWorld } from '../verification/simulator/demo-world.js'
import { serve, takeReruns } from '../verification/simulator/index.js'
import { giveUp, serverNamed, SERVERS_HELP } from './chosen-server.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
})
const [wanted = 'gitea-1.26.4'] = positionals
if (values.help === true) {
  console.log('usage: npm run simulator -- [SERVER] [--port NUMBER]\n')
  console.log(SERVERS_HELP)
  process.exit(0)
}
const profile = serverNamed(wanted)
const port = Number(values.port ?? '0')
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  giveUp(`--port: given "${values.port ?? ''}"; allowed: a number up to 65535`)

const START = '2026-01-01T00:00:00Z'
/** How long the story of the demo takes: it is told so that it ends now. */
const took = demoWorld(profile, START).forge.clock.now() - Date.parse(START)
const begin = new Date(Date.now() - took - 1000).toISOString()
const { forge, pulls } = demoWorld(profile, begin)
const server = await serve(forge, { port }).catch((error: unknown) =>
  giveUp(`port ${port}: ${error instanceof Error ? error.message : String(error)}`),
)
server.on(() => {
  forge.clock.set(Date.now())
  return undefined
})
takeReruns(server, run => {
  forge.runAll(run)
})

const numberOf = (name: string): number => pulls.find(pull => pull.name === name)?.number ?? 0
const page = (name: string): string => `${server.url}/acme/widgets/pulls/${numberOf(name)}`
const stale = page('stale')
console.log(`A simulated ${wanted} with ${pulls.length} pull requests; stop it with Ctrl-C.

address  ${server.url}
token    ${server.token}

In another terminal, in this folder:

  export UMBRELLA_REAPER_TOKEN=${server.token} UMBRELLA_REAPER_URL=${server.url}

  # Sweep, and write nothing
  node dist/index.js --dry-run --repo acme/widgets --api-url ${server.apiUrl}

  # Why is this one blocked?
  node dist/index.js explain ${stale}

  # Repair it
  node dist/index.js explain ${stale} --repair

  # What causes this here?
  node dist/index.js doctor --repo acme/widgets --api-url ${server.apiUrl}

  # Merge it
  curl -fsS -X POST -H "Authorization: token $UMBRELLA_REAPER_TOKEN" \\
    -H 'Content-Type: application/json' -d '{"Do": "merge"}' \\
    ${server.apiUrl}/repos/acme/widgets/pulls/${numberOf('stale')}/merge
`)
