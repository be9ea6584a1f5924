import type { Reason } from '../../core/rules/verdict.js'
import { ADVICE } from './advice.js'

/** What `--help` prints. */
export const USAGE: readonly string[] = [
  'umbrella-reaper proves which red umbrella statuses are stale, and repairs them.',
  '',
  'usage:',
  '  umbrella-reaper [sweep] [options]             judge every open pull request',
  '  umbrella-reaper explain ADDRESS [options]     why one pull request is blocked',
  '  umbrella-reaper explain --repo OWNER/NAME --pull NUMBER --api-url URL [options]',
  '  umbrella-reaper doctor [FOLDER] [options]     what makes umbrellas lie; see doctor --help',
  '  umbrella-reaper help REASON                   what a reason means, and what to do',
  '',
  'options:',
  '  --json               explain, doctor: the same as data',
  '  --repair             explain: carry the remedy out, for this pull request alone',
  '  --dry-run true       write nothing; a lock, here or as INPUT_DRY_RUN, whatever else is said',
  '  --token-file FILE    the token, else UMBRELLA_REAPER_TOKEN; never an argument',
  '                       that one goes to the server that UMBRELLA_REAPER_URL names, such as',
  '                       https://git.example.org, or to an API that --api-url names',
  '  --report FILE        where the JSON report is written; nowhere without it',
  '  --help, --version',
  '',
  'Every input of the action is an option, such as --required-contexts; give an option once for',
  'each entry of a list. Inputs are described in README.md.',
]

/** What `help <reason>` prints. */
export function helpLines(reason: Reason): readonly string[] {
  return [
    `${reason}: ${ADVICE[reason]}`,
    `What it means, and when it is given, is in docs/decisions.md, under "${reason}".`,
  ]
}
