import { expect, it } from '@jest/globals'
import { mayWriteSuffix } from '../../../src/core/model/job.js'

it.each([
  { event: ' (push)', suffix: ' (push)', may: true },
  { event: ' (push)', suffix: ' (pull_request)', may: false },
  { event: null, suffix: ' (pull_request)', may: false },
  { event: { unknownEvent: 'comet' }, suffix: ' (pull_request)', may: true },
])('an event that ends its contexts in $event may write $suffix: $may', one => {
  expect(mayWriteSuffix(one.event, one.suffix)).toBe(one.may)
})
