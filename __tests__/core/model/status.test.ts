import { expect, it } from '@jest/globals'
import { asRowId } from '../../../src/core/model/ids.js'
import { statusName } from '../../../src/core/model/status.js'

it.each([
  { id: 12, name: 'status 12' },
  { id: 0, name: 'a status' },
])('a status is called by its id, where that is told: $name', ({ id, name }) => {
  expect(statusName({ id: asRowId(id) })).toBe(name)
})
