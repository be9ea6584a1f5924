import type { Version } from '../versions.js'
import { atLeast, isUnknown } from '../versions.js'
import type { Dialect } from './signing.js'

/** How this version writes the rows of its Actions. */
export function dialectOf(version: Version): Dialect {
  if (version.kind === 'forgejo') {
    return {
      descriptions: 'classic',
      jobInTargetUrl: 'position',
      postsPhantomRows: false,
      listsTips: !isUnknown(version),
      dearPullList: true,
    }
  }
  const line = { ...version, dev: false }
  return {
    descriptions: atLeast(line, 1, 27) ? 'gitea-1.27' : 'classic',
    jobInTargetUrl: atLeast(line, 1, 26) ? 'id' : 'position',
    postsPhantomRows: atLeast(line, 1, 26) && !atLeast(version, 1, 27),
    listsTips: !atLeast(line, 1, 24),
    dearPullList: !atLeast(line, 1, 23),
  }
}
