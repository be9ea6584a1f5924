/** An issue; pull requests are none of these. */
export interface Issue {
  readonly id: number
  readonly number: number
  readonly title: string
  body: string
  open: boolean
  locked?: boolean
  readonly poster: number
  readonly created: number
  updated: number
}

/** A comment on an issue or a pull request. */
export interface Comment {
  readonly id: number
  readonly issue: number
  body: string
  readonly poster: number
  readonly created: number
  updated: number
}
