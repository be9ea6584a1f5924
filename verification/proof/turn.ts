import type { StatusPost } from '../../src/core/plan/remedy.js'
import { answerTo, sayOf } from './answers.js'
import type { Node, Programs } from './client.js'
import { fresh } from './instance.js'
import type { Finding } from './laws.js'
import { atEnd, atSuccess } from './laws.js'
import type { RerunRequest } from './our-rerun.js'
import { atRerun } from './rerun-laws.js'
import type { Client, State, World } from './model.js'
import { left, spend } from './model.js'
import { moveOn } from './move-on.js'
import { fitNow } from './blind.js'
import type { Answer } from './asking.js'
import type { Step } from './step.js'

/** A step of ours, and what the checker saw in it. */
interface Turn extends Step {
  readonly findings: readonly Finding[]
}

/**
 * Every step one instance of us can take next: one request of its look, or the whole look where the
 * bound says so.
 */
export async function turns(
  world: World,
  programs: Programs,
  state: State,
  at: number,
): Promise<readonly Turn[]> {
  const look = world.bound.atOnce ? lookOf(programs, state, at) : null
  if (look === null) return requests(world, programs, state, at)
  let turn: Turn = { say: '', willed: false, next: state, findings: [] }
  while (lookOf(programs, turn.next, at) === look) {
    const [first] = await requests(world, programs, turn.next, at)
    if (first === undefined) break
    turn = {
      ...first,
      say: `${turn.say}${turn.say === '' ? '' : '; '}${first.say}`,
      findings: [...turn.findings, ...first.findings],
    }
  }
  return [turn]
}

/**
 * Which look of which sweep an instance is at: its reads have the same number. `null` when it does
 * not read.
 */
function lookOf(programs: Programs, { clients }: State, at: number): string | null {
  const { node, sweep } = clients[at] ?? { node: 0, sweep: 0 }
  const waiting = node === 0 ? [] : programs.at(node).waiting
  const numbers = new Set(waiting.map(({ name }) => name.slice(name.indexOf('#'))))
  return numbers.size === 1 &&
    waiting.every(({ request: { kind } }) => kind !== 'post' && kind !== 'rerun')
    ? `${sweep}${[...numbers].join('')}`
    : null
}

const whoIs = (at: number): string => (at === 0 ? 'we' : 'we (second instance)')

/** Every request one instance of us can have answered next. */
/** An instance that has something to ask, and where it stands. */
interface Asking {
  readonly world: World
  readonly programs: Programs
  readonly at: number
  readonly client: Client
  readonly node: Node
}

/** One answer to one request, and what an instance makes of it. */
interface Taken {
  readonly say: string
  /** The state in which it is answered. */
  readonly from: State
  readonly asked: Node['waiting'][number]
  readonly key: string
  readonly answer: Answer
  readonly change: Partial<Client>
  readonly findings: readonly Finding[]
}

const put = (from: State, at: number, change: Client): State => ({
  ...from,
  clients: from.clients.map((old, place) => (place === at ? change : old)),
})

async function take(asking: Asking, taken: Taken): Promise<Turn> {
  const { world, programs, at, client, node } = asking
  const { say, from, asked, key, answer, change, findings } = taken
  const step = programs.after(node, asked.name, key, answer)
  const then = step instanceof Promise ? await step : step
  const moved = moveOn(world, from, client, node, then, asked.request, change)
  if (then.ended === null) return { say, willed: false, next: put(from, at, moved), findings }
  const next = put(from, at, await fresh(world, programs, at, moved.sweep + 1))
  return {
    say: `${say}; the sweep ends: ${then.ended.reason}, ${then.ended.outcome}`,
    willed: false,
    next,
    findings: [...findings, ...atEnd(world, from, moved)],
  }
}

/** The answer as the server gives it and, while the budget lasts, lost on its way. */
function orLost({ world }: Asking, state: State, told: Taken): readonly Taken[] {
  if (left(world, state, 'fault') === 0) return [told]
  const lost: Taken = {
    ...told,
    say: `${told.say}, and the answer is lost`,
    from: spend(told.from, 'fault'),
    key: 'lost',
    answer: { error: 'timeout' },
    change: { ...told.change, gapped: true },
  }
  return [told, lost]
}

/** What the answer to a re-run may be: as the server says, or lost after the work was done. */
function rerun(
  asking: Asking,
  state: State,
  request: RerunRequest,
  answered: Omit<Taken, 'change' | 'findings'>,
): readonly Taken[] {
  const { world, client } = asking
  if ('error' in answered.answer)
    return [{ ...answered, say: `${answered.say}: refused`, change: {}, findings: [] }]
  const findings = atRerun(world, state, client, request)
  const change: Partial<Client> = { reruns: client.reruns + 1 }
  return orLost(asking, state, { ...answered, change, findings })
}

/** What the answer to a write may be: as the server says, or lost. */
function written(
  asking: Asking,
  state: State,
  post: StatusPost,
  answered: Omit<Taken, 'change' | 'findings'>,
): readonly Taken[] {
  const { world, client } = asking
  const success = post.state === 'success'
  const findings: readonly Finding[] = success
    ? atSuccess(world, state, client, post)
    : client.undos > 0
      ? [{ law: 'I3', name: '', what: 'taken back twice in one sweep' }]
      : []
  const change: Partial<Client> = success
    ? {
        greens: client.greens + 1,
        green: answered.from.log.size,
        fits: fitNow(world, answered.from, client.listed),
      }
    : { undos: client.undos + 1 }
  return orLost(asking, state, { ...answered, change, findings })
}

async function requests(
  world: World,
  programs: Programs,
  state: State,
  at: number,
): Promise<readonly Turn[]> {
  const client = state.clients[at]
  if (client === undefined || client.node === 0) return []
  const node = programs.at(client.node)
  const asking: Asking = { world, programs, at, client, node }
  const found: Turn[] = []
  for (const asked of node.waiting) {
    const { request } = asked
    const { next: from, key, answer } = answerTo(world, state, request)
    const say = sayOf(request, whoIs(at))
    const answered = { say, from, asked, key, answer }
    const answers: readonly Taken[] =
      request.kind === 'post'
        ? written(asking, state, request.post, answered)
        : request.kind === 'rerun'
          ? rerun(asking, state, request, answered)
          : [{ ...answered, change: {}, findings: [] }]
    for (const taken of answers) found.push(await take(asking, taken))
    if (left(world, state, 'fault') > 0) {
      const none: Taken = {
        say: `${say}: no answer`,
        from: spend(state, 'fault'),
        asked,
        key: 'error',
        answer: { error: 'unreachable' },
        // Whether a false green stands elsewhere is not asked of this head's evidence.
        change: { gapped: client.gapped || request.kind !== 'failedHeads' },
        findings: [],
      }
      found.push(await take(asking, none))
    }
  }
  if (left(world, state, 'die') > 0 && node.answers.size > 0) {
    const next = put(spend(state, 'die'), at, await fresh(world, programs, at, client.sweep + 1))
    const say = `${whoIs(at)} die in the middle of the sweep`
    found.push({ say, willed: true, next, findings: [] })
  }
  return found
}
