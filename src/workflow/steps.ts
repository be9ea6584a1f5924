import type { Step } from './body.js'
import type { Facts } from './evaluate.js'
import { templateValue, valueOf } from './evaluate.js'
import type { Expression } from './expression.js'
import { parseCondition, parseTemplate, partsOf } from './expression.js'
import type { Workflow, WorkflowJob } from './parse.js'
import { runScript } from './script/run.js'
import type { Status } from './script/state.js'
import { isSpecial } from './script/state.js'
import { JSON_MARK, OUTPUTS_MARK, WORD_MARK } from './script/syntax.js'
import type { Value } from './value.js'
import { literal, notJudging, requireJudgeable } from './value.js'

/** The action that judges by `toJSON(needs)`, from GitHub, whatever its version. */
const ALLS_GREEN = /^(?:https:\/\/github\.com\/)?re-actors\/alls-green@[\w./-]+$/i

/** Do the needs of a job hold outputs, or may they? */
export function mayHoldOutputs(workflow: Workflow, job: WorkflowJob): boolean {
  return job.needs.some(need => {
    const found = workflow.jobs.find(({ id }) => id.toLowerCase() === need.toLowerCase())
    return found === undefined || found.reusable || found.body.outputs?.length !== 0
  })
}

/**
 * A substitution that stands in a text, or is written by its number: arithmetic runs what a
 * variable holds, and would find a command there.
 */
const HIDDEN_COMMAND = /\$\(|`|\\(?:x24|x60|0?44|0?140|u0*(?:24|60))/i

type Environment = ReadonlyMap<string, Value>

/** Variables of one level, over those of the levels above. */
export function withVariables(given: Step['env'], facts: Facts): Environment {
  if (given === null) return notJudging('its env is known only to a run')
  const env = new Map(facts.env)
  for (const [name, text] of Object.entries(given)) {
    if (!/^[A-Za-z_]\w*$/.test(name) || isSpecial(name))
      notJudging(`its env sets ${name.slice(0, 60)}`)
    const twin = [...env.keys()].some(
      one => one !== name && one.toUpperCase() === name.toUpperCase(),
    )
    if (twin) notJudging(`its env holds ${name.slice(0, 60)} twice`)
    if (/[\uE000-\uF8FF]/.test(text)) notJudging(`its env holds a character of no meaning`)
    if (HIDDEN_COMMAND.test(text)) notJudging(`its env holds a command in ${name.slice(0, 60)}`)
    if (mayNotEvaluate(text))
      notJudging(`its env holds an expression in ${name.slice(0, 60)} that can fail`)
    env.set(name, templateValue(text, facts))
  }
  return env
}

/**
 * Can it not be evaluated for some values, which fails the step or the job that holds it? That is
 * `fromJSON` of no JSON, `format` by a text that is not told, and functions that are not known.
 */
const mayNotEvaluate = (text: string): boolean =>
  parseTemplate(text)?.some(
    part =>
      typeof part !== 'string' &&
      partsOf(part).some(
        one =>
          one.kind === 'call' &&
          (one.name === 'format' ? one.args[0]?.kind !== 'literal' : !TOTAL.has(one.name)),
      ),
  ) ?? true

const TOTAL = new Set(
  'contains startswith endswith join tojson always success failure cancelled'.split(' '),
)

const STATUS_FUNCTION = /\b(?:always|success|failure|cancelled)\s*\(/i

/** What a condition says; a condition that asks for no status asks for success besides. */
export function conditionValue(condition: string | null, facts: Facts): Value {
  const text = condition ?? 'success()'
  // Blanks around an expression make a text of all of it, which is always true.
  if (text.includes('${{') && text.trim() !== text) notJudging('an "if" with blanks around it')
  const asked = STATUS_FUNCTION.test(text)
  const read = text.trim() === '' ? null : parseCondition(text)
  if (read === null) return notJudging('an "if" that cannot be read')
  const value = valueOf(read, facts)
  // One that asks for the event or a ref tells only whether the job runs at all. But where it does
  // not run, the server writes a skip, which is an answer of its own.
  requireJudgeable(value, '"if"')
  if (asked) return value
  const success: Expression = { kind: 'call', name: 'success', args: [] }
  return valueOf({ kind: 'binary', operator: '&&', left: success, right: read }, facts)
}

/**
 * A script with a letter of no meaning in the place of each expression, which the server puts in
 * before a shell reads it, and the value behind each letter.
 */
function markedScript(text: string, facts: Facts) {
  // A shell takes a return for a part of a word, and drops others.
  // eslint-disable-next-line no-control-regex
  if (/[\uE000-\uF8FF\0-\x08\x0b-\x1f\x7f]/.test(text))
    notJudging('its script holds a character of no meaning')
  if (/::\s*(?:set-env|add-path|add-matcher)|##\[/i.test(text))
    notJudging('its script speaks to the runner')
  if (/\\(?:x24|x60|0?44|0?140|u0*(?:24|60))/i.test(text))
    notJudging('its script hides a character')
  const parts = parseTemplate(text)
  if (parts === null) return notJudging('its script holds an expression that cannot be read')
  if (parts.length > 1000) notJudging('its script holds too many expressions')
  const marks = new Map<string, Value>()
  const marked = parts.map(part => {
    if (typeof part === 'string') return part
    const value = valueOf(part, facts)
    // It is put in everywhere, also where nothing leads to, and could end a quote or a comment.
    if (value.from.has('other')) notJudging(`its script holds ${value.what}`)
    const isJson = partsOf(part).some(one => one.kind === 'call' && one.name === 'tojson')
    if (!isJson && !isWord(part, value)) notJudging('an expression could be more than a word')
    const json = value.from.has('needs') ? OUTPUTS_MARK : JSON_MARK
    const mark = String.fromCharCode((isJson ? json : WORD_MARK) + marks.size)
    marks.set(mark, value)
    return mark
  })
  return { text: marked.join(''), marks }
}

/** Can a shell read what this becomes as nothing but a word or a list of words? */
function isWord(expression: Expression, { values }: Value): boolean {
  if (values !== null)
    return values.every(
      value => typeof value !== 'string' || /^[\w .,:/%@+=\uE001-\uE006-]*$/.test(value),
    )
  return !partsOf(expression).some(
    one =>
      (one.kind === 'path' && one.names[0] === 'env') ||
      (one.kind === 'literal' &&
        typeof one.value === 'string' &&
        /[^\w .,:/%@+=-]/.test(one.value)),
  )
}

/** Which shell runs a step? Only bash and sh are understood. */
function checkShell(workflow: Workflow, { body }: WorkflowJob, { shell }: Step): string | null {
  const given = shell ?? body.shell ?? workflow.defaults.shell
  if (body.runsOn?.some(label => label.includes('${{')) !== false)
    notJudging('its runner is known only to a run')
  if (given !== null) {
    if (given !== 'bash' && given !== 'sh') notJudging(`its shell is ${given.slice(0, 60)}`)
    return given
  }
  // Without a shell it is bash or sh, but not on Windows.
  if (body.runsOn === null || body.runsOn.some(label => /win|\$\{\{/i.test(label)))
    notJudging('its shell is not told')
  return null
}

/** How alls-green can end: it reads nothing but what it is handed. */
function allsGreen({ with: given }: Step, facts: Facts): readonly Status[] {
  const { jobs, ...others } = given ?? {}
  const parts = parseTemplate((jobs ?? '').trim()) ?? []
  const [only, ...more] = parts
  const isNeeds =
    only !== undefined &&
    typeof only !== 'string' &&
    only.kind === 'call' &&
    only.name === 'tojson' &&
    only.args.length === 1 &&
    only.args[0]?.kind === 'path' &&
    only.args[0].names.join('.') === 'needs'
  if (!isNeeds || more.length > 0) notJudging('alls-green is not handed toJSON(needs)')
  for (const [name, text] of Object.entries(others)) {
    if (name !== 'allowed-failures' && name !== 'allowed-skips')
      notJudging(`alls-green is handed ${name.slice(0, 60)}`)
    requireJudgeable(templateValue(text, facts), `alls-green's ${name}`)
  }
  const result = facts.needs.length === 0 ? literal() : valueOf(RESULTS, facts)
  return [{ ok: true, fail: facts.result === null, by: { ...result, values: null } }]
}

const RESULTS: Expression = { kind: 'path', names: ['needs', '*', 'result'] }

/** How a step can end, and whether it asks the server. */
export function stepExits(
  step: Step,
  workflow: Workflow,
  job: WorkflowJob,
  facts: Facts & { guard: Value },
) {
  const { run, uses } = step
  if (step.others.length > 0) notJudging(`a step with ${step.others.join(', ').slice(0, 60)}`)
  const env = withVariables(step.env, facts)
  const inner = { ...facts, env }
  if (uses !== null) {
    if (run !== null || !ALLS_GREEN.test(uses)) notJudging(`it uses ${uses.slice(0, 60)}`)
    return { exits: allsGreen(step, inner), polls: false }
  }
  if (run === null) return notJudging('a step that does nothing that can be read')
  const isPosix = checkShell(workflow, job, step) === 'sh'
  const { text, marks } = markedScript(run, inner)
  const gh = workflow.path.replaceAll('\\', '/').includes('.github/')
  const everyWay = facts.result === null
  return runScript(text, { env, marks, gh, guard: facts.guard, everyWay }, isPosix)
}
