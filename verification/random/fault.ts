/** How an answer is changed on its way; the request has taken effect by then. */
export type Spoil =
  | 'truncated'
  | 'malformed'
  | 'text'
  | 'html'
  | 'gzip'
  | 'null'
  | 'list'
  | 'text-in-json'
  | 'empty'
  | 'no-date'
  | 'odd-date'
  /** Every page comes twice, as one. */
  | 'doubled'
  /** Every page says that another one follows, and shows the same rows. */
  | 'endless'

/** What goes wrong with one request. */
export type Fault =
  /** Refused before it takes effect. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      /** The body repeats the token, as Forgejo 15 does. */
      readonly echo?: boolean
    }
  /** It takes effect, and the answer is an error. */
  | { readonly kind: 'commit-then-500'; readonly status?: number }
  /** A gateway gives up; the request takes effect 700 ms later, or so many milliseconds. */
  | { readonly kind: 'late'; readonly delay?: number }
  /** The connection breaks, before or after. */
  | { readonly kind: 'drop'; readonly after: boolean }
  /** It takes effect, and the connection breaks in the middle of the body. */
  | { readonly kind: 'cut' }
  /** No whole answer within the time that one request may take. */
  | { readonly kind: 'slow'; readonly after: boolean }
  | { readonly kind: 'spoil'; readonly how: Spoil }
  /** A server that shows three rows a page; rows that came in between move to the next one. */
  | { readonly kind: 'clamp' }
  /** The process ends at once, before the request or behind it. */
  | { readonly kind: 'kill'; readonly after: boolean }
  /** The sweep is told to stop. */
  | { readonly kind: 'stop' }
  /** The reader of the log goes away. */
  | { readonly kind: 'unread' }
  /** The server's clock jumps by so many milliseconds. */
  | { readonly kind: 'jump'; readonly by: number }

/** Rows a page where a server clamps. */
const CLAMPED = 3

/** The query as a clamping server reads it. */
export function clamped(query: URLSearchParams): URLSearchParams {
  const less = new URLSearchParams(query)
  for (const name of ['limit', 'per_page'])
    if (less.has(name)) less.set(name, String(Math.min(CLAMPED, Number(less.get(name)))))
  return less
}
