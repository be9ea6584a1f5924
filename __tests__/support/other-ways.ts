import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { BundleOptions, BundleRun } from './bundle.js'

/** A busy machine may let a connection rest for long; it must not be closed meanwhile. */
const RESTING = { keepAliveTimeout: 600_000 }

/** A server that answers a few reads in another way, so that a sweep has to find its own. */
interface Way {
  readonly name: string
  /** The status that paths are refused with. */
  readonly refuses?: { readonly path: RegExp; readonly status: 403 | 404 | 500 }
  /** Answers to these paths come without the count of the whole list. */
  readonly uncounted?: RegExp
  /** Pages hold no more rows than this. Not those of runs, which are recorded page by page. */
  readonly clamp?: number
  /** Which other pull requests name a commit cannot be told: a gap where a write would follow. */
  readonly withoutRefs?: true
  /** Long histories are not whole at first sight, and only a whole one raises an alarm. */
  readonly blind?: true
}

const REFS = /\/git\/refs\//

/** Either list of pull requests, either first look, and lists that are cut or refused. */
const WAYS: readonly Way[] = [
  { name: 'no right to read issues', refuses: { path: /\/issues$/, status: 403 } },
  { name: 'no list of issues', refuses: { path: /\/issues$/, status: 404 } },
  { name: 'no right to read refs', refuses: { path: REFS, status: 403 }, withoutRefs: true },
  { name: 'no refs', refuses: { path: REFS, status: 404 }, withoutRefs: true },
  { name: 'uncounted histories', uncounted: /\/statuses\/[0-9a-f]+$/, blind: true },
  { name: 'pages of twenty', clamp: 20, blind: true },
]

interface Opened {
  readonly apiUrl: string
  readonly close: () => Promise<void>
}

/** The address of a server that answers GETs in this way, and is asked nothing else. */
async function openWay(apiUrl: string, way: Way): Promise<Opened> {
  const server = createServer(RESTING, (message, response) => {
    void (async () => {
      const at = new URL(message.url ?? '/', apiUrl)
      const { refuses, uncounted, clamp } = way
      if (refuses?.path.test(at.pathname) === true) {
        response.writeHead(refuses.status, { 'content-type': 'application/json' })
        response.end('{"message":"no"}')
        return
      }
      const counted = at.searchParams.has('limit') && !at.pathname.endsWith('/actions/runs')
      if (clamp !== undefined && counted) at.searchParams.set('limit', String(clamp))
      const headers = { authorization: message.headers.authorization ?? '' }
      const answer = await fetch(at, { headers, redirect: 'manual' })
      const kept = [...answer.headers].filter(
        ([name]) =>
          ['content-type', 'date', 'link'].includes(name) ||
          (name === 'x-total-count' && uncounted?.test(at.pathname) !== true),
      )
      response.writeHead(answer.status, Object.fromEntries(kept))
      response.end(Buffer.from(await answer.arrayBuffer()))
    })().catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>(resolve => server.close(() => resolve()))
  }
  const { pathname } = new URL(apiUrl)
  return { apiUrl: `http://127.0.0.1:${port}${pathname}`, close }
}

type Run = (options: BundleOptions) => Promise<BundleRun>

interface Report {
  readonly pulls: readonly {
    readonly number: number
    readonly kind: string
    readonly reason: string
    readonly detail: string
  }[]
  readonly quiet: Readonly<Record<string, number>>
  readonly server: { readonly grade: string }
}

/**
 * What a sweep says of every pull request it tells of, and what it counts. Where no runs are listed
 * an alarm comes from a whole history alone, and is left out with `blind`.
 */
function said({ report, code, stdout }: BundleRun, way: Way, asking: ReadonlySet<number>): unknown {
  if (report === null) return { code, stdout }
  const { quiet, server, pulls: all } = report as unknown as Report
  const blind = way.blind === true
  const pulls = all.filter(({ number }) => !asking.has(number))
  const told = pulls.map(withoutNonce)
  // Where refs cannot be read such a head is a gap, also under a green of ours, and a sweep whose
  // every head is one ends red.
  if (way.withoutRefs === true)
    return { quiet: { ...quiet, 'umbrella-green': 0 }, server, pulls: told }
  if (!blind || server.grade === 'jobs') return { code, quiet, server, pulls: told }
  const quieter = { ...quiet, 'umbrella-green': 0 }
  const calm = told.filter((_, at) => pulls[at]?.kind !== 'alarm')
  // The alarm that is left out ends the sweep red.
  return { code: calm.length === told.length ? code : 0, quiet: quieter, server, pulls: calm }
}

/** Would it be written, or is it refused by what stands around its head? */
const asksRefs = ({ kind, reason, detail }: Report['pulls'][number]): boolean =>
  kind === 'repair' || reason === 'own-verdict' || detail.startsWith('the refs of pull requests')

/** The pull requests that one of these sweeps asks refs for: the other tells less of them. */
const askingRefs = (runs: readonly BundleRun[]): ReadonlySet<number> =>
  new Set(
    runs
      .flatMap(({ report }) => (report === null ? [] : (report as unknown as Report).pulls))
      .filter(asksRefs)
      .map(({ number }) => number),
  )

/** The mark of a write that is announced differs from sweep to sweep. */
const withoutNonce = (pull: object): unknown =>
  JSON.parse(
    JSON.stringify(pull)
      .replace(/ [0-9a-z]{6}\]/g, ' ]')
      // A recording has one blob id for files that it does not hold.
      .replace(/; its job does other work too: [^"]*/g, ''),
  )

/** Sweeps a server dry, as it is and in every other way; the names of ways that tell otherwise. */
export async function otherWays(run: Run, options: BundleOptions): Promise<readonly string[]> {
  const inputs = { ...options.inputs, 'dry-run': 'true' }
  const plain = await run({ ...options, inputs })
  const found: string[] = []
  for (const way of WAYS) {
    const { apiUrl, close } = await openWay(options.apiUrl, way)
    try {
      const other = await run({ ...options, apiUrl, inputs })
      const asking = way.withoutRefs === true ? askingRefs([plain, other]) : new Set<number>()
      const here = localized(said(other, way, asking), apiUrl)
      const there = localized(said(plain, way, asking), options.apiUrl)
      if (way.withoutRefs === true && writesByRows(other)) found.push(`${way.name}: it would write`)
      const same = isDeepStrictEqual(here, there)
      if (!same) found.push(`${way.name}: ${firstDifference(here, there)}`)
    } finally {
      await close()
    }
  }
  return found
}

/** Does a sweep propose a write although nothing tells a run's pull request? */
function writesByRows({ report }: BundleRun): boolean {
  if (report === null) return false
  const { pulls, server } = report as unknown as Report
  return server.grade === 'statuses' && pulls.some(({ kind }) => kind === 'repair')
}

/** Where two texts part, with what stands around it. */
function firstDifference(one: unknown, other: unknown): string {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
  const at = Array.from(a).findIndex((letter, index) => letter !== b[index])
  const from = Math.max(0, at - 200)
  return `${a.slice(from, at + 100)} | ${b.slice(from, at + 100)}`
}

/** The same without the address of the server, which links and commands hold. */
const localized = (value: unknown, apiUrl: string): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(new URL(apiUrl).origin, ''))

/** A sweep before which every other way is tried, and must tell the same. */
export const comparing =
  (run: Run): Run =>
  async options => {
    // An address in front of the server lets something happen at a moment of the one sweep.
    const differ = options.apiUrl.endsWith('/api/v1') ? await otherWays(run, options) : []
    if (differ.length > 0) throw new Error(differ.join('\n'))
    return run(options)
  }
