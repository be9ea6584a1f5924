import { describe, expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import { umbrellaWriter } from '../../src/workflow/filters.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { naming } from '../support/gitea-version.js'

const GATE = 'jobs: { gate: { runs-on: x } }'
const file = (on: string, jobs = GATE): string => `name: CI\non: ${on}\n${jobs}\n`

/** The file that writes `gate` for a pull request into this branch. */
async function writer(
  files: Readonly<Record<string, string>>,
  umbrella = 'CI / gate (pull_request)',
  base = 'main',
) {
  const read = await Promise.all(
    Object.entries(files).map(([path, text]) => parseWorkflow(path, Buffer.from(text))),
  )
  const isGithub = umbrella === 'gate'
  const by = isGithub ? GITHUB_NAMING : naming('1.26.4')
  return umbrellaWriter(read, { umbrella, naming: by, targetSuffix: !isGithub }, base)
}

describe('what keeps the workflow of the umbrella from starting', () => {
  it.each([
    { rule: 'nothing', on: 'pull_request', says: '' },
    { rule: 'not its base among the branches', on: 'branches: [old, main]', says: '' },
    { rule: 'other branches', on: 'branches: [old, older]', says: 'branches: old, older' },
    { rule: 'not a pattern that means its base', on: "branches: ['m*']", says: '' },
    { rule: 'not a branch that is ignored', on: 'branches-ignore: [old]', says: '' },
    {
      rule: 'its base among the ignored branches',
      on: 'branches-ignore: [old, main]',
      says: 'branches-ignore: old, main',
    },
    ...['opened', 'synchronize', 'synchronized', 'reopened'].map(type => ({
      rule: `not the type ${type}, which is a push`,
      on: `types: [labeled, ${type}]`,
      says: '',
    })),
    { rule: 'types that no push is', on: 'types: [labeled]', says: 'types: labeled' },
    { rule: 'paths, maybe', on: 'paths: [src/**]', says: 'paths: src/**' },
    { rule: 'ignored paths, maybe', on: 'paths-ignore: [docs]', says: 'paths-ignore: docs' },
    {
      rule: 'several, all told',
      on: 'branches: [old], types: [opened], paths: [src]',
      says: 'branches: old; paths: src',
    },
  ])('$rule', async ({ on, says }) => {
    const events = on === 'pull_request' ? on : `{ pull_request: { ${on} } }`
    const found = { kind: 'file', path: 'ci.yml', filters: says }
    expect(await writer({ 'ci.yml': file(events) })).toEqual(found)
    expect(await writer({ 'ci.yml': file(events) }, 'gate')).toEqual(found)
  })

  it('asks for the branch that the pull request goes to', async () => {
    const files = { 'ci.yml': file('{ pull_request: { branches: [old] } }') }
    const found = await writer(files, undefined, 'old')
    expect(found).toEqual({ kind: 'file', path: 'ci.yml', filters: '' })
  })

  it.each([
    { umbrella: 'CI / gate (pull_request)', says: 'branches: old' },
    { umbrella: 'CI / gate (pull_request_target)', says: 'types: labeled' },
    { umbrella: 'gate', says: 'branches: old' },
  ])('$umbrella goes by the filters of its own event', async ({ umbrella, says }) => {
    const events = [
      'push: { branches: [x] }',
      'pull_request: { branches: [old] }',
      'pull_request_target: { types: [labeled] }',
    ]
    const found = await writer({ 'ci.yml': file(`{ ${events.join(', ')} }`) }, umbrella)
    expect(found).toEqual({ kind: 'file', path: 'ci.yml', filters: says })
  })
})

describe('of several files', () => {
  const KEPT = file('{ pull_request: { branches: [old] } }')
  const NONE = file('pull_request', 'jobs: { test: { runs-on: x } }')

  it.each([
    {
      rule: 'the one that nothing keeps away writes it',
      files: { 'a.yml': KEPT, 'b.yml': file('pull_request') },
      says: { kind: 'file', path: 'b.yml', filters: '' },
    },
    {
      rule: 'the first one, where something keeps each away',
      files: { 'a.yml': KEPT, 'b.yml': KEPT.replace('old', 'older') },
      says: { kind: 'file', path: 'a.yml', filters: 'branches: old' },
    },
    {
      rule: 'one that can be read writes it, whatever another one says',
      files: { 'a.yml': '[', 'b.yml': KEPT },
      says: { kind: 'file', path: 'b.yml', filters: 'branches: old' },
    },
    {
      rule: 'none writes it',
      files: { 'a.yml': NONE },
      says: { kind: 'nobody', branch: 'main' },
    },
    {
      rule: 'none writes it, and one cannot be read',
      files: { 'a.yml': NONE, 'b.yml': 'jobs: []' },
      says: { kind: 'unreadable', why: 'b.yml: its jobs are no map' },
    },
  ])('$rule', async ({ files, says }) => {
    expect(await writer(files)).toEqual(says)
  })
})
