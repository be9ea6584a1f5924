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
  [`GET ${REPO}/pulls/{pull_number}`]: 200,
  [`GET ${REPO}/commits/{ref}/statuses`]: 200,
  [`POST ${REPO}/statuses/{sha}`]: 201,
  [`GET ${REPO}/commits/{ref}/check-suites`]: 200,
  [`GET ${REPO}/check-suites/{check_suite_id}/check-runs`]: 200,
  [`GET ${REPO}/actions/runs`]: 200,
  [`GET ${REPO}/actions/runs/{run_id}`]: 200,
  [`GET ${REPO}/actions/runs/{run_id}/jobs`]: 200,
  [`GET ${REPO}/actions/workflows/{workflow_id}/runs`]: 200,
  [`POST ${REPO}/actions/jobs/{job_id}/rerun`]: 201,
  [`POST ${REPO}/actions/runs/{run_id}/rerun`]: 201,
  [`GET ${REPO}/rules/branches/{branch}`]: 200,
  [`GET ${REPO}/branches/{branch}`]: 200,
  [`GET ${REPO}/contents/{path}`]: 200,
  [`GET ${REPO}/issues/{issue_number}`]: 200,
  [`GET ${REPO}/issues/{issue_number}/comments`]: 200,
  [`POST ${REPO}/issues/{issue_number}/comments`]: 201,
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
const WORDS = new Set(['description', 'title', 'externalDocs', 'example', 'examples', 'deprecated'])

const components = {}

/** The name of a schema that is referred to, which is cut out too. */
function referred(ref) {
  const key = ref.split('/').at(-1)
  if (!(key in components)) {
    components[key] = {}
    components[key] = closed(api.components.schemas[key])
  }
  return { $ref: `#/components/${key}` }
}

/** Fields of several schemas that hold together, as one: a closed part would forbid the others. */
function together(parts) {
  const whole = { type: 'object', properties: {}, required: [] }
  for (const part of parts) {
    const of = part.$ref === undefined ? part : api.components.schemas[part.$ref.split('/').at(-1)]
    const { properties = {}, required = [] } = of.allOf === undefined ? of : together(of.allOf)
    Object.assign(whole.properties, properties)
    whole.required.push(...required)
  }
  whole.required = [...new Set(whole.required)]
  return whole
}

function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  if (schema.$ref !== undefined) return referred(schema.$ref)
  const { nullable, allOf, ...rest } = schema
  if (allOf !== undefined)
    return orNull(
      allOf.length === 1 ? closed(allOf[0]) : closed({ ...rest, ...together(allOf) }),
      nullable,
    )
  const out = {}
  for (const [key, value] of Object.entries(rest)) {
    if (WORDS.has(key) || key.startsWith('x-') || key === 'discriminator') continue
    out[key] =
      key === 'properties'
        ? Object.fromEntries(Object.entries(value).map(([field, of]) => [field, closed(of)]))
        : closed(value)
  }
  if (out.properties !== undefined && out.additionalProperties === undefined)
    out.additionalProperties = false
  return orNull(out, nullable)
}

const orNull = (schema, nullable) =>
  nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema

const routes = {}
for (const [route, status] of Object.entries(ROUTES)) {
  const [method, path] = route.split(' ')
  const answer = api.paths[path][method.toLowerCase()].responses[status]
  const of =
    answer.$ref === undefined ? answer : api.components.responses[answer.$ref.split('/').at(-1)]
  const { schema } = of.content['application/json']
  routes[route] = { status, schema: closed(schema) }
}

const error = closed({ $ref: '#/components/schemas/basic-error' })
const slice = { package: name, version, licence: license, routes, error, components }
const file = new URL('../__tests__/github-openapi/slice.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(slice)}\n`)
console.log(`${Object.keys(routes).length} routes, ${Object.keys(components).length} components`)
