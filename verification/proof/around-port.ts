import type { PullNow } from '../../src/forge/port.js'
import { basesMayChange, pullsMayChange } from './comings.js'
import type { State, World } from './model.js'
import type { Ask, Missing } from './asking.js'
import { READ } from './view.js'

/** One sweep of the model: what it may not do, and what it has asked so far. */
export interface Session {
  readonly world: World
  readonly missing: Missing
  readonly ask: Ask
  /** The state before anything happened, for what cannot change. */
  readonly start: State
  /** The first answer of each kind, for a client without a second look. */
  readonly first: Map<string, Promise<unknown>>
  second: boolean
  over: boolean
  listed: ReturnType<typeof READ.openPulls> | null
}

type Listed = ReturnType<typeof READ.openPulls>

/** Where it cannot change who stands on the head, no step is spent on asking. */
export async function openPulls(session: Session, kind: 'openPulls' | 'pullsOn'): Promise<Listed> {
  const { world, missing, start, ask, listed, over } = session
  if (!pullsMayChange(world) || missing === 'blind-list') return READ.openPulls(world, start)
  if (listed !== null && (missing === 'one-list' || (missing === 'look-around' && over)))
    return listed
  const pulls = await ask({ kind })
  session.listed = kind === 'openPulls' ? (pulls as Listed) : { pulls: pulls as Listed['pulls'] }
  return session.listed
}

/** The refs of pull requests; a client without an eye for closed ones sees those of open ones. */
export async function refs(session: Session): Promise<ReturnType<typeof READ.refs>> {
  const { world, missing, start, first, over } = session
  if (missing === 'closed-pulls') {
    const { pulls } = session.listed ?? READ.openPulls(world, start)
    return new Map(pulls.map(({ head }) => [head, pulls.map(({ number }) => number)]))
  }
  if (!pullsMayChange(world) || missing === 'blind-list') return READ.refs(start)
  const before = missing === 'look-around' && over ? first.get('refs') : undefined
  const answer = before ?? session.ask({ kind: 'refs' })
  first.set('refs', answer)
  return (await answer) as ReturnType<typeof READ.refs>
}

/** The commit a branch stands on now. */
export async function tipOf(session: Session, branch: string): Promise<string> {
  const { world, missing, start, first, over } = session
  if (!basesMayChange(world)) return READ.commitOf(start, branch)
  const before = missing === 'look-around' && over ? first.get(branch) : undefined
  const answer = before ?? session.ask({ kind: 'commitOf', branch })
  first.set(branch, answer)
  return (await answer) as string
}

export async function pullNow({ world, start, ask }: Session, number: number): Promise<PullNow> {
  if (!pullsMayChange(world)) return READ.pull(start, number)
  return (await ask({ kind: 'pull', number })) as PullNow
}
