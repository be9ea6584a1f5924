// Everything that writes what others will read, through the real runner, with text of anybody in
// every place that others can fill.
import fc from 'fast-check'
import { hidden } from '../../src/runner/hidden.js'
import { main } from '../../src/main.js'
import { explanationLines } from '../../src/sweep/report/explanation.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { parseOutputs } from '../../__tests__/support/bundle.js'
import { hostileText } from '../../__tests__/support/hostile.js'
import { structureOf } from '../../__tests__/support/markdown.js'
import type { Surroundings } from './capture.js'
import { written } from './capture.js'
import { demandCommands, demandOurs, demandSeen } from './judge.js'
import type { Target } from './target.js'
import { demand, target } from './target.js'
import { anyText, nearly } from './text.js'
import { commentWith, explanationWith, published, usualIn } from './published.js'
import { workflowFile } from './workflows.js'

const surroundings = fc.constantFrom<Surroundings>('github', 'gitea', 'shell')

/** Text with something in it: a place without a word is another place. */
const worded = anyText.filter(text => text.trim() !== '')
const sweeps = target(
  { name: 'log, summary, outputs and report', kind: 'sink', weight: 20 },
  // It stands in fifty places.
  fc.tuple(
    worded.map(text => text.slice(0, 20_000)),
    surroundings,
  ),
  async ([text, where]) => {
    const { commands, structure, names } = await usualIn(where)
    const { log, summary, outputs, report } = await published(text, where)
    for (const told of [log, summary, outputs, report]) demandSeen(told)
    demandCommands(log, commands)
    demand(!summary.includes('##['), () => 'a command in the summary')
    demand(JSON.stringify(structureOf(summary)) === structure, () => 'another summary')
    const told = parseOutputs(outputs)
    demand(Object.keys(told).join() === names, () => 'other outputs')
    const pulls = JSON.parse(told['pull-requests'] ?? '') as readonly { title: string }[]
    const wanted = JSON.stringify(text)
    demand(JSON.stringify(pulls[0]?.title) === wanted, () => 'an output that says something else')
    const read = JSON.parse(report) as SweepReport
    demand(JSON.stringify(read.pulls[0]?.title) === wanted, () => 'a report that says otherwise')
    demand(!/##\[|^\s*::/m.test(`${outputs}\n${report}`), () => 'a command in outputs or report')
  },
)

const WORDS = JSON.stringify(structureOf(commentWith('word')))

const comments = target(
  { name: 'comments on the tracking issue', kind: 'sink', weight: 24 },
  worded,
  text => {
    const comment = commentWith(text)
    demandSeen(comment)
    demand(comment.length < 65_536, () => 'a comment that GitHub refuses')
    demand(JSON.stringify(structureOf(comment)) === WORDS, () => 'another comment')
    // Servers look for mentions and references after the entities; `#3` is our own.
    const shown = comment
      .replace(/<!--.*-->\s*$/, '')
      .replace('| #3 |', '')
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    demand(!/@[\w-]|[#!]\d|GH-\d|:\/\/|www\./i.test(shown), () => shown)
  },
)

const explanations = target(
  { name: 'explanations in a terminal', kind: 'sink', weight: 100 },
  fc.tuple(anyText, surroundings),
  async ([text, where]) => {
    const { log } = await written(where, runner => {
      for (const line of explanationLines(explanationWith(text))) runner.print(line)
    })
    demandSeen(log)
    demandCommands(log, [])
    demand(log.length < 60_000, () => 'an explanation that nobody can read')
  },
)

/** Commands that a line of the log may be, where one is asked for. */
const lines = target(
  { name: 'single lines', kind: 'sink', weight: 100 },
  // It stands in ten lines.
  fc.tuple(
    anyText.map(text => text.slice(0, 200_000)),
    surroundings,
  ),
  async ([text, where]) => {
    const { log } = await written(where, runner => {
      runner.info(text)
      runner.print(text)
      runner.warning(text)
      runner.group(text, [text, text], true)
      runner.annotate({ level: 'error', title: text, text, file: text, line: 1 })
      if (where !== 'shell') runner.printRaw(text)
      runner.fail(text)
    })
    demandSeen(log)
    const shows = where === 'github' ? ['warning'] : []
    const annotated = where === 'github' ? ['error'] : []
    const shell = where === 'shell'
    demandCommands(log, shell ? [] : [...shows, 'group', 'endgroup', ...annotated, 'error'])
  },
)

const files = fc.tuple(fc.array(workflowFile, { minLength: 1, maxLength: 2 }), hostileText)
const ways = fc.constantFrom<readonly string[]>(
  ['--all'],
  ['--json'],
  ['--diff'],
  [],
  ['--strict', '--all'],
)
const servers = fc.constantFrom('gitea-1.22', 'gitea-28', 'forgejo-16', 'github')

const doctor = target(
  { name: 'doctor of a checkout', kind: 'sink', weight: 4 },
  fc.tuple(files, ways, servers, surroundings),
  async ([[texts, name], way, server, where]) => {
    const argv = ['doctor', '.', '--server', server, ...way]
    const found = texts.map((text, at) => ({
      path: at === 0 ? '.github/workflows/ci.yml' : `.github/workflows/${name}.yml`,
      bytes: Buffer.from(text),
    }))
    const { log } = await written(where, runner =>
      main({ ...runner, argv: () => argv, files: () => found, input: () => undefined }, []),
    )
    // A patch is as its file is: tabs, and the ends of its lines.
    demandSeen(way.includes('--diff') ? log.replace(/\t|\r(?=\n)/g, '') : log)
    demandOurs(log)
    demand(!log.includes('bug of umbrella-reaper'), () => log.slice(0, 1_000))
  },
)

const TOKEN = 'canary/0123+456"789<abc'

const given = fc.dictionary(
  fc.constantFrom('repo', 'api-url', 'min-age', 'umbrella-context', 'required-contexts', 'dry-run'),
  fc.oneof(
    { weight: 4, arbitrary: hostileText },
    { weight: 2, arbitrary: fc.constantFrom('acme/widgets', '5m', 'true', 'https://x.org/api/v1') },
    { weight: 1, arbitrary: fc.constant(`x ${TOKEN} y`) },
    { weight: 1, arbitrary: fc.constant(`https://me:${TOKEN}@x.org/`) },
  ),
)

const argv = fc.array(
  fc.oneof(
    fc.constantFrom('sweep', 'explain', 'help', '--json', '--pull', '7', '--dry-run', '--repo'),
    nearly(['https://git.example.org/acme/widgets/pulls/7']),
    hostileText,
    fc.constant(`--x=${TOKEN}`),
  ),
  { maxLength: 4 },
)

const starts = target(
  { name: 'inputs and command lines that are told', kind: 'sink', weight: 12 },
  fc.tuple(given, argv, surroundings),
  async ([inputs, words, where]) => {
    const { log } = await written(where, runner =>
      main(
        {
          ...runner,
          argv: () => words,
          input: name => (name === 'token' ? TOKEN : inputs[name]?.trim()),
          inputNames: () => ['TOKEN', ...Object.keys(inputs)],
          env: name => (name === 'INPUT_TOKEN' ? TOKEN : ''),
          readText: () => null,
          files: () => null,
        },
        [],
      ),
    )
    // What a runner is told to hide must be told it.
    const told = log.replace(/^::add-mask::.*\n/gm, '')
    demandSeen(told)
    demandOurs(told)
    demand(!told.includes('bug of umbrella-reaper'), () => told.slice(-1_000))
    demand(!told.includes(TOKEN), () => 'the token is told')
  },
)

const FORMS: readonly ((token: string) => string)[] = [
  token => token,
  token => JSON.stringify(token).slice(1, -1),
  encodeURIComponent,
  token => encodeURIComponent(encodeURIComponent(token)),
  token => Buffer.from(token).toString('base64'),
  token => Buffer.from(`u:${token}`).toString('base64'),
  token => Buffer.from(`me:${token}`).toString('base64'),
  token => Buffer.from(token).toString('hex'),
]

const secrets = target(
  { name: 'secrets in any text', kind: 'sink', weight: 200 },
  fc.tuple(anyText, anyText, fc.constantFrom(...FORMS), surroundings),
  async ([before, after, form, where]) => {
    // Half an escape before it would be another text.
    const said = `${before} ${form(TOKEN)} ${after}`
    const { log } = await written(where, runner => {
      hidden(runner, [TOKEN]).info(said)
    })
    demand(!log.includes(form(TOKEN)), () => 'a secret is told')
  },
)

/** Writers of what others read. */
export const SINK_TARGETS: readonly Target[] = [
  sweeps,
  comments,
  explanations,
  lines,
  doctor,
  starts,
  secrets,
]
