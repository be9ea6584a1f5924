import type { Evidence } from '../core/model/evidence.js'
import { gap } from '../core/model/evidence.js'
import { headStatusesOf } from '../core/view/head-statuses.js'
import { doubleWriters } from '../workflow/writers.js'
import type { NeedsReads } from './needs.js'
import { questionOf } from './needs.js'
import { treeAt } from './workflow-cache.js'

/**
 * A commit that no pull request is asked about, with what two of its workflow files may write both.
 * A push writes contexts of its own: no pull request on the commit has a part in them.
 */
export async function withOwnWriters(reads: NeedsReads, head: Evidence): Promise<Evidence> {
  const alone: Evidence = { ...head, others: { kind: 'read', numbers: [] } }
  const files = await treeAt(reads, head.sha)
  const broken = files.ok ? files.value.find(file => file.kind === 'unreadable') : undefined
  const why = files.ok ? broken?.why : files.why
  if (!files.ok || why !== undefined)
    return {
      ...alone,
      gaps: [...head.gaps, gap('the workflow files', 'unreadable', why ?? 'they were not given')],
    }
  const { naming, targetSuffix } = questionOf(reads)
  const { contexts } = headStatusesOf(head)
  const doubles = doubleWriters(files.value, { naming, targetSuffix, contexts: [...contexts] })
  return {
    ...alone,
    writers: {
      kind: 'read',
      doubles: doubles.map(double => ({ ...double, where: 'at this commit' })),
    },
  }
}
