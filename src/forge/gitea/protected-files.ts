import { z } from 'zod'
import type { Pull } from '../../core/model/evidence.js'
import type { MergeCondition } from '../../core/model/merge.js'
import { condition } from '../../core/model/merge.js'
import { attempt } from '../reading.js'
import { lazy, parseOne } from '../schema.js'
import type { Connection } from './connection.js'
import type { SeenRule } from './seen-rule.js'

/** A glob of the rule that says more than a path by itself (docs/forge-facts.md, 6). */
const isGlob = (pattern: string): boolean => /[*?[\]{}\\!]/.test(pattern)

const WireFile = lazy(() => z.object({ filename: z.string() }))

/** A path equal to a pattern is protected for sure; what a glob matches only the server says. */
export async function protectedFiles(
  on: Connection,
  seen: SeenRule,
  pull: Pull,
): Promise<MergeCondition> {
  const name = 'protected-files'
  if (seen.kind === 'hidden') return condition(name, 'unknown', seen.why)
  const text = seen.kind === 'rule' ? (seen.rule.protected_file_patterns ?? '') : ''
  const patterns = text
    .split(';')
    .map(one => one.trim().toLowerCase())
    .filter(one => one !== '')
  if (patterns.length === 0) return condition(name, 'met', 'no file is protected')
  const path = `${on.root}/pulls/${pull.number}/files`
  const found = await attempt(async () => {
    const { body, total } = await on.http.get(path, { page: 1, limit: 50 })
    const files = parseOne(z.array(WireFile()), body, `GET ${path}`)
    return {
      files: files.map(({ filename }) => filename),
      whole: total === null ? false : files.length >= total,
    }
  })
  const asked = `the rule protects ${patterns.join(', ')}`
  if (!found.ok) return condition(name, 'unknown', `${asked}; ${found.why.message}`)
  const { files, whole } = found.value
  const one = files.find(file => patterns.includes(file.toLowerCase()))
  if (one !== undefined) return condition(name, 'unmet', `it changes ${one}, and ${asked}`)
  return whole && !patterns.some(isGlob)
    ? condition(name, 'met', `${asked}, and none of them is changed`)
    : condition(
        name,
        'unknown',
        `${asked}; whether a changed file is one of them only the server says`,
      )
}
