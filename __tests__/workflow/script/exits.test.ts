import { describe, expect, it } from '@jest/globals'
import type { Step } from '../../../src/workflow/body.js'
import type { Facts } from '../../../src/workflow/evaluate.js'
import type { Workflow, WorkflowJob } from '../../../src/workflow/parse.js'
import type { Status } from '../../../src/workflow/script/state.js'
import { mayHoldOutputs, stepExits, withVariables } from '../../../src/workflow/steps.js'
import type { Value } from '../../../src/workflow/value.js'
import { NotJudging, literal } from '../../../src/workflow/value.js'
import { keptIn } from '../../support/kept.js'
import * as umbrellas from '../../support/umbrella-jobs.js'

const shown = ({ from, values, what }: Value): string =>
  [...from].sort().join('+') + (values === null ? '' : JSON.stringify(values)) + ` (${what})`

const end = ({ ok, fail, by }: Status): string =>
  `${ok ? 'green' : ''}${ok && fail ? ' or ' : ''}${fail ? 'red' : ''} by ${shown(by)}`

function factsOf(workflow: Workflow, job: WorkflowJob, result: Facts['result']): Facts {
  const facts = {
    needs: job.needs,
    outputs: mayHoldOutputs(workflow, job),
    env: new Map<string, Value>(),
    result,
    ofJob: false,
  }
  const whole = { ...facts, env: withVariables(workflow.env, facts) }
  return { ...whole, env: withVariables(job.body.env, whole) }
}

/** All ends of each step, with what they rest on, or why the step is not followed. */
async function endsOf(body: string, result: Facts['result']): Promise<readonly string[]> {
  const [workflow, job] = await umbrellas.readUmbrella(body)
  const said = (step: Step): string => {
    try {
      const facts = { ...factsOf(workflow, job, result), guard: literal() }
      const { exits, polls } = stepExits(step, workflow, job, facts)
      return [...new Set(exits.map(end))].join('; ') + (polls ? ', polls' : '')
    } catch (error) {
      if (error instanceof NotJudging) return `other work: ${error.message}`
      throw error
    }
  }
  return (job.body.steps ?? []).map(said)
}

const JOBS = Object.entries({
  ...umbrellas.JUDGE_BY_NEEDS,
  ...umbrellas.JUDGE_BY_POLLING,
  ...umbrellas.READ_NOTHING,
  ...umbrellas.OTHER_WORK,
})

describe('how each step of an umbrella can end, and by what', () => {
  const keep = keptIn(
    new URL('./exits.json', import.meta.url),
    JOBS.map(([name]) => name),
  )

  it.each(JOBS)('%s', async (name, body) => {
    const whatever = await endsOf(body, null)
    const green = await endsOf(body, 'success')
    expect(whatever).toHaveLength(green.length)
    keep(name, { whatever, green })
  })
})
