import { fileURLToPath } from 'node:url'
import config from '../../jest.config.mjs'

/** The suite with the seams in the place of what they stand in for. */
export default {
  ...config,
  rootDir: fileURLToPath(new URL('../../', import.meta.url)),
  resolver: '<rootDir>/verification/sabotage/resolver.cjs',
}
