import type { NonEmpty } from '../../core/model/evidence.js'
import type { PullReport } from './report.js'
import { pullNumbers } from './text.js'

/** Pulls by their text, in the order in which each text comes first. */
export function grouped(
  pulls: readonly PullReport[],
  textOf: (pull: PullReport) => string,
): readonly (readonly [text: string, pulls: NonEmpty<PullReport>])[] {
  const by = new Map<string, NonEmpty<PullReport>>()
  for (const pull of pulls) {
    const text = textOf(pull)
    const others = by.get(text)
    by.set(text, others === undefined ? [pull] : [...others, pull])
  }
  return [...by]
}

/** Pulls by their numbers. */
export const pullNames = (pulls: readonly PullReport[]): string =>
  pullNumbers(pulls.map(({ number }) => number))
