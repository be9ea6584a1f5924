// Breaks the action on purpose, one mutation after the other, each in a copy of the project: the
// suite must catch every one, by name. `npm run sabotage -- second-look min-age` tries only these;
// `npm run sabotage -- --list` tells what each one breaks.
import { fileURLToPath } from 'node:url'
import { openCompiler } from './compile.js'
import type { Copy } from './copy.js'
import { copyOf } from './copy.js'
import type { Mutation, Suite } from './mutation.js'
import { MUTATIONS } from './mutations.js'
import type { Caught } from './table.js'
import { tableOf } from './table.js'

/** Copies that are broken at the same time. */
const COPIES = 2

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
const since = (started: number): number => (performance.now() - started) / 1000

/** Deals work out to the copies: each takes the next when it is done. */
async function deal<Item>(
  copies: readonly Copy[],
  items: readonly Item[],
  work: (copy: Copy, item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items]
  await Promise.all(
    copies.map(async copy => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift())
        await work(copy, item)
    }),
  )
}

/** Tests that fail without any sabotage: they catch nothing. */
async function redAlready(
  copies: readonly Copy[],
  suites: readonly Suite[],
): Promise<ReadonlySet<string>> {
  const red = new Set<string>()
  await Promise.all(copies.map(copy => copy.build()))
  await deal(copies, suites, async (copy, suite) => {
    try {
      for (const { test } of await copy.test(suite)) red.add(test)
    } catch (error) {
      red.add(messageOf(error))
    }
  })
  return red
}

/** Breaks one copy, rebuilds it, and runs what watches over that rule until a test fails. */
async function attempt(copy: Copy, mutation: Mutation, red: ReadonlySet<string>): Promise<Caught> {
  const { name, watch } = mutation
  const started = performance.now()
  try {
    const by = await copy.broken(mutation, async () => {
      await copy.build()
      for (const suite of watch) {
        const caught = (await copy.test(suite)).find(({ test, late }) => !late && !red.has(test))
        if (caught !== undefined) return caught.test
      }
      return null
    })
    return { name, by, error: null, seconds: since(started) }
  } catch (error) {
    return { name, by: null, error: messageOf(error), seconds: since(started) }
  }
}

/**
 * What is wrong with the mutations themselves: a text that stands nowhere or twice, or a change
 * that does not compile.
 */
function faultsOf(root: string, mutations: readonly Mutation[]): readonly Caught[] {
  const faultOf = openCompiler(root)
  return mutations.flatMap((mutation): Caught[] => {
    let error: string | null
    try {
      error = faultOf(mutation)
    } catch (thrown) {
      error = messageOf(thrown)
    }
    return error === null ? [] : [{ name: mutation.name, by: null, error, seconds: 0 }]
  })
}

function chosen(names: readonly string[]): readonly Mutation[] {
  const unknown = names.filter(name => !MUTATIONS.some(mutation => mutation.name === name))
  if (unknown.length > 0)
    throw new Error(
      `no mutation ${unknown.join(', ')}; there are: ` +
        MUTATIONS.map(({ name }) => name).join(', '),
    )
  return names.length === 0 ? MUTATIONS : MUTATIONS.filter(({ name }) => names.includes(name))
}

async function tryAll(root: string, mutations: readonly Mutation[]): Promise<readonly Caught[]> {
  const faults = faultsOf(root, mutations)
  const tried = mutations.filter(({ name }) => !faults.some(fault => fault.name === name))
  const copies = Array.from({ length: Math.min(COPIES, tried.length) }, () => copyOf(root))
  process.on('exit', () => {
    for (const copy of copies) copy.remove()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
  const red = await redAlready(copies, [...new Set(tried.flatMap(({ watch }) => watch))])
  for (const test of red) console.log(`red without any sabotage, so it catches nothing: ${test}`)
  const done = new Map<string, Caught>(faults.map(fault => [fault.name, fault]))
  await deal(copies, tried, async (copy, mutation) => {
    done.set(mutation.name, await attempt(copy, mutation, red))
    if (process.stderr.isTTY)
      process.stderr.write(`${done.size}/${mutations.length} ${mutation.name}\n`)
  })
  for (const copy of copies) copy.remove()
  return mutations.flatMap(({ name }) => done.get(name) ?? [])
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--list')) {
    for (const { name, breaks, file } of MUTATIONS) console.log(`${name}: ${breaks} (${file})`)
    return 0
  }
  const mutations = chosen(args)
  const started = performance.now()
  const results = await tryAll(fileURLToPath(new URL('../../', import.meta.url)), mutations)
  console.log(tableOf(results, process.stdout.columns || 160))
  const free = results.filter(({ by }) => by === null)
  console.log(
    `\n${results.length - free.length} of ${results.length} mutations caught in ` +
      `${Math.round(since(started))}s`,
  )
  for (const { name, error } of free) {
    const breaks = mutations.find(mutation => mutation.name === name)?.breaks ?? ''
    console.log(
      error === null
        ? `SURVIVED ${name}: ${breaks}`
        : `NOT TRIED ${error.startsWith(name) ? '' : `${name}: `}${error}`,
    )
  }
  return free.length === 0 ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
