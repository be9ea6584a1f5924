import type { SimulatedServer } from './server.js'

/**
 * A runner for what is run again through the API: it takes those jobs before the next request is
 * answered, as a free runner does within a second. Answers how to send it home.
 */
export function takeReruns(server: SimulatedServer, take: (run: number) => void): () => void {
  const due = new Set<number>()
  const asked = server.after(({ method, path }) => {
    const run = /\/actions\/runs\/(\d+)\/.*rerun/.exec(path)?.[1]
    if (method === 'POST' && run !== undefined) due.add(Number(run))
  })
  const taken = server.on(() => {
    const runs = [...due]
    due.clear()
    for (const run of runs) take(run)
    return undefined
  })
  return () => {
    asked()
    taken()
  }
}
