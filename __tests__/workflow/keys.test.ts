import { describe, expect, it } from '@jest/globals'
import { concurrencyOf, eventsOf, filtersOf, followsOf, jobKeys } from '../../src/workflow/keys.js'

describe('may a job fail without failing what needs it', () => {
  it.each([
    { given: undefined, says: 'no' },
    { given: null, says: 'no' },
    { given: false, says: 'no' },
    { given: true, says: 'yes' },
    { given: 'true', says: 'unknown' },
    { given: '${{ matrix.experimental }}', says: 'unknown' },
  ])('$given: $says', ({ given, says }) => {
    expect(jobKeys({ 'continue-on-error': given }).mayFail).toBe(says)
  })
})

describe('the group of runs of which one cancels another', () => {
  it.each([
    { given: undefined, says: null },
    { given: null, says: null },
    { given: 'a', says: 'a' },
    { given: 7, says: '7' },
    { given: { group: 'a', 'cancel-in-progress': true }, says: 'a' },
    { given: { group: null }, says: '' },
    { given: { 'cancel-in-progress': true }, says: '' },
    { given: ['a'], says: '' },
  ])('$given: $says', ({ given, says }) => {
    expect(concurrencyOf({ concurrency: given })).toBe(says)
    expect(jobKeys({ concurrency: given }).concurrency).toBe(says)
  })
})

describe('what a workflow starts after', () => {
  const ANY = { workflows: 'any', branches: null, types: null }
  it.each([
    { rule: 'nothing by other events', on: { push: { workflows: ['CI'] } }, says: null },
    { rule: 'every run by the event alone', on: 'workflow_run', says: ANY },
    { rule: 'every run by a list of events', on: ['push', 'workflow_run'], says: ANY },
    { rule: 'every run where nothing is given', on: { workflow_run: null }, says: ANY },
    {
      rule: 'what is named',
      on: { workflow_run: { workflows: 'CI', branches: ['a', 'b'], types: ['completed'] } },
      says: { workflows: ['CI'], branches: ['a', 'b'], types: ['completed'] },
    },
    {
      rule: 'every run where nothing is named',
      on: { workflow_run: { workflows: [], branches: null, types: [{ a: 'b' }] } },
      says: ANY,
    },
    {
      rule: 'any run where only a run tells one of them',
      on: { workflow_run: { workflows: ['CI', '${{ vars.x }}'], branches: ['${{ vars.x }}'] } },
      says: ANY,
    },
  ])('$rule', ({ on, says }) => {
    expect(followsOf({ on })).toEqual(says)
    expect(followsOf({ true: on })).toEqual(says)
  })
})

describe('the events and their filters', () => {
  it.each([
    { on: 'push', events: ['push'], filters: [] },
    { on: ['push', 7], events: ['push'], filters: [] },
    { on: null, events: [], filters: [] },
    { on: { push: null }, events: ['push'], filters: [] },
    {
      on: { push: { branches: 'main', tags: ['v1'] }, pull_request: { paths: ['a', 2] } },
      events: ['push', 'pull_request'],
      filters: [
        { event: 'push', key: 'branches', values: ['main'] },
        { event: 'pull_request', key: 'paths', values: ['a', '2'] },
      ],
    },
    {
      on: { push: { branches: null, paths: [], 'paths-ignore': { a: 'b' } } },
      events: ['push'],
      filters: [{ event: 'push', key: 'paths', values: [] }],
    },
    {
      on: { push: { types: ['x'], 'branches-ignore': ['y'], 'paths-ignore': ['z'] } },
      events: ['push'],
      filters: [
        { event: 'push', key: 'branches-ignore', values: ['y'] },
        { event: 'push', key: 'paths-ignore', values: ['z'] },
        { event: 'push', key: 'types', values: ['x'] },
      ],
    },
  ])('of $on', ({ on, events, filters }) => {
    expect(eventsOf({ on })).toEqual(events)
    expect(filtersOf(on)).toEqual(filters)
  })
})
