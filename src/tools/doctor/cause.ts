import { namesResults } from '../../workflow/classify.js'
import type { DoctorUmbrella } from './choose.js'
import type { DoctorServer } from './server.js'
import type { Scenario } from './what-if/graph.js'
import { allowedBy } from './what-if/steps.js'
import type { ScenarioRow } from './what-if/table.js'
import { saidIn } from './what-if/table.js'

/** Why a line of the table is wrong; the codes of findings. */
export const DOCTOR_CAUSES = [
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
export type DoctorCause = (typeof DOCTOR_CAUSES)[number]

/** What the same umbrella would say on a server that differs in this. */
function saidOn(umbrella: DoctorUmbrella, server: DoctorServer, scenario: Scenario): string {
  const { source, job, event } = umbrella
  return saidIn({ workflow: source.workflow, umbrella: job, server, event }, scenario).kind
}

function causeOfSkip(
  umbrella: DoctorUmbrella,
  server: DoctorServer,
  { scenario }: ScenarioRow,
): DoctorCause {
  if (umbrella.job.body.condition === null) return 'no-condition'
  const other = saidOn(umbrella, { ...server, onlyLiteralAlways: false }, scenario)
  return server.onlyLiteralAlways && other !== 'skipped'
    ? 'not-literally-always'
    : 'skipped-on-failure'
}

const isAllowed = ({ job: { body } }: DoctorUmbrella, id: string): boolean =>
  (body.steps ?? []).some(step => allowedBy(step)?.failures.includes(id) === true)

/** Which needs turn it red when they fail, where nothing of the server is in its way? */
function redBy(umbrella: DoctorUmbrella, ideal: DoctorServer): readonly string[] {
  return umbrella.job.needs.filter(
    job => saidOn(umbrella, ideal, { kind: 'one', job, fate: 'failure' }) === 'red',
  )
}

function causeOfGreen(
  umbrella: DoctorUmbrella,
  server: DoctorServer,
  row: ScenarioRow,
): DoctorCause {
  const { scenario, of } = row
  if (!namesResults(umbrella.job)) return 'reads-nothing'
  if (server.wildcardIsEmpty === true)
    if (saidOn(umbrella, { ...server, wildcardIsEmpty: false }, scenario) !== 'green')
      return 'wildcard-result'
  if (server.skippedIsEmpty)
    if (saidOn(umbrella, { ...server, skippedIsEmpty: false }, scenario) !== 'green')
      return 'empty-result'
  if (scenario.kind === 'one' && isAllowed(umbrella, scenario.job)) return 'allowed-failure'
  if (scenario.kind === 'one' && scenario.fate === 'allowed') return 'may-fail'
  const ideal = { ...server, wildcardIsEmpty: false, skippedIsEmpty: false }
  const red = redBy(umbrella, ideal)
  if (red.length === 0) return 'verdict-lost'
  if (scenario.kind !== 'one') return 'cancelled-passes'
  if (of === 'ancestor') return 'ancestor-skips'
  return red.includes(scenario.job) ? 'cancelled-passes' : 'unread-need'
}

const kept = new WeakMap<DoctorUmbrella, ReadonlyMap<DoctorCause, readonly ScenarioRow[]>>()

/** The wrong lines of an umbrella's table by their causes; `server`: that of its table. */
export function causesOf(
  umbrella: DoctorUmbrella,
  server: DoctorServer,
): ReadonlyMap<DoctorCause, readonly ScenarioRow[]> {
  const known = kept.get(umbrella)
  if (known !== undefined) return known
  const found = new Map<DoctorCause, ScenarioRow[]>()
  for (const row of umbrella.table.filter(({ right }) => right === false)) {
    const cause =
      row.gate !== 'opens'
        ? 'always-red'
        : row.said.kind === 'skipped'
          ? causeOfSkip(umbrella, server, row)
          : causeOfGreen(umbrella, server, row)
    found.set(cause, [...(found.get(cause) ?? []), row])
  }
  kept.set(umbrella, found)
  return found
}
