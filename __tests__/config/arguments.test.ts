import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readArguments } from '../../src/config/arguments.js'
import { readPullAddress } from '../../src/config/pull-address.js'
import { tokenFor } from '../../src/config/token.js'
import { VERSION } from '../../src/version.js'

const ADDRESS = 'https://git.example.org/acme/widgets/pulls/7'
const nothing = { tokenFile: null, report: null }

describe('a command line', () => {
  it.each([
    { args: [], is: { kind: 'sweep', given: { ...nothing, inputs: {} } } },
    { args: ['sweep'], is: { kind: 'sweep', given: { ...nothing, inputs: {} } } },
    {
      args: ['sweep', '--required-contexts', 'a', '--required-contexts=b', '--dry-run', 'true'],
      is: { kind: 'sweep', given: { inputs: { 'required-contexts': 'a\nb', 'dry-run': 'true' } } },
    },
    {
      args: ['sweep', '--token-file', 't', '--report', 'r.json'],
      is: { kind: 'sweep', given: { tokenFile: 't', report: 'r.json' } },
    },
    {
      args: ['explain', ADDRESS, '--json', '--repair'],
      is: {
        kind: 'explain',
        json: true,
        repair: true,
        given: {
          inputs: {
            'api-url': 'https://git.example.org/api/v1',
            repo: 'acme/widgets',
            'pull-request': '7',
          },
        },
      },
    },
    {
      args: ['doctor'],
      is: {
        kind: 'doctor',
        json: false,
        checkout: { path: '.', server: null },
        asked: { umbrella: null, all: false, strict: false, changes: null },
      },
    },
    {
      args: [
        'doctor',
        'x',
        '--server',
        'github',
        '--umbrella',
        'gate',
        '--all',
        '--strict',
        '--fix',
      ],
      is: {
        checkout: { path: 'x', server: 'github' },
        asked: { umbrella: 'gate', all: true, strict: true, changes: 'write' },
      },
    },
    {
      args: ['doctor', '--repo', 'o/r', '--diff'],
      is: { checkout: null, asked: { changes: 'print' }, given: { inputs: { repo: 'o/r' } } },
    },
    { args: ['doctor', '--help'], is: { kind: 'help', topic: 'doctor' } },
    { args: ['help', 'doctor'], is: { kind: 'help', topic: 'doctor' } },
    {
      args: ['explain', 'https://github.com/o/r/pull/1/files'],
      is: { kind: 'explain', given: { inputs: { 'api-url': 'https://api.github.com' } } },
    },
    {
      args: ['explain', 'https://acme.ghe.com/o/r/pull/1'],
      is: { kind: 'explain', given: { inputs: { 'api-url': 'https://api.acme.ghe.com' } } },
    },
    {
      args: ['explain', 'https://ghes.example.org/o/r/pull/12'],
      is: {
        kind: 'explain',
        given: {
          inputs: {
            'api-url': 'https://ghes.example.org/api/v3',
            repo: 'o/r',
            'pull-request': '12',
          },
        },
      },
    },
    {
      args: ['explain', ADDRESS, '--api-url', 'http://x/api/v1'],
      is: { kind: 'explain', given: { inputs: { 'api-url': 'http://x/api/v1' } } },
    },
    {
      args: ['explain', '--repo', 'a/b', '--pull', '9'],
      is: { kind: 'explain', given: { inputs: { repo: 'a/b', 'pull-request': '9' } } },
    },
    { args: ['--help'], is: { kind: 'help', topic: null } },
    { args: ['explain', '-h'], is: { kind: 'help', topic: 'explain' } },
    { args: ['doctor', '--help'], is: { kind: 'help', topic: 'doctor' } },
    { args: ['help'], is: { kind: 'help', topic: null } },
    { args: ['help', 'sweep'], is: { kind: 'help', topic: 'sweep' } },
    { args: ['help', 'stale'], is: { kind: 'help', topic: 'stale' } },
    { args: ['--version'], is: { kind: 'version' } },
    { args: ['-v'], is: { kind: 'version' } },
    { args: ['version'], is: { kind: 'version' } },
    ...[
      { words: ['--dry-run'], text: 'true' },
      { words: ['--dry-run', 'false'], text: 'false' },
      { words: ['--dry-run=True'], text: 'True' },
      { words: ['--no-dry-run'], text: 'false' },
      { words: ['--no-dry-run', '--dry-run'], text: 'false\ntrue' },
    ].map(({ words, text }) => ({
      args: ['explain', ...words, ADDRESS],
      is: { kind: 'explain', given: { inputs: { 'dry-run': text, 'pull-request': '7' } } },
    })),
    {
      args: ['--rerun-dependents', '--no-rerun-whole-run'],
      is: {
        kind: 'sweep',
        given: { inputs: { 'rerun-dependents': 'true', 'rerun-whole-run': 'false' } },
      },
    },
  ])('$args', ({ args, is }) => {
    expect(readArguments(args)).toMatchObject({ ok: true, value: is })
  })

  it.each([
    { args: ['explain'], says: 'needs the address' },
    { args: ['explain', '--repo', 'a/b'], says: 'needs the address' },
    { args: ['explain', '--repo', 'a/b', '--pull', '', '--repair'], says: 'is no number' },
    { args: ['explain', ADDRESS, '--pull-request', '', '--repair'], says: 'is no number' },
    { args: ['explain', ADDRESS, '--pull', '7x'], says: '"7x" is no number' },
    { args: ['explain', 'nonsense'], says: 'no address of a pull request' },
    { args: ['explain', 'https://x.org/sub/o/r/pull/1'], says: 'no address of a pull request' },
    { args: ['explain', ADDRESS, ADDRESS], says: 'takes one address' },
    { args: ['sweep', ADDRESS], says: 'does not know' },
    { args: ['sweep', '--json'], says: 'does not know "json"' },
    { args: ['reap'], says: 'no command "reap"; there are: sweep, explain, doctor' },
    { args: ['explan', ADDRESS], says: 'no command "explan"; did you mean explain?' },
    { args: ['help', 'magic'], says: 'no topic "magic"; there are: ' },
    { args: ['help', 'required-faild'], says: 'did you mean required-failed?' },
    { args: ['--token', 'secret'], says: 'put it into UMBRELLA_REAPER_TOKEN or --token-file' },
    { args: ['--token=secret'], says: 'put it into UMBRELLA_REAPER_TOKEN or --token-file' },
    { args: ['--requred-contexts', 'a'], says: 'did you mean --required-contexts?' },
    { args: ['--dryrun'], says: 'did you mean --dry-run?' },
    { args: ['--no-dry-rum'], says: 'did you mean --dry-run?' },
    { args: ['--frobnicate-it'], says: 'there is no option --frobnicate-it; see --help' },
    { args: ['sweep', '--dry-run', 'maybe'], says: 'does not know "maybe"' },
    { args: ['--no-pull'], says: 'there is no option --no-pull' },
  ])('$args is not understood', ({ args, says }) => {
    const read = readArguments(args)
    expect(read.ok ? read.value : read.why).toContain(says)
    expect(JSON.stringify(read)).not.toContain('secret')
  })
})

describe('the address of a pull request', () => {
  it.each([
    { text: ADDRESS, apiUrl: 'https://git.example.org/api/v1' },
    { text: `${ADDRESS}/files?x=1#y`, apiUrl: 'https://git.example.org/api/v1' },
    {
      text: 'http://x:3000/below/acme/widgets/pulls/7',
      apiUrl: 'http://x:3000/below/api/v1',
    },
  ])('$text', ({ text, apiUrl }) => {
    expect(readPullAddress(text)).toEqual({ apiUrl, repo: 'acme/widgets', pull: '7' })
  })

  it.each([
    'https://me:pw@git.example.org/acme/widgets/pulls/7',
    'ftp://git.example.org/acme/widgets/pulls/7',
    'https://git.example.org/acme/widgets/pulls/0',
    'https://git.example.org/acme/widgets/issues/7',
    'git.example.org/acme/widgets/pulls/7',
  ])('%s is none', text => {
    expect(readPullAddress(text)).toBeNull()
  })
})

describe('the token of a command line', () => {
  const API = 'https://git.example.org/api/v1'
  const OWN = { UMBRELLA_REAPER_TOKEN: 'own' }
  const token = (
    env: Readonly<Record<string, string>>,
    file: string | null = null,
    apiUrl = API,
    confirmed = false,
  ): string | undefined =>
    tokenFor(
      {
        env: name => env[name] ?? '',
        readText: path => (path === 'there' ? ' from-file\n' : null),
        input: name => env[`INPUT_${name.toUpperCase()}`],
      },
      { apiUrl, file, confirmed },
    )

  it.each([
    { rule: 'a file', env: { UMBRELLA_REAPER_TOKEN: 'own' }, file: 'there', is: 'from-file' },
    { rule: 'a file that is not there', env: { UMBRELLA_REAPER_TOKEN: 'own' }, file: 'gone' },
    { rule: 'never its own variable whose server nobody names', env: OWN },
    { rule: 'its own variable, for an API that an option names', env: OWN, yes: true, is: 'own' },
    {
      rule: 'its own variable, for the server that is named beside it',
      env: { ...OWN, UMBRELLA_REAPER_URL: 'https://git.example.org/' },
      is: 'own',
    },
    {
      rule: 'its own variable, for the server that the other inputs name',
      env: { ...OWN, 'INPUT_API-URL': API },
      is: 'own',
    },
    {
      rule: 'never its own variable for another server than is named beside it',
      env: { ...OWN, UMBRELLA_REAPER_URL: 'https://other.example.org', 'INPUT_API-URL': API },
    },
    {
      rule: 'never its own variable for the server of a workflow',
      env: { ...OWN, GITHUB_API_URL: API },
    },
    {
      rule: 'never its own variable where what is named beside it is no address',
      env: { ...OWN, UMBRELLA_REAPER_URL: 'git.example.org' },
    },
    {
      rule: 'what is held for this server, where its own variable is for another',
      env: { ...OWN, GITEA_TOKEN: 'held', GITEA_SERVER_URL: 'https://git.example.org' },
      is: 'held',
    },
    {
      rule: 'one that is held for this very server',
      env: { GITEA_TOKEN: 'held', GITEA_SERVER_URL: 'https://git.example.org' },
      is: 'held',
    },
    {
      rule: 'one that is held for this very API',
      env: { GITHUB_TOKEN: 'held', GITHUB_API_URL: API },
      is: 'held',
    },
    {
      rule: 'never one that is held for another server',
      env: { GITHUB_TOKEN: 'held', GITHUB_SERVER_URL: 'https://github.com' },
    },
    {
      rule: 'never over another protocol',
      env: { GITEA_TOKEN: 'held', GITEA_SERVER_URL: 'http://git.example.org' },
    },
    {
      rule: 'never on another port',
      env: { GITEA_TOKEN: 'held', GITEA_SERVER_URL: 'https://git.example.org:8443' },
    },
    { rule: 'never one whose server nobody names', env: { GITEA_TOKEN: 'held' } },
    {
      rule: 'an input, for the server that the other inputs name',
      env: { INPUT_TOKEN: 'input', 'INPUT_API-URL': API },
      is: 'input',
    },
    {
      rule: 'no input, for another server',
      env: { INPUT_TOKEN: 'input', 'INPUT_API-URL': 'https://other.example.org/api/v1' },
    },
    { rule: 'nothing', env: {} },
  ])('$rule', ({ env, file, yes, is }) => {
    const given = env as unknown as Record<string, string>
    expect(token(given, file ?? null, API, yes ?? false)).toBe(is)
  })

  it.each([
    { server: 'https://github.com', api: 'https://api.github.com' },
    { server: 'https://acme.ghe.com/', api: 'https://api.acme.ghe.com' },
    { server: 'https://ghes.example.org', api: 'https://ghes.example.org/api/v3' },
  ])('its own variable knows the API of $server', ({ server, api }) => {
    expect(token({ ...OWN, UMBRELLA_REAPER_URL: server }, null, api)).toBe('own')
  })

  it('an address that is none gets no token', () => {
    expect(token({ INPUT_TOKEN: 'input' }, null, 'nonsense')).toBeUndefined()
  })
})

it('the version is that of package.json', () => {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
  expect(VERSION).toBe((JSON.parse(manifest) as { version: string }).version)
})
