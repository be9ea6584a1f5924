import type { Answer } from '../../src/forge/gitea/answer.js'
import type { Query, Transport } from '../../src/forge/gitea/transport.js'

/** The lists of a transport of which a test knows only the answers. */
export const listsOf =
  (get: (path: string, query: Query) => Promise<Answer>): Transport['list'] =>
  async (path, query, make) => {
    const { status, total, at, body } = await get(path, query)
    return { status, total, at, value: make(body as readonly unknown[]) }
  }
