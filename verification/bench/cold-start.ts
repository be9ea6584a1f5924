// What it costs to start: processor time of the bundle up to its first message, beside bundles of
// its libraries alone, which the same bundler makes in the same run.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { majorOf, nodeOf, VERSIONS } from '../nodes/obtain.js'
import type { Grid } from './grid.js'
import { median } from './median.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const PRELOAD = ['--import', new URL('usage.mjs', import.meta.url).href]

/**
 * Bundles of libraries alone, each with those of the ones before it: what one adds is its price.
 * `@actions/core` brings the HTTP client with it.
 */
const LADDER = [
  { name: '@actions/http-client', uses: ["import { HttpClient } from '@actions/http-client'"] },
  { name: '@actions/core', uses: ["import * as core from '@actions/core'"] },
  { name: 'zod', uses: ["import { z } from 'zod'"] },
  { name: 'yaml', uses: ["import { parse } from 'yaml'"] },
] as const

/** How each library is used in its bundle, so that the bundler leaves none out. */
const SAID: Readonly<Record<(typeof LADDER)[number]['name'], string>> = {
  '@actions/http-client': 'typeof HttpClient',
  '@actions/core': 'typeof core.info',
  zod: "z.string().parse('loaded')",
  yaml: "parse('loaded')",
}

type Library = (typeof LADDER)[number]['name']

/** A script whose start is measured. */
interface Script {
  readonly name: string
  readonly argv: readonly string[]
}

/** Starts of one Node.js, in milliseconds of processor time. */
export interface ColdStart {
  readonly node: string
  /** Pairs of one start of the bundle and one of `@actions/core` and zod alone. */
  readonly pairs: number
  readonly bundle: number
  readonly reference: number
  readonly empty: number
  /** The middle of the ratios of all pairs: the machine's mood is the same for both. */
  readonly ratio: number
  /** The same, after an empty script's start was taken from both. */
  readonly beyondEmpty: number
  /** What each library adds to those before it; the last is what the rest of the bundle adds. */
  readonly ladder: readonly { readonly name: string; readonly adds: number }[]
}

/** A bundle of these libraries and nothing else, by the bundler and the options of dist/. */
function bundleOf(folder: string, name: string, libraries: readonly Library[]): string {
  const rows = LADDER.filter(row => libraries.includes(row.name))
  const entry = join(folder, `${name}.mjs`)
  const said = rows.map(row => SAID[row.name]).join(', ')
  const text = [...rows.flatMap(row => row.uses), `console.log(${said})`].join('\n')
  writeFileSync(entry, `${text}\n`)
  const cli = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const to = join(folder, name)
  const options = ['--target', 'es2022', '-t', '-C', '-q']
  execFileSync(process.execPath, [cli, 'build', entry, '-o', to, ...options], { cwd: root })
  return join(to, 'index.mjs')
}

/** Makes the scripts; what is made lies in build/, where packages are found from. */
function scripts(
  folder: string,
  withLadder: boolean,
): { readonly reference: Script; readonly ladder: Script[] } {
  const names = LADDER.map(({ name }) => name)
  const rung = (at: number): Script => ({
    name: names[at] ?? '',
    argv: [bundleOf(folder, `ladder-${at + 1}`, names.slice(0, at + 1))],
  })
  return {
    reference: {
      name: '@actions/core and zod alone',
      argv: [bundleOf(folder, 'reference', ['@actions/core', 'zod'])],
    },
    ladder: withLadder ? LADDER.map((_, at) => rung(at)) : [],
  }
}

/** Milliseconds of processor time of one start. */
function start(node: string, argv: readonly string[], usage: string): number {
  rmSync(usage, { force: true })
  const env = { PATH: process.env['PATH'] ?? '', BENCH_USAGE: usage }
  spawnSync(node, [...PRELOAD, ...argv], { env, stdio: 'ignore' })
  return (JSON.parse(readFileSync(usage, 'utf8')) as { cpu: number }).cpu
}

/** Starts of everything in turns, so many times, the first of which is not counted. */
function startsOf(node: string, all: readonly Script[], rounds: number): Map<Script, number[]> {
  const place = mkdtempSync(join(tmpdir(), 'cold-start-'))
  const found = new Map(all.map((script): [Script, number[]] => [script, []]))
  try {
    for (let round = 0; round <= rounds; round += 1)
      for (const [script, times] of found) {
        const took = start(node, script.argv, join(place, 'usage.json'))
        if (round > 0) times.push(took)
      }
    return found
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function coldStartOf(
  node: string,
  { reference, ladder }: ReturnType<typeof scripts>,
  rounds: number,
): ColdStart {
  const bundle: Script = { name: 'dist/index.js', argv: [join(root, 'dist/index.js')] }
  const empty: Script = { name: 'empty', argv: ['--eval', '0'] }
  const times = startsOf(node, [empty, bundle, reference, ...ladder], rounds)
  const of = (script: Script): readonly number[] => times.get(script) ?? []
  const [floor, ours, theirs] = [of(empty), of(bundle), of(reference)]
  const pairs = ours.map((took, at) => ({
    took,
    other: theirs[at] ?? Number.NaN,
    floor: floor[at] ?? Number.NaN,
  }))
  const steps = ladder.length === 0 ? [] : [empty, ...ladder, bundle]
  const rungs = steps.slice(1).map((script, at) => ({
    name: script === bundle ? 'the rest of the bundle' : script.name,
    adds: median(of(script)) - median(of(steps[at] ?? empty)),
  }))
  return {
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    pairs: pairs.length,
    bundle: median(ours),
    reference: median(theirs),
    empty: median(floor),
    ratio: median(pairs.map(pair => pair.took / pair.other)),
    beyondEmpty: median(pairs.map(pair => (pair.took - pair.floor) / (pair.other - pair.floor))),
    ladder: rungs,
  }
}

/** Cold starts on these majors of Node.js, as far as they can be had, else on the running one. */
export function coldStarts({ rounds, majors, ladder }: Grid['coldStart']): readonly ColdStart[] {
  const folder = join(root, 'build', 'bench')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const made = scripts(folder, ladder)
  const found = VERSIONS.filter(version => majors.includes(majorOf(version))).flatMap(version => {
    const node = nodeOf(version)
    return node === null ? [] : [node]
  })
  const nodes = found.length === 0 ? [process.execPath] : found
  return nodes.map(node => coldStartOf(node, made, rounds))
}
