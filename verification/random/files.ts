/**
 * What ends an umbrella: the results of its needs alone (`judges`), the statuses of its commit
 * (`polls`), nothing that could fail (`nothing`), or work of its own (`own`).
 */
export type UmbrellaKind = 'judges' | 'polls' | 'nothing' | 'own'

/** A job that does work. A `dynamic` one has a matrix that only a run knows. */
export interface JobSpec {
  readonly key: string
  readonly name: string
  readonly dynamic?: boolean
}

export interface UmbrellaSpec {
  readonly key: string
  readonly kind: UmbrellaKind
  /** Keys of jobs; `null`: it has no `needs`. */
  readonly needs: readonly string[] | null
}

/** A workflow file as the driver wrote it: so it knows what each of its jobs is. */
export interface FileSpec {
  /** Below the folder of workflows. */
  readonly path: string
  readonly event: 'pull_request' | 'pull_request_target'
  /** Base branches it listens to; none means all. */
  readonly branches: readonly string[]
  readonly jobs: readonly JobSpec[]
  readonly umbrella: UmbrellaSpec | null
}

/** Every workflow has this name: two files of one name write the same contexts. */
const WORKFLOW = 'CI'

/** The context of a job of a pull request's workflow. */
export const contextFor = (job: string): string => `${WORKFLOW} / ${job} (pull_request)`

const STATUS_URL = '$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/status'

function umbrellaScript({ kind, needs }: UmbrellaSpec): readonly string[] {
  switch (kind) {
    case 'judges':
      return (needs ?? []).map(need => `test "\${{ needs.${need}.result }}" = success`)
    case 'polls':
      return [`curl -sf "${STATUS_URL}" | jq -e '.statuses | all(.status == "success")'`]
    case 'nothing':
      return ['echo done']
    case 'own':
      return [`test "\${{ needs.${needs?.[0] ?? 'test'}.outputs.coverage }}" -ge 80`]
    default:
      return kind satisfies never
  }
}

function umbrellaLines(umbrella: UmbrellaSpec): readonly string[] {
  const { key, needs } = umbrella
  return [
    `  ${key}:`,
    '    if: always()',
    ...(needs === null ? [] : [`    needs: [${needs.join(', ')}]`]),
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - run: |',
    ...umbrellaScript(umbrella).map(line => `          ${line}`),
  ]
}

const jobLines = ({ key, name, dynamic }: JobSpec): readonly string[] => [
  `  ${key}:`,
  `    name: ${name}`,
  ...(dynamic === true ? ['    strategy:', '      matrix: ${{ fromJSON(vars.LEGS) }}'] : []),
  '    runs-on: ubuntu-latest',
  '    steps:',
  '      - run: make',
]

/** The file as text. */
export function fileText({ event, branches, jobs, umbrella }: FileSpec): string {
  return [
    `name: ${WORKFLOW}`,
    'on:',
    branches.length === 0 ? `  ${event}:` : `  ${event}: { branches: [${branches.join(', ')}] }`,
    'jobs:',
    ...jobs.flatMap(jobLines),
    ...(umbrella === null ? [] : umbrellaLines(umbrella)),
    '',
  ].join('\n')
}
