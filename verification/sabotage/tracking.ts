import type { Mutation } from './mutation.js'

/** The tracking issue: who is believed, and what is told once. */
export const TRACKING: readonly Mutation[] = [
  {
    name: 'tracking-stranger',
    breaks: 'counts comments of strangers that carry our marker',
    file: 'src/tracking/tally.ts',
    find: 'const mark = isOneOf(author, logins) ? readMark(body) : null',
    put: 'const mark = isOneOf(author, logins) || author !== null ? readMark(body) : null',
    watch: ['tracking/tally', 'tracking'],
  },
  {
    name: 'tracking-twice',
    breaks: 'tells a repair again that a comment told before',
    file: 'src/tracking/tally.ts',
    find: 'done.filter(({ key }) => !tally.told.has(key))',
    put: 'done.filter(({ key }) => !tally.told.has(`${key} `))',
    watch: ['tracking/tally'],
  },
  {
    name: 'tracking-silence',
    breaks: 'proposes to close although comments of ours may not have been read',
    file: 'src/tracking/tally.ts',
    find: 'const isQuiet = whole && done.length === 0',
    put: 'const isQuiet = (whole || days > 0) && done.length === 0',
    watch: ['tracking/tally'],
  },
  {
    name: 'tracking-marker',
    breaks: 'lets the text inside a marker end it',
    file: 'src/tracking/marker.ts',
    find: 'JSON.stringify(mark).replace(/[<>&-]/g, escaped)',
    put: 'JSON.stringify(mark).replace(/[<&]/g, escaped)',
    watch: ['tracking/marker'],
  },
  {
    name: 'tracking-closed',
    breaks: 'comments on an issue that is closed or locked',
    file: 'src/commands/track.ts',
    find: 'if (comment !== null && fault !== null)',
    put: 'if (comment !== null && fault === null && dryRun)',
    watch: ['tracking/track', 'tracking'],
  },
  {
    name: 'tracking-unproven',
    breaks: 'believes a silence where comments may be its own, and proposes to close over repairs',
    file: 'src/commands/track.ts',
    find: 'if (!certain && !ours && older.foreign)',
    put: 'if (!certain && ours && older.foreign)',
    watch: ['tracking/track', 'tracking'],
  },
  {
    name: 'tracking-cut',
    breaks: 'counts a list of comments that was cut short, and tells too few',
    file: 'src/commands/track.ts',
    find: 'recent.whole || all.whole ? null : CUT',
    put: 'recent.whole || all.rows.length >= 0 ? null : CUT',
    watch: ['tracking/track'],
  },
]
