import { readFileSync } from 'node:fs'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { Json } from '../state.js'

/** A schema of the slice, as far as it is walked here. */
interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly Json[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

/** The part of GitHub's own description that is used here (scripts/github-openapi.mjs). */
interface Slice {
  readonly version: string
  readonly licence: string
  readonly routes: Readonly<Record<string, { readonly status: number; readonly schema: Schema }>>
  readonly error: Schema
  readonly components: Readonly<Record<string, Schema>>
}

const file = new URL('../../../__tests__/github-openapi/slice.json', import.meta.url)
export const SLICE = JSON.parse(readFileSync(file, 'utf8')) as Slice

/** Where GitHub itself answers otherwise than it describes: `why` says who saw it. */
export const DEVIATIONS: readonly {
  readonly route: string
  readonly path: RegExp
  readonly why: string
}[] = [
  {
    route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
    path: /\/jobs\/\d+$/,
    why: "GitHub's own example has a job without created_at",
  },
  {
    route: 'POST /repos/{owner}/{repo}/actions/jobs/{job_id}/rerun',
    path: /^$/,
    why: "GitHub's own example of a re-run's answer is null",
  },
]

const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false })
const withFormats = addFormats as unknown as (to: Ajv) => void
withFormats(ajv)
const compiled = new Map<string, ValidateFunction>()

function validatorOf(name: string, schema: Schema): ValidateFunction {
  const known = compiled.get(name) ?? ajv.compile({ ...schema, components: SLICE.components })
  compiled.set(name, known)
  return known
}

/** What a parameter may hold: those that name a branch, a path or a ref may hold slashes. */
const patternOf = (route: string): RegExp =>
  new RegExp(
    `^${route.replace(/\{(\w+)\}/g, (_, name: string) =>
      ['branch', 'path', 'ref'].includes(name) ? '.+' : '[^/]+',
    )}$`,
  )

const PATTERNS = Object.keys(SLICE.routes).map(route => {
  const [method = '', path = ''] = route.split(' ')
  return { route, method, pattern: patternOf(path) }
})

/** The route of a request, as the description names it. */
export const routeOf = (method: string, path: string): string | null =>
  PATTERNS.find(one => one.method === method && one.pattern.test(path))?.route ?? null

const known = (route: string, { instancePath, keyword }: ErrorObject): boolean =>
  keyword === 'required' &&
  DEVIATIONS.some(one => one.route === route && one.path.test(instancePath))

/** What is wrong with an answer by GitHub's own description; nothing if it is right. */
export function faultsOfAnswer(
  method: string,
  path: string,
  status: number,
  body: Json,
): readonly string[] {
  const route = routeOf(method, path)
  if (route === null) return [`${method} ${path} is not in the slice`]
  const described = SLICE.routes[route]
  const good = described !== undefined && described.status === status
  if (!good && status < 400) return [`${route} ${status} is not described`]
  const check = good ? validatorOf(route, described.schema) : validatorOf('error', SLICE.error)
  if (check(body)) return []
  return (check.errors ?? [])
    .filter(error => !known(route, error))
    .map(({ instancePath, message, params }) => {
      const extra =
        'additionalProperty' in params ? ` "${String(params['additionalProperty'])}"` : ''
      return `${route} ${status} ${instancePath}: ${message ?? 'is wrong'}${extra}`
    })
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

/** The least that a schema allows: what GitHub requires and nobody here reads. */
export function leastOf(schema: Schema): Json {
  const { type, properties, required = [], anyOf, oneOf, ...rest } = resolved(schema)
  const choice = anyOf ?? oneOf
  if (choice !== undefined && type === undefined)
    return choice.some(one => resolved(one).type === 'null') ? null : leastOf(choice[0] ?? {})
  if (rest.enum !== undefined) return rest.enum[0] ?? null
  switch (type) {
    case 'string':
      return FORMATS[rest.format ?? ''] ?? 'x'
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return false
    case 'array':
      return []
    case 'null':
      return null
    case 'object':
    case undefined:
    default:
      return Object.fromEntries(
        required.map(name => [name, leastOf(properties?.[name] ?? { type: 'string' })]),
      )
  }
}

/** What GitHub requires in the answer to a route, with these fields in it. */
export function answerOf(route: string, fields: Readonly<Record<string, Json>>): Json {
  const schema = SLICE.routes[route]?.schema
  if (schema === undefined) throw new Error(`no route ${route}`)
  return { ...(leastOf(schema) as object), ...fields }
}

/** The same for one item of a list, in a component of the description. */
export function itemOf(component: string, fields: Readonly<Record<string, Json>>): Json {
  const schema = SLICE.components[component]
  if (schema === undefined) throw new Error(`no component ${component}`)
  return { ...(leastOf(schema) as object), ...fields }
}
