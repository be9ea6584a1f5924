/**
 * What a filter yields: `toJSON(needs)`, a job's entry of it with its result and outputs, an entry
 * of `to_entries`, or anything without outputs; `need[]`: a list of the first.
 */
export type JqKind = 'needs' | 'need' | 'entry' | 'plain' | `${string}[]`

/** Functions of no argument that work on what holds no outputs. */
export const PLAIN_FUNCTIONS = new Set(
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

export const OPERATORS = ['//', 'or', 'and', '==', '!=', '<', '<=', '>', '>=', '+', '-']

export const FORMATS = ['@tsv', '@csv', '@text', '@json', '@sh']

const JQ_TOKEN = new RegExp(
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

export const notRead = (): never => {
  throw new NotRead()
}

export function jqTokens(text: string): readonly string[] {
  const tokens: string[] = []
  JQ_TOKEN.lastIndex = 0
  for (let at = 0; at < text.length; at = JQ_TOKEN.lastIndex) {
    const [token] = JQ_TOKEN.exec(text) ?? notRead()
    if (tokens.length > 500) notRead()
    if (!/^\s|^#/.test(token)) tokens.push(token)
  }
  return tokens
}

/** What judges, or is put into a text: it must hold no outputs. */
export const plainKind = (...kinds: readonly JqKind[]): JqKind =>
  kinds.every(kind => kind === 'plain') ? 'plain' : notRead()

export const listKind = (kind: JqKind): JqKind => (kind === 'plain' ? kind : `${kind}[]`)

export const entryKind = (kind: JqKind): JqKind => {
  if (kind === 'needs') return 'need'
  return kind.endsWith('[]') ? (kind.slice(0, -2) as JqKind) : plainKind(kind)
}

export const union = (one: JqKind, other: JqKind): JqKind =>
  one === other ? one : plainKind(one, other)

export function field(kind: JqKind, name: string): JqKind {
  if (name.includes('\\')) return notRead()
  if (kind === 'needs') return 'need'
  if (kind === 'entry' && name === 'value') return 'need'
  const isTold = (kind === 'need' && name === 'result') || (kind === 'entry' && name === 'key')
  return isTold ? 'plain' : plainKind(kind)
}
