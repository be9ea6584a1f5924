import config from './jest.config.mjs'

/**
 * What needs no process of its own: the suite of every day. Files that end in `.all.test.ts` play
 * the same once more in every way there is; `npm run test:all` has them.
 */
export default {
  ...config,
  testPathIgnorePatterns: [
    ...config.testPathIgnorePatterns,
    '/__tests__/bundle/',
    '/__tests__/verification/',
    '\\.all\\.test\\.ts$',
  ],
}
