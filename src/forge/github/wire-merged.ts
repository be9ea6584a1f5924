import { z } from 'zod'

/** A closed pull request, merged or not. A list does not tell who merged it. */
export const WireMerged = z.object({
  number: z.number().int().positive(),
  title: z.string(),
  updated_at: z.string(),
  merged_at: z.string().nullable(),
  merged_by: z.object({ login: z.string() }).nullish(),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() }),
})
