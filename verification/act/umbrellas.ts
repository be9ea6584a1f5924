// What doctor says of umbrellas against what they do under nektos/act, cell by cell: all green,
// each job before the umbrella failed, each one skipped. All of it is one run of act: a workflow
// for each umbrella and scenario, in which every other job does nothing but end as it should. What
// act cannot show (a cancelled job or run, an action from elsewhere) is not compared.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, stringify } from 'yaml'
import { umbrellasAmong } from '../../src/tools/doctor/choose.js'
import type { WorkflowSource } from '../../src/tools/doctor/file.js'
import { readSource } from '../../src/tools/doctor/file.js'
import type { DoctorServer } from '../../src/tools/doctor/server.js'
import { readServer } from '../../src/tools/doctor/server.js'
import { beforeOf } from '../../src/tools/doctor/what-if/graph.js'
import { saidIn } from '../../src/tools/doctor/what-if/table.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Longer than this act never takes here (milliseconds). */
const LIMIT = 900_000

type Fields = Record<string, unknown>
type Job = Fields & { steps?: Fields[] }

/** One umbrella in one scenario, as a workflow of its own. */
interface Cell {
  readonly name: string
  readonly file: string
  readonly umbrella: string
  readonly what: string
  readonly text: string
  readonly doctor: string
}

/** act as a server: it asks all jobs before one, hands `needs` over whole, and knows `needs.*`. */
function actAsServer(): DoctorServer {
  const known = readServer('gitea-28')
  if (known === null) throw new Error('gitea-28 is no server')
  return { ...known, name: 'act', wildcardIsEmpty: false, asksAncestors: true }
}

/** A job that ends so, and does nothing else. */
function ending(job: Job, how: 'success' | 'failure' | 'skipped'): Job {
  const { needs, strategy } = job
  const outputs = job['outputs'] as Fields | undefined
  const condition = how === 'skipped' ? false : job['if']
  return {
    'runs-on': 'ubuntu-latest',
    ...(needs === undefined ? {} : { needs }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(condition === undefined ? {} : { if: condition }),
    // What a filter would find out.
    ...(outputs === undefined
      ? {}
      : { outputs: Object.fromEntries(Object.keys(outputs).map(name => [name, 'true'])) }),
    steps: [{ run: how === 'failure' ? 'exit 1' : 'true' }],
  }
}

async function source(name: string, text: string): Promise<WorkflowSource> {
  const read = await readSource(`.github/workflows/${name}.yml`, Buffer.from(text))
  if (read.kind === 'unreadable') throw new Error(`${name}: ${read.why}`)
  return read
}

/** Can act play all of its steps here? */
const isPlayable = ({ steps }: Job): boolean =>
  steps?.every(step => step['uses'] === undefined) === true

async function cellsOf(file: string, text: string): Promise<readonly Cell[]> {
  const server = actAsServer()
  const own = await readSource(`.github/workflows/${file}`, Buffer.from(text))
  if (own.kind === 'unreadable') return []
  const { umbrellas } = umbrellasAmong({ server, sources: [own], required: null, named: null })
  const cells: Cell[] = []
  for (const { job, event, source: found } of umbrellas) {
    const before = beforeOf(found.workflow, job) ?? []
    const jobs = (parse(text) as { readonly jobs: Record<string, Job> }).jobs
    if (!isPlayable(jobs[job.id] ?? {})) continue
    const kinds = [
      ['all-green', 'success'],
      ...before.flatMap(({ id }) => [
        [id, 'failure'],
        [id, 'skipped'],
      ]),
    ] as const
    for (const [who = '', how = 'success'] of kinds) {
      const name = `cell-${file.replace('.yml', '')}-${job.id}-${cells.length}`
      const kept = before.map(({ id }) => {
        const end = id === who ? (how as 'failure' | 'skipped') : 'success'
        return [id, ending(jobs[id] ?? {}, end)] as const
      })
      const played = stringify({
        name,
        on: 'pull_request',
        jobs: Object.fromEntries([...kept, [job.id, jobs[job.id]]]),
      })
      const { workflow } = await source(name, played)
      const umbrella = workflow.jobs.find(({ id }) => id === job.id)
      if (umbrella === undefined) continue
      const scenario =
        how === 'failure'
          ? ({ kind: 'one', job: who, fate: 'failure' } as const)
          : ({ kind: 'all-green' } as const)
      const { kind } = saidIn({ workflow, umbrella, server, event }, scenario)
      const what = who === 'all-green' ? who : `${who} ${how}`
      cells.push({ name, file, umbrella: job.id, what, text: played, doctor: kind })
    }
  }
  return cells
}

interface ActLine {
  readonly job?: string
  readonly jobID?: string
  readonly jobResult?: string
}

/** Plays all workflows of a folder; how each job ended, by `workflow/job`. */
async function played(act: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const home = join(folder, '..', 'home')
  mkdirSync(home)
  const child = spawn(
    act,
    [
      ...['pull_request', '--json', '--directory', folder, '--workflows', '.github/workflows'],
      ...['--no-cache-server', '--action-offline-mode', '--platform', 'ubuntu-latest=-self-hosted'],
    ],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
        HOME: home,
        XDG_CACHE_HOME: home,
      },
    },
  )
  const timer = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, LIMIT)
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  clearTimeout(timer)
  const ends = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue
    const { job = '', jobID, jobResult } = JSON.parse(line) as ActLine
    const workflow = job.split('/')[0] ?? ''
    if (jobID !== undefined && jobResult !== undefined) ends.set(`${workflow}/${jobID}`, jobResult)
  }
  return ends
}

const RESULTS: Readonly<Record<string, string>> = { success: 'green', failure: 'red' }

async function main(): Promise<number> {
  const act = join(
    execFileSync(process.execPath, [join(root, 'scripts/python.mjs')], { encoding: 'utf8' }).trim(),
    'act',
  )
  const corpus = join(root, '__tests__/tools/doctor/corpus/public')
  const cells: Cell[] = []
  for (const file of readdirSync(corpus).filter(name => name.endsWith('.yml')))
    cells.push(...(await cellsOf(file, readFileSync(join(corpus, file), 'utf8'))))
  const top = mkdtempSync(join(tmpdir(), 'umbrellas-'))
  try {
    const folder = join(top, 'repository')
    mkdirSync(join(folder, '.github/workflows'), { recursive: true })
    for (const { name, text } of cells)
      writeFileSync(join(folder, '.github/workflows', `${name}.yml`), text)
    const git = (...words: readonly string[]): void => {
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.test', ...words], {
        cwd: folder,
        stdio: 'ignore',
      })
    }
    git('init', '--initial-branch=main')
    git('commit', '--allow-empty', '--message=x')
    const ends = await played(act, folder)
    const compared = cells.map(cell => {
      const end = ends.get(`${cell.name}/${cell.umbrella}`)
      return { ...cell, act: end === undefined ? 'skipped' : (RESULTS[end] ?? end) }
    })
    // What doctor does not claim to know, such as what a server answers, is no difference.
    const known = compared.filter(one => one.doctor !== 'unknown')
    const differ = known.filter(one => one.doctor !== one.act)
    for (const one of differ)
      console.log(`${one.file} ${one.umbrella}, ${one.what}: doctor ${one.doctor}, act ${one.act}`)
    const umbrellas = new Set(known.map(({ file, umbrella }) => `${file} ${umbrella}`)).size
    console.log(
      `${umbrellas} umbrellas, ${known.length} cells, ${known.length - differ.length} equal; ` +
        `act ended ${ends.size} jobs`,
    )
    return differ.length === 0 && umbrellas >= 25 ? 0 : 1
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
}

process.exitCode = await main()
