// Where a token may not be: in nothing that a run of the bundle leaves behind, and in no request
// but in the header that is meant for it. Whoever starts the bundle and whoever serves it asks
// here, so that no test can forget to; nothing of src is used, which is what is tested.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What is shorter than this is found by chance. */
const SHORTEST = 8

/** What of base64 is the same whatever stands before and behind a secret, if so much is before. */
function inBase64(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before, 1), Buffer.from(secret)])
  const whole = bytes.length - (bytes.length % 3)
  const text = bytes.subarray(0, whole).toString('base64')
  return before === 0 ? text : text.slice(4)
}

/** The forms in which a token would be looked for by whoever finds a log. */
const FORMS: Readonly<Record<string, (secret: string) => readonly string[]>> = {
  raw: secret => [secret],
  'JSON-escaped': secret => [JSON.stringify(secret).slice(1, -1)],
  'URL-encoded': secret => [
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
  ],
  base64: secret =>
    [0, 1, 2]
      .map(before => inBase64(secret, before))
      .flatMap(text => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  hexadecimal: secret => {
    const text = Buffer.from(secret).toString('hex')
    return [text, text.toUpperCase()]
  },
}

/** The names of the forms in which a text holds a secret. */
export const leaksIn = (text: string, secret: string): readonly string[] =>
  secret.length < SHORTEST
    ? []
    : Object.entries(FORMS)
        .filter(([, form]) => form(secret).some(one => text.includes(one)))
        .map(([name]) => name)

/** A file, or every file below a folder, by their paths; nothing where there is none. */
export function textsBelow(path: string): Readonly<Record<string, string>> {
  try {
    const names = readdirSync(path)
    return Object.assign({}, ...names.map(name => textsBelow(join(path, name)))) as Record<
      string,
      string
    >
  } catch {
    try {
      // A device such as /dev/full is read without an end.
      return statSync(path).isFile() ? { [path]: readFileSync(path, 'latin1') } : {}
    } catch {
      return {}
    }
  }
}

/** What runs of this process know, and where each of it may go. */
const places = new Map<string, Set<string>>()
const strays: { readonly secret: string; readonly what: string }[] = []

const originOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).origin : address

/** A run begins: this secret may go to the servers of these addresses. */
export function mayGo(secret: string, addresses: readonly string[]): void {
  const known = places.get(secret) ?? new Set<string>()
  for (const address of addresses) known.add(originOf(address))
  places.set(secret, known)
}

/** A request as a server gets it. */
interface Heard {
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** A server tells of each request; what of it is a leak is kept until a run ends. */
export function heard(origin: string, { url, headers, body }: Heard): void {
  const { authorization = '', ...others } = headers
  const rest = [url, body, ...Object.values(others).map(String)].join('\n')
  for (const [secret, allowed] of places) {
    if (secret.length < SHORTEST) continue
    const told = (what: string): void => {
      strays.push({ secret, what: `${what} of a request to ${origin}${url.split('?')[0] ?? ''}` })
    }
    for (const form of leaksIn(rest, secret)) told(`${form}, beside the header`)
    // Who plays the world speaks to it with the same token, and not as the bundle does.
    const agent = headers['user-agent']
    const isOurs = typeof agent === 'string' && agent.startsWith('umbrella-reaper')
    const isSent = leaksIn(String(authorization), secret).length > 0
    if (isOurs && isSent && !allowed.has(originOf(origin))) told('the header')
  }
}

/** Every place where one of these secrets was found, in these texts and in requests. */
export function leaksOf(
  secrets: readonly string[],
  texts: Readonly<Record<string, string>>,
): readonly string[] {
  const written = secrets.flatMap(secret =>
    Object.entries(texts).flatMap(([name, text]) =>
      leaksIn(text, secret).map(form => `${form} in ${name}`),
    ),
  )
  const sent = strays.filter(({ secret }) => secrets.includes(secret))
  // A leak fails one run, and not those after it.
  for (const one of sent) strays.splice(strays.indexOf(one), 1)
  return [...written, ...sent.map(({ what }) => what)]
}
