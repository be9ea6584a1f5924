import { describe, expect, it } from '@jest/globals'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { isSecondList } from '../../verification/e2e/proxy.js'
import type { Forge, ProfileName, SimulatedServer } from '../../verification/simulator/index.js'
import { PROFILES, createForge } from '../../verification/simulator/index.js'
import { REQUIRED, UMBRELLA, drive, open, runsOf } from '../../verification/simulator/stories.js'
import { runInProcess } from '../support/in-process.js'
import { sampled } from '../support/sample.js'
import { openServer, widgetsOn } from '../support/open-server.js'

interface Seen {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
}
/** What a report says of a pull; of one that is only counted it does not say which. */
interface Entry {
  readonly number?: number
  readonly reason: string
  readonly outcome: string
}

const isStatusPost = ({ method, path }: Seen): boolean =>
  method === 'POST' && path.includes('/statuses/')
const isList = ({ method, path }: Seen): boolean => method === 'GET' && path.endsWith('/pulls')

const isLook = ({ path }: Seen): boolean =>
  path.includes('/commits/') || path.includes('/statuses/')

/**
 * When the second pull comes to the head: the first request of this kind, at which it is opened
 * before the server answers.
 */
const MOMENTS = {
  'before the first look': () => isLook,
  'between the looks': isSecondList,
  'between the second look and the write': () => isStatusPost,
} as const
type Moment = keyof typeof MOMENTS

/**
 * What becomes of the second pull's own run: it waits for a runner, or it is over and every job of
 * it failed.
 */
const VARIANTS = {
  'its run waits': () => undefined,
  'every job of its run failed': (forge: Forge, number: number) => {
    const run = runsOf(forge, number).at(-1)
    if (run === undefined) throw new Error('the second pull has no run')
    const jobs = Object.fromEntries(
      REQUIRED.map(context => [
        context.slice('CI / '.length, -' (pull_request)'.length),
        'failure' as const,
      ]),
    )
    forge.runAll(run, { ...jobs, 'all-required': 'failure' })
  },
} as const
type Variant = keyof typeof VARIANTS

async function sweep(server: SimulatedServer): Promise<readonly Entry[]> {
  // A success that is posted, where a re-run would be the remedy of a red over green needs, too.
  const inputs = {
    'required-contexts': REQUIRED.join('\n'),
    'min-age': '0s',
    remedy: 'status',
  }
  const run = await runInProcess({
    ...widgetsOn(server),
    inputs,
  })
  const report = run.report as SweepReport | null
  const quiet = Object.entries(report?.quiet ?? {}).flatMap(([reason, count]) =>
    Array<Entry>(count).fill({ reason, outcome: 'none' }),
  )
  return [...(report?.pulls ?? []), ...quiet]
}

/** One stale pull, old enough; a second one is opened on its head at a moment of the sweep. */
async function play(profile: ProfileName, moment: Moment, variant: Variant, blind: boolean) {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  forge.push({ branch: 'release' })
  const number = drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
  forge.clock.advance('12m')
  const server = await openServer(forge)
  let second: number | null = null
  const isMoment = MOMENTS[moment]()
  server.on(request => {
    if (second !== null || !isMoment(request)) return undefined
    second = forge.openPull({
      branch: 'stale',
      base: 'release',
      title: 'the same commit, to release',
    })
    VARIANTS[variant](forge, second)
    return undefined
  })
  const first = ({ number: found }: { number: number }): boolean => found === number
  const hide = blind
    ? server.on(request =>
        isList(request)
          ? {
              kind: 'mutate',
              body: json => (json as unknown as { number: number }[]).filter(first),
            }
          : undefined,
      )
    : () => undefined
  const posts = (): readonly string[] =>
    server.requests.filter(isStatusPost).map(({ body }) => (body as { state: string }).state)
  const umbrella = () =>
    forge.latest(forge.head(number)).find(({ context }) => context === UMBRELLA)
  return { forge, server, pulls: await sweep(server), posts, umbrella, opened: () => second, hide }
}

const names = sampled(Object.keys(PROFILES) as ProfileName[])
const variants = Object.keys(VARIANTS) as Variant[]
const looks: readonly Moment[] = ['before the first look', 'between the looks']

describe.each(names)('a second pull on the head, %s', profile => {
  const postedStatusWins = PROFILES[profile].hash === 'context'

  it.each(looks.flatMap(moment => variants.map(variant => ({ moment, variant }))))(
    'opened $moment, $variant: nothing is written',
    async ({ moment, variant }) => {
      const { posts, opened } = await play(profile, moment, variant, false)
      if (postedStatusWins || moment === 'before the first look') expect(opened()).not.toBeNull()
      expect(posts()).toEqual([])
    },
  )

  it.each(variants.map(variant => ({ variant })))(
    'opened between the second look and the write, $variant: no success of ours stands',
    async ({ variant }) => {
      const { posts, umbrella, pulls, opened } = await play(
        profile,
        'between the second look and the write',
        variant,
        false,
      )
      if (!postedStatusWins) {
        expect([posts(), opened()]).toEqual([[], null])
        return
      }
      expect(pulls[0]?.outcome).toMatch(/^(withdrawn|superseded)$/)
      expect(umbrella()?.state).not.toBe('success')
    },
  )
})

describe.each(
  names.filter(name => PROFILES[name].actions.tasks || PROFILES[name].actions.runs !== 'none'),
)('a second pull no list ever shows, %s', profile => {
  it.each(looks.flatMap(moment => variants.map(variant => ({ moment, variant }))))(
    'opened $moment, $variant: its run is enough',
    async ({ moment, variant }) => {
      const { posts, server, pulls, opened } = await play(profile, moment, variant, true)
      expect(posts()).toEqual([])
      // Where nothing can be posted there is no second look.
      if (opened() === null) expect(PROFILES[profile].hash).not.toBe('context')
      const [again] = await sweep(server)
      expect(posts()).toEqual([])
      expect(pulls).toHaveLength(1)
      if (opened() !== null) expect(again?.reason).not.toBe('stale')
    },
  )
})

describe('requests for the list of open pulls', () => {
  const lists = (server: SimulatedServer): number => server.requests.filter(isList).length

  it.each([
    { written: 0, inputs: { 'dry-run': 'true' } },
    { written: 1, inputs: { 'max-repairs': '1' } },
    { written: 2, inputs: {} },
  ])(
    'a sweep that writes $written heads reads its two pages once, and twice more for each: ' +
      'before the write, and behind it',
    async ({ written, inputs }) => {
      const forge = createForge('gitea-1.26.4', { owner: 'acme', repo: 'widgets' })
      for (const name of ['one', 'two'])
        drive(forge, open(forge, name), { 'all-required': 'failure' })
      for (let quiet = 0; quiet < 50; quiet += 1) open(forge, `quiet-${quiet}`, { umbrella: false })
      forge.clock.advance('12m')
      const server = await openServer(forge)
      await runInProcess({
        ...widgetsOn(server),
        inputs: { 'required-contexts': REQUIRED.join('\n'), remedy: 'status', ...inputs },
      })
      expect(server.requests.filter(isStatusPost)).toHaveLength(written)
      expect(lists(server)).toBe(2 + 4 * written)
    },
  )
})
