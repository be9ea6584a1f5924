/** A file above this is no workflow anybody wrote (bytes). */
const MAX_BYTES = 1024 * 1024

/** Lists and maps, one in the other: deeper ones exhaust the stack of the parser. */
const MAX_DEPTH = 64

/** Marks, keys and blanks together: the parser takes a second for so many, and more for more. */
const MAX_TOKENS = 100_000

/** A file that could not: what it says is not known, and never taken for "nothing". */
export interface UnreadableFile {
  readonly kind: 'unreadable'
  readonly path: string
  readonly why: string
}

/** What the lexer says before the text of a scalar, which is no token of structure. */
const SCALAR = '\u001f'

/** What the lexer says besides that is no letter of the file: a document begins, or an error. */
const CONTROLS: readonly string[] = ['\u0002', '\u0018', SCALAR]

/**
 * How deep lists and maps are nested, at most, by the tokens of a file: by its brackets, by marks
 * of lists and keys (`- - x`, `? ? x`), by how far lines are moved in, and by tags and anchors of
 * one value. Neither a comment nor blanks alone begin a line.
 */
class Depth {
  private brackets = 0
  private properties = 0
  private column = 0
  private isStart = true
  /** Where what is open begins, by its column; half a column further: behind a mark. */
  private open: readonly number[] = []

  /** The depth at this token. */
  at(token: string): number {
    if (/^\r?\n$/.test(token)) this.isStart = true
    else if (this.isStart && /^[^\s#]/.test(token)) this.line()
    if (token === '[' || token === '{') this.brackets += 1
    if (token === ']' || token === '}') this.brackets -= 1
    // Keys in brackets stand beside each other.
    if (this.brackets === 0 && /^[-?:]$/.test(token)) this.open = [...this.open, this.column + 0.5]
    if (/^[!&]/.test(token)) this.properties += 1
    else if (!/^\s*$/.test(token)) this.properties = 0
    if (!CONTROLS.includes(token)) this.pass(token)
    return Math.max(this.brackets, this.properties + this.open.length)
  }

  /** Goes on behind a text, which may have lines of its own. */
  pass(text: string): void {
    const end = text.lastIndexOf('\n')
    this.column = end === -1 ? this.column + text.length : text.length - end - 1
  }

  /** A line begins with what stands here: behind a mark it is what that mark holds. */
  private line(): void {
    this.isStart = false
    if (this.brackets > 0) return
    const around = this.open.filter(one => one < this.column)
    const isHeld = !Number.isInteger(around.at(-1) ?? 0)
    this.open = [...(isHeld ? around.slice(0, -1) : around), this.column]
  }
}

/** Why a file of these tokens is not parsed; `null`: it is. */
function excessOf(tokens: Iterable<string>): string | null {
  const depth = new Depth()
  let [count, isText] = [0, false]
  for (const token of tokens) {
    count += 1
    if (count > MAX_TOKENS) return 'it has too many parts'
    if (isText) depth.pass(token)
    else if (depth.at(token) > MAX_DEPTH) return 'it is nested too deeply'
    isText = token === SCALAR
  }
  return null
}

/** A place in a file: keys of maps and positions in lists, from the outside in. */
export type YamlPath = readonly (string | number)[]

/** A YAML file that could be read, with its lines. */
interface YamlFile {
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

/**
 * The first key that stands twice in its map, as an offset. The parser's own search compares each
 * key with all before it: a file of many keys would take minutes.
 */
function repeatedKey({ visit, isScalar }: Yaml, document: Parameters<Yaml['visit']>[0]) {
  const found: number[] = []
  visit(document, {
    Map: (_, { items }) => {
      const keys = new Set<unknown>()
      for (const { key } of items) {
        const value = isScalar(key) ? key.value : key
        if (keys.has(value)) found.push(isScalar(key) ? (key.range?.[0] ?? 0) : 0)
        keys.add(value)
      }
    },
  })
  return found[0] ?? null
}

/** Does a value contain itself, by an alias within its own anchor? It would be read for ever. */
function isEndless(value: unknown, above = new Set<unknown>(), done = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null || done.has(value)) return false
  if (above.has(value)) return true
  above.add(value)
  const found = Object.values(value).some(one => isEndless(one, above, done))
  above.delete(value)
  done.add(value)
  return found
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
  const excess = excessOf(new yaml.Lexer().lex(text))
  if (excess !== null) return unreadable(excess)
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, {
    merge: true,
    uniqueKeys: false,
    logLevel: 'silent',
    lineCounter: lines,
  })
  const [error] = document.errors
  if (error !== undefined) {
    const line = error.linePos?.[0].line
    return unreadable(`it is no YAML${line === undefined ? '' : ` (line ${line})`}`)
  }
  const repeated = repeatedKey(yaml, document)
  if (repeated !== null) return unreadable(`it is no YAML (line ${lines.linePos(repeated).line})`)
  const lineOf = (at: YamlPath): number | null => {
    const offset = offsetOf(yaml, document.contents, at)
    return offset === null ? null : lines.linePos(offset).line
  }
  const placeOf = (at: YamlPath): YamlPlace | null => placeIn(yaml, document.contents, at)
  try {
    const value = document.toJS({ maxAliasCount: 100 }) as unknown
    if (isEndless(value)) return unreadable('an alias in it contains itself')
    return { kind: 'yaml', text, value, lineOf, placeOf }
  } catch {
    return unreadable('its aliases are too many')
  }
}
