import type { DoctorUmbrella } from './choose.js'
import type { Diagnosis } from './diagnose.js'
import type { DoctorServer } from './server.js'
import { jobContexts } from './contexts.js'

/**
 * What an umbrella stands for, of the event that it answers for itself; `null` unless it is known
 * of every job it needs: with part of a list red jobs would count for nothing.
 */
function neededContexts(
  server: DoctorServer,
  { source, job }: DoctorUmbrella,
  umbrella: string,
): readonly string[] | null {
  const jobs = source.workflow.jobs.filter(({ id }) => job.needs.includes(id))
  if (jobs.length !== new Set(job.needs).size) return null
  const event = server.naming.eventSuffix ? (/ \(\w+\)$/.exec(umbrella)?.[0] ?? '') : ''
  const contexts: string[] = []
  for (const need of jobs) {
    const own = jobContexts(server, source, need)?.filter(context => context.endsWith(event)) ?? []
    if (own.length === 0) return null
    contexts.push(...own)
  }
  return contexts.length === 0 ? null : contexts
}

/** The inputs that suit what was found: the umbrella, and what it stands for. */
export function suggestedInputs({ target }: Diagnosis): Readonly<Record<string, string>> {
  const { server, umbrellas, required } = target
  for (const umbrella of umbrellas) {
    const { source, job } = umbrella
    const own = jobContexts(server, source, job) ?? []
    const one = own.find(context => required?.includes(context)) ?? own[0]
    if (one === undefined) continue
    const contexts = neededContexts(server, umbrella, one)
    // Only where the file does not tell it to the sweep itself.
    return contexts === null || job.runsAlways
      ? { 'umbrella-context': one }
      : { 'umbrella-context': one, 'required-contexts': contexts.join('\n') }
  }
  return {}
}
