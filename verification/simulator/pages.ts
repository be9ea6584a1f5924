/** One page of a list and the headers that come with it. */
export interface Page<Row> {
  readonly rows: Row[]
  readonly total: number
  readonly number: number
  readonly size: number
}

const DEFAULT_SIZE = 30
const LARGEST_SIZE = 50

/**
 * Cut a page as the servers do: default 30 rows, silently at most 50, page 1 when none is asked for
 * (docs/forge-facts.md, 1.3).
 */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams): Page<Row> {
  const number = Math.max(1, wholeNumber(query.get('page')) ?? 1)
  const asked = wholeNumber(query.get('limit')) ?? DEFAULT_SIZE
  const size = asked <= 0 ? DEFAULT_SIZE : Math.min(asked, LARGEST_SIZE)
  return { rows: rows.slice((number - 1) * size, number * size), total: rows.length, number, size }
}

/**
 * X-Total-Count and, when there is more than one page, Link in the order next, last, first, prev
 * (recorded on every version).
 */
export function pagingHeaders(
  page: Page<unknown>,
  url: string,
  query: URLSearchParams,
  withLink = true,
): Record<string, string> {
  const last = Math.ceil(page.total / page.size)
  const links: [string, number][] = []
  if (page.number < last) links.push(['next', page.number + 1], ['last', last])
  // Behind the end, the page before counts from the last one (recorded).
  const here = Math.min(page.number, Math.max(last, 1))
  if (here > 1) links.push(['first', 1], ['prev', here - 1])
  const link = links
    .map(([rel, number]) => `<${url}?${withPage(query, number)}>; rel="${rel}"`)
    .join(',')
  return { 'x-total-count': String(page.total), ...(withLink && link !== '' ? { link } : {}) }
}

function withPage(query: URLSearchParams, number: number): string {
  const next = new URLSearchParams(query)
  next.set('page', String(number))
  next.sort()
  return next.toString()
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}
