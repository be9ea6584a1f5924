import { readFileSync } from 'node:fs'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { Json } from '../state.js'

/** A schema of the slice, as far as it is walked here. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly minLength?: number
  readonly enum?: readonly Json[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

/** The part of GitHub's own description that is used here (scripts/github-openapi.mjs). */
interface Slice {
  readonly version: string
  readonly licence: string
  /** By route, and then by the status of the answer. */
  readonly routes: Readonly<Record<string, Readonly<Record<string, Schema>>>>
  readonly components: Readonly<Record<string, Schema>>
}

const file = new URL('../../../__tests__/github-openapi/slice.json', import.meta.url)
const text = readFileSync(file, 'utf8')
export const SLICE = JSON.parse(text) as Slice

/** The same for the validator, which reads each component once if all routes name the same one. */
const SHARED = 'github'
const CHECKED = JSON.parse(text.replaceAll('"#/components/', `"${SHARED}#/components/`)) as Slice

/** Where GitHub itself answers otherwise than it describes. */
interface Deviation {
  readonly route: string
  /** The one field that is left out, from the root of the answer; `*` is any item of a list. */
  readonly path: string
  /** Who saw it. */
  readonly why: string
}

const REPO = '/repos/{owner}/{repo}'
const LANGUAGE = "GitHub's own example of a repository has no language"
const TEAM = "GitHub's own example of a pull request asks a team that has no type"
const RERUN = "GitHub's own example of the answer to a re-run is null, not an empty object"

export const DEVIATIONS: readonly Deviation[] = [
  { route: `GET ${REPO}`, path: '/language', why: LANGUAGE },
  { route: `GET ${REPO}`, path: '/source/language', why: LANGUAGE },
  { route: `GET ${REPO}/pulls`, path: '/*/requested_teams/*/type', why: TEAM },
  { route: `GET ${REPO}/pulls/{pull_number}`, path: '/requested_teams/*/type', why: TEAM },
  {
    route: `GET ${REPO}/actions/runs/{run_id}/jobs`,
    path: '/jobs/*/created_at',
    why: "GitHub's own example of a job has no created_at",
  },
  { route: `POST ${REPO}/actions/jobs/{job_id}/rerun`, path: '', why: RERUN },
  { route: `POST ${REPO}/actions/runs/{run_id}/rerun`, path: '', why: RERUN },
]

/** A fault and the field it is about. */
interface Fault {
  readonly path: string
  readonly at: string
  readonly keyword: string
  readonly text: string
}

const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, verbose: true })
const withFormats = addFormats as unknown as (to: Ajv) => void
withFormats(ajv)
ajv.addSchema({ components: CHECKED.components }, SHARED)
const compiled = new Map<Schema, ValidateFunction>()

function validatorOf(schema: Schema): ValidateFunction {
  const known = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, known)
  return known
}

function faultOf({ instancePath: at, keyword, message = 'is wrong', params }: ErrorObject): Fault {
  const { missingProperty, additionalProperty, allowedValues } = params as Record<string, unknown>
  const field = missingProperty ?? additionalProperty
  const path = typeof field === 'string' ? `${at}/${field}` : at
  const extra = typeof additionalProperty === 'string' ? ` '${additionalProperty}'` : ''
  const values = Array.isArray(allowedValues) ? ` ${allowedValues.join(', ')}` : ''
  return { path, at, keyword, text: `${message}${extra}${values}` }
}

const isInside = (path: string, of: string): boolean => path === of || path.startsWith(`${of}/`)

/** Does a fault say that this choice was not meant at all, rather than that it went wrong? */
const isOther = ({ at, keyword }: Fault): boolean =>
  (keyword === 'type' && at === '') || (keyword === 'enum' && /^\/[^/]+$/.test(at))

/** The faults of the choice that the data comes nearest to: those of the others say nothing. */
function nearest(schemas: readonly Schema[], data: unknown): readonly Fault[] {
  const ranked = schemas
    .map(schema => faultsOf(schema, data))
    .map(faults => ({ faults, others: faults.filter(isOther).length }))
    .sort((a, b) => a.others - b.others || a.faults.length - b.faults.length)
  return ranked[0]?.faults ?? []
}

/** Of several choices around one another the outermost: ajv tells it after those inside it. */
function outermostOf(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf')
  const last = [...new Map(choices.map(one => [one.instancePath, one])).values()]
  const isOutside = (a: ErrorObject, b: ErrorObject): boolean =>
    a !== b && isInside(b.instancePath, a.instancePath)
  return last.filter(one => !last.some(other => isOutside(other, one)))
}

function faultsOfChoice(error: ErrorObject): readonly Fault[] {
  const { instancePath, schema, data, params } = error
  const isTwice = ((params as Record<string, unknown>)['passingSchemas'] ?? null) !== null
  if (isTwice) return [faultOf(error)]
  const inside = nearest(schema as readonly Schema[], data)
  const under = (path: string): string => `${instancePath}${path}`
  return inside.map(one => ({ ...one, path: under(one.path), at: under(one.at) }))
}

function faultsOf(schema: Schema, data: unknown): readonly Fault[] {
  const check = validatorOf(schema)
  if (check(data)) return []
  const errors = check.errors ?? []
  const choices = outermostOf(errors)
  const own = errors.filter(
    ({ instancePath }) => !choices.some(choice => isInside(instancePath, choice.instancePath)),
  )
  return [...own.map(faultOf), ...choices.flatMap(faultsOfChoice)]
}

/** Parameters that may hold slashes; a path may also be empty, which is the root. */
const LONG: Readonly<Record<string, string>> = { branch: '.+', ref: '.+', path: '.*' }

const patternOf = (route: string): RegExp =>
  new RegExp(`^${route.replace(/\{(\w+)\}/g, (_, name: string) => LONG[name] ?? '[^/]+')}$`)

const PATTERNS = Object.keys(SLICE.routes).map(route => {
  const [method = '', path = ''] = route.split(' ')
  return { route, method, pattern: patternOf(path) }
})

/** The route of a request, as the description names it. */
export function routeOf(method: string, path: string): string | null {
  const [bare = ''] = path.split('?')
  return PATTERNS.find(one => one.method === method && one.pattern.test(bare))?.route ?? null
}

const isDeviation = (one: Deviation, route: string, path: string): boolean =>
  one.route === route && new RegExp(`^${one.path.replaceAll('*', '\\d+')}$`).test(path)

/**
 * What is wrong with an answer by GitHub's own description; nothing if it is right. Where GitHub
 * itself deviates from it, nothing is wrong either.
 */
export function faultsOfAnswer(
  method: string,
  path: string,
  status: number,
  body: unknown,
  deviations = DEVIATIONS,
): readonly string[] {
  const route = routeOf(method, path)
  if (route === null) return [`${method} ${path} is not in the slice`]
  const schema = CHECKED.routes[route]?.[String(status)]
  if (schema === undefined) return [`${route} ${status} is not described`]
  return faultsOf(schema, body)
    .filter(fault => !deviations.some(one => isDeviation(one, route, fault.path)))
    .map(({ at, text }) => `${route} ${status} ${at}: ${text}`)
}

const FORMATS: Readonly<Record<string, string>> = {
  uri: 'https://github.com/acme/widgets',
  'date-time': '2026-05-14T00:00:00Z',
  email: 'ann@example.org',
}

function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.split('/').at(-1) ?? ''
  const found = SLICE.components[name]
  if (found === undefined) throw new Error(`no component ${name}`)
  return resolved(found)
}

/** May it be `null`? */
const isNullable = ({ type, anyOf = [] }: Schema): boolean =>
  [type].flat().includes('null') || anyOf.some(one => resolved(one).type === 'null')

/** The least that a schema allows: what GitHub requires and nobody here reads. */
export function leastOf(schema: Schema): Json {
  const known = resolved(schema)
  const { type, properties, required = [], anyOf, oneOf, ...rest } = known
  if (isNullable(known)) return null
  const choice = anyOf ?? oneOf
  if (choice !== undefined) return leastOf(choice[0] ?? {})
  if (rest.enum !== undefined) return rest.enum[0] ?? null
  switch (type) {
    case 'string':
      return FORMATS[rest.format ?? ''] ?? 'x'.repeat(rest.minLength ?? 1)
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return false
    case 'array':
      return []
    case undefined:
    default:
      return Object.fromEntries(
        required.map(name => [name, leastOf(properties?.[name] ?? { type: 'string' })]),
      )
  }
}

/** The status of a route's answer when all is well. */
export const goodOf = (route: string): number =>
  Number(Object.keys(SLICE.routes[route] ?? {}).find(status => Number(status) < 300))

/** What GitHub requires in the answer to a route, with these fields in it. */
export function answerOf(route: string, fields: Readonly<Record<string, Json>>): Json {
  const schema = SLICE.routes[route]?.[String(goodOf(route))]
  if (schema === undefined) throw new Error(`no route ${route}`)
  return { ...(leastOf(schema) as object), ...fields }
}

/** The same for one item of a list, in a component of the description. */
export function itemOf(component: string, fields: Readonly<Record<string, Json>>): Json {
  const schema = SLICE.components[component]
  if (schema === undefined) throw new Error(`no component ${component}`)
  return { ...(leastOf(schema) as object), ...fields }
}
