import type { StatusPost } from '../../src/core/plan/remedy.js'
import type { State, World } from './model.js'
import type { Answer, AroundRequest, Request } from './asking.js'
import { rerunByUs } from './our-rerun.js'
import { postRow } from './rows.js'
import { READ, answerKey, shownRow } from './view.js'

function applied(world: World, state: State, post: StatusPost): State {
  const shown = { state: post.state, description: post.description }
  return postRow(state, world.contexts.indexOf(post.context), 'us', shown)
}

/** What a request of what stands around the head is answered. */
export function aroundAnswer(world: World, state: State, request: AroundRequest): unknown {
  switch (request.kind) {
    case 'openPulls':
      return READ.openPulls(world, state)
    case 'pullsOn':
      return READ.openPulls(world, state).pulls
    case 'pull':
      return READ.pull(state, request.number)
    case 'refs':
      return READ.refs(state)
    case 'commitOf':
      return READ.commitOf(state, request.branch)
  }
}

/**
 * The answer to a request at this instant, what it does to the forge, and a text by which equal
 * answers are one.
 */
export function answerTo(
  world: World,
  state: State,
  request: Request,
): { readonly next: State; readonly key: string; readonly answer: Answer } {
  switch (request.kind) {
    case 'openPulls':
    case 'pullsOn':
    case 'pull':
    case 'refs':
    case 'commitOf':
      return {
        next: state,
        key: `${state.standing}${state.targets}${state.bases}`,
        answer: { value: aroundAnswer(world, state, request) },
      }
    case 'latestRows':
      return {
        next: state,
        key: answerKey('latestRows', state),
        answer: { value: READ.latestRows(world, state) },
      }
    case 'history':
      return {
        next: state,
        key: answerKey('history', state),
        answer: { value: READ.history(world, state, request.above) },
      }
    case 'runs':
    case 'jobs':
      return {
        next: state,
        key: answerKey('runs', state),
        answer: { value: READ.runs(world, state) },
      }
    case 'failedHeads':
      return {
        next: state,
        key: answerKey('failedHeads', state),
        answer: { value: READ.failedHeads(world, state) },
      }
    case 'rerun': {
      const { next, answer } = rerunByUs(world, state, request)
      return { next, key: 'error' in answer ? answer.error : 'done', answer }
    }
    case 'tasks':
      return {
        next: state,
        key: answerKey('tasks', state),
        answer: { value: READ.tasks(world, state) },
      }
    case 'post': {
      const next = applied(world, state, request.post)
      const id = next.log.size
      const row = next.log.row
      if (row === null) throw new Error('a post writes a row')
      return { next, key: next.log.id.toString(), answer: { value: shownRow(world, id, row) } }
    }
  }
}

export function sayOf(request: Request, who: string): string {
  switch (request.kind) {
    case 'openPulls':
      return `${who} list the open pull requests`
    case 'latestRows':
      return `${who} read the latest rows`
    case 'history':
      return request.above === 0
        ? `${who} read all rows`
        : `${who} read the rows above row ${request.above}`
    case 'runs':
      return `${who} read the runs`
    case 'jobs':
      return `${who} read the jobs of run ${request.run}`
    case 'failedHeads':
      return `${who} look for failed runs`
    case 'rerun':
      return request.whole
        ? `${who} run every job of run ${request.run} again`
        : `${who} run the umbrella of run ${request.run} again`
    case 'tasks':
      return `${who} read the task rows`
    case 'pull':
      return `${who} read the pull request`
    case 'pullsOn':
      return `${who} list the open pull requests on the head`
    case 'refs':
      return `${who} read the refs of pull requests`
    case 'commitOf':
      return `${who} read where ${request.branch} stands`
    case 'post': {
      const { state } = request.post
      return state === 'success'
        ? `${who} write success on the umbrella`
        : `${who} take it back: ${state}`
    }
  }
}
