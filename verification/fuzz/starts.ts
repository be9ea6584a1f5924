// Parsers of how the tool is started: command lines, addresses, names of inputs.
import fc from 'fast-check'
import { readArguments } from '../../src/config/arguments.js'
import { readPullAddress } from '../../src/config/pull-address.js'
import { OPTIONS } from '../../src/config/options.js'
import { unknownInputs } from '../../src/config/unknown-inputs.js'
import { hostileText } from '../../__tests__/support/hostile.js'
import type { Target } from './target.js'
import { demand, target } from './target.js'
import { anyText, nearly } from './text.js'

const WORDS = [
  'sweep',
  'explain',
  'doctor',
  'help',
  'version',
  'stale',
  '--json',
  '--repair',
  '--fix',
  '--diff',
  '--all',
  '--',
  '-h',
  '-v',
  '--token',
  '--token-file',
  '--pull',
  '7',
  '--no-dry-run',
  'true',
  'https://git.example.org/acme/widgets/pulls/7',
  'https://github.com/acme/widgets/pull/7/files',
  ...OPTIONS.map(name => `--${name}`),
]

const argv = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 3, arbitrary: nearly(WORDS) },
    { weight: 2, arbitrary: hostileText },
  ),
  { maxLength: 7 },
)

const commandLine = target({ name: 'command lines', kind: 'parser', weight: 120 }, argv, words => {
  const read = readArguments(words)
  if (!read.ok) demand(read.why !== '', () => 'a refusal without a word')
  if (!read.ok || read.value.kind !== 'explain') return
  const number = read.value.given.inputs['pull-request'] ?? ''
  demand(/^[1-9]\d{0,14}$/.test(number), () => `explain without a number: ${number}`)
})

const ADDRESSES = [
  'https://git.example.org/acme/widgets/pulls/7',
  'http://[::1]:3000/below/acme/widgets/pulls/7/files?x=1#y',
  'https://github.com/acme/widgets/pull/7',
  'https://x.ghe.com/acme/widgets/pull/7',
  'https://me:secret@git.example.org/acme/widgets/pulls/7',
]

const addresses = target(
  { name: 'addresses of pull requests', kind: 'parser', weight: 240 },
  fc.oneof(nearly(ADDRESSES), anyText, fc.webUrl()),
  text => {
    const read = readPullAddress(text)
    if (read === null) return
    const { protocol, username, password, search } = new URL(read.apiUrl)
    demand(/^https?:$/.test(protocol), () => `an API by ${protocol}`)
    demand(`${username}${password}${search}` === '', () => 'an API with more than an address')
    demand(/^[\w.-]+\/[\w.-]+$/.test(read.repo), () => `a repository ${read.repo}`)
    demand(/^[1-9]\d*$/.test(read.pull), () => `a pull request ${read.pull}`)
  },
)

const names = target(
  { name: 'names of inputs', kind: 'parser', weight: 20 },
  fc.array(fc.oneof(nearly(['REQUIRED-CONTEXTS', 'dry_run']), hostileText), { maxLength: 5 }),
  given => {
    demand(unknownInputs(given).length <= given.length, () => 'more names than were given')
  },
)

export const START_TARGETS: readonly Target[] = [commandLine, addresses, names]
