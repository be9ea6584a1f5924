/** A file above this is no workflow anybody wrote (bytes). */
const MAX_BYTES = 1024 * 1024

/** Lists and maps in brackets, one in the other: deeper ones exhaust the parser's memory. */
const MAX_DEPTH = 64

/** A file that could not: what it says is not known, and never taken for "nothing". */
export interface UnreadableFile {
  readonly kind: 'unreadable'
  readonly path: string
  readonly why: string
}

/** How deep brackets are nested, by the tokens of the file: those in its texts do not count. */
function depthOf(tokens: Iterable<string>): number {
  let depth = 0
  let deepest = 0
  for (const token of tokens) {
    if (token === '[' || token === '{') depth += 1
    if (token === ']' || token === '}') depth -= 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/** A place in a file: keys of maps and positions in lists, from the outside in. */
export type YamlPath = readonly (string | number)[]

/** A YAML file that could be read, with its lines. */
export interface YamlFile {
  readonly kind: 'yaml'
  readonly text: string
  readonly value: unknown
  /** The line of a key, or of an entry of a list, counted from 1; `null` where there is none. */
  readonly lineOf: (path: YamlPath) => number | null
  /** Where what stands at a path begins and ends; `null` where it is written elsewhere. */
  readonly placeOf: (path: YamlPath) => YamlPlace | null
}

/** A key with its value, or an entry of a list: from its first letter to the end of its value. */
interface YamlEntry {
  readonly key: string
  readonly start: number
  readonly end: number
}

/** What stands at a place in a file, by offsets in its text. */
export interface YamlPlace {
  readonly kind: 'map' | 'list' | 'scalar'
  /** Is it written in brackets? */
  readonly flow: boolean
  readonly start: number
  readonly end: number
  readonly entries: readonly YamlEntry[]
}

type Yaml = typeof import('yaml')

/** Where a key or an entry begins, as an offset in the text. */
function offsetOf({ isMap, isSeq, isScalar, isNode }: Yaml, root: unknown, path: YamlPath) {
  let node: unknown = root
  let offset: number | null = null
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (pair === undefined || !isScalar(pair.key)) return null
      offset = pair.key.range?.[0] ?? null
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step]
      offset = isNode(node) ? (node.range?.[0] ?? null) : null
    } else return null
  }
  return offset
}

/** What stands at a path, with its entries. An alias stands elsewhere. */
function placeIn({ isMap, isSeq, isScalar, isNode }: Yaml, root: unknown, path: YamlPath) {
  let node: unknown = root
  for (const step of path)
    if (isMap(node)) node = node.items.find(({ key }) => String(key) === String(step))?.value
    else if (isSeq(node) && typeof step === 'number') node = node.items[step]
    else return null
  if (!isNode(node) || !node.range) return null
  const [start, end] = node.range
  const endOf = (one: unknown, other: number): number =>
    isNode(one) && one.range ? one.range[1] : other
  if (isScalar(node)) return { kind: 'scalar', flow: false, start, end, entries: [] } as const
  if (isMap(node)) {
    const entries = node.items.flatMap(({ key, value }) =>
      isScalar(key) && key.range
        ? [{ key: String(key.value), start: key.range[0], end: endOf(value, key.range[1]) }]
        : [],
    )
    return { kind: 'map', flow: node.flow === true, start, end, entries } as const
  }
  if (!isSeq(node)) return null
  const entries = node.items.map((item, at) => ({
    key: String(at),
    start: isNode(item) ? (item.range?.[0] ?? start) : start,
    end: endOf(item, end),
  }))
  return { kind: 'list', flow: node.flow === true, start, end, entries } as const
}

let library: Promise<typeof import('yaml')> | null = null

/** Loaded only here, from a file of its own: a sweep that finds nothing red does without it. */
const loadYaml = (): Promise<typeof import('yaml')> => (library ??= import('yaml'))

/**
 * Reads a YAML file. Aliases are allowed in ordinary numbers; a file that is too large, no UTF-8 or
 * no YAML is unreadable, with the reason, and never an exception.
 */
export async function readYaml(
  path: string,
  bytes: Uint8Array,
): Promise<YamlFile | UnreadableFile> {
  const unreadable = (why: string): UnreadableFile => ({ kind: 'unreadable', path, why })
  if (bytes.length > MAX_BYTES) return unreadable('it is larger than 1 MiB')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return unreadable('it is no UTF-8')
  }
  const yaml = await loadYaml()
  if (depthOf(new yaml.Lexer().lex(text)) > MAX_DEPTH) return unreadable('it is nested too deeply')
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, {
    merge: true,
    logLevel: 'silent',
    lineCounter: lines,
  })
  const [error] = document.errors
  if (error !== undefined) {
    const line = error.linePos?.[0].line
    return unreadable(`it is no YAML${line === undefined ? '' : ` (line ${line})`}`)
  }
  const lineOf = (at: YamlPath): number | null => {
    const offset = offsetOf(yaml, document.contents, at)
    return offset === null ? null : lines.linePos(offset).line
  }
  const placeOf = (at: YamlPath): YamlPlace | null => placeIn(yaml, document.contents, at)
  try {
    const value = document.toJS({ maxAliasCount: 100 }) as unknown
    return { kind: 'yaml', text, value, lineOf, placeOf }
  } catch {
    return unreadable('its aliases are too many')
  }
}
