import { z } from 'zod'
import { lazy } from '../schema.js'
import { instant } from './wire.js'

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)

/** A closed pull request, merged or not. `merged_by` is nobody where the user is gone. */
export const mergedSchema = lazy(() =>
  z.object({
    number: z.number().int().positive(),
    title: z.string().catch(''),
    updated_at: instant,
    merged_at: instant.nullish().transform(at => at ?? null),
    merged_by: z.object({ login: z.string() }).nullish().catch(null),
    merge_base: z.string().catch(''),
    head: z.object({ sha }),
    base: z.object({ ref: z.string(), sha: sha.nullable().catch(null) }),
  }),
)
export type MergedSchema = ReturnType<typeof mergedSchema>

/** A tag and the commit it names, also where it is an object of its own. */
export const tagSchema = lazy(() => z.object({ commit: z.object({ sha }) }))
