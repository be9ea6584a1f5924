import type { HelpTopic } from './arguments.js'
import { ADVICE, OUTCOME_ADVICE } from '../sweep/report/advice.js'
import { CAUSE_MEANINGS, MEANINGS, OUTCOME_MEANINGS } from '../sweep/report/meanings.js'

/** Options that every command knows. */
const COMMON: readonly string[] = [
  '  --token-file FILE  a file with the token; without it UMBRELLA_REAPER_TOKEN is',
  '                     used, for the server that UMBRELLA_REAPER_URL or --api-url',
  '                     names',
  '  --api-url URL      the API, such as https://git.example.org/api/v1',
  '  --repo OWNER/NAME  the repository',
]

const EVERY_INPUT: readonly string[] = [
  '',
  'Every input of the action is an option too, such as --required-contexts; they',
  'are described in README.md. Give an option once for each entry of a list.',
]

/** What `--help` prints. */
export const USAGE: readonly string[] = [
  'umbrella-reaper finds red umbrellas that are proven stale, and repairs them.',
  '',
  'usage:',
  '  umbrella-reaper explain ADDRESS  why one pull request is blocked',
  '  umbrella-reaper sweep            judge and repair all open pull requests',
  '  umbrella-reaper doctor           what causes stale or wrong statuses here',
  '  umbrella-reaper audit            which merges were made over a red newest run',
  '  umbrella-reaper verify SHA       does the proof behind our success still hold',
  '  umbrella-reaper help WORD        what a word of the log means, such as stale',
  '  umbrella-reaper help COMMAND     the options of a command, as COMMAND --help',
  '  umbrella-reaper version          as --version, -v',
  '',
  'Without a command it sweeps. Start with --dry-run, which writes nothing.',
  '',
  'options:',
  ...COMMON,
  ...EVERY_INPUT,
]

/** The pages of help; tools bring their own, as they are loaded only where they are asked for. */
const PAGES: Readonly<Record<'sweep' | 'explain', readonly string[]>> = {
  sweep: [
    'usage: umbrella-reaper [sweep] --repo OWNER/NAME --api-url URL [options]',
    '',
    'Judges every open pull request, and repairs the umbrellas that are proven stale.',
    '',
    'options:',
    '  --dry-run          write nothing; also asked for by INPUT_DRY_RUN=true, and',
    '                     --no-dry-run does not lift that',
    '  --report FILE      write the JSON report to this file',
    ...COMMON,
    ...EVERY_INPUT,
    '',
    'example:',
    '  umbrella-reaper --dry-run --repo acme/widgets \\',
    '    --api-url https://git.example.org/api/v1',
  ],
  explain: [
    'usage: umbrella-reaper explain ADDRESS [options]',
    '       umbrella-reaper explain --repo OWNER/NAME --pull N --api-url URL',
    '',
    'Says why one pull request is blocked, and what to do about it. Writes nothing',
    'without --repair.',
    '',
    'options:',
    '  --repair           repair this pull request alone, if it is proven stale',
    '  --json             print JSON',
    ...COMMON,
    ...EVERY_INPUT,
    '',
    'example:',
    '  umbrella-reaper explain https://git.example.org/acme/widgets/pulls/7',
  ],
}

const isCommand = (
  topic: Exclude<HelpTopic, 'doctor' | 'audit' | 'verify'>,
): topic is keyof typeof PAGES => topic in PAGES

const has = <Word extends string>(
  words: Readonly<Record<Word, unknown>>,
  word: string,
): word is Word => Object.hasOwn(words, word)

/** A reason, the end of a repair, or the cause of a red: every word that the log prints. */
function wordLines(
  word: Exclude<HelpTopic, 'doctor' | 'audit' | 'verify' | keyof typeof PAGES>,
): readonly string[] {
  if (has(MEANINGS, word)) {
    const { means, example } = MEANINGS[word]
    return [
      `${word}: ${means}`,
      '',
      `  for example:  ${example}`,
      `  what to do:   ${ADVICE[word]}`,
      '  more:         docs/troubleshooting.md#by-reason',
    ]
  }
  return has(OUTCOME_MEANINGS, word)
    ? [
        `${word} (how a repair ended): ${OUTCOME_MEANINGS[word]}`,
        '',
        `  what to do:   ${OUTCOME_ADVICE[word]}`,
        '  more:         docs/troubleshooting.md#by-outcome',
      ]
    : [
        `${word} (why a stale umbrella is red): ${CAUSE_MEANINGS[word]}`,
        '',
        '  more:         docs/why-it-happens.md',
      ]
}

/** What `help TOPIC` prints. */
export const helpLines = (
  topic: Exclude<HelpTopic, 'doctor' | 'audit' | 'verify'>,
): readonly string[] => (isCommand(topic) ? PAGES[topic] : wordLines(topic))
