import type { Naming } from '../../src/workflow/contexts.js'
import { namingOf, readVersion } from '../../src/forge/versions.js'

/** How this version of a server names contexts. */
export const naming = (version: string): Naming => namingOf(readVersion(version))
