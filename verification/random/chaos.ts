import { Chance } from './chance.js'
import type { FileSpec } from './files.js'
import type { Fault, Spoil } from './fault.js'
import type { Conditions, Place, Round, Script, Step, Trouble } from './script.js'
import { drawScript, ORDINARY } from './script.js'
import type { Driven } from './setup.js'

/** One thing that goes wrong: requests that meet it, or how it is around the sweeps. */
interface Drawn {
  readonly troubles?: readonly Omit<Trouble, 'name'>[]
  readonly conditions?: Partial<Conditions>
}

type Draw = (chance: Chance) => Drawn

/** A round asks some twenty requests of each sweep; the n-th of them meets it, or a later one. */
const moment = (chance: Chance): number => chance.below(30)

/** Every write of ours; what else is posted are questions of GraphQL. */
const WRITE = 'POST /repos/'

/** Requests by what is asked: any, a read, a list of pulls, a write, its look back. */
const somewhere = (chance: Chance): string =>
  chance.weighted({
    '': 4,
    GET: 3,
    '/pulls': 2,
    POST: 4,
    '/statuses/': 3,
    '/actions/': 2,
    rerun: 1,
  })

/** The n-th request, or the first ones from there on, or all of them. */
function meets(chance: Chance, fault: Fault, path = somewhere(chance)): Drawn {
  const at = path === WRITE ? 0 : moment(chance)
  const times = chance.weighted({ once: 6, thrice: 3, always: 1 })
  if (times === 'always') return { troubles: [{ at, path, fault, lasting: true }] }
  const one = { at, path, fault }
  return { troubles: times === 'once' ? [one] : [one, one, one] }
}

const one =
  (fault: Fault | ((chance: Chance) => Fault), path?: string): Draw =>
  chance =>
    meets(chance, typeof fault === 'function' ? fault(chance) : fault, path)

const busy = (headers: Readonly<Record<string, readonly string[]>>): Draw =>
  one(chance => ({
    kind: 'status',
    status: chance.of([429, 503]),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, values]) => [name, chance.of(values)]),
    ),
  }))

const spoil =
  (...hows: readonly Spoil[]): Draw =>
  chance =>
    meets(chance, { kind: 'spoil', how: chance.of(hows) })

const redirect = (...to: readonly string[]): Draw =>
  one(chance => ({
    kind: 'status',
    status: chance.of([301, 302, 303, 307, 308]),
    headers: { location: chance.of(to) },
  }))

const DAY = 86_400_000
const days = (chance: Chance): number => chance.of([-2, 2]) * DAY

/** From some moment on the token may no more, for the rest of the round. */
const denied = (status: number, path: string): Draw => {
  return chance => ({
    troubles: [
      {
        at: path === '' ? moment(chance) : 0,
        path,
        lasting: true,
        fault: { kind: 'status', status, echo: chance.is(0.5) },
      },
    ],
  })
}

/** Once, at a write or anywhere. */
const once =
  (fault: (chance: Chance) => Fault): Draw =>
  chance => {
    const path = chance.of(['', WRITE, WRITE])
    return { troubles: [{ at: path === '' ? moment(chance) : 0, path, fault: fault(chance) }] }
  }

const PLACES: readonly Place[] = ['report', 'outputs', 'summary']

/** Everything that goes wrong, by the name it is counted by. */
export const FAULTS: Readonly<Record<string, Draw>> = {
  'busy (429, 503) without Retry-After': busy({}),
  'busy with Retry-After': busy({ 'retry-after': ['1', '7', '40'] }),
  'busy with an absurd Retry-After': busy({
    'retry-after': ['0', '999999', '99999999999', '-5', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  }),
  '500 before the write': one({ kind: 'status', status: 500 }),
  '500 behind the write': one(
    chance => ({ kind: 'commit-then-500', status: chance.of([500, 502]) }),
    WRITE,
  ),
  '504, and the write comes later': one(
    chance => ({ kind: 'late', delay: chance.of([700, 4000, 9000, 20_000, 90_000]) }),
    WRITE,
  ),
  '502 in HTML': one({ kind: 'status', status: 502, headers: { 'content-type': 'text/html' } }),
  'a page in HTML instead of an answer': spoil('html'),
  'reset before the request': one({ kind: 'drop', after: false }),
  'reset in the body': one({ kind: 'cut' }),
  'reset behind the request': one({ kind: 'drop', after: true }),
  'slower than the time for a request': one(chance => ({ kind: 'slow', after: chance.is(0.5) })),
  'truncated JSON': spoil('truncated'),
  'malformed JSON': spoil('malformed'),
  'JSON of another shape': spoil('null', 'list', 'text-in-json', 'empty'),
  'another content type': spoil('text'),
  gzip: spoil('gzip'),
  'pages that come twice': spoil('doubled'),
  'pages that shift': one({ kind: 'clamp' }, 'GET'),
  'a page that never ends': spoil('endless'),
  'a redirect to the same host': redirect('/api/v1/repos/acme/app', '/user/login'),
  'a redirect to another host': redirect('http://other.example.org/api/v1/repos/acme/app'),
  'a renamed repository': redirect('/api/v1/repos/acme/renamed/pulls', '/repositories/17/pulls'),
  'a redirect to itself': redirect(''),
  "the runner's clock is two days off": chance => ({ conditions: { runnerAhead: days(chance) } }),
  "a proxy's clock is two days off": chance => ({ conditions: { proxyAhead: days(chance) } }),
  "the server's clock jumps": once(chance => ({
    kind: 'jump',
    by: chance.of([-2 * DAY, -3_600_000, 3_600_000, 2 * DAY]),
  })),
  'an answer without its time': spoil('no-date', 'odd-date'),
  'the token expires': denied(401, ''),
  'the right to write is lost': denied(403, WRITE),
  'the right to read Actions is lost': denied(403, '/actions/'),
  'no space for the report': () => ({ conditions: { full: ['report'] } }),
  'no space for the outputs': () => ({ conditions: { full: ['outputs'] } }),
  'no space for the summary': () => ({ conditions: { full: PLACES } }),
  'the log is not read': once(() => ({ kind: 'unread' })),
  SIGTERM: once(() => ({ kind: 'stop' })),
  SIGKILL: once(chance => ({ kind: 'kill', after: chance.is(0.6) })),
}

/** What only a process of its own can meet. */
const OF_A_PROCESS = 'the log is not read'
/** What goes wrong where requests are answered in memory, and where a process asks. */
export const IN_PROCESS = Object.keys(FAULTS).filter(name => name !== OF_A_PROCESS)
export const ANYWHERE = Object.keys(FAULTS)
/** What ends a process or its log. */
export const SIGNALS = ['SIGTERM', 'SIGKILL', OF_A_PROCESS] as const

function drawOne(chance: Chance, name: string): Required<Drawn> {
  const { troubles = [], conditions = {} } = FAULTS[name]?.(chance) ?? {}
  return { conditions, troubles: troubles.map(trouble => ({ ...trouble, name })) }
}

/**
 * What goes wrong in one round: mostly one thing, so that its name says what was found. A round in
 * which nothing does keeps the troubles it was drawn with.
 */
function goneWrong(round: Round, chance: Chance, names: readonly string[]): Round {
  const count = chance.weighted({ 0: 2, 1: 6, 2: 3, 3: 1 })
  if (count === '0') return round
  const drawn = Array.from({ length: Number(count) }, () => drawOne(chance, chance.of(names)))
  return {
    ...round,
    troubles: drawn.flatMap(({ troubles }) => troubles),
    conditions: Object.assign(
      { ...ORDINARY, runnerAhead: 0 },
      ...drawn.map(({ conditions }) => conditions),
    ) as Conditions,
  }
}

const step = (chance: Chance, action: string): Step => ({ action, seed: chance.seed() })

/** What leaves something to repair, by kind of server. */
const LEAVES = {
  github: ['loseGate', 'postGate', 'endRun', 'postGate'],
  others: ['finishAll', 'loseUmbrella'],
} as const

/** A round that leaves something to repair, so that faults meet writes. */
function toRepair(round: Round, chance: Chance, isGithub: boolean): Round {
  const leaves = isGithub ? LEAVES.github : LEAVES.others
  const heads = Array.from({ length: 1 + chance.below(2) })
  return {
    ...round,
    before: [
      ...round.before.filter(({ action }) => action !== 'forge').slice(0, 3),
      ...heads.flatMap(() => leaves.map(action => step(chance, action))),
    ],
    age: 400,
    dryRun: false,
  }
}

/** The file with an umbrella that only says what its needs say. */
function judging(file: FileSpec): FileSpec {
  const { umbrella, jobs } = file
  const needs = umbrella?.needs ?? jobs.map(({ key }) => key)
  return umbrella === null ? file : { ...file, umbrella: { ...umbrella, kind: 'judges', needs } }
}

/** A world that has something to repair in most rounds, and in which nothing hides it. */
function repairable({ setup, rounds }: Script, chance: Chance): Script {
  const isGithub = setup.profile === 'github'
  const inputs = { ...setup.inputs, 'min-age': '0s', remedy: 'auto' }
  return {
    setup:
      setup.profile === 'github'
        ? { ...setup, inputs }
        : {
            ...setup,
            inputs,
            denied: false,
            main: judging(setup.main),
            release: judging(setup.release),
          },
    rounds: rounds.map(round => toRepair(round, chance, isGithub)),
  }
}

/** What may go wrong, and how often a world has something to repair. */
export interface Chaos {
  readonly names: readonly string[]
  readonly repairable: number
}

/** The world of a seed, in which things go wrong. */
export function drawChaos(
  seed: number,
  profiles: readonly Driven[],
  { names, repairable: odds }: Chaos = { names: IN_PROCESS, repairable: 0.7 },
): Script {
  const chance = new Chance(seed ^ 0x5eed)
  // Every fourth world is of GitHub, which is one profile of many.
  const isGithub = profiles.includes('github') && chance.is(0.25)
  const script = drawScript(seed, isGithub ? ['github'] : profiles)
  const { setup, rounds } = chance.is(odds) ? repairable(script, chance) : script
  return { setup, rounds: rounds.map(round => goneWrong(round, chance, names)) }
}
