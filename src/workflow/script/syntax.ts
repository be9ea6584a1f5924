/** What stands around an expression: nothing, a quote, or a here-document. */
export type Quotes = 'none' | 'one' | 'two' | 'document'

/** A piece of a word of a script. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** `$name`, or `${name…}`: with what is done to it, and the words that takes. */
  | {
      readonly kind: 'variable'
      readonly name: string
      readonly change: string
      readonly words: readonly Word[]
      readonly quoted: boolean
    }
  | { readonly kind: 'substitution'; readonly body: List; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly text: string; readonly quoted: boolean }
  /** An expression of the workflow file, by the mark that stands in its place. */
  | { readonly kind: 'expression'; readonly mark: string; readonly quotes: Quotes }

export type Word = readonly Part[]

/** `name=word`, `name+=word`, and the same with a list in brackets. */
export interface Assignment {
  readonly name: string
  readonly adds: boolean
  readonly list: boolean
  readonly words: readonly Word[]
}

/** Where a command reads from and writes to. Files are not read by this reader. */
export interface Redirects {
  /** A here-string or here-document. */
  readonly input: Word | null
  /** Does what it prints go to nobody, to the log alone, or to the summary of the run? */
  readonly discards: boolean
  /** Words that name a file it appends to: only the summary may be one. */
  readonly files: readonly Word[]
}

export type Command = { readonly redirects: Redirects } & (
  | {
      readonly kind: 'simple'
      readonly assignments: readonly Assignment[]
      readonly words: readonly Word[]
    }
  | { readonly kind: 'test'; readonly words: readonly (Word | string)[] }
  | { readonly kind: 'arithmetic'; readonly text: string }
  | { readonly kind: 'group'; readonly body: List }
  | {
      readonly kind: 'if'
      readonly branches: readonly (readonly [List, List])[]
      readonly otherwise: List | null
    }
  | {
      readonly kind: 'for'
      readonly name: string
      readonly words: readonly Word[]
      readonly body: List
    }
  | {
      readonly kind: 'while'
      readonly until: boolean
      readonly condition: List
      readonly body: List
    }
  | {
      readonly kind: 'case'
      readonly word: Word
      readonly branches: readonly { readonly patterns: readonly Word[]; readonly body: List }[]
    }
)

export interface Pipeline {
  readonly negated: boolean
  readonly commands: readonly Command[]
}

/** Pipelines, and how each is joined to the one before it. */
export type Chain = readonly { readonly join: '&&' | '||' | null; readonly pipeline: Pipeline }[]

export type List = readonly Chain[]

/** The text of a word without anything to be put in; `null` for any other. */
export function isPlain(word: Word | string | undefined): string | null {
  if (word === undefined) return null
  if (typeof word === 'string') return word
  const texts = word.map(part => (part.kind === 'text' ? part.text : null))
  return texts.includes(null) ? null : texts.join('')
}

/** Every command of a script by name, also where nothing leads to it; `null` where it has none. */
export function commandsIn(node: unknown): readonly (string | null)[] {
  if (typeof node !== 'object' || node === null) return []
  const below = Object.values(node).flatMap(commandsIn)
  if (!('kind' in node && node.kind === 'simple' && 'words' in node)) return below
  const [first] = node.words as readonly Word[]
  return first === undefined ? below : [isPlain(first), ...below]
}
