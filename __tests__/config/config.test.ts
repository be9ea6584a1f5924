import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { InputName } from '../../src/config/inputs.js'
import { explainFaults, readConfig, withUmbrella } from '../../src/config.js'
import { explainUnknown, unknownInputs } from '../../src/config/unknown-inputs.js'
import { DEFAULTS } from '../../src/config/inputs.js'
import { holds } from '../support/property.js'

const TOKEN = 'tok-3f9a2c'
const GOOD: Readonly<Partial<Record<InputName, string>>> = {
  token: TOKEN,
  repo: 'o/r',
  'api-url': 'https://git.example.org/api/v1',
}
const ENV: Readonly<Record<string, string>> = {
  GITHUB_REPOSITORY: 'own/here',
  GITHUB_API_URL: 'https://runner.example.org/api/v1',
  GITHUB_RUN_NUMBER: '812',
  GITHUB_RUN_ID: '9001',
  GITHUB_SERVER_URL: 'https://runner.example.org/',
}
const NAMES = Object.keys(DEFAULTS) as InputName[]

function read(
  inputs: Readonly<Partial<Record<InputName, string>>> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const given: Readonly<Partial<Record<string, string>>> = { ...GOOD, ...inputs }
  return readConfig({ input: name => given[name], env: name => env[name] ?? '' })
}
function good(
  inputs: Readonly<Partial<Record<InputName, string>>> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const answer = read(inputs, env)
  if (!answer.ok) throw new Error(explainFaults(answer.why))
  return answer.value
}
const faultsOf = (inputs: Readonly<Partial<Record<InputName, string>>>) => {
  const answer = read(inputs)
  return answer.ok ? [] : answer.why
}

describe('defaults', () => {
  const action = parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'action.yml'), 'utf8'),
  ) as {
    readonly inputs: Readonly<Record<string, { readonly default: string }>>
  }

  it('are those of action.yml, but for the token, which the workflow fills in', () => {
    expect(Object.keys(action.inputs).sort()).toEqual([...NAMES].sort())
    expect(
      Object.fromEntries(
        NAMES.map(name => [name, name === 'token' ? '' : action.inputs[name]?.default]),
      ),
    ).toEqual({ ...DEFAULTS })
    expect(action.inputs['token']?.default).toBe('${{ github.token }}')
  })

  it('make a whole policy', () => {
    expect(good()).toMatchObject({
      policy: {
        umbrella: 'CI / all-required (pull_request)',
        required: [],
        optional: [],
        external: [],
        minAge: 300_000,
        minGrade: 'statuses',
      },
      baseBranches: [],
      pullRequest: null,
      dryRun: false,
      remedy: 'auto',
      maxRepairs: 10,
      failOn: 'alarm',
      alarms: 'cheap',
      branches: [],
      sha: null,
    })
  })
})

describe('good input', () => {
  it.each<{ rule: string; given: Readonly<Partial<Record<InputName, string>>>; config: object }>([
    {
      rule: 'lists are one a line, trimmed, without doubles',
      given: { 'required-contexts': ' CI / a \n\nCI / b\r\nCI / a\n' },
      config: { policy: { required: ['CI / a', 'CI / b'] } },
    },
    {
      rule: 'a literal bracket in a context',
      given: { 'required-contexts': 'Go (1.*)\nx[1]' },
      config: { policy: { required: ['Go (1.*)', 'x[1]'] } },
    },
    { rule: 'min-age 90s', given: { 'min-age': '90s' }, config: { policy: { minAge: 90_000 } } },
    { rule: 'min-age 0s', given: { 'min-age': '0s' }, config: { policy: { minAge: 0 } } },
    { rule: 'dry-run True', given: { 'dry-run': 'True' }, config: { dryRun: true } },
    { rule: 'one pull request', given: { 'pull-request': '12' }, config: { pullRequest: 12 } },
    { rule: 'no limit', given: { 'max-repairs': '0' }, config: { maxRepairs: 0 } },
    {
      rule: 'evidence is a least grade',
      given: { evidence: 'jobs' },
      config: { policy: { minGrade: 'jobs' } },
    },
    {
      rule: 'an address without its last slash',
      given: { 'api-url': 'http://127.0.0.1:3000/api/v1/' },
      config: { apiUrl: 'http://127.0.0.1:3000/api/v1' },
    },
    {
      rule: 'dots and dashes in a name',
      given: { repo: 'my-org.x/re_po.js' },
      config: { repo: 'my-org.x/re_po.js' },
    },
  ])('$rule', ({ given, config }) => {
    expect(good(given)).toMatchObject(config)
  })

  it('repository and address come from the runner when they are not given', () => {
    expect(good({ repo: '', 'api-url': '' }, ENV)).toMatchObject({
      repo: 'own/here',
      apiUrl: 'https://runner.example.org/api/v1',
    })
    expect(
      good(
        { repo: '', 'api-url': '' },
        { FORGEJO_REPOSITORY: 'f/j', FORGEJO_API_URL: 'https://f.example.org/api/v1' },
      ),
    ).toMatchObject({ repo: 'f/j' })
  })

  it.each([
    {
      rule: 'in a workflow',
      env: ENV,
      run: { number: '812', id: '9001', repository: 'https://runner.example.org/own/here' },
    },
    { rule: 'under cron', env: {}, run: null },
    { rule: 'with a number that is none', env: { ...ENV, GITHUB_RUN_NUMBER: '8; rm' }, run: null },
    {
      rule: 'with an address that is none',
      env: { ...ENV, GITHUB_SERVER_URL: 'javascript:alert(1)' },
      run: { number: '812', id: '9001', repository: '' },
    },
  ])('the run that sweeps: $rule', ({ env, run }) => {
    expect(good({}, env).workflowRun).toEqual(run)
  })
})

const UMBRELLA = 'CI / all-required (pull_request)'
const BAD: readonly {
  readonly input: InputName
  readonly given: string
  readonly allowed: RegExp
}[] = [
  { input: 'token', given: '', allowed: /token/ },
  { input: 'token', given: 'two words', allowed: /token/ },
  { input: 'token', given: 'a\nb', allowed: /token/ },
  ...[
    'justname',
    'a/b/c',
    '/r',
    'o/',
    'o /r',
    'o/..',
    './r',
    'o/r?x=1',
    'https://git.example.org/o/r',
  ].map(given => ({ input: 'repo' as const, given, allowed: /owner\/name/ })),
  ...[
    'nonsense',
    'ftp://x/api',
    'javascript:alert(1)',
    'git.example.org/api/v1',
    'https://x/api?a=1',
    'https://x/api#a',
    'http://',
  ].map(given => ({ input: 'api-url' as const, given, allowed: /http/ })),
  ...['5 parsecs', '5', '-5m', '1.5h', 'm', ''].map(given => ({
    input: 'min-age' as const,
    given,
    allowed: /unit/,
  })),
  ...['-1', '1.5', 'ten', '1e3', '', '0x10'].map(given => ({
    input: 'max-repairs' as const,
    given,
    allowed: /whole number/,
  })),
  ...['0', '-1', '#7', '07', '1.0'].map(given => ({
    input: 'pull-request' as const,
    given,
    allowed: /number/,
  })),
  ...['yes', '1', 'tRUE', ''].map(given => ({
    input: 'dry-run' as const,
    given,
    allowed: /true or false/,
  })),
  ...['CI / [a', 'a]', 'x{', 'a\\', 'a\u0007'].flatMap(given =>
    (['required-contexts', 'optional-contexts', 'external-contexts', 'base-branches'] as const).map(
      input => ({ input, given, allowed: /one a line|one branch a line|a line/ }),
    ),
  ),
  { input: 'umbrella-context', given: 'a\nb', allowed: /one context/ },
  { input: 'evidence', given: 'best', allowed: /jobs/ },
  { input: 'remedy', given: 'rerun!', allowed: /report/ },
  { input: 'fail-on', given: 'always', allowed: /never/ },
  ...(['required-contexts', 'optional-contexts', 'external-contexts'] as const).map(input => ({
    input,
    given: UMBRELLA,
    allowed: /cannot prove itself/,
  })),
]

describe('bad input', () => {
  it.each(BAD)('$input: "$given" is named, with what is allowed', ({ input, given, allowed }) => {
    const faults = faultsOf({ 'umbrella-context': UMBRELLA, [input]: given })
    expect(faults.map(fault => fault.input)).toEqual([input])
    const message = explainFaults(faults)
    expect(message).toMatch(allowed)
    expect(message).toContain(`${input}: `)
    expect(message).toContain('nothing was written')
    if (input !== 'token' && given !== '') expect(faults[0]?.given).toBe(given)
  })

  it.each(['required-contexts', 'external-contexts'] as const)(
    'one name in %s and optional-contexts is a contradiction',
    input => {
      expect(faultsOf({ [input]: 'a\nb', 'optional-contexts': 'b\nc' })).toMatchObject([
        { input, given: 'b' },
      ])
    },
  )

  const found = (umbrella: string, isDefault = true) => ({ umbrella, why: 'found', isDefault })

  it('a list vouches for an umbrella that is named or the documented default', () => {
    const vouches = (inputs: Partial<Record<InputName, string>>): boolean => {
      const answer = read({ 'required-contexts': 'CI / a', ...inputs })
      if (!answer.ok) throw new Error(explainFaults(answer.why))
      return answer.value.policy.userVouches
    }
    expect(vouches({ 'umbrella-context': 'CI / gate' })).toBe(true)
    expect(vouches({ 'umbrella-context': 'CI / gate', 'required-contexts': '' })).toBe(false)
    const answer = read({ 'required-contexts': 'CI / a' })
    if (!answer.ok) throw new Error(explainFaults(answer.why))
    expect(answer.value.policy.userVouches).toBe(false)
    for (const isDefault of [true, false])
      expect(withUmbrella(answer.value, found('CI / b', isDefault))).toMatchObject({
        value: { policy: { userVouches: isDefault } },
      })
  })

  it('an umbrella that was found may not be in a list either', () => {
    const answer = read({ 'required-contexts': 'CI / gate' })
    if (!answer.ok) throw new Error(explainFaults(answer.why))
    expect(withUmbrella(answer.value, found('CI / gate'))).toMatchObject({
      why: [{ input: 'required-contexts', given: 'CI / gate' }],
    })
    expect(withUmbrella(answer.value, found(UMBRELLA))).toMatchObject({
      value: { policy: { umbrella: UMBRELLA }, umbrellaFrom: { kind: 'chosen', why: 'found' } },
    })
  })

  it('a glob may match the umbrella: it never counts', () => {
    expect(faultsOf({ 'required-contexts': 'CI / *', 'optional-contexts': '*' })).toEqual([])
  })

  it('all faults come in one message', () => {
    const bad = {
      token: '',
      repo: 'justname',
      'api-url': 'x',
      'min-age': '5 parsecs',
      'max-repairs': '-1',
      'pull-request': 'x',
      'dry-run': 'x',
      evidence: 'x',
      remedy: 'x',
      'fail-on': 'x',
      'required-contexts': '[',
    }
    const message = explainFaults(faultsOf(bad))
    expect(message).toMatch(/^11 inputs cannot be used/)
    for (const name of Object.keys(bad)) expect(message).toContain(`${name}: `)
    expect(message).not.toContain('\n')
  })

  it.each([
    { given: `https://me:${TOKEN}@git.example.org/api/v1` },
    { given: `https://${TOKEN}@git.example.org/api/v1` },
  ])('an address with a password shows neither: $given', ({ given }) => {
    expect(explainFaults(faultsOf({ 'api-url': given }))).not.toContain(TOKEN)
  })

  it('the token, given by mistake in another input too, appears in no message', () => {
    for (const name of NAMES) {
      for (const wrong of [TOKEN, `x ${TOKEN} [`, `https://git.example.org/?token=${TOKEN}`]) {
        const answer = read({
          [name]: wrong,
          ...(name === 'token' ? { token: `${TOKEN} with words` } : {}),
        })
        if (!answer.ok) expect(explainFaults(answer.why)).not.toContain(TOKEN)
      }
    }
  })

  it('any text for any input is a config or faults, never an exception', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '*',
        '[',
        'true',
        '5m',
        'https://a.b/api/v1',
        'o/r',
        UMBRELLA,
        '\n',
        '\u001b[31m',
        '::error::x',
      ),
    )
    holds(
      [
        fc.dictionary(fc.constantFrom<InputName>(...NAMES), text),
        fc.dictionary(fc.constantFrom(...Object.keys(ENV)), text),
      ],
      (inputs, env) => {
        const answer = read(inputs, env)
        if (answer.ok) return
        const message = explainFaults(answer.why)
        expect(answer.why.length).toBeGreaterThan(0)
        // eslint-disable-next-line no-control-regex
        expect(message).not.toMatch(/[\u0000-\u001f\u007f]/)
      },
    )
  })
})

describe('names nobody reads', () => {
  it.each([
    { name: 'DRYRUN', meant: 'dry-run' },
    { name: 'DRY RUN', meant: 'dry-run' },
    { name: 'REQURED-CONTEXTS', meant: 'required-contexts' },
    { name: 'UMBRELA_CONTEXT', meant: 'umbrella-context' },
    { name: 'TOKENS', meant: 'token' },
    { name: 'X', meant: null },
    { name: 'PATH', meant: null },
    { name: 'WORKING-DIRECTORY', meant: null },
  ])('$name: $meant', ({ name, meant }) => {
    const unknown = unknownInputs([name])
    expect(unknown).toEqual([{ name, meant }])
    expect(explainUnknown(unknown)).toBe(
      meant === null
        ? null
        : 'one input is not known, nothing was written. ' +
            `${name.toLowerCase()}: did you mean ${meant}?`,
    )
  })

  it('are told, in any case and with either dash, with the name that was meant', () => {
    expect(
      unknownInputs([
        'TOKEN',
        'MIN-AGE',
        'MIN_AGE',
        'min-age',
        'MINAGE',
        'REQUIRED-CONTEXT',
        'REPO',
        'FLAVOUR',
      ]),
    ).toEqual([
      { name: 'FLAVOUR', meant: null },
      { name: 'MINAGE', meant: 'min-age' },
      { name: 'REQUIRED-CONTEXT', meant: 'required-contexts' },
    ])
  })
})
