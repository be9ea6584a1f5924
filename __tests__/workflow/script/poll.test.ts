import { describe, expect, it } from '@jest/globals'
import { RESULT, saidOf } from '../../support/umbrella-scenes.js'
import { NEEDS, script, withEnv } from '../../support/umbrella-jobs.js'

const URL = '"$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/status"'
const OTHER_URL = 'it runs curl for another address than the statuses of this commit'
const POLLS = 'judges by polling'

const asked = (options: string): string => script(`curl -sf ${options} ${URL} | jq -e .state`)
const ofAddress = (address: string): string => script(`curl -sf ${address} | jq -e .state`)
/** What is in a variable: the one where all is green, perhaps the other where it is not. */
const either = (name: string, one: string, other: string): string =>
  `${name}=${one}\nif [ "${RESULT}" != success ]; then ${name}=${other}; fi\n`

describe('curl asks for the statuses of this commit, and for nothing else', () => {
  const HEADER = 'it runs curl with a -H that is not known'
  const RETRY = 'it runs curl with a --retry that is not known'
  it.each([
    { rule: 'with a plain header', body: asked('-H "Accept: application/json"'), says: POLLS },
    { rule: 'with a blank in a header', body: asked('-H "Accept : a@"'), says: POLLS },
    {
      rule: 'not with a header that makes another request of it',
      body: asked('-H "X-HTTP-Method-Override: DELETE"'),
      says: HEADER,
    },
    {
      rule: 'not with a header that ends as one that is known',
      body: asked('-H "X-Accept: a"'),
      says: HEADER,
    },
    {
      rule: 'not with a header that begins as one that is known',
      body: asked('-H "Accept-Language: de"'),
      says: HEADER,
    },
    { rule: 'not with headers of a file', body: asked('-H @headers'), says: HEADER },
    {
      rule: 'not with a header that only a run tells',
      body: asked(`-H "${RESULT}"`),
      says: HEADER,
    },
    {
      rule: 'not with a header that a command prints',
      body: asked('-H "$(grep -o . <<< a)"'),
      says: HEADER,
    },
    {
      rule: 'not with one of two headers',
      body: script(`${either('H', '"Accept: a"', '"X-Method: b"')}curl -sf -H "$H" ${URL}`),
      says: HEADER,
    },
    {
      rule: 'not with outputs in a header',
      body: withEnv(NEEDS, `curl -sf -H "Accept: $NEEDS" ${URL}`).replace('lint, test', 'changes'),
      says: HEADER,
    },
    { rule: 'by its method', body: asked('-X GET'), says: POLLS },
    {
      rule: 'not by another method',
      body: asked('-X DELETE'),
      says: 'it runs curl with a -X that is not known',
    },
    { rule: 'with numbers', body: asked('--retry 3 --max-time 10'), says: POLLS },
    { rule: 'not with letters before a number', body: asked('--retry x1'), says: RETRY },
    { rule: 'not with letters behind a number', body: asked('--retry 1x'), says: RETRY },
    { rule: 'not with a number that is not told', body: asked('--retry "$X"'), says: RETRY },
    { rule: 'not with no number', body: script(`curl -sf ${URL} --retry`), says: RETRY },
    { rule: 'not of no address', body: script('curl -sf'), says: 'it runs curl for no address' },
    {
      rule: 'not of two addresses',
      body: ofAddress(`${URL} ${URL}`),
      says: 'it runs curl for no address',
    },
    {
      rule: 'not of an address that only a run tells',
      body: ofAddress(`"https://example.com/${RESULT}"`),
      says: OTHER_URL,
    },
    {
      rule: 'not of one of two addresses',
      body: script(`${either('U', URL, 'https://example.com')}curl -sf "$U" | jq -e .state`),
      says: OTHER_URL,
    },
    {
      rule: 'not of a commit in a variable that begins as that of the run',
      body: ofAddress(URL.replace('GITHUB_SHA', 'GITHUB_SHA2')),
      says: OTHER_URL,
    },
    {
      rule: 'not of a commit in a variable that ends as that of the run',
      body: ofAddress(URL.replace('GITHUB_SHA', 'MY_GITHUB_SHA')),
      says: OTHER_URL,
    },
  ])('$rule', async ({ body, says }) => {
    expect(await saidOf(body)).toBe(says)
  })
})

describe('gh', () => {
  const API = 'gh api repos/${{ github.repository }}/commits/${{ github.sha }}/status'
  const ELSEWHERE = 'gh asks another server than this one'
  it.each([
    {
      rule: 'asks this server in the folder of GitHub',
      path: '.github/workflows/ci.yml',
      says: POLLS,
    },
    { rule: 'asks it by a path of Windows, too', path: '.github\\workflows\\ci.yml', says: POLLS },
    { rule: 'asks another one elsewhere', path: '.gitea/workflows/ci.yml', says: ELSEWHERE },
  ])('$rule', async ({ path, says }) => {
    expect(await saidOf(script(`${API} --jq .state`), '', path)).toBe(says)
  })

  it.each([
    {
      rule: 'with a program that reads more',
      run: `${API} --jq input`,
      says: 'it runs gh with a --jq that is not known',
    },
    { rule: 'without a command', run: 'gh', says: 'it runs gh' },
    { rule: 'with a command that is not told', run: 'gh "$X"', says: 'it runs gh' },
    { rule: 'with another command', run: 'gh run list', says: 'it runs gh run' },
  ])('$rule is other work', async ({ run, says }) => {
    expect(await saidOf(script(run))).toBe(says)
  })
})

it('a fact of the run is no status', async () => {
  expect(await saidOf(script('[ "$GITHUB_SHA" = x ]'))).toBe('a test reads $GITHUB_SHA')
})
