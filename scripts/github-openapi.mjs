// Cuts the routes used here out of GitHub's own OpenAPI description, and closes every object: what
// GitHub does not describe, the simulator may not answer. Run by hand when the description or the
// list of routes changes:
//
//   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
//   node scripts/github-openapi.mjs package
//
// The package is 385 MB unpacked, so it is no dependency.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const REPO = '/repos/{owner}/{repo}'
const ROUTES = {
  [`GET ${REPO}`]: 200,
  [`GET ${REPO}/pulls`]: 200,
  [`GET ${REPO}/pulls/{pull_number}`]: 200,
  [`GET ${REPO}/commits/{ref}/status`]: 200,
  [`GET ${REPO}/commits/{commit_sha}/pulls`]: 200,
  [`GET ${REPO}/git/ref/{ref}`]: 200,
  [`GET ${REPO}/git/tags/{tag_sha}`]: 200,
  [`GET ${REPO}/commits/{ref}/statuses`]: 200,
  [`POST ${REPO}/statuses/{sha}`]: 201,
  [`GET ${REPO}/commits/{ref}/check-suites`]: 200,
  [`GET ${REPO}/check-suites/{check_suite_id}/check-runs`]: 200,
  [`GET ${REPO}/actions/runs`]: 200,
  [`GET ${REPO}/actions/runs/{run_id}`]: 200,
  [`GET ${REPO}/actions/runs/{run_id}/jobs`]: 200,
  [`GET ${REPO}/actions/workflows/{workflow_id}`]: 200,
  [`GET ${REPO}/actions/workflows/{workflow_id}/runs`]: 200,
  [`POST ${REPO}/actions/jobs/{job_id}/rerun`]: 201,
  [`POST ${REPO}/actions/runs/{run_id}/rerun`]: 201,
  [`GET ${REPO}/rules/branches/{branch}`]: 200,
  [`GET ${REPO}/branches/{branch}`]: 200,
  [`GET ${REPO}/contents/{path}`]: 200,
  [`GET ${REPO}/issues/{issue_number}`]: 200,
  [`GET ${REPO}/issues/{issue_number}/comments`]: 200,
  [`POST ${REPO}/issues/{issue_number}/comments`]: 201,
  'GET /rate_limit': 200,
}

/** The statuses that every route may refuse with, as GitHub does whatever it describes. */
const ERRORS = [401, 403, 404, 409, 422, 429, 503]

/** GitHub describes no field of an error as required, and no `errors`; it sends both. */
const BASIC_ERROR = {
  type: 'object',
  properties: {
    message: { type: 'string' },
    documentation_url: { type: 'string' },
    status: { type: 'string' },
    errors: { type: 'array' },
    url: { type: 'string' },
  },
  required: ['message'],
  additionalProperties: false,
}

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: node scripts/github-openapi.mjs FOLDER   (of the unpacked package)')
  process.exit(1)
}
const json = path => JSON.parse(readFileSync(join(folder, path), 'utf8'))
const api = json('generated/api.github.com.json')
const { name, version, license } = json('package.json')

/** What says nothing about the shape of an answer. */
const WORDS = ['description', 'title', 'externalDocs', 'example', 'examples', 'deprecated']
const DROPPED = new Set([...WORDS, 'default', 'discriminator', 'readOnly', 'writeOnly', 'xml'])

/** What this script knows how to close. Anything else stops it: it would be lost in silence. */
const AS_IS = ['type', 'enum', 'format', 'pattern', 'required', 'minimum', 'maximum']
const LENGTHS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems']
const PARTS = ['properties', 'items', 'additionalProperties', 'oneOf', 'anyOf', 'allOf']
const KNOWN = new Set([...AS_IS, ...LENGTHS, ...PARTS, '$ref', 'nullable'])

const lastOf = ref => ref.split('/').at(-1)
const found = schema =>
  schema.$ref === undefined ? schema : found(api.components.schemas[lastOf(schema.$ref)])

/** A schema without its words: only what an answer is held to. */
function plain(schema, at) {
  const all = Object.entries(schema).filter(([key]) => !DROPPED.has(key) && !key.startsWith('x-'))
  const strange = all.find(([key]) => !KNOWN.has(key))
  if (strange !== undefined) throw new Error(`${at}: cannot close "${strange[0]}"`)
  return Object.fromEntries(all)
}

/** Fields of several schemas that hold together, as one: a closed part would forbid the others. */
function together(parts, at) {
  const whole = { type: 'object', properties: {}, required: [] }
  for (const part of parts) {
    const of = plain(found(part), at)
    const { type, properties, required, allOf, ...rest } = of
    const [other] = Object.keys(rest)
    if (other !== undefined || (type !== undefined && type !== 'object'))
      throw new Error(`${at}: cannot merge ${other ?? type}`)
    const inner = allOf === undefined ? of : together([{ properties, required }, ...allOf], at)
    const twice = Object.keys(inner.properties ?? {}).find(field => field in whole.properties)
    if (twice !== undefined) throw new Error(`${at}: two parts have "${twice}"`)
    Object.assign(whole.properties, inner.properties)
    whole.required.push(...(inner.required ?? []))
  }
  whole.required = [...new Set(whole.required)]
  return whole
}

const components = { 'basic-error': BASIC_ERROR }

/** The name of a schema that is referred to, which is cut out too. */
function referred(ref) {
  const key = lastOf(ref)
  if (!(key in components)) {
    components[key] = {}
    components[key] = closed(api.components.schemas[key], key)
  }
  return { $ref: `#/components/${key}` }
}

/** OpenAPI's `nullable` in words of JSON schema, where `null` is a type. */
function orNull(schema) {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const { enum: values } = schema
  return {
    ...schema,
    type: [schema.type, 'null'],
    ...(values === undefined ? {} : { enum: [...new Set([...values, null])] }),
  }
}

function closed(given, at) {
  if (given.$ref !== undefined) return referred(given.$ref)
  const { nullable, allOf, ...rest } = plain(given, at)
  if (allOf !== undefined) {
    const whole = allOf.length === 1 ? allOf[0] : together([rest, ...allOf], at)
    return nullable === true ? orNull(closed(whole, at)) : closed(whole, at)
  }
  const out = { ...rest }
  for (const key of ['oneOf', 'anyOf'])
    if (key in out) out[key] = out[key].map((one, index) => closed(one, `${at}/${key}/${index}`))
  if (out.items !== undefined) out.items = closed(out.items, `${at}/items`)
  if (typeof out.additionalProperties === 'object')
    out.additionalProperties = closed(out.additionalProperties, `${at}/*`)
  if (out.properties !== undefined) {
    // A closed object would forbid what only its choices describe.
    if ('oneOf' in out || 'anyOf' in out) throw new Error(`${at}: fields beside a choice`)
    out.properties = Object.fromEntries(
      Object.entries(out.properties).map(([field, of]) => [field, closed(of, `${at}/${field}`)]),
    )
    out.additionalProperties ??= false
  }
  return nullable === true ? orNull(out) : out
}

function schemaOf(route, status) {
  const [method, path] = route.split(' ')
  const answer = api.paths[path][method.toLowerCase()].responses[status]
  const of = answer.$ref === undefined ? answer : api.components.responses[lastOf(answer.$ref)]
  return closed(of.content['application/json'].schema, route)
}

/** One line for each entry: small, and a difference still shows where it is. */
const linesOf = entries =>
  `{\n${Object.entries(entries)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n')}\n}`

const refusals = Object.fromEntries(
  ERRORS.map(status => [status, { $ref: '#/components/basic-error' }]),
)
const routes = {}
for (const [route, status] of Object.entries(ROUTES))
  routes[route] = { [status]: schemaOf(route, status), ...refusals }

const head = JSON.stringify({ package: name, version, licence: license }).slice(1, -1)
const text = `{\n${head},\n"routes": ${linesOf(routes)},\n"components": ${linesOf(components)}\n}\n`
const file = new URL('../__tests__/github-openapi/slice.json', import.meta.url)
writeFileSync(file, text)
console.log(
  `${Object.keys(routes).length} routes, ${Object.keys(components).length} components, ` +
    `${text.length} characters`,
)
