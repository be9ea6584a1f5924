import type { Umbrella } from './choose.js'
import type { DoctorServer } from './server.js'
import { allowedBy } from './what-if/steps.js'
import type { Row } from './what-if/table.js'
import { saidIn } from './what-if/table.js'

/** Why a line of the table is wrong; the codes of findings. */
export const CAUSES = [
  'no-condition',
  'not-literally-always',
  'skipped-on-failure',
  'reads-nothing',
  'verdict-lost',
  'unread-need',
  'wildcard-result',
  'empty-result',
  'ancestor-skips',
  'cancelled-passes',
  'allowed-failure',
  'may-fail',
  'always-red',
] as const
export type Cause = (typeof CAUSES)[number]

/** What the same umbrella would say on a server that differs in this. */
function saidOn(umbrella: Umbrella, server: DoctorServer, row: Row): string {
  const { source, job, event } = umbrella
  return saidIn({ workflow: source.workflow, umbrella: job, server, event }, row.scenario).kind
}

function causeOfSkip(umbrella: Umbrella, server: DoctorServer, row: Row): Cause {
  const { condition } = umbrella.job.body
  if (condition === null) return 'no-condition'
  const other = saidOn(umbrella, { ...server, onlyLiteralAlways: false }, row)
  return server.onlyLiteralAlways && other !== 'skipped'
    ? 'not-literally-always'
    : 'skipped-on-failure'
}

/** Does the umbrella read nothing of what its needs ended with? */
const readsNothing = ({ work }: Umbrella): boolean =>
  work.kind === 'only-judges' ? work.by === 'nothing' : !work.readsNeeds

function isAllowed({ job: { body } }: Umbrella, id: string): boolean {
  return (body.steps ?? []).some(step => allowedBy(step)?.failures.includes(id) === true)
}

/** Does another job's failure turn it red? Then it is this one that it does not read. */
const readsAnother = ({ table }: Umbrella, id: string): boolean =>
  table.some(
    ({ scenario, said }) =>
      scenario.kind === 'one' &&
      scenario.job !== id &&
      scenario.fate === 'failure' &&
      said.kind === 'red',
  )

function causeOfGreen(umbrella: Umbrella, server: DoctorServer, row: Row): Cause {
  const { scenario, of } = row
  if (readsNothing(umbrella)) return 'reads-nothing'
  if (server.wildcardIsEmpty === true)
    if (saidOn(umbrella, { ...server, wildcardIsEmpty: false }, row) !== 'green')
      return 'wildcard-result'
  if (server.skippedIsEmpty)
    if (saidOn(umbrella, { ...server, skippedIsEmpty: false }, row) !== 'green')
      return 'empty-result'
  if (scenario.kind !== 'one') return 'cancelled-passes'
  if (of === 'ancestor') return 'ancestor-skips'
  if (isAllowed(umbrella, scenario.job)) return 'allowed-failure'
  if (scenario.fate === 'allowed') return 'may-fail'
  const failed = umbrella.table.find(
    one =>
      one.scenario.kind === 'one' &&
      one.scenario.job === scenario.job &&
      one.scenario.fate === 'failure',
  )
  if (scenario.fate === 'cancelled' && failed?.said.kind === 'red') return 'cancelled-passes'
  return readsAnother(umbrella, scenario.job) ? 'unread-need' : 'verdict-lost'
}

/** The wrong lines of an umbrella's table by their causes, in the order of the causes. */
export function causesOf(
  umbrella: Umbrella,
  server: DoctorServer,
): ReadonlyMap<Cause, readonly Row[]> {
  const found = new Map<Cause, Row[]>()
  for (const row of umbrella.table.filter(({ right }) => right === false)) {
    const cause =
      row.gate !== 'opens'
        ? 'always-red'
        : row.said.kind === 'skipped'
          ? causeOfSkip(umbrella, server, row)
          : causeOfGreen(umbrella, server, row)
    found.set(cause, [...(found.get(cause) ?? []), row])
  }
  return found
}
