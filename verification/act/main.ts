// Runs the action under nektos/act, as a runner would: our own workflows and the published
// examples, by every entry, each against a simulated server of its own.
import { nameOf, row } from './table.js'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '../simulator/index.js'
import { takeReruns } from '../simulator/rerun-runner.js'
import type { Case } from './cases.js'
import { BY_HAND_CASE, ONE_PULL_CASE, CASES, PUBLISHED_CASE } from './cases.js'
import type { Stand } from './github.js'
import { standOnGithub } from './github.js'
import { killAll, runAct } from './run.js'
import type { Script } from './script.js'
import { byHand, firstBlock, forOnePull, githubBlock, onOneRepository } from './script.js'
import { PUBLISHED, workflowsIn } from './script.js'
import type { Stage } from './stage.js'
import { demandsOf, jobsNamed, setStage } from './stage.js'
import type { UmbrellaTrial } from './umbrella.js'
import { standAlone, umbrellaTrials, upstreamTrial } from './umbrella.js'
import { TOKEN, UNKNOWN_TOKEN, makeWorld } from './world.js'

/** All of it, and one run of act, in milliseconds: a hang ends, a busy machine may take longer. */
const LIMIT = 1_800_000
const RUN_LIMIT = 300_000

/** Jobs that our own workflows speak of. */
const JOBS = ['build', 'test']

/** A workflow on a simulated Gitea. */
interface ForgeTrial {
  readonly script: Script
  /** Jobs of the repository swept. */
  readonly jobs: readonly string[]
  /** What it must show. */
  readonly wanted: Case
}

/** A workflow on a simulated GitHub: may it write? */
interface GithubTrial {
  readonly script: Script
  readonly github: { readonly writes: boolean }
}

type Trial = ForgeTrial | GithubTrial | UmbrellaTrial

interface Result {
  readonly script: Script
  readonly seconds: number
  readonly faults: readonly string[]
  readonly log: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The folder of act, which is installed if it is missing. */
function tools(): string {
  const command = join(root, 'scripts/python.mjs')
  return execFileSync(process.execPath, [command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim()
}

/** A simulated Gitea with three pull requests, and what the case wants of it. */
async function standOnGitea({ jobs, wanted }: ForgeTrial): Promise<Stand> {
  const world = makeWorld(jobs)
  const server = await serve(world.forge)
  takeReruns(server, run => {
    world.forge.runAll(run)
  })
  return {
    apiUrl: server.apiUrl,
    url: server.url,
    repository: `${world.forge.owner}/${world.forge.repo}`,
    token: TOKEN,
    faults: told => [
      ...((told.code === 0) === wanted.passes ? [] : [`act ended with ${String(told.code)}`]),
      ...wanted.faults({ ...told, requests: server.requests, world }),
    ],
    close: () => server.close(),
  }
}

async function standOf(trial: Trial): Promise<Stand> {
  if ('umbrella' in trial) return standAlone(trial)
  return 'github' in trial ? standOnGithub(trial.github) : standOnGitea(trial)
}

async function play(act: string, stage: Stage, trial: Trial, limit: number): Promise<Result> {
  const { script } = trial
  const stand = await standOf(trial)
  try {
    const { event, inputs } = script
    const { labels, secrets } = demandsOf(script.text)
    const told = await runAct({
      act,
      folder: stage.folder,
      home: stage.home,
      file: stage.file(script),
      event,
      inputs,
      labels,
      limit,
      path: script.entry === 'composite' ? [stage.strict, stage.lingering] : [stage.lingering],
      published: `${PUBLISHED}@v1`,
      secrets: Object.fromEntries(
        [...secrets, 'GITHUB_TOKEN'].map(name => [
          name,
          name === 'OTHER_TOKEN' ? UNKNOWN_TOKEN : stand.token,
        ]),
      ),
      variables: { FORGE_API: stand.apiUrl, FORGE_REPOSITORY: stand.repository },
      env: {
        GITHUB_API_URL: stand.apiUrl,
        GITHUB_SERVER_URL: stand.url,
        GITHUB_REPOSITORY: stand.repository,
        NODE_OPTIONS: stage.nodeOptions,
        ...('wanted' in trial ? { GITEA_ACTIONS: 'true', ...trial.wanted.env } : {}),
      },
    })
    const stopped = told.code === null ? ['act was stopped: it took too long'] : []
    const { seconds, log } = told
    return { script, seconds, log, faults: [...stopped, ...stand.faults(told)] }
  } finally {
    await stand.close()
  }
}

/** README's block for GitHub and the examples for it. */
function onGithub(): readonly GithubTrial[] {
  const shown = workflowsIn(join(root, 'examples/github')).map(script => ({
    ...onOneRepository('acme/widgets')(script),
    name: `examples/github/${script.name}`,
  }))
  return [...githubBlock(join(root, 'README.md')), ...shown].map(script => ({
    script,
    github: { writes: script.name.includes('writing') },
  }))
}

/** Every trial there is, and what is missing. */
function collect(): { readonly trials: readonly Trial[]; readonly missing: readonly string[] } {
  const own = workflowsIn(join(root, '__tests__/workflows'))
  const names = new Set(own.map(({ name }) => name))
  const missing = [
    ...[...names]
      .filter(name => CASES[name] === undefined)
      .map(name => `${name} has no case in scripts/act-cases.ts`),
    ...Object.keys(CASES)
      .filter(name => !names.has(name))
      .map(name => `${name} has a case, but no file`),
  ]
  const shown: Script[] = []
  const add = (what: string, read: () => readonly Script[]): void => {
    const found = existsSync(join(root, what)) ? read() : []
    if (found.length === 0) missing.push(`${what} shows no workflow`)
    shown.push(
      ...found.map(script => ({
        ...script,
        name: what.startsWith('examples') ? `${what}/${script.name}` : script.name,
      })),
    )
  }
  add('README.md', () => firstBlock(join(root, 'README.md')))
  add('examples', () => workflowsIn(join(root, 'examples')).map(onOneRepository('acme/app')))
  add('examples/forgejo', () =>
    workflowsIn(join(root, 'examples/forgejo')).map(onOneRepository('acme/app')),
  )
  const jobsOf = ({ text }: Script): readonly string[] =>
    jobsNamed(text).length > 0 ? jobsNamed(text) : JOBS
  return {
    missing,
    trials: [
      ...own.flatMap((script): readonly Trial[] => {
        const wanted = CASES[script.name]
        return wanted === undefined ? [] : [{ script, jobs: JOBS, wanted }]
      }),
      ...shown.map((script): Trial => ({ script, jobs: jobsOf(script), wanted: PUBLISHED_CASE })),
      ...shown
        .flatMap(byHand)
        .map((script): Trial => ({ script, jobs: jobsOf(script), wanted: BY_HAND_CASE })),
      ...shown
        .flatMap(script => forOnePull(script, 1))
        .map((script): Trial => ({ script, jobs: jobsOf(script), wanted: ONE_PULL_CASE })),
      ...onGithub(),
      ...umbrellaTrials(join(root, 'examples/umbrella/ci.yml')),
      upstreamTrial(join(root, 'docs/upstream.md')),
    ],
  }
}

async function main(): Promise<number> {
  const act = join(tools(), 'act')
  const started = performance.now()
  const { trials, missing } = collect()
  const stage = setStage(
    root,
    trials.map(({ script }) => script),
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      killAll()
      stage.remove()
      process.exit(1)
    })
  }
  const results: Result[] = []
  console.log(row('workflow', 'entry', 'result', 'seconds'))
  try {
    for (const trial of trials) {
      const { script } = trial
      const left = LIMIT - (performance.now() - started)
      const result =
        left <= 0
          ? { script, seconds: 0, faults: ['not run: the time is used up'], log: '' }
          : await play(act, stage, trial, Math.min(left, RUN_LIMIT))
      results.push(result)
      console.log(
        row(
          nameOf(script),
          script.entry,
          result.faults.length === 0 ? 'ok' : 'FAILED',
          result.seconds.toFixed(1),
        ),
      )
    }
  } finally {
    killAll()
    stage.remove()
  }
  const failed = results.filter(({ faults }) => faults.length > 0)
  for (const { script, faults, log } of failed) {
    const end = log.trimEnd().split('\n').slice(-40).join('\n')
    console.log(`\n${nameOf(script)} (${script.entry}):\n${faults.join('\n')}\n\n${end}`)
  }
  for (const fault of missing) console.log(`\n${fault}`)
  const workflows = new Set(results.map(({ script }) => script.name)).size
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const passed = results.length - failed.length
  console.log(
    `\n${workflows} workflows, ${results.length} runs, ${passed} as expected, ${missing.length} ` +
      `missing, ${seconds} s`,
  )
  return failed.length + missing.length === 0 ? 0 : 1
}

process.exitCode = await main()
