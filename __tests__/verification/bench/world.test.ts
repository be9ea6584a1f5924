import { describe, expect, it } from '@jest/globals'
import { TIMED } from '../../../verification/bench/cost.js'
import { countOf, kindOf, scriptedWorld, world } from '../../../verification/bench/world.js'

describe('a repository of the bench', () => {
  it.each(TIMED.flatMap(profile => [0, 30, 100].map(red => ({ profile, red }))))(
    '$profile, $red % red: copies are what the script would have made',
    ({ profile, red }) => {
      const plan = { profile, pulls: 11, contexts: 4, red }
      expect(world(plan).state).toEqual(scriptedWorld(plan).state)
    },
  )

  it('holds as many red pull requests as asked for, every other one of them stale', () => {
    const plan = { pulls: 1000, red: 2 }
    expect([countOf(plan, 'stale'), countOf(plan, 'red'), countOf(plan, 'green')]).toEqual([
      10, 10, 980,
    ])
    expect(Array.from({ length: 10 }, (_, at) => kindOf(at, 40))).toEqual([
      ...['green', 'green', 'stale', 'green', 'red', 'green', 'green', 'stale', 'green', 'red'],
    ])
  })
})
