import type { ContextRow, Trace } from '../../src/core/rules/trace.js'
import { ruleLines } from '../../src/sweep/report/explanation.js'
import { plain } from '../../src/sweep/report/text.js'

/** One context in a line: its level, what the newest run says, and where that was read. */
function contextLine({ context, level, says, source, run, job, row, why }: ContextRow): string {
  const from = [
    run === null ? '' : `run ${run}`,
    job === null ? '' : `job ${job.id ?? job.key}`,
    row === null ? '' : `row ${row}`,
    source ?? '',
  ].filter(part => part !== '')
  const where = from.length === 0 ? '' : ` (${from.join(', ')})`
  return `${plain(context)}, ${level}: ${says}${where}${why === '' ? '' : `: ${plain(why)}`}`
}

/** A trace as tests keep it: the contexts that count, then every rule in its order. */
export function traceLines({ contexts, steps }: Trace): readonly string[] {
  return [...contexts.map(contextLine), ...ruleLines(steps)]
}
