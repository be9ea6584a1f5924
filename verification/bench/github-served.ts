// The simulated GitHub in a process of its own, so that its memory is not counted as the bundle's.
// It says where it listens, and when it is asked how many requests came.
import { serveGithub } from '../simulator/github/server.js'
import { quietGithub } from './github-world.js'

/** What the server says. */
export type Told =
  | { readonly kind: 'ready'; readonly apiUrl: string; readonly token: string }
  | { readonly kind: 'asked'; readonly requests: number; readonly faults: readonly string[] }

const say = (told: Told): void => {
  process.send?.(told)
}

const server = await serveGithub(quietGithub(Number(process.argv[2])))
process.on('message', () => {
  say({ kind: 'asked', requests: server.requests.length, faults: server.faults })
})
// Whoever started it is gone, or has what it wanted.
process.on('disconnect', () => process.exit())
say({ kind: 'ready', apiUrl: server.apiUrl, token: server.token })
