import type { Seams } from './wrong.js'
import { WRONGS } from './wrongs.js'

const name = process.env['SABOTAGE'] ?? ''

/** The mistake that this process was told to make; none where no name is given. */
export const CHOSEN: Seams = WRONGS.find(wrong => wrong.name === name) ?? {}

if (name !== '' && !WRONGS.some(wrong => wrong.name === name))
  throw new Error(`no sabotage is called ${name}`)
