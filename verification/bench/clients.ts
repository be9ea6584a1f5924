// The clients that are compared, each run as a process of its own against a fresh repository.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { inputVariables, runBundle } from '../../__tests__/support/bundle.js'
import type { Previous } from './previous.js'
import type { SerialPlan, SerialResult } from './serial-client.js'
import type { Server } from './server.js'
import type { StagePlan, Tally } from './stage.js'
import { countOf, PLACE, requiredOf, UMBRELLA } from './world.js'

/** What one client took for one sweep, and what it cost the server. */
export interface Run {
  /** Milliseconds from its start to its end. */
  readonly wall: number
  /** Milliseconds of processor time of the client. */
  readonly cpu: number
  /** The same of each time it ran, in turns with the others. */
  readonly cpus: readonly number[]
  /** Bytes of its largest resident set. */
  readonly memory: number
  readonly tally: Tally
  /** Milliseconds of processor time that the simulated server took. */
  readonly serverCpu: number
  /** Why this is no sweep: the client gave up, or left another repository than it should. */
  readonly fault: string | null
}

/** A client of the bench. */
export interface Client {
  readonly name: string
  sweep(place: Place): Promise<Swept>
}

interface Place {
  readonly apiUrl: string
  readonly token: string
  readonly plan: StagePlan
  /** The file where the client's end is written. */
  readonly usage: string
}

interface Swept {
  readonly wall: number
  readonly scanned: number
  readonly fault: string | null
}

const REPO = `${PLACE.owner}/${PLACE.repo}`

/** A client that has not ended by then is stuck: twice the longest sweep of the bench. */
export const TIMEOUT = 300_000

/** Has a client write at its end what it took. */
export const PRELOAD = ['--import', new URL('usage.mjs', import.meta.url).href]

/** The line that says why a client gave up. */
const reasonIn = (text: string): string => {
  const lines = text.trim().split('\n')
  const said = lines.findLast(line => /error/i.test(line)) ?? lines.at(-1) ?? ''
  return said.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://server')
}

/** A bundle of this project, `previous` or the one in dist/. */
export function bundleClient(
  name: string,
  concurrency: number,
  previous?: Pick<Previous, 'script' | 'inputs'>,
): Client {
  const sweep = async ({ apiUrl, token, plan, usage }: Place): Promise<Swept> => {
    const inputs = {
      'umbrella-context': UMBRELLA,
      'required-contexts': requiredOf(plan.world).join('\n'),
      // Every client repairs what it proves, by the only means all of them have.
      remedy: 'status',
      'max-repairs': '0',
      concurrency: String(concurrency),
    }
    const place = { apiUrl, repo: REPO, token }
    const unknown = Object.keys(inputVariables({ ...place, inputs })).filter(
      variable =>
        previous !== undefined &&
        !previous.inputs.some(input => variable === `INPUT_${input.toUpperCase()}`),
    )
    const run = await runBundle({
      ...place,
      inputs,
      timeoutMs: TIMEOUT,
      nodeOptions: PRELOAD,
      ...(previous === undefined ? {} : { script: previous.script }),
      env: {
        BENCH_USAGE: usage,
        ...Object.fromEntries(unknown.map(variable => [variable, undefined])),
      },
    })
    return {
      wall: run.ms,
      scanned: Number(run.outputs['scanned'] ?? '0'),
      fault: run.code === 0 ? null : reasonIn(`${run.stdout}${run.stderr}`),
    }
  }
  return { name, sweep }
}

/** The serial client as plain JavaScript, so that it pays for no compiler. */
function compiledSerial(folder: string): string {
  const file = fileURLToPath(new URL('serial-client.ts', import.meta.url))
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions })
  const script = join(folder, 'serial-client.mjs')
  writeFileSync(script, outputText)
  return script
}

/** The plain client, one request after the other. */
export const serialClient: Client = {
  name: 'serial client',
  sweep: async ({ apiUrl, token, plan, usage }) => {
    const serial: SerialPlan = {
      apiUrl,
      token,
      repo: REPO,
      umbrella: UMBRELLA,
      minAge: 300_000,
      required: requiredOf(plan.world),
    }
    const folder = mkdtempSync(join(tmpdir(), 'serial-client-'))
    try {
      const script = compiledSerial(folder)
      const env = {
        PATH: process.env['PATH'] ?? '',
        BENCH_USAGE: usage,
        SERIAL_PLAN: JSON.stringify(serial),
      }
      const began = performance.now()
      const { code, out, errors } = await ended([...PRELOAD, script], env)
      const wall = performance.now() - began
      if (code !== 0) return { wall, scanned: 0, fault: reasonIn(errors) }
      const { scanned } = JSON.parse(out) as SerialResult
      return { wall, scanned, fault: null }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** A process of this Node.js, to its end. */
function ended(
  argv: readonly string[],
  env: Record<string, string>,
): Promise<{ readonly code: number | null; readonly out: string; readonly errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { env, timeout: TIMEOUT })
    const said = { out: '', errors: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.errors += text))
    child.on('error', reject)
    child.on('close', code => {
      resolve({ code, ...said })
    })
  })
}

/** One sweep of a fresh repository by one client; what went wrong is said, never thrown. */
export async function measured(server: Server, client: Client, plan: StagePlan): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const usage = join(folder, 'usage.json')
  writeFileSync(usage, JSON.stringify({ cpu: Number.NaN, memory: Number.NaN }))
  try {
    const { apiUrl, token } = await server.load(plan)
    const { wall, scanned, fault } = await client.sweep({ apiUrl, token, plan, usage })
    const { tally, green, cpu: serverCpu } = await server.tally()
    const took = JSON.parse(readFileSync(usage, 'utf8')) as Pick<Run, 'cpu' | 'memory'>
    const { pulls } = plan.world
    const wanted = pulls - countOf(plan.world, 'red')
    const wrong =
      scanned === pulls && green === wanted
        ? null
        : `${scanned} of ${pulls} pulls judged, ${green} umbrellas green instead of ${wanted}`
    return {
      wall,
      cpu: took.cpu,
      cpus: [took.cpu],
      memory: took.memory,
      tally,
      serverCpu,
      fault: fault ?? wrong,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
