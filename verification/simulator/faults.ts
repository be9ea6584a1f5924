import type { SeenRequest } from './exchange.js'
import type { Fault, SimulatedServer } from './server.js'

/** Which requests something is about: by method and by what their path holds. */
interface About {
  readonly method?: string
  readonly path: RegExp
}

const isAbout = ({ method = 'GET', path }: About, request: SeenRequest): boolean =>
  request.method === method && path.test(request.path)

/** The first requests of a kind meet this fault; those after them are answered. */
export function faultFirst(
  server: SimulatedServer,
  about: About,
  fault: Fault,
  times = 1,
): () => void {
  let left = times
  return server.on(request => {
    if (left === 0 || !isAbout(about, request)) return undefined
    left -= 1
    return fault
  })
}

/**
 * Something happens once, before the n-th request of a kind is answered: the answer shows it
 * already. Answers whether it has happened.
 */
export function happenBefore(
  server: SimulatedServer,
  about: About,
  happen: () => void,
  nth = 1,
): () => boolean {
  let seen = 0
  let happened = false
  server.on(request => {
    if (happened || !isAbout(about, request)) return undefined
    seen += 1
    if (seen < nth) return undefined
    happened = true
    happen()
    return undefined
  })
  return () => happened
}
