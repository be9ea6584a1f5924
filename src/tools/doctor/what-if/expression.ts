import { Evaluator, Lexer, Parser, data } from '@actions/expressions'
import type { Expr } from '@actions/expressions'
import { truthy } from '@actions/expressions/result'
import { splitTemplate } from '../../../workflow/expression.js'
import { Unknown, unknown } from './unknown.js'

/** What a job ended with. */
export type NeedResult = 'success' | 'failure' | 'cancelled' | 'skipped'

/** A job that is needed, as the expression of another sees it. */
export interface Need {
  readonly result: NeedResult
  /** May it have outputs? What they hold only a run tells. */
  readonly outputs: boolean
}

/** All that expressions are evaluated with. What is not in here only a run tells. */
export interface World {
  /** `needs`, by the names of jobs; one that a server leaves out is not in it. */
  readonly needs: ReadonlyMap<string, Need>
  /** Does this runner take `needs.*` for nothing? (docs/forge-facts.md, 0) */
  readonly wildcardIsEmpty: boolean
  readonly event: string
  /** Variables; `null` where only a run tells one. */
  readonly env: ReadonlyMap<string, string | null>
  /** What the functions of these names say. */
  readonly status: {
    readonly success: boolean
    readonly failure: boolean
    readonly cancelled: boolean
  }
}

/** Stands in a text for what only a run tells. */
export const UNTOLD = '\uE0FF'

/** Longer ones, and brackets nested deeper, are nothing that anybody wrote by hand. */
const MAX_LENGTH = 5000
const MAX_BRACKETS = 200

/** A map of which only these entries are known. */
class Partial extends data.Dictionary {
  private readonly what: string

  constructor(what: string, known: Readonly<Record<string, string>> = {}) {
    super(
      ...Object.entries(known).map(([key, value]) => ({ key, value: new data.StringData(value) })),
    )
    this.what = what
  }

  override get(key: string): data.ExpressionData {
    return super.get(key) ?? unknown(`${this.what}.${key} is known only to a run`)
  }

  override values(): data.ExpressionData[] {
    return unknown(`${this.what} is known only to a run`)
  }

  override pairs(): ReturnType<data.Dictionary['pairs']> {
    return unknown(`${this.what} is known only to a run`)
  }
}

/** Outputs: read by name they are not known; as JSON they are a text that nothing may ask for. */
class Outputs extends Partial {
  override pairs(): ReturnType<data.Dictionary['pairs']> {
    return [{ key: UNTOLD, value: new data.StringData(UNTOLD) }]
  }
}

/** `needs`, of which `needs.*` may be nothing. */
class NeedsContext extends data.Dictionary {
  private readonly isEmpty: boolean

  constructor(isEmpty: boolean) {
    super()
    this.isEmpty = isEmpty
  }

  override values(): data.ExpressionData[] {
    return this.isEmpty ? [] : super.values()
  }
}

function needsContext({ needs, wildcardIsEmpty }: World): data.Dictionary {
  const all = new NeedsContext(wildcardIsEmpty)
  for (const [id, { result, outputs }] of needs)
    all.add(
      id,
      new data.Dictionary(
        { key: 'result', value: new data.StringData(result) },
        {
          key: 'outputs',
          value: outputs ? new Outputs(`needs.${id}.outputs`) : new data.Dictionary(),
        },
      ),
    )
  return all
}

const OF_A_RUN = 'vars secrets inputs matrix strategy steps job jobs runner'.split(' ')
const OF_THE_EVENT = ['github', 'gitea', 'forgejo']
const CONTEXTS = [...OF_THE_EVENT, 'needs', 'env', ...OF_A_RUN]
const FUNCTIONS = ['always', 'success', 'failure', 'cancelled', 'hashfiles']

/** Those of which nothing is known in any file. */
const UNKNOWN_CONTEXTS = OF_A_RUN.map(key => ({ key, value: new Partial(key) }))

function contextOf(world: World): data.Dictionary {
  const env = Object.fromEntries(
    [...world.env].flatMap(([name, text]) => (text === null ? [] : [[name, text]])),
  )
  const event = new Partial('github', { event_name: world.event })
  return new data.Dictionary(
    ...OF_THE_EVENT.map(key => ({ key, value: event })),
    ...UNKNOWN_CONTEXTS,
    { key: 'needs', value: needsContext(world) },
    { key: 'env', value: new Partial('env', env) },
  )
}

function functionsOf({ status }: World) {
  const says = (name: string, call: () => data.ExpressionData) =>
    [name, { name, minArgs: 0, maxArgs: name === 'hashfiles' ? 255 : 0, call }] as const
  return new Map([
    says('always', () => new data.BooleanData(true)),
    says('success', () => new data.BooleanData(status.success)),
    says('failure', () => new data.BooleanData(status.failure)),
    says('cancelled', () => new data.BooleanData(status.cancelled)),
    says('hashfiles', () => unknown('hashFiles() is known only to a run')),
  ])
}

const parsed = new Map<string, Expr | null>()

/** Reads an expression with the parser of its makers; `null` where it cannot. */
function parse(text: string): Expr | null {
  const known = parsed.get(text)
  if (known !== undefined) return known
  let read: Expr | null = null
  if (text.length <= MAX_LENGTH && text.split('(').length <= MAX_BRACKETS)
    try {
      const infos = FUNCTIONS.map(name => ({ name, minArgs: 0, maxArgs: 255 }))
      read = new Parser(new Lexer(text).lex().tokens, CONTEXTS, infos).parse()
    } catch {
      // Not an expression, or one with a name that nobody knows.
    }
  if (parsed.size > 5000) parsed.clear()
  parsed.set(text, read)
  return read
}

type Visited = Parameters<Expr['accept']>[0]

/**
 * Is an expression true? `null`: only a run tells. Where one side of `&&` or `||` decides alone,
 * the other need not be known.
 */
function evaluatedTruth(read: Expr, world: World): boolean | null {
  const context = contextOf(world)
  const functions = functionsOf(world)
  const evaluated = (one: Expr): boolean | null => {
    try {
      return truthy(new Evaluator(one, context, functions).evaluate())
    } catch {
      return null
    }
  }
  const visit = (one: Expr): boolean | null => {
    const leaf = (): boolean | null => evaluated(one)
    const visitor: Visited = {
      visitLogical: ({ operator, args }) => {
        const ends = operator.lexeme === '||'
        const sides = args.map(visit)
        return sides.includes(ends) ? ends : sides.includes(null) ? null : !ends
      },
      visitUnary: ({ expr }) => {
        const of = visit(expr)
        return of === null ? null : !of
      },
      visitGrouping: ({ group }) => visit(group),
      visitLiteral: leaf,
      visitBinary: leaf,
      visitContextAccess: leaf,
      visitIndexAccess: leaf,
      visitFunctionCall: leaf,
    }
    return one.accept(visitor) as boolean | null
  }
  return visit(read)
}

const STATUS = /\b(?:always|success|failure|cancelled)\s*\(/i

/** The expression of a condition; `null` where text stands around it, which makes it a text. */
function conditionText(text: string): string | null {
  if (!text.includes('${{')) return text
  const [before, inner, after, ...more] = splitTemplate(text.trim()) ?? []
  const isWhole = before === '' && after === '' && more.length === 0 && text === text.trim()
  return isWhole ? (inner ?? null) : null
}

/**
 * Does a condition hold? A condition that asks for no status asks for success besides; `null`: only
 * a run tells, or the condition cannot be read.
 */
export function conditionHolds(condition: string | null, world: World): boolean | null {
  const { success } = world.status
  if (condition === null || condition.trim() === '') return success
  const text = conditionText(condition)
  const read = text === null ? null : parse(text)
  const said = read === null ? null : evaluatedTruth(read, world)
  if (STATUS.test(condition)) return said
  return success ? said : false
}

/** A text with the values of its expressions; throws where only a run tells one. */
export function filled(text: string, world: World): string {
  const parts = splitTemplate(text)
  if (parts === null) return unknown('an expression does not end')
  if (parts.length === 1) return text
  const context = contextOf(world)
  const functions = functionsOf(world)
  return parts
    .map((part, at) => {
      if (at % 2 === 0) return part
      const read = parse(part) ?? unknown('an expression cannot be read')
      try {
        return new Evaluator(read, context, functions).evaluate().coerceString()
      } catch (error) {
        if (error instanceof Unknown) throw error
        return unknown('an expression cannot be evaluated')
      }
    })
    .join('')
}
