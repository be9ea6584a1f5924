import { fileURLToPath } from 'node:url'
import { checkRecording, type Found } from '../simulator/contract.js'
import { EXCEPTIONS, HISTORY_EXCEPTIONS, RULES } from '../simulator/contract-exceptions.js'
import { DEFECTS, type Defect } from '../simulator/profiles.js'
import { comparedNames, NOT_SIMULATED, readRecording } from '../simulator/recording.js'

const folder = fileURLToPath(new URL('../../__tests__/recordings', import.meta.url))
const defect = DEFECTS.find(name => process.argv.includes(`--break=${name}`))
process.exitCode = (await checkAll(defect)) ? 0 : 1

/**
 * Print, per recording, what was compared and what differs; true if every difference is explained.
 */
async function checkAll(broken?: Defect): Promise<boolean> {
  let unexplained = 0
  for (const name of comparedNames(folder)) {
    const report = await checkRecording(readRecording(folder, name), broken)
    const used = Object.entries(report.explained)
      .map(([exception, count]) => `${exception} ${count}`)
      .join(', ')
    const asked = `${report.compared} exchanges, ${report.rows} rows of history`
    console.log(
      `${name}: ${asked}; explained: ${used || 'none'}; unexplained: ${report.unexplained.length}`,
    )
    for (const line of summaryOf(report.unexplained)) console.log(`  ${line}`)
    for (const rule of RULES.filter(({ name: ruleName }) => report.broken.includes(ruleName)))
      console.log(`  BROKEN ${rule.name}: ${rule.says}`)
    unexplained += report.unexplained.length
  }
  console.log(`\nNot compared: ${NOT_SIMULATED.join(', ')}`)
  console.log('\nExplained differences:')
  for (const { name, because } of [...EXCEPTIONS, ...HISTORY_EXCEPTIONS])
    console.log(`  ${name}: ${because}`)
  console.log(`\n${unexplained} unexplained differences`)
  return unexplained === 0
}

/** One line for each name, with the first place it was seen. */
function summaryOf(found: readonly Found[]): string[] {
  const names = [...new Set(found.map(({ name }) => name))]
  return names.map(name => {
    const same = found.filter(difference => difference.name === name)
    const [first] = same
    return (
      `${same.length} × ${name}: ${show(first?.want)} became ${show(first?.got)} ` +
      `(${first?.path ?? ''}, ${first?.where ?? ''})`
    )
  })
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
