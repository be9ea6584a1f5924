import type { SeenRequest } from '../simulator/index.js'
import type { Told } from './run.js'
import type { World } from './world.js'
import { UMBRELLA } from './world.js'

/** What a run of act said, and what the server was asked meanwhile. */
export interface Seen extends Told {
  readonly requests: readonly SeenRequest[]
  readonly world: World
}

export const wish = (holds: boolean, fault: string): readonly string[] => (holds ? [] : [fault])
export const says = ({ lines }: Seen, line: string): readonly string[] =>
  wish(lines.includes(line), `no step printed "${line}"`)
export const writesOf = ({ requests }: Seen): readonly SeenRequest[] =>
  requests.filter(({ method }) => method !== 'GET')
export const summarised = ({ summaries }: Seen, text: string): readonly string[] =>
  wish(
    summaries.some(summary => summary.includes(text)),
    `no summary says "${text}"`,
  )

/** Nothing but GETs, and at least one of them. */
export function onlyReads(seen: Seen): readonly string[] {
  return [
    ...wish(seen.requests.length > 0, 'the server was asked nothing'),
    ...writesOf(seen).map(({ method, path }) => `${method} ${path} was sent`),
  ]
}

/** This one write and no other, and a green umbrella after it. */
function mended(
  { world: { forge, stale } }: Seen,
  writes: readonly string[],
  expected: string,
): readonly string[] {
  return [
    ...wish(
      writes.length === 1 && writes[0] === expected,
      `writes: wanted "${expected}", sent "${writes.join(', ')}"`,
    ),
    ...wish(
      forge
        .latest(forge.head(stale))
        .some(row => row.context === UMBRELLA && row.state === 'success'),
      'the stale umbrella is still red',
    ),
  ]
}

/** One success on the stale head, accepted and standing, and no other write. */
export function oneRepair(seen: Seen): readonly string[] {
  const { forge, stale } = seen.world
  const head = forge.head(stale)
  const stateOf = ({ body }: SeenRequest): string =>
    String((body as { readonly state?: string } | undefined)?.state)
  const writes = writesOf(seen).map(
    request => `${request.method} ${request.path} ${stateOf(request)} ${request.status}`,
  )
  const expected = `POST /api/v1/repos/${forge.owner}/${forge.repo}/statuses/${head} success 201`
  return mended(seen, writes, expected)
}

/** The umbrella job of the stale head was run again, once, and nothing else was sent. */
export function oneRerun(seen: Seen): readonly string[] {
  const { forge, stale } = seen.world
  const head = forge.head(stale)
  const run = [...forge.runs(head)].sort((a, b) => b.id - a.id)[0]
  const job = run === undefined ? undefined : forge.job(run, 'all-required')
  const writes = writesOf(seen).map(({ path, status }) => `${path} ${status}`)
  const expected =
    `/api/v1/repos/${forge.owner}/${forge.repo}/actions/runs/${run?.id ?? 0}/jobs/` +
    `${job?.id ?? 0}/rerun 201`
  return mended(seen, writes, expected)
}
