// One pull request before and after its repair, as a page: what branch protection says of it, the
// command that repaired it and what that printed, all from a simulated server.
import { runBundle } from '../__tests__/support/bundle.js'
import { demoWorld } from '../verification/simulator/demo-world.js'
import { serve, takeReruns } from '../verification/simulator/index.js'
import type { SimulatedServer } from '../verification/simulator/index.js'

const ADDRESS = 'https://git.example.org'

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

interface Status {
  readonly context: string
  readonly state: string
}

/** What a browser would show in the box above the merge button. */
interface MergeBox {
  readonly title: string
  readonly statuses: readonly Status[]
  /** What the server answers to whoever wants to merge. */
  readonly refusal: string | null
}

const word = (state: string): string => (state === 'success' ? 'passed' : state)

const statusLine = ({ context, state }: Status, required: readonly string[]): string =>
  `<li class="${state}"><b>${escape(word(state))}</b> <span>${escape(context)}</span>` +
  (required.includes(context) ? ' <i>required</i>' : '') +
  '</li>'

const boxOf = ({ title, statuses, refusal }: MergeBox, required: readonly string[]): string =>
  `<section class="${refusal === null ? 'open' : 'blocked'}"><h2>${escape(title)}</h2><ul>` +
  statuses.map(status => statusLine(status, required)).join('') +
  '</ul><p>' +
  (refusal === null ? 'Can be merged.' : `Merging is blocked: ${escape(refusal)}`) +
  '</p></section>'

const STYLE = `
body{margin:0;padding:16px;background:#fff;color:#1f2328;font:15px/1.5 "DejaVu Sans",sans-serif}
section{border:1px solid #d1d9e0;border-left-width:6px;border-radius:6px;padding:4px 16px}
section{margin:0 0 16px}
section.blocked{border-left-color:#cf222e}section.open{border-left-color:#1a7f37}
h2{font-size:16px;margin:8px 0}ul{list-style:none;margin:0;padding:0}li{padding:2px 0}
li b{display:inline-block;min-width:64px;color:#cf222e}li.success b{color:#1a7f37}
li i{border:1px solid #d1d9e0;border-radius:10px;padding:0 8px;font-size:12px;font-style:normal}
p{font-weight:bold;margin:8px 0}.blocked p{color:#cf222e}.open p{color:#1a7f37}
pre{background:#0d1117;color:#e6edf3;border-radius:6px;padding:12px 16px;margin:0 0 16px;
font:13px/1.5 "DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
pre b{color:#7ee787;font-weight:normal}`

/** What is true, what to do, and what was done; the questions between them take a screen. */
function shortened(printed: string): string {
  const lines = printed.trimEnd().split('\n')
  const advice = lines.findIndex(line => line.startsWith('What to do now:'))
  const done = lines.indexOf('What was done')
  if (advice < 0 || done < 0) throw new Error(`an explanation without its end:\n${printed}`)
  return [...lines.slice(0, advice + 1), '', '[…]', '', ...lines.slice(done)].join('\n')
}

/** Asks the simulated server to merge; its words, where it refuses. */
async function merge(server: SimulatedServer, number: number): Promise<string | null> {
  const path = `/repos/acme/widgets/pulls/${number}/merge`
  const answer = await fetch(server.apiUrl + path, {
    method: 'POST',
    headers: { authorization: `token ${server.token}`, 'content-type': 'application/json' },
    body: '{"Do":"merge"}',
  })
  if (answer.ok) return null
  const said = (await answer.json()) as { message: string }
  return `${said.message} (HTTP ${answer.status})`
}

/** The page: blocked, what was run, merged. */
export async function mergeBoxPage(): Promise<string> {
  const { forge, pulls } = demoWorld('gitea-1.26.4')
  const number = pulls.find(({ name }) => name === 'stale')?.number ?? 0
  const server = await serve(forge)
  takeReruns(server, run => {
    forge.runAll(run)
  })
  const statuses = (): readonly Status[] =>
    forge.latest(forge.head(number)).map(({ context, state }) => ({ context, state }))
  const page = `acme/widgets/pulls/${number}`
  const explain = async (...argv: readonly string[]): Promise<string> => {
    const { stdout } = await runBundle({
      apiUrl: server.apiUrl,
      repo: 'acme/widgets',
      token: server.token,
      argv: ['explain', `${server.url}/${page}`, ...argv],
      env: {
        GITHUB_ACTIONS: '',
        UMBRELLA_REAPER_TOKEN: server.token,
        UMBRELLA_REAPER_URL: server.url,
        INPUT_TOKEN: '',
      },
    })
    return stdout.replaceAll(server.url, ADDRESS)
  }
  try {
    const before = { title: `Before: pull request #${number}`, statuses: statuses() }
    const refusal = await merge(server, number)
    const repaired = await explain('--repair')
    const after = { title: `After: pull request #${number}`, statuses: statuses() }
    const merged = await merge(server, number)
    const required = ['CI / all-required (pull_request)']
    return [
      '<!doctype html><meta charset="utf-8"><title>A blocked pull request is repaired</title>',
      `<style>${STYLE}</style>`,
      boxOf({ ...before, refusal }, required),
      `<pre><b>$ node dist/index.js explain ${ADDRESS}/${page} --repair</b>`,
      `${escape(shortened(repaired))}</pre>`,
      boxOf({ ...after, refusal: merged }, required),
      '',
    ].join('\n')
  } finally {
    await server.close()
  }
}
