import type { Instead } from '../failures.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, JOBS, LOST, POLLED, POSTS, REPAIRED } from './files.js'

const lost =
  (then: (w: World) => void) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI })
    w.require('main', ['all-required'])
    w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    then(w)
  }

/** A posted gate whose red is older than the jobs. */
const posted =
  (then: (w: World) => void) =>
  (w: World): void => {
    w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS })
    w.require('main', ['merge-gate'])
    const one = w.pull(1)
    const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
    w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
    w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
    then(w)
  }

const RESET: Instead = { status: 200, broken: 'reset' }
const CUT: Instead = { status: 200, broken: 'cut', body: '{"data":{"repository":{}}}' }
const BAD_GATEWAY: Instead = { status: 502, body: '<html>502 Bad Gateway</html>' }
const PAGE: Instead = {
  status: 200,
  body: '<html><title>Sign in</title></html>',
  headers: { 'content-type': 'text/html' },
}

const once = { times: 1 } as const
const RERUNS = /^POST \/actions\/jobs\/\d+\/rerun/

const sent =
  (path: RegExp) =>
  (_: World, log: readonly string[]): string | null => {
    const count = log.filter(line => path.test(line)).length
    return count === 1 ? null : `it was sent ${count} times`
  }

/** What goes wrong on the way, before and after a write. */
export const TRANSPORT: readonly Situation[] = [
  {
    name: 'transport: a gateway fails once before the jobs',
    world: lost(w => w.failures.add('/jobs?', BAD_GATEWAY, once)),
    ...REPAIRED,
  },
  {
    name: 'transport: the jobs never come',
    world: lost(w => w.failures.add('/jobs?', BAD_GATEWAY)),
    pulls: { 1: 'evidence-incomplete' },
    exit: 1,
  },
  {
    name: 'transport: the connection breaks once',
    world: lost(w => w.failures.add(/^GET \/branches/, RESET, once)),
    ...REPAIRED,
  },
  {
    name: 'transport: an answer is cut off once',
    world: lost(w => w.failures.add('/graphql candidates', CUT, once)),
    ...REPAIRED,
  },
  {
    name: 'transport: a page to sign in comes in place of an answer',
    world: lost(w => w.failures.add('/graphql', PAGE)),
    exit: 1,
  },
  {
    name: 'transport: a page to sign in comes in place of the repository',
    world: lost(w => w.failures.add(/^GET $/, PAGE)),
    exit: null,
    also: () => null,
  },
  {
    name: 'transport: the answer to a re-run is lost, and it was carried out',
    world: lost(w => w.failures.add(RERUNS, RESET, { carriedOut: true })),
    ...REPAIRED,
    also: sent(RERUNS),
  },
  {
    name: 'transport: the answer to a re-run is lost, and it was not carried out',
    world: lost(w => w.failures.add(RERUNS, RESET)),
    pulls: { 1: 'stale' },
    outcomes: { 1: 'failed' },
    exit: 1,
    also: sent(RERUNS),
  },
  {
    name: 'transport: a gateway gives up on a re-run that is carried out',
    world: lost(w => w.failures.add(RERUNS, BAD_GATEWAY, { carriedOut: true })),
    ...REPAIRED,
    also: sent(RERUNS),
  },
  {
    name: 'transport: the answer to a status is lost, and it was written',
    world: posted(w => w.failures.add('POST /statuses', RESET, { carriedOut: true })),
    inputs: POLLED,
    pulls: { 1: 'stale' },
    outcomes: { 1: 'compensated' },
    wrote: ['status success merge-gate on #1'],
    also: sent(/^POST \/statuses/),
  },
  {
    name: 'transport: the answer to a status is lost, and it was not written',
    world: posted(w => w.failures.add('POST /statuses', RESET)),
    inputs: POLLED,
    pulls: { 1: 'stale' },
    outcomes: { 1: 'unconfirmed' },
    exit: 1,
    also: sent(/^POST \/statuses/),
  },
  {
    name: 'transport: a re-run is refused, for somebody was faster',
    world: lost(w =>
      w.failures.add(RERUNS, {
        status: 403,
        body: { message: 'This workflow is already running' },
      }),
    ),
    outcomes: { 1: /^(?:failed|changed-meanwhile)$/ },
    neverSays: ['no-right', /permissions\.md/],
    exit: null,
  },
  {
    name: 'transport: too many requests, for two seconds',
    world: lost(w =>
      w.failures.add(
        '/branches/',
        { status: 429, headers: { 'retry-after': '2' }, body: {} },
        once,
      ),
    ),
    ...REPAIRED,
  },
  {
    name: 'transport: the primary limit is used up before the details',
    world: lost(w =>
      w.failures.add('/graphql details', {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0' },
        body: { message: 'API rate limit exceeded for installation.' },
      }),
    ),
    pulls: { 1: 'evidence-incomplete' },
    says: [/rate limit/i],
    exit: 1,
  },
  {
    name: 'transport: the repository was renamed',
    world: lost(w => {
      w.repository.formerly.push('acme/gadgets')
    }),
    as: 'acme/gadgets',
    says: [/moved|redirect|renamed|301/i],
    exit: 1,
  },
  {
    name: 'transport: the server sends to another one, which never gets the token',
    world: lost(w =>
      w.failures.add(/^GET $/, { status: 302, headers: { location: 'http://127.0.0.1:9/x' } }),
    ),
    says: [/redirect|302|moved/i],
    exit: 1,
  },
  {
    name: 'transport: an older Enterprise Server knows no rulesets',
    world: lost(w => {
      w.protect('main', ['all-required'])
      w.failures.add('/rules/', { status: 404, body: { message: 'Not Found' } })
    }),
    ...REPAIRED,
  },
]
