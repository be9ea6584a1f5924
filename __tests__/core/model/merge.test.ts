import { expect, it } from '@jest/globals'
import { condition, conditionsInOrder } from '../../../src/core/model/merge.js'

it('what takes a new commit is told first, and who may merge last', () => {
  const read = (['permission', 'conflicts', 'approvals', 'open', 'draft'] as const).map(name =>
    condition(name, 'unmet', `${name} is told`),
  )
  const names = conditionsInOrder(read).map(({ name }) => name)
  expect(names).toEqual(['open', 'conflicts', 'draft', 'approvals', 'permission'])
  expect(conditionsInOrder([...read].reverse()).map(({ name }) => name)).toEqual(names)
  expect(read[0]).toEqual({ name: 'permission', state: 'unmet', detail: 'permission is told' })
})
