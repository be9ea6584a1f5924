const WHERE: readonly string[] = [
  '  --repo OWNER/NAME  the repository',
  '  --api-url URL      the API, such as https://git.example.org/api/v1',
  '  --token-file FILE  a file with the token; without it UMBRELLA_REAPER_TOKEN is',
  '                     used, for the server that UMBRELLA_REAPER_URL or --api-url',
  '                     names',
]

/** What `audit --help` prints. */
export const AUDIT_USAGE: readonly string[] = [
  'usage: umbrella-reaper audit --repo OWNER/NAME --api-url URL [options]',
  '',
  'Lists the pull requests that were merged while the newest run of their head was',
  'red, unfinished, skipped over a failure, or proved nothing. Writes nothing.',
  '',
  'options:',
  '  --since TIME       30d, 12h, or 2026-11-01T00:00:00Z; 30d without it',
  '  --after N          go on behind pull request N, where an audit stopped; give',
  '                     the --since that it printed',
  '  --max-requests N   stop after about so many requests; 5000 without it',
  '  --json, --csv      the same as data, and nothing else',
  ...WHERE,
  '',
  'Inputs that say what must be green are options too: --umbrella-context,',
  '--required-contexts, --base-branches. The exit code is 1 where a bad merge was',
  'found, or where it could not be asked. docs/audit.md explains the table.',
  '',
  'example:',
  '  umbrella-reaper audit --since 7d --repo acme/widgets \\',
  '    --api-url https://git.example.org/api/v1',
]

/** What `verify --help` prints. */
export const VERIFY_USAGE: readonly string[] = [
  'usage: umbrella-reaper verify SHA --repo OWNER/NAME --api-url URL [options]',
  '',
  'Derives the proof behind every success of ours on a commit again, from the',
  'server as it is now: it holds, it is no longer derivable, or it is wrong.',
  'Writes nothing.',
  '',
  'options:',
  '  --json             the same as data, and nothing else',
  ...WHERE,
  '',
  'The exit code is 1 where a proof is wrong, or where it could not be asked.',
  '',
  'example:',
  '  umbrella-reaper verify 3f2a91c0de1f5b7a8c9d0e1f2a3b4c5d6e7f8091 \\',
  '    --repo acme/widgets --api-url https://git.example.org/api/v1',
]

/** The pages of help, by command. */
export const USAGES = { audit: AUDIT_USAGE, verify: VERIFY_USAGE } as const
