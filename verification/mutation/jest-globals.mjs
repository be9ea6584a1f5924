// What the tests import as `@jest/globals`, on Mocha: Mocha loads the tests once and runs them
// again for each mutant, which takes milliseconds; Jest loads every module anew for each test file,
// which takes seconds.
import { mock } from 'node:test'
import { expect } from 'expect'
import * as each from 'jest-each'

const bind = each.bind ?? each.default.bind
const over = name => {
  const call = (title, run) => globalThis[name](title, run)
  return Object.assign(call, { each: bind(call, false) })
}
/**
 * What runs while tests are listed, such as the rows of a table, is no test: Stryker would take it
 * for what loading runs, and load all anew for each mutant in it.
 */
const listing = run => () => {
  const stryker = globalThis.__stryker__ ?? {}
  const { currentTestId } = stryker
  stryker.currentTestId = 'while tests are listed'
  try {
    run()
  } finally {
    stryker.currentTestId = currentTestId
  }
}
const group = (title, run) => globalThis.describe(title, listing(run))

export const describe = Object.assign(group, { each: bind(group, false) })
export const it = over('it')
export const test = it
export const beforeAll = run => globalThis.before(run)
export const afterAll = run => globalThis.after(run)
export const beforeEach = run => globalThis.beforeEach(run)
export const afterEach = run => globalThis.afterEach(run)
/** Of Jest's own object what those tests use: timers by hand. */
export const jest = {
  useFakeTimers: () => mock.timers.enable({ apis: ['setTimeout'] }),
  advanceTimersByTime: milliseconds => mock.timers.tick(milliseconds),
  useRealTimers: () => mock.timers.reset(),
}
export { expect }
