import { z } from 'zod'
import { REMEDY_CHOICES } from '../core/plan/remedy.js'
import { faultOfPattern } from '../core/model/context.js'
import { GRADES } from '../core/model/evidence.js'
import { parseDuration } from '../core/model/time.js'
import { ALARMS } from '../core/triage/triage.js'
import { FAIL_ON } from '../sweep/report/report.js'

/** The umbrella of a sweep that is given none and finds none by branch protection. */
export const DEFAULT_UMBRELLA = 'CI / all-required (pull_request)'

/** Defaults of action.yml, for runs outside a workflow; a test holds the two together. */
export const DEFAULTS = {
  token: '',
  repo: '',
  'api-url': '',
  'umbrella-context': '',
  'required-contexts': '',
  'optional-contexts': '',
  'skippable-contexts': '',
  'external-contexts': '',
  'min-age': '5m',
  'dry-run': 'false',
  'pull-request': '',
  'base-branches': '',
  scope: 'umbrella',
  evidence: 'auto',
  remedy: 'auto',
  'rerun-dependents': 'false',
  'rerun-whole-run': 'false',
  'max-repairs': '10',
  concurrency: '4',
  'tracking-issue': '',
  'fail-on': 'alarm',
  alarms: 'cheap',
  branches: '',
  sha: '',
} as const

/** What of a merge gate a sweep judges: the umbrella, or all that a merge requires beside it. */
export const SCOPES = ['umbrella', 'required'] as const

export type InputName = keyof typeof DEFAULTS

/** Turns a reader that answers `undefined` for bad text into a schema. */
function inputSchema<T>(read: (text: string) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((text, issues): T => {
    const value = read(text)
    if (value !== undefined) return value
    issues.addIssue('')
    return z.NEVER
  })
}

/** Text as it stands, where it passes a test. */
const textThat = (isGood: (text: string) => boolean) =>
  inputSchema(text => (isGood(text) ? text : undefined))

/** Two contexts on one line: a name may hold a comma, but not two names with their events. */
const COMMAS = /\([a-z_]+\)\s*,\s*\S/

const patterns = inputSchema(text => {
  const entries = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  if (entries.some(entry => faultOfPattern(entry) !== null || COMMAS.test(entry))) return undefined
  return [...new Set(entries)]
})

const wholeNumber = (least: number, most: number) =>
  inputSchema(text => {
    const isShort = /^\d+$/.test(text) && text.length <= String(most).length
    return isShort && Number(text) >= least && Number(text) <= most ? Number(text) : undefined
  })

function readApiUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : null
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== ''
  )
    return undefined
  return url.href.replace(/\/+$/, '')
}

/** A boolean as YAML writes it. */
export const yesOrNo = inputSchema(text => {
  if (['true', 'True', 'TRUE'].includes(text)) return true
  return ['false', 'False', 'FALSE'].includes(text) ? false : undefined
})

const numberOrNothing = inputSchema(text => {
  if (text === '') return null
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
})

const LIST =
  'one context a line, no commas between them; * and ? are special; brackets and braces must be ' +
  'balanced'

/** How each input is read, and what an error says is allowed. */
export const INPUTS = {
  token: [
    textThat(text => /^[\x21-\x7e]+$/.test(text)),
    'a token that may read pull requests and statuses, and write statuses',
  ],
  repo: [
    textThat(
      text => /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(text) && !/(^|\/)\.{1,2}($|\/)/.test(text),
    ),
    'owner/name',
  ],
  'api-url': [
    inputSchema(readApiUrl),
    'an http or https address of the API, such as https://git.example.org/api/v1, without ' +
      'credentials or query',
  ],
  'umbrella-context': [
    inputSchema(text => {
      if (text.includes('\n') || faultOfPattern(text) !== null) return undefined
      return text === '' ? null : text
    }),
    'one context, taken literally, or nothing',
  ],
  'required-contexts': [patterns, LIST],
  'optional-contexts': [patterns, LIST],
  'skippable-contexts': [patterns, LIST],
  'external-contexts': [patterns, LIST],
  'min-age': [
    inputSchema(text => parseDuration(text) ?? undefined),
    'a whole number and a unit: 90s, 5m, 2h, 1d or 0s',
  ],
  'dry-run': [yesOrNo, 'true or false'],
  'pull-request': [numberOrNothing, 'the number of one open pull request, or nothing'],
  'base-branches': [patterns, 'one branch a line; * and ? are special'],
  scope: [z.enum(SCOPES), SCOPES.join(', ')],
  evidence: [z.enum(['auto', ...GRADES]), `auto, ${GRADES.join(', ')}`],
  remedy: [z.enum(REMEDY_CHOICES), REMEDY_CHOICES.join(', ')],
  'rerun-dependents': [yesOrNo, 'true or false'],
  'rerun-whole-run': [yesOrNo, 'true or false'],
  'max-repairs': [wholeNumber(0, 999_999_999), 'a whole number, 0 for no limit'],
  concurrency: [wholeNumber(1, 16), 'a whole number from 1 to 16'],
  'tracking-issue': [numberOrNothing, 'the number of an issue of the same repository, or nothing'],
  'fail-on': [z.enum(FAIL_ON), FAIL_ON.join(', ')],
  alarms: [z.enum(ALARMS), ALARMS.join(', ')],
  branches: [
    inputSchema(text => {
      const names = text
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== '')
      return names.some(name => /[\s*?~^:\\]/.test(name)) ? undefined : [...new Set(names)]
    }),
    'one branch a line, or a tag as refs/tags/NAME; no patterns',
  ],
  sha: [
    inputSchema(text => {
      if (text === '') return null
      return /^[0-9a-f]{40,64}$/.test(text) ? text : undefined
    }),
    'the whole id of one commit, or nothing',
  ],
} as const satisfies Readonly<Record<InputName, readonly [z.ZodType<unknown, string>, string]>>
