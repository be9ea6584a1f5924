import { expect, it } from '@jest/globals'
import { hiddenRuns } from '../../../src/forge/gitea/hidden-runs.js'
import { gap, NOW, readRuns, rowsOf, run } from '../../support/builders.js'
import { server } from '../../support/servers.js'

const VERSION = '1.25.5'
const HIDDEN = {
  what: 'runs',
  cause: 'incomplete',
  context: null,
  detail: 'the list is empty, though run 3 wrote on this commit',
}

it.each([
  { rule: 'an empty list beside a row of a run hides it', gaps: [HIDDEN] },
  { rule: 'a list that shows a run hides none', shown: [run(3, ['Lint success'])], gaps: [] },
  { rule: 'a list that could not be read whole says so itself', missing: [gap(null)], gaps: [] },
  { rule: 'an empty list where no run wrote is right', lines: ['@alice Test success'], gaps: [] },
  { rule: 'no list was asked for', asked: false, gaps: [] },
  { rule: 'a list with jobs is searched for each by name', grade: 'jobs' as const, gaps: [] },
])(
  '$rule',
  ({
    lines = ['@alice Test success', 'R3 Lint success', 'R2 Lint success'],
    shown = [],
    missing = [],
    asked = true,
    grade = 'tasks' as const,
    gaps,
  }) => {
    const runs = asked ? { value: readRuns(shown, VERSION), gaps: missing, at: NOW } : null
    const on = { server: server(VERSION, { grade }) }
    expect(hiddenRuns(on, rowsOf(lines, VERSION), runs)).toEqual(gaps)
  },
)
