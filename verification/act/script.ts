// The workflows that act plays and the linters read, each once for every entry of the action.
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'

type Entry = 'javascript' | 'composite' | 'node24'

/** One workflow file as act shall run it. */
export interface Script {
  /** The file it was taken from. */
  readonly name: string
  readonly event: string
  /** Inputs of a run started by hand. */
  readonly inputs: Readonly<Record<string, string>>
  readonly entry: Entry
  readonly text: string
}

/** Stands for the published action in README and examples. */
export const PUBLISHED = 'owner/umbrella-reaper'

/**
 * The placeholder for somebody's own server. act and actionlint take no address with a host, which
 * the runners of Gitea and Forgejo do (docs/forge-facts.md, 8).
 */
const HOST = 'https://git.example.org/'

/** The part of a workflow file that matters here. */
export interface Workflow {
  readonly on: string | readonly string[] | Events
  readonly jobs: Readonly<
    Record<string, { readonly 'runs-on'?: unknown; readonly steps?: readonly Step[] }>
  >
}

type Events = Readonly<
  Record<string, { readonly inputs?: Readonly<Record<string, unknown>> } | null>
>

interface Step {
  readonly with?: Readonly<Record<string, string | number | boolean>>
}

/** Every workflow of a folder, once for each entry. */
export function workflowsIn(folder: string): readonly Script[] {
  const names = readdirSync(folder)
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
  return names.flatMap(name => everyEntry(name, readFileSync(join(folder, name), 'utf8')))
}

/** The YAML block at this place of a page. */
function blockOf(page: string, at: number): string {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```ya?ml\n(.*?)^```$/gms)]
  const text = blocks[at]?.[1]
  if (text === undefined) throw new Error(`${basename(page)} has no YAML block ${at + 1}`)
  return text
}

/** The first YAML block of a page: for Gitea and Forgejo. */
export const firstBlock = (page: string): readonly Script[] =>
  everyEntry(basename(page), blockOf(page, 0))

/** The second one: for GitHub; and the same without its dry run. */
export function githubBlock(page: string): readonly Script[] {
  const text = blockOf(page, 1)
  const name = basename(page, '.md')
  const writing = text.replace(/\n +dry-run: true/, '')
  if (writing === text) throw new Error(`${name}: the block for GitHub has no dry run`)
  return [
    ...everyEntry(`${name}-github.md`, text),
    ...everyEntry(`${name}-github-writing.md`, writing),
  ]
}

/**
 * Where the other entries live. act 0.2.89 runs every nodeXX with the node of the PATH, node24 too
 * (docs/forge-facts.md, 8); for runners that refuse it, node20 is the root.
 */
const FOLDERS = ['composite', 'node24'] as const

function everyEntry(name: string, written: string): readonly Script[] {
  const text = written.replaceAll(`${HOST}${PUBLISHED}`, PUBLISHED)
  const script = { name, event: eventOf(text), inputs: {} }
  const readingOf = (entry: (typeof FOLDERS)[number]): Script => {
    const local = text.replaceAll(/uses: \.\/$/gm, `uses: ./${entry}`)
    const read = local.replaceAll(`uses: ${PUBLISHED}@`, `uses: ${PUBLISHED}/${entry}@`)
    return { ...script, entry, text: read }
  }
  // A file that speaks of one entry only, or of none, has no other reading.
  const only = FOLDERS.find(entry => text.includes(`${PUBLISHED}/${entry}@`))
  const readings = FOLDERS.map(readingOf).filter(reading => reading.text !== text)
  return [{ ...script, entry: only ?? 'javascript', text }, ...readings]
}

/** The same once more, started by hand with the order to write, where the workflow takes one. */
export function byHand(script: Script): readonly Script[] {
  const inputs = eventsOf(script.text)['workflow_dispatch']?.inputs ?? {}
  return 'dry-run' in inputs
    ? [{ ...script, event: 'workflow_dispatch', inputs: { 'dry-run': 'false' } }]
    : []
}

/** The same for one pull request, where the workflow takes its number. */
export function forOnePull(script: Script, pull: number): readonly Script[] {
  const inputs = eventsOf(script.text)['workflow_dispatch']?.inputs ?? {}
  return 'pull-request' in inputs
    ? [{ ...script, event: 'workflow_dispatch', inputs: { 'pull-request': String(pull) } }]
    : []
}

/** An event the workflow listens to, the one it was made for first. */
function eventOf(text: string): string {
  const events = Object.keys(eventsOf(text))
  return ['schedule', 'push'].find(event => events.includes(event)) ?? events[0] ?? 'push'
}

function eventsOf(text: string): Events {
  const { on } = parse(text) as Workflow
  if (typeof on === 'string') return { [on]: null }
  return isList(on) ? Object.fromEntries(on.map(event => [event, null])) : on
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value)
}

/**
 * The matrix of an example with one repository in it: the one that is served. Two jobs of one
 * matrix are two runs of the same.
 */
export const onOneRepository =
  (repo: string) =>
  (script: Script): Script => ({
    ...script,
    text: script.text.replace('repo: [acme/widgets, acme/gadgets]', `repo: [${repo}]`),
  })
