import type { Answer } from './answers.js'
import type { Profile } from './profile.js'
import type { Access } from './rights.js'
import type { ForgeState, Json } from './state.js'
import type { Viewer } from './wire-repository.js'

/** One request as the server sees it; `token` is `undefined` without an Authorization header. */
export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Json | undefined
  readonly token: string | undefined
  readonly base: string
}

/** What a handler is given. `at` holds the path's variables, `rest` what a trailing `*` matched. */
export interface Call extends ApiRequest, Viewer {
  readonly forge: ForgeState
  readonly access: Access
  readonly at: Readonly<Record<string, string>>
}

/** The right an endpoint asks for. */
type Need =
  | 'token'
  | 'admin'
  | 'write-code'
  | 'write-pulls'
  | 'write-actions'
  | 'read-pulls'
  | 'read-issues'
  | 'read-actions'
  | 'list-runs'

/** One endpoint: who may ask (`scope` is the token's, `unit` the repository's) and who answers. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly exists?: (profile: Profile) => boolean
  readonly scope: 'repository' | 'issue' | 'user' | null
  readonly needs?: Need
  readonly answer: (call: Call) => Answer
}
