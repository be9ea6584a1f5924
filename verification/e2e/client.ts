/** One answer; a body that is no JSON is kept as text. */
interface Reply {
  readonly status: number
  readonly body: unknown
}

export interface Client {
  readonly apiUrl: string
  readonly token: string
  /** Whatever the server answers. */
  ask(method: string, path: string, body?: object): Promise<Reply>
  /** The body of an answer with one of these statuses; any other is an error. */
  want(method: string, path: string, statuses: readonly number[], body?: object): Promise<unknown>
}

/**
 * A client of one server's API. Every request has a time limit; no error it throws holds the token.
 */
export function openClient(apiUrl: string, token: string, timeoutMs = 15_000): Client {
  const ask = async (method: string, path: string, body?: object): Promise<Reply> => {
    const reply = await fetch(`${apiUrl}${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `token ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
      .then(async response => ({ status: response.status, body: jsonOr(await response.text()) }))
      .catch((error: unknown) => new Error(redact(`${method} ${path}: ${reasonOf(error)}`, token)))
    if (reply instanceof Error) throw reply
    return reply
  }
  return {
    apiUrl,
    token,
    ask,
    want: async (method, path, statuses, body) => {
      const reply = await ask(method, path, body)
      if (statuses.includes(reply.status)) return reply.body
      throw new Error(
        redact(`${method} ${path}: ${reply.status} ${messageOf(reply)}`.trimEnd(), token),
      )
    },
  }
}

/** Text without the token. */
export function redact(text: string, token: string): string {
  return token === '' ? text : text.replaceAll(token, '***')
}

/** What the server says of an error, on one short line. */
export function messageOf({ body }: Reply): string {
  const text = typeof body === 'string' ? body : field(body, 'message')
  return typeof text === 'string' ? text.replaceAll(/\s+/g, ' ').trim().slice(0, 200) : ''
}

/** One field of a JSON object, `undefined` where there is none. */
export function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null
    ? (body as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function reasonOf(error: unknown): string {
  return [wordsOf(error), field(field(error, 'cause'), 'message')]
    .filter(text => typeof text === 'string')
    .join(': ')
}

/** What an error says, wherever it was made. */
export function wordsOf(error: unknown): string {
  const message = field(error, 'message')
  return typeof message === 'string' ? message : 'failed'
}
