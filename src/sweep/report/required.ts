import type { GateContextReport } from './gate.js'
import { byUrgency, contextLine, isQuiet } from './gate.js'
import type { PullReport, SweepReport } from './report.js'
import { linkAfter, markdown, plain, plural } from './text.js'

/** The contexts beside the umbrella that hold a pull request back, or should. */
const heldBy = ({ required }: Pick<PullReport, 'required'>): readonly GateContextReport[] =>
  byUrgency(required ?? []).filter(one => !isQuiet(one))

/** Is there another required context to be told of? */
export const hasHeldContexts = (pull: Pick<PullReport, 'required'>): boolean =>
  heldBy(pull).length > 0

/** So many contexts of a pull request are named; the JSON report has the rest. */
const NAMED_CONTEXTS = 5

/** Pulls of the summary; what is beyond them is in the JSON report. */
const SHOWN_PULLS = 15

function moreOf(held: readonly GateContextReport[]): readonly string[] {
  const more = held.length - NAMED_CONTEXTS
  return more > 0 ? [`and ${plural(more, 'more required context')}`] : []
}

/** What the log says of every other required context; nothing where none was judged. */
export function requiredLines({ pulls }: SweepReport): readonly string[] {
  return pulls.filter(hasHeldContexts).flatMap(pull => {
    const held = heldBy(pull)
    const told = held
      .slice(0, NAMED_CONTEXTS)
      .flatMap(one => [
        `   ${contextLine(one)} → ${one.advice}`,
        ...(one.command === null ? [] : [`     ${plain(one.command, 1000)}`]),
      ])
    const more = moreOf(held).map(line => `   ${line}`)
    const head = `#${pull.number} is held back by other required contexts${linkAfter(pull.url)}:`
    return [head, ...told, ...more]
  })
}

/** The same as a section of the job summary. */
export function requiredSection({ pulls }: SweepReport): readonly string[] {
  const held = pulls.filter(hasHeldContexts)
  if (held.length === 0) return []
  const items = held.slice(0, SHOWN_PULLS).flatMap(pull => {
    const contexts = heldBy(pull)
    const told = contexts
      .slice(0, NAMED_CONTEXTS)
      .map(
        ({ context, state, class: as, detail, advice, command }) =>
          `  - ${markdown(context)}: ${state} (${as}): ${markdown(detail, 600)}  \n` +
          `    **What to do:** ${markdown(advice)}` +
          (command === null ? '' : `  \n    ${markdown(command, 1000)}`),
      )
    return [
      `- #${pull.number} ${markdown(pull.title, 100)}`,
      ...told,
      ...moreOf(contexts).map(line => `  - ${line}`),
    ]
  })
  const more =
    held.length > SHOWN_PULLS
      ? [`- and ${plural(held.length - SHOWN_PULLS, 'more pull request')}`]
      : []
  return [
    `### ${plural(held.length, 'pull request')} held back by other required contexts`,
    '',
    ...items,
    ...more,
    '',
  ]
}
