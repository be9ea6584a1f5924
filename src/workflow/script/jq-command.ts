import type { ValueOrigin, Shape, Value } from '../value.js'
import {
  RUN_MARK,
  requireJudgeable,
  knownTexts,
  literal,
  madeOf,
  notJudging,
  shapeOf,
} from '../value.js'
import type { ScriptCommand } from './command.js'
import { tells } from './command.js'
import { readsResultsOnly } from './jq.js'
import { VARIABLE_NAME, plainText } from './syntax.js'
import { argument } from './words.js'

const JQ_FLAGS =
  /^(?:-[ercnsjaM]+|--exit-status|--raw-output|--compact-output|--slurp|--null-input)$/

/** Is it `toJSON(needs)`, or without outputs? Within other JSON, levels would be mistaken. */
function jqKindOf(value: Value): 'needs' | 'plain' {
  if (!value.from.has('needs')) return 'plain'
  const isWhole = (text: string): boolean =>
    text.trim() === RUN_MARK.needs || !text.includes(RUN_MARK.needs)
  return knownTexts(value)?.every(isWhole) === true
    ? 'needs'
    : notJudging('"jq" of a part of needs')
}

/** What a program prints, where it is put into a shell's words. */
function printedShape(program: string, given: readonly Value[], isCompact: boolean): Shape | null {
  if (!program.includes('#') && /(?:^|\|)\s*length\s*$/.test(program)) return 'number'
  if (isCompact || /[\\@*?]|to(?:json|string)|"[^"]*\[[^"]*"/.test(program)) return null
  return given.every(value => shapeOf(value) !== null || value.from.has('needs')) ? 'words' : null
}

/** `needs` of which nothing but results was read. */
const resultsOf = (value: Value): Value => ({
  ...value,
  from: new Set<ValueOrigin>(
    [...value.from].map(origin => (origin === 'needs' ? 'results' : origin)),
  ),
})

/** `jq` over results, and what it makes of its variables. */
export const jq: ScriptCommand = (words, shell) => {
  const rest = [...words]
  const variables = new Map<string, Value>()
  let input = shell.input
  let isInput = true
  let isCompact = false
  let program: string | null = null
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const plain = plainText(word)
    if (plain === '--arg' || plain === '--argjson') {
      const [name, value] = [plainText(rest.shift()) ?? '', rest.shift()]
      // Of two, jq keeps the first.
      if (variables.has(name)) notJudging('"jq" sets one name twice')
      // It keeps these for itself.
      if (!VARIABLE_NAME.test(name) || /^(?:ENV|ARGS|__.*)$/.test(name) || value === undefined)
        return notJudging('"jq" sets a name that is not known')
      const known = argument(value, shell)
      if (plain === '--arg' && known.from.has('needs')) notJudging('"jq" reads needs as a text')
      variables.set(name, known)
    } else if (plain !== null && JQ_FLAGS.test(plain)) {
      if (/^-[a-zA-Z]*c|^--compact-output$/.test(plain)) isCompact = true
      if (/^-[a-zA-Z]*n|^--null-input$/.test(plain)) isInput = false
      if (/^-[a-zA-Z]*s|^--slurp$/.test(plain) && input?.from.has('needs') === true)
        notJudging('"jq" of several inputs')
    } else if (plain === null || plain.startsWith('-') || program !== null) {
      notJudging('"jq" with a file, an option or a program that is not told')
    } else program = plain
  }
  if (!isInput) input = literal()
  if (input === null) return notJudging('"jq" of a file')
  const kinds = new Map([...variables].map(([name, value]) => [name, jqKindOf(value)]))
  if (program === null || !readsResultsOnly(program, jqKindOf(input), kinds))
    notJudging('"jq" reads more than results, or more than can be told')
  const by = madeOf([...variables.values(), input].map(resultsOf), null)
  requireJudgeable(by, '"jq"')
  const shape = printedShape(program ?? '', [...variables.values(), input], isCompact)
  return tells(by, shell, shape)
}
