import { marked } from 'marked'

/** What a text is made of for a reader of Markdown, without the words. */
export function structureOf(source: string): unknown {
  interface Token {
    readonly type: string
    readonly raw: string
    readonly tokens?: readonly Token[]
    readonly items?: readonly Token[]
    /** Of a table its cells, of a cell whether it is one of these. */
    readonly header?: readonly Token[] | boolean
    readonly rows?: readonly (readonly Token[])[]
    readonly task?: boolean
  }
  const isWords = ({ type, tokens }: Token): boolean =>
    type === 'escape' || (type === 'text' && tokens === undefined)
  const told = (tokens: readonly Token[] = []): unknown =>
    tokens
      .filter(token => token.type !== 'space')
      .filter((token, at, all) => !isWords(token) || at === 0 || !isWords(all[at - 1] ?? token))
      .map(token => [
        isWords(token) ? 'words' : token.type,
        token.task ?? false,
        told(token.tokens),
        told(token.items),
        told(typeof token.header === 'object' ? token.header : []),
        token.rows?.map(row => told(row)) ?? [],
      ])
  return told(marked.lexer(source, { gfm: true }) as unknown as readonly Token[])
}
