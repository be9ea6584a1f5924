import { GITEA } from './gitea/open.js'
import { GITHUB } from './github/open.js'
import type { ForgeKind } from './registry.js'

/** Every kind of forge there is: a folder and a line each, asked in this order. */
export const FORGES: readonly ForgeKind[] = [GITHUB, GITEA]
