import type { Json } from './state.js'

/** What a handler answers: JSON, or plain text as the router's own 404 is. */
export interface Answer {
  readonly status: number
  readonly body: { readonly json: Json } | { readonly text: string; readonly type: string } | null
  readonly headers: Readonly<Record<string, string>>
}

/** A JSON answer. */
export function ok(
  json: Json,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Answer {
  return { status, body: { json }, headers }
}

/** An endpoint this version does not have (routers/init.go v1.22.6:211). */
export function missingEndpoint(): Answer {
  return {
    status: 404,
    body: { text: '404 page not found\n', type: 'text/plain; charset=utf-8' },
    headers: {},
  }
}

/** An API error: `{message, url}`; a 404 has `errors` too (docs/forge-facts.md, 9). */
export function refuse(
  status: number,
  message: string,
  base: string,
  errors?: readonly string[] | null,
): Answer {
  return ok(
    { message, url: `${base}/api/swagger`, ...(errors === undefined ? {} : { errors }) },
    {},
    status,
  )
}
