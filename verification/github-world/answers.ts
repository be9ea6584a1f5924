/** An answer of the REST API before it is sent. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A request as its route sees it. */
export interface Asked {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
  /** What the parts in parentheses of the route matched, decoded. */
  readonly parts: readonly string[]
}

const DOCS = 'https://docs.github.com/rest'

export const ok = (body: unknown): Answer => ({ status: 200, body })

export const refusal = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: DOCS, status: String(status) },
})

export const NOT_FOUND = refusal(404, 'Not Found')
export const FORBIDDEN = refusal(403, 'Resource not accessible by integration')

/** A page of a list, with the links to others: `per_page` is 30, and 100 at most. */
export function pageOf<T>(
  { query, path }: Asked,
  rows: readonly T[],
): { readonly rows: readonly T[]; readonly headers: Readonly<Record<string, string>> } {
  const size = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30) || 30))
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1)
  const last = Math.max(1, Math.ceil(rows.length / size))
  const link = (rel: string, number: number): string => {
    const wanted = new URLSearchParams(query)
    wanted.set('page', String(number))
    return `<http://127.0.0.1${path}?${wanted.toString()}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link('prev', page - 1), link('first', 1)] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
  ]
  return {
    rows: rows.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  }
}

/** A list that is the whole answer. */
export function listed(asked: Asked, rows: readonly unknown[]): Answer {
  const page = pageOf(asked, rows)
  return { status: 200, body: page.rows, headers: page.headers }
}

/** A list under a name, with its count. */
export function counted(asked: Asked, name: string, rows: readonly unknown[]): Answer {
  const page = pageOf(asked, rows)
  const body = { total_count: rows.length, [name]: page.rows }
  return { status: 200, body, headers: page.headers }
}
