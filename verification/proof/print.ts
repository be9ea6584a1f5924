import { BLIND_SPOTS } from './blind.js'
import type { CheckReport } from './checks/explore.js'
import type { FoundHit, ProfileReport } from './report.js'
import { violationsOf } from './report.js'

function printHit({ name, law, count, what, bound, trace }: FoundHit): void {
  const title = name === '' ? 'VIOLATION' : `blind spot ${name}`
  console.log(
    `  ${title} (${law}), met ${count} times: ${what}. In "${bound}", ${trace.length} steps:`,
  )
  for (const line of trace) console.log(`      ${line}`)
}

/** Every bound of one profile, and the shortest trace of all that was found. */
export function printReport(report: ProfileReport): void {
  console.log(`\n== ${report.profile}`)
  for (const { bound, states, transitions, seconds, depth, progress } of report.explored) {
    const stale = [...progress].map(([reason, count]) => `${reason} ${count}`).join(', ')
    const rest = stale === '' ? '' : `; stale at rest: ${stale}`
    console.log(
      `  ${bound}: ${states} states, ${transitions} transitions, depth ${depth}, ` +
        `${seconds.toFixed(1)} s${rest}`,
    )
  }
  const violations = violationsOf(report)
  const { states, transitions, seconds } = report
  console.log(
    `  in all: ${states} states, ${transitions} transitions, ${seconds.toFixed(1)} s, violations ` +
      `${violations.length}`,
  )
  const spots = BLIND_SPOTS.flatMap(spot => report.hits.filter(({ name }) => name === spot))
  for (const hit of [...violations, ...spots]) printHit(hit)
}

/** Every bound over check runs. */
export function printChecks(reports: readonly CheckReport[]): void {
  console.log('\n== github (check runs)')
  for (const { bound, states, transitions, sent, hits } of reports) {
    console.log(`  ${bound}: ${states} states, ${transitions} transitions, ${sent} writes`)
    for (const { law, what, trace } of hits)
      console.log([`  VIOLATION (${law}): ${what}`, ...trace].join('\n      '))
  }
}
