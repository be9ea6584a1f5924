import type { Runner } from '../runner.js'
import type { HiddenRunner } from '../runner/hidden.js'
import type { Given } from './arguments.js'
import type { Purpose } from './dry-run.js'
import { dryRunOf } from './dry-run.js'
import type { InputName } from './inputs.js'
import { apiUrlOf, tokenFor } from './token.js'

/** A start by hand or as an action, with what both together say. */
export interface Started {
  readonly runner: Runner
  /** Why nothing may be written although somebody asked for it; `null`: nobody forbade it. */
  readonly dryRunBy: string | null
}

/** A runner whose inputs are those of a command line before those of the environment. */
export function withGiven(runner: HiddenRunner, given: Given, purpose: Purpose): Started {
  const { inputs, tokenFile, confirmed } = given
  const { text: dryRun, why } = dryRunOf(runner, inputs['dry-run'], purpose)
  const byHand =
    tokenFile !== null || Object.keys(inputs).length > 0 || runner.input('token') === undefined
  const apiUrl = inputs['api-url'] ?? apiUrlOf(runner)
  const token = byHand
    ? tokenFor(runner, { apiUrl, confirmed, file: tokenFile })
    : runner.input('token')
  const input: Runner['input'] = name => {
    if (name === 'token') return token
    return name === 'dry-run' ? dryRun : (inputs[name as InputName] ?? runner.input(name))
  }
  const secrets = token === undefined ? [] : [token]
  return { runner: { ...runner.hidingToo(secrets), input }, dryRunBy: why }
}
