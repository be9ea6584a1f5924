import config from './jest.config.mjs'

/** What needs no process of its own: the suite of every day. */
export default {
  ...config,
  testPathIgnorePatterns: [
    ...config.testPathIgnorePatterns,
    '/__tests__/bundle/',
    '/__tests__/verification/',
  ],
}
