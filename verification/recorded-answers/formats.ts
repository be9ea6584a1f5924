// Exchanges with GitHub as other projects record them for their own tests. A file that is none of
// these formats is no recording; what is wrong in one that is, is said and not passed over.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { z } from 'zod'

/** One request to GitHub and its answer. */
export interface Exchange {
  readonly method: string
  /** Below the API's root, without the query. */
  readonly path: string
  /** The JSON that was sent; `undefined`: none. */
  readonly asked: unknown
  readonly status: number
  /** The JSON that was answered; `undefined`: the body is none. */
  readonly body: unknown
}

/** The JSON of a text; `undefined` where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The path of an address or of what follows a host; an Enterprise server's prefix is taken off. */
const pathOf = (url: string): string =>
  new URL(url, 'https://api.github.com').pathname.replace(/^\/api(?:\/v3)?(?=\/)/, '')

const textOf = (value: unknown): unknown => (typeof value === 'string' ? jsonOf(value) : value)

/**
 * PyGithub's ReplayData: ten lines an exchange (scheme, method, host, port, path, headers, what was
 * sent, status, headers, body) and an empty one. Some bodies take several lines.
 */
function replayData(text: string): readonly Exchange[] {
  const lines = text.split(/\r?\n/)
  const starts = lines.flatMap((line, at) =>
    /^https?$/.test(line) && /^[A-Z]+$/.test(lines[at + 1] ?? '') ? [at] : [],
  )
  return starts.map((start, index) => {
    const [, method = '', , , url = '', , asked = '', status = '', , ...body] = lines.slice(
      start,
      starts[index + 1],
    )
    if (!/^\d{3}$/.test(status)) throw new Error(`line ${start + 8}: no status`)
    return {
      method,
      path: pathOf(url),
      asked: jsonOf(asked),
      status: Number(status),
      body: jsonOf(body.join('\n')),
    }
  })
}

const Mapping = z.object({
  request: z.object({
    method: z.string(),
    url: z.string().optional(),
    urlPath: z.string().optional(),
    bodyPatterns: z.array(z.object({ equalToJson: z.unknown().optional() })).optional(),
  }),
  response: z.object({
    // One of github-api's is text.
    status: z.coerce.number(),
    body: z.string().optional(),
    jsonBody: z.unknown().optional(),
    bodyFileName: z.string().optional(),
  }),
})

/** A mapping of WireMock; long bodies are files beside its folder. */
function wireMock(file: string, json: unknown): readonly Exchange[] {
  const { request, response } = Mapping.parse(json)
  const url = request.url ?? request.urlPath
  // A pattern of addresses tells of no one path.
  if (url === undefined) return []
  const { bodyFileName: name, body, jsonBody } = response
  const beside = join(dirname(file), '..', '__files', name ?? '')
  if (name !== undefined && !existsSync(beside)) throw new Error(`there is no __files/${name}`)
  const text = name === undefined ? body : readFileSync(beside, 'utf8')
  return [
    {
      method: request.method,
      path: pathOf(url),
      asked: textOf(request.bodyPatterns?.[0]?.equalToJson),
      status: response.status,
      body: text === undefined ? jsonBody : jsonOf(text),
    },
  ]
}

const Nock = z.array(
  z.object({
    scope: z.string(),
    method: z.string(),
    path: z.string(),
    body: z.unknown().optional(),
    status: z.number(),
    response: z.unknown().optional(),
  }),
)

/** A scenario of octokit's fixtures, as nock recorded it or made even afterwards. */
const nock = (json: unknown): readonly Exchange[] =>
  Nock.parse(json).map(one => ({
    method: one.method.toUpperCase(),
    path: pathOf(one.path),
    asked: textOf(one.body),
    status: one.status,
    body: textOf(one.response),
  }))

const Bytes = z.union([z.string(), z.instanceof(Uint8Array)])
/** A body as it stands there, or below a word of its own. */
const Body = z.union([Bytes, z.object({ string: Bytes }).transform(({ string }) => string)])
/** What was recorded through httpx has other words for the same. */
const Response = z.union([
  z.object({ status: z.object({ code: z.number() }), body: Body.nullish() }),
  z
    .object({ status_code: z.number(), content: Bytes.nullish() })
    .transform(({ status_code: code, content }) => ({ status: { code }, body: content })),
])
const Cassette = z.object({
  interactions: z.array(
    z.object({
      request: z.object({ method: z.string(), uri: z.string(), body: z.unknown().optional() }),
      response: Response,
    }),
  ),
})

/** Text as it came over the wire, packed or not. */
function unpacked(body: string | Uint8Array): string {
  if (typeof body === 'string') return body
  const isPacked = body[0] === 0x1f && body[1] === 0x8b
  return Buffer.from(isPacked ? gunzipSync(body) : body).toString('utf8')
}

/** A cassette of VCR. It is YAML of the old kind, which has bytes. */
const cassette = (text: string): readonly Exchange[] =>
  Cassette.parse(parse(text, { schema: 'yaml-1.1', logLevel: 'silent' })).interactions.map(
    ({ request, response }) => ({
      method: request.method,
      path: pathOf(request.uri),
      asked: jsonOf(unpacked(Body.safeParse(request.body).data ?? '')),
      status: response.status.code,
      body: jsonOf(unpacked(response.body ?? '')),
    }),
  )

const isNock = (json: unknown): boolean =>
  Array.isArray(json) && json.length > 0 && Object.hasOwn(json[0] as object, 'scope')

/** What a file recorded; `null`: it is no recording. Throws where it is a broken one. */
export function exchangesIn(file: string): readonly Exchange[] | null {
  const [, folder, ending] = /([^/\\]*)[/\\][^/\\]+\.(txt|json|ya?ml)$/.exec(file) ?? []
  if (ending === undefined || folder === '__files') return null
  const text = readFileSync(file, 'utf8')
  if (ending === 'txt') return /^https?\r?\n[A-Z]+\r?\n/.test(text) ? replayData(text) : null
  // Cassettes of mergify-engine are YAML in files that end in `.json`.
  if (/^interactions:/m.test(text.slice(0, 200))) return cassette(text)
  const json = ending === 'json' ? jsonOf(text) : undefined
  if (folder === 'mappings') return wireMock(file, json)
  return isNock(json) ? nock(json) : null
}
