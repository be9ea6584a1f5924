/** What a filter yields. */
export type Kind =
  /** `toJSON(needs)`: a job's entry by its id. */
  | 'needs'
  /** One entry: its result and its outputs. */
  | 'need'
  /** An entry of `to_entries`: its key and a need. */
  | 'entry'
  /** Anything without outputs. */
  | 'plain'
  | { readonly list: Kind }

/** Functions of no argument that work on what holds no outputs. */
export const PLAIN = new Set(
  (
    'not length keys add any all unique sort reverse first last min max flatten empty error ' +
    'tostring ascii_downcase ascii_upcase tojson fromjson values tonumber type halt_error'
  ).split(' '),
)

/** The same with one argument. */
export const PLAIN_OF_ONE = new Set(
  (
    'contains inside index test startswith endswith join IN has split error first last ' +
    'group_by sort_by unique_by min_by max_by'
  ).split(' '),
)

export const TOKEN = new RegExp(
  [
    /\s+|#[^\n]*|"(?:[^"\\]|\\.)*"/,
    /\.\.|\.[A-Za-z_]\w*|[$@]?[A-Za-z_]\w*|\d+(?:\.\d+)?/,
    /==|!=|<=|>=|\/\/|[.[\](){}|,;:<>?+-]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'y',
)

export class NotRead extends Error {}

export function tokensOf(text: string): readonly string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const found = TOKEN.exec(text)
    if (found === null || tokens.length > 500) throw new NotRead()
    if (!/^\s|^#/.test(found[0])) tokens.push(found[0])
  }
  return tokens
}

export const isPlain = (kind: Kind): boolean =>
  typeof kind === 'object' ? isPlain(kind.list) : kind === 'plain'

export function plain(...kinds: readonly Kind[]): 'plain' {
  if (!kinds.every(isPlain)) throw new NotRead()
  return 'plain'
}

export const each = (kind: Kind): Kind => {
  if (kind === 'needs') return 'need'
  if (typeof kind === 'object') return kind.list
  return plain(kind)
}

export function union(one: Kind, other: Kind): Kind {
  if (JSON.stringify(one) === JSON.stringify(other)) return one
  return plain(one, other)
}
