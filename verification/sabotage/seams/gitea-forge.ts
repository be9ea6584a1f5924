import * as right from '../../../src/forge/gitea/forge.js'
import { CHOSEN } from '../chosen.js'

export * from '../../../src/forge/gitea/forge.js'

export const openGiteaForge: typeof right.openGiteaForge = (...given) => {
  const forge = right.openGiteaForge(...given)
  return CHOSEN.forge?.(forge) ?? forge
}
