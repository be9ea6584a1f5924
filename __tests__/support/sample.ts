/** `npm run test:all` plays every server; `npm test` plays one of each kind. */
export const ALL = process.env['PLAY'] === 'bundle'

/**
 * One server of each kind of evidence and of each remedy: rows, tasks, jobs with a post, jobs with
 * a re-run alone, and a Forgejo.
 */
const KINDS: readonly string[] = [
  'gitea-1.22.6',
  'gitea-1.23.8',
  'gitea-1.26.4',
  'gitea-1.27.0',
  'forgejo-15',
]

/** Is this server played through the bundle where a table is long? The others are played here. */
export const isSample = (name: string): boolean => KINDS.includes(name)

/** Of these servers those that the suite of every day plays; all of them if it is none. */
export function sampled<Name extends string>(all: readonly Name[]): readonly Name[] {
  const some = all.filter(name => KINDS.includes(name))
  return ALL || some.length === 0 ? all : some
}
