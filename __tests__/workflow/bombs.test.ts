// Files and scripts that are small to write and large to follow. Fuzzing found each of them.
import { describe, expect, it } from '@jest/globals'
import { exitOf } from '../../src/tools/doctor/what-if/shell/script.js'
import { workOf } from '../../src/workflow/classify.js'
import { jobNames } from '../../src/workflow/contexts.js'
import { namingOf } from '../../src/forge/versions.js'
import { parseWorkflow } from '../../src/workflow/parse.js'

/** Milliseconds: each of them took minutes, or ended the process. */
const SOON = 10_000

const many = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('')

describe('a file', () => {
  it.each([
    { bomb: 'explicit keys in each other', text: '? '.repeat(100_000), why: 'nested too deeply' },
    { bomb: 'lists in each other', text: '- '.repeat(100_000), why: 'nested too deeply' },
    {
      bomb: 'maps in each other, line by line',
      text: many(100, at => `${' '.repeat(at)}a:\n`),
      why: 'nested too deeply',
    },
    { bomb: 'tags of one value', text: '!a '.repeat(50_000), why: 'nested too deeply' },
    { bomb: 'keys', text: many(60_000, at => `k${at}: v\n`), why: 'has too many parts' },
    { bomb: 'documents', text: '---\n'.repeat(200_000), why: 'has too many parts' },
    { bomb: 'a key that stands twice, far away', text: 'a: 1\nb: 2\nc: 3\na: 4', why: '(line 4)' },
    { bomb: 'the same in brackets', text: '{ a: 1, b: { c: 1,\n c: 2 } }', why: '(line 2)' },
  ])(
    'of $bomb cannot be read, and that is said',
    async ({ text, why }) => {
      const read = await parseWorkflow('ci.yml', Buffer.from(text))
      expect(read).toMatchObject({ kind: 'unreadable', why: expect.stringContaining(why) })
    },
    SOON,
  )

  it('of 2,000 keys is read', async () => {
    const text = `on: push\nx:\n${many(2_000, at => `  k${at}: v\n`)}`
    expect((await parseWorkflow('ci.yml', Buffer.from(text))).kind).toBe('workflow')
  })
})

describe('a job', () => {
  const jobOf = async (job: object) => {
    const text = JSON.stringify({ on: 'pull_request', jobs: { a: job } })
    const workflow = await parseWorkflow('ci.yml', Buffer.from(text))
    const [first] = workflow.kind === 'workflow' ? workflow.jobs : []
    if (workflow.kind !== 'workflow' || first === undefined) throw new Error('it has one job')
    return { workflow, job: first }
  }
  const naming = namingOf({ kind: 'gitea', major: 1, minor: 22, patch: 6 } as never)
  const axes = (count: number, values: number): object =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `a${at}`,
        Array.from({ length: values }, (__, one) => one),
      ]),
    )

  it.each([
    { bomb: '60 to the power of 8 legs', matrix: axes(8, 60) },
    { bomb: '2,000 more legs', matrix: { include: axes(1, 2_000) } },
  ])(
    'with a matrix of $bomb has names that nobody knows',
    async ({ matrix }) => {
      const include = (matrix as { include?: { a0: readonly number[] } }).include
      const listed = include === undefined ? matrix : { include: include.a0.map(a => ({ a })) }
      const { job } = await jobOf({ strategy: { matrix: listed } })
      expect(jobNames(job, naming)).toEqual({
        kind: 'unresolvable',
        why: 'the matrix of a has more than 1000 legs',
      })
    },
    SOON,
  )

  it('with a matrix of 1,000 legs has them all', async () => {
    const { job } = await jobOf({ strategy: { matrix: axes(3, 10) } })
    const names = jobNames(job, naming)
    expect(names.kind === 'names' && names.names.length).toBe(1_000)
  })

  it(
    'whose script doubles a text forty times does no other harm',
    async () => {
      const run = ['r=a', ...Array<string>(40).fill('r=$r$r'), 'make $r'].join('\n')
      const { workflow, job } = await jobOf({ steps: [{ run }] })
      expect(workOf(workflow, job)).toMatchObject({ readsNeeds: false, polls: false })
    },
    SOON,
  )
})

describe('a script that is played', () => {
  const A = `${'a'.repeat(40)}!`
  const play = (text: string): number | string => {
    try {
      return exitOf(text, { env: new Map([['A', A]]), pipefail: true, isPosix: false })
    } catch (error) {
      return error instanceof Error ? error.message : 'no error'
    }
  }

  it.each([
    { bomb: 'tries a group again and again', text: '[[ "$A" =~ ^(a+)+$ ]]', why: 'too long' },
    { bomb: 'does so in grep', text: 'echo "$A" | grep -qE "(a|a)*b"', why: 'too long' },
    { bomb: 'does so in jq', text: `jq -ne '"${A}" | test("(a+)+$")'`, why: 'too long' },
    {
      bomb: 'replaces by many stars',
      text: `r=\${A//*a*a*a*a*a*b/x}; test "$r"`,
      why: 'too long',
    },
    { bomb: 'doubles a text', text: `r=a\n${'r="$r$r"\n'.repeat(40)}`, why: 'too long a text' },
    { bomb: 'adds a text to itself', text: `r=a\n${'r+="$r"\n'.repeat(40)}`, why: 'too long a' },
    { bomb: 'doubles a list', text: `a=(x)\n${'a+=("${a[@]}")\n'.repeat(40)}`, why: 'a list' },
    { bomb: 'nests lists in jq', text: `jq -ne '${'[.,.]|'.repeat(25)}1'`, why: 'too large' },
    { bomb: 'doubles results in jq', text: `jq -ne '${'(1,1)|'.repeat(25)}1'`, why: 'too long' },
    { bomb: 'doubles a text in jq', text: `jq -ne '"a"|${'.+.|'.repeat(25)}1'`, why: 'too large' },
  ])(
    'and $bomb is not followed',
    ({ text, why }) => {
      expect(play(text)).toContain(why)
    },
    SOON,
  )

  it.each([
    { text: 'case "$A" in *a*a*a*a*a*a*a*a*b) exit 1 ;; esac', code: 0 },
    { text: '[[ "$A" == *a*a*!* ]]', code: 0 },
    { text: '[[ "a*b" == "a*b" ]]', code: 0 },
    { text: '[[ "axb" == "a*b" ]]', code: 1 },
    { text: '[[ "axb" == a*b ]]', code: 0 },
    { text: '[[ "a" == a*a ]]', code: 1 },
    { text: 'p="^(success|skipped)( success)*$"; [[ "success success" =~ $p ]]', code: 0 },
    { text: 'echo successskippedsuccesssuccess | grep -qE "^(success|skipped)+$"', code: 0 },
  ])('but $text is', ({ text, code }) => {
    expect(play(text)).toBe(code)
  })
})
