import * as right from '../../../src/forge/github/forge.js'
import { CHOSEN } from '../chosen.js'

export * from '../../../src/forge/github/forge.js'

export const openGithubForge: typeof right.openGithubForge = (...given) => {
  const forge = right.openGithubForge(...given)
  return CHOSEN.forge?.(forge) ?? forge
}
