import type { Ran, Told } from './bundle.js'
import { TOKEN } from './bundle.js'
import type { GithubServer } from './server.js'
import type { Situation } from './situation.js'

const fits = (text: string, words: RegExp | string): boolean =>
  typeof words === 'string' ? text.includes(words) : words.test(text)

const isSame = (text: string, words: RegExp | string): boolean =>
  typeof words === 'string' ? text === words : words.test(text)

/** The reasons of pull requests that were left alone are only counted. */
function reasonIn({ pulls, quiet }: Told, number: number, wanted: RegExp | string): string {
  const told = pulls.find(pull => pull.number === number)
  if (told !== undefined) return told.reason
  const left = Object.entries(quiet).filter(([, count]) => count > 0)
  return left.map(([reason]) => reason).find(reason => isSame(reason, wanted)) ?? 'nothing'
}

function faultsOfPulls({ pulls = {}, outcomes = {} }: Situation, ran: Ran): readonly string[] {
  const { report } = ran
  const wanted = Object.entries(pulls)
  if (report === null) {
    // An explanation begins with the reason.
    const reason = /^([a-z-]+): /m.exec(ran.text)?.[1] ?? 'nothing'
    return wanted.flatMap(([number, words]) =>
      isSame(reason, words) ? [] : [`#${number} is ${String(words)}, was called ${reason}`],
    )
  }
  const reasons = wanted.flatMap(([number, words]) => {
    const reason = reasonIn(report, Number(number), words)
    const detail = report.pulls.find(pull => pull.number === Number(number))?.detail ?? ''
    return isSame(reason, words)
      ? []
      : [`#${number} is ${String(words)}, was called ${reason}: ${detail}`]
  })
  const ends = Object.entries(outcomes).flatMap(([number, words]) => {
    const told = report.pulls.find(pull => pull.number === Number(number))
    const outcome = told?.outcome ?? 'nothing'
    return isSame(outcome, words)
      ? []
      : [`#${number} ends ${String(words)}, was told ${outcome}: ${told?.outcomeDetail ?? ''}`]
  })
  return [...reasons, ...ends]
}

/** What is never so, whatever the situation. */
function faultsOfAny(server: GithubServer, { text }: Ran): readonly string[] {
  const crash = /TypeError|ReferenceError|is not a function|\bat \S+ \(file:/.exec(text)?.[0]
  const sentTo = server.log.filter(({ authorization }) => authorization === '')
  return [
    ...server.unknown.map(line => `the world has no answer for ${line}`),
    ...(crash === undefined ? [] : [`it crashed: ${crash}`]),
    ...(text.replaceAll(`::add-mask::${TOKEN}`, '').includes(TOKEN) ? ['it shows its token'] : []),
    ...(sentTo.length > 0 ? ['a request had no token'] : []),
  ]
}

function faultsOfWords({ says = [], neverSays = [] }: Situation, { text }: Ran): readonly string[] {
  return [
    ...says.filter(one => !fits(text, one)).map(one => `it does not say ${String(one)}`),
    ...neverSays.filter(one => fits(text, one)).map(one => `it says ${String(one)}`),
  ]
}

/** What was written, in its order, where that is not what was meant. */
function faultsOfWrites(wrote: readonly string[], wanted: readonly (RegExp | string)[]): string[] {
  const same =
    wrote.length === wanted.length && wanted.every((words, at) => isSame(wrote[at] ?? '', words))
  return same ? [] : [`it wrote [${wrote.join('; ')}] and not [${wanted.map(String).join('; ')}]`]
}

/** Everything that is not as the situation demands it. */
export function faultsOf(situation: Situation, server: GithubServer, ran: Ran): readonly string[] {
  const { wrote = [], exit = 0, requests = Infinity, gate = {}, also } = situation
  const { world, log } = server
  const code =
    exit === null || ran.code === exit ? [] : [`it ends ${String(ran.code)} and not ${exit}`]
  const gates = Object.entries(gate).flatMap(([number, wanted]) => {
    const pull = world.repository.pull(Number(number))
    const is = pull === undefined ? 'gone' : world.gate(pull)
    return is === wanted ? [] : [`the gate of #${number} is ${is}`]
  })
  const more = also?.(
    world,
    log.map(({ line }) => line),
  )
  return [
    ...faultsOfAny(server, ran),
    ...faultsOfPulls(situation, ran),
    ...faultsOfWrites(world.wrote, wrote),
    ...faultsOfWords(situation, ran),
    ...code,
    ...(log.length <= requests ? [] : [`${log.length} requests, more than ${requests}`]),
    ...gates,
    ...(more == null ? [] : [more]),
  ]
}
