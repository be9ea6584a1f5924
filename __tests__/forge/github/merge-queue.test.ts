import { describe, expect, it } from '@jest/globals'
import type { NonEmpty, ListedPull } from '../../../src/core/model/evidence.js'
import { mergeQueueOf } from '../../../src/forge/github/merge-queue.js'
import { pull } from '../../support/builders.js'
import { checksHead, GATE } from '../../support/check-builders.js'
import type { Script, Scripted } from '../../support/scripted-github.js'
import { fileAnswer, graphql, keptOf, scriptedGithub } from '../../support/scripted-github.js'

const TIPS = { main: 'd'.repeat(40), next: 'e'.repeat(40) }
const FOLDER = 'GET /contents/.github/workflows'

/** A workflow with the job of the umbrella, or with one of another name. */
const workflow = (events: string, job = GATE): string =>
  `on: [${events}]\njobs:\n  gate:\n    name: ${job}\n    runs-on: x\n    steps: [{run: x}]\n`

/** A branch with these workflow files. */
function branch(name: keyof typeof TIPS, files: readonly string[]): Script {
  const path = (at: number): string => `.github/workflows/w${at}.yml`
  const listed = files.map((_, at) => ({ path: path(at), type: 'file', sha: `${name}${at}` }))
  return {
    [`GET /branches/${name}`]: { body: { commit: { sha: TIPS[name] } } },
    [`${FOLDER}?ref=${TIPS[name]}`]: { body: listed },
    ...Object.fromEntries(
      files.map((text, at) => [`GET /contents/${path(at)}?ref=${TIPS[name]}`, fileAnswer(text)]),
    ),
  }
}

const HOOKED = branch('main', [workflow('pull_request, merge_group')])
const STALLED = branch('main', [workflow('pull_request')])
const places = (of: Readonly<Record<string, boolean>>): Scripted =>
  graphql(Object.fromEntries(Object.entries(of).map(([key, is]) => [key, { isInMergeQueue: is }])))

/** The queue of these bases, as it concerns a head of these pull requests. */
async function queueBy(
  script: Script,
  pulls: NonEmpty<ListedPull> = [pull(7)],
  bases: readonly string[] = ['main'],
) {
  const scene = scriptedGithub({ 'POST /graphql': places({ p7: false }), ...script })
  const { reads } = keptOf(scene.repository)
  const head = { ...checksHead(), pulls }
  return { queue: await mergeQueueOf(scene.repository, reads, head, bases), scene }
}

describe('who stands in the merge queue', () => {
  const two: NonEmpty<ListedPull> = [pull(7), pull(8), pull(9)]

  it.each<{ rule: string; answer: Scripted; queued: readonly number[] | null }>([
    {
      rule: 'those of which GitHub says so',
      answer: places({ p7: false, p8: true, p9: false }),
      queued: [8],
    },
    { rule: 'nobody', answer: places({ p7: false, p8: false, p9: false }), queued: [] },
    {
      rule: 'is not known where one of several is not told',
      answer: places({ p7: true, p8: true }),
      queued: null,
    },
    {
      rule: 'is not known where an error stands beside the answer',
      answer: graphql({ p7: { isInMergeQueue: true }, p8: { isInMergeQueue: true }, p9: null }, [
        { message: 'no', type: 'NOT_FOUND', path: ['repository', 'p9'] },
      ]),
      queued: null,
    },
    {
      rule: 'is not known where an error stands beside what looks whole',
      answer: graphql(
        {
          p7: { isInMergeQueue: true },
          p8: { isInMergeQueue: true },
          p9: { isInMergeQueue: true },
        },
        [{ message: 'no', path: ['repository', 'p9'] }],
      ),
      queued: null,
    },
    {
      rule: 'is not known where a place is no place',
      answer: graphql({ p7: {}, p8: {}, p9: {} }),
      queued: null,
    },
    {
      rule: 'is not known where GitHub refuses it',
      answer: { status: 403, body: { message: 'no' } },
      queued: null,
    },
  ])('$rule', async ({ answer, queued }) => {
    const { queue } = await queueBy({ ...HOOKED, 'POST /graphql': answer }, two)
    expect(queue).toEqual({ queued, stalls: [] })
  })

  it('is asked of those pull requests alone that go through it', async () => {
    const pulls: NonEmpty<ListedPull> = [
      pull(7),
      pull(8, { base: 'next' }),
      { ...pull(9), base: null },
    ]
    const { queue, scene } = await queueBy(
      { ...HOOKED, 'POST /graphql': places({ p7: true }) },
      pulls,
    )
    expect(queue).toEqual({ queued: [7], stalls: [] })
    expect(scene.posted).toEqual([
      {
        query:
          'query queue($owner: String!, $name: String!) {\n' +
          '  repository(owner: $owner, name: $name) {\n' +
          '    p7: pullRequest(number: 7) { isInMergeQueue }\n  }\n}',
        variables: { owner: 'acme', name: 'widgets' },
      },
    ])
  })
})

describe('a merge queue stalls', () => {
  const other = workflow('push', 'lint')

  it.each<{ rule: string; script: Script; stalls: readonly string[] }>([
    {
      rule: 'where the workflow of the umbrella does not start for it',
      script: STALLED,
      stalls: ['main'],
    },
    { rule: 'nowhere, where it does', script: HOOKED, stalls: [] },
    {
      rule: 'nowhere, where one of two workflows of the umbrella starts for it',
      script: branch('main', [workflow('pull_request'), workflow('merge_group, pull_request')]),
      stalls: [],
    },
    {
      rule: 'where another workflow starts for it, and that of the umbrella does not',
      script: branch('main', [workflow('pull_request'), workflow('merge_group', 'lint')]),
      stalls: ['main'],
    },
    {
      rule: 'nowhere that is shown, where no workflow writes the umbrella',
      script: branch('main', [other]),
      stalls: [],
    },
    { rule: 'nowhere that is shown, where the files cannot be read', script: {}, stalls: [] },
  ])('$rule', async ({ script, stalls }) => {
    const { queue } = await queueBy(script)
    expect(queue).toEqual({ queued: [], stalls })
  })

  it('by each base branch of its own', async () => {
    const script = { ...HOOKED, ...branch('next', [workflow('pull_request')]) }
    const { queue } = await queueBy(script, [pull(7)], ['main', 'next'])
    expect(queue).toEqual({ queued: [], stalls: ['next'] })
  })
})
