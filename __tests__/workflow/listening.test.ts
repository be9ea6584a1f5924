import { expect, it } from '@jest/globals'
import { GITHUB_NAMING } from '../../src/forge/versions.js'
import { listening } from '../../src/workflow/listening.js'
import { parseWorkflow } from '../../src/workflow/parse.js'
import { naming } from '../support/gitea-version.js'

const PULL = ' (pull_request)'

it.each([
  { on: '[push]', suffix: ' (push)', is: true },
  { on: '[push, pull_request]', suffix: PULL, is: true },
  { on: '[push]', suffix: PULL, is: false },
  { on: '[pull_request_review]', suffix: PULL, is: false },
  // The server's own names for what happens to a pull request.
  { on: '[pull_request_sync]', suffix: PULL, is: true },
  { on: '[push, pull_request_label]', suffix: PULL, is: true },
  { on: '[pull_request_assign]', suffix: ' (push)', is: false },
  { on: '[pull_request_target]', suffix: PULL, is: false },
  { on: '[pull_request_target]', suffix: PULL, targetSuffix: false, is: true },
  { on: '[pull_request_target]', suffix: ' (pull_request_target)', is: true },
  // No other event has a second one that writes the same.
  { on: '[push_target]', suffix: ' (push)', targetSuffix: false, is: false },
  // A context that names no event may be of any.
  { on: '[push]', suffix: '', is: true },
  { on: '[]', suffix: '', is: false },
  // On GitHub no context names an event.
  { on: '[push]', suffix: PULL, github: true, is: true },
  { on: '[workflow_call, pull_request]', suffix: '', github: true, is: true },
  { on: '[workflow_call]', suffix: '', github: true, is: false },
  { on: '[]', suffix: '', github: true, is: false },
])('a file on $on writes contexts with "$suffix": $is', async row => {
  const { on, suffix, targetSuffix = true, github = false, is } = row
  const file = await parseWorkflow('ci.yml', Buffer.from(`on: ${on}`))
  const broken = await parseWorkflow('b.yml', Buffer.from('['))
  const by = github ? GITHUB_NAMING : naming('1.26.4')
  const found = listening([file, broken], suffix, { naming: by, targetSuffix })
  expect(found).toEqual(is ? [file] : [])
})
