import { describe, expect, it } from '@jest/globals'
import { concurrencyReach } from '../../src/workflow/concurrency.js'
import { parseWorkflow } from '../../src/workflow/parse.js'

/** A workflow file with this text above its jobs, and inside its one job. */
const file = async (top: string, inJob = '') => {
  const text = `on: pull_request\n${top}\njobs:\n  a:\n    runs-on: x\n${inJob}`
  const read = await parseWorkflow('ci.yml', Buffer.from(text))
  if (read.kind !== 'workflow') throw new Error(read.why)
  return read
}

const group = (text: string): string => `concurrency: { group: "${text}" }`

describe('what a concurrency group can reach', () => {
  it.each([
    { rule: 'none', top: '', reach: 'nothing' },
    { rule: 'a fixed name', top: 'concurrency: ci', reach: 'repository' },
    { rule: 'a fixed group', top: group('ci'), reach: 'repository' },
    { rule: 'the workflow alone', top: group('${{ github.workflow }}'), reach: 'repository' },
    {
      rule: 'the workflow and the ref',
      top: group('${{ github.workflow }}-${{ github.ref }}'),
      reach: 'own-ref',
    },
    { rule: 'the ref as a text', top: "concurrency: '${{ gitea.ref }}'", reach: 'own-ref' },
    {
      rule: 'the pull',
      top: group('ci-${{ github.event.pull_request.number }}'),
      reach: 'own-ref',
    },
    {
      rule: 'the pull or the ref',
      top: group('${{ github.event.pull_request.number || github.ref }}'),
      reach: 'own-ref',
    },
    {
      rule: 'a branch name, which two forks may share',
      top: group('${{ github.head_ref || github.run_id }}'),
      reach: 'head-branch',
    },
    {
      rule: 'the pull or the commit',
      top: group('${{ github.workflow }}-${{ github.event.pull_request.number || github.sha }}'),
      reach: 'own-ref',
    },
    {
      rule: 'the branch name of the pull, beside its number',
      top: group('${{ github.head_ref }}-${{ github.event.number }}'),
      reach: 'own-ref',
    },
    {
      rule: 'what stands behind a value that is never empty counts for nothing',
      top: group("${{ github.event.number || 'all' }}"),
      reach: 'own-ref',
    },
    { rule: 'a text before a value', top: group("${{ 'a' || github.ref }}"), reach: 'repository' },
    {
      rule: 'the ref under a condition',
      top: group("${{ github.event_name == 'push' && github.ref || 'x' }}"),
      reach: 'repository',
    },
    {
      rule: 'the branch name of the pull by its event',
      top: group('${{ github.event.pull_request.head.ref }}'),
      reach: 'head-branch',
    },
    { rule: 'the run', top: group('${{ github.run_id }}'), reach: 'own-ref' },
    { rule: 'the merge of the pull', top: group('${{ github.sha }}'), reach: 'own-ref' },
    { rule: 'the ref without blanks', top: group('${{github.ref}}'), reach: 'own-ref' },
    { rule: 'a fact that nobody knows', top: group('${{ github.reff }}'), reach: 'repository' },
    {
      rule: 'a comparison with the ref',
      top: group("${{ github.ref == 'x' }}"),
      reach: 'repository',
    },
    { rule: 'a ref outside of an expression', top: group('github.ref'), reach: 'repository' },
    { rule: 'a list', top: 'concurrency: [a]', reach: 'repository' },
    { rule: 'a map without a group', top: 'concurrency: { x: y }', reach: 'repository' },
    { rule: 'nothing at all', top: 'concurrency:', reach: 'nothing' },
    {
      rule: 'a group of a job',
      top: group('${{ github.ref }}'),
      inJob: '    concurrency: deploy\n',
      reach: 'repository',
    },
  ])('$rule: $reach', async ({ top, inJob, reach }) => {
    expect(concurrencyReach(await file(top, inJob), 'pull_request')).toBe(reach)
  })

  it.each([
    { event: 'pull_request', ref: 'own-ref', number: 'own-ref', either: 'own-ref' },
    { event: 'pull_request_target', ref: 'repository', number: 'own-ref', either: 'own-ref' },
    // Without a pull request the number is empty, and the group is everybody's.
    { event: 'push', ref: 'own-ref', number: 'repository', either: 'own-ref' },
    { event: 'issue_comment', ref: 'repository', number: 'repository', either: 'repository' },
    { event: 'new_event', ref: 'repository', number: 'repository', either: 'repository' },
  ])('$event: a group of github.ref reaches $ref', async ({ event, ref, number, either }) => {
    const by = async (expression: string) =>
      concurrencyReach(await file(group(`\${{ ${expression} }}`)), event)
    expect(await by('github.ref')).toBe(ref)
    expect(await by('github.ref_name')).toBe(ref)
    expect(await by('github.event.pull_request.number')).toBe(number)
    expect(await by('github.event.pull_request.number || github.ref')).toBe(either)
  })

  it.each([
    // A pushed commit may stand on several branches.
    { event: 'push', text: 'github.sha', reach: 'repository' },
    { event: 'push', text: 'github.event.number || github.run_id', reach: 'own-ref' },
    // Of an event that nobody knows, the number may be there or not.
    { event: 'new_event', text: 'github.event.number || github.run_id', reach: 'own-ref' },
    { event: 'new_event', text: 'github.event.number || inputs.x', reach: 'repository' },
    { event: 'new_event', text: 'github.head_ref || github.run_id', reach: 'head-branch' },
  ])('after $event, $text: $reach', async ({ event, text, reach }) => {
    expect(concurrencyReach(await file(group(`\${{ ${text} }}`)), event)).toBe(reach)
  })
})
