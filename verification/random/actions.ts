import * as files from './file-actions.js'
import * as pulls from './pull-actions.js'
import * as rows from './row-actions.js'
import * as runs from './run-actions.js'

/** Everything that may happen to a world, by its name. */
export const ACTIONS = { ...runs, ...pulls, ...files, ...rows }
export type ActionName = keyof typeof ACTIONS
