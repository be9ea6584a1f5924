export const id = 584;
export const ids = [584];
export const modules = {

/***/ 2584:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  DOCTOR_USAGE: () => (/* reexport */ DOCTOR_USAGE),
  diagnoseCheckout: () => (/* binding */ diagnoseCheckout),
  diagnoseRepository: () => (/* binding */ diagnoseRepository)
});

// EXTERNAL MODULE: ./src/core/plan/remedy.ts
var remedy = __webpack_require__(3935);
// EXTERNAL MODULE: ./src/sweep/report/plan.ts
var plan = __webpack_require__(3444);
// EXTERNAL MODULE: ./src/shown/line.ts
var shown_line = __webpack_require__(3863);
// EXTERNAL MODULE: ./src/sweep/report/text.ts
var report_text = __webpack_require__(6844);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./src/workflow/classify.ts + 5 modules
var classify = __webpack_require__(6675);
// EXTERNAL MODULE: ./src/workflow/fields.ts
var fields = __webpack_require__(6168);
// EXTERNAL MODULE: ./node_modules/@actions/expressions/dist/index.js + 18 modules
var dist = __webpack_require__(620);
// EXTERNAL MODULE: ./node_modules/@actions/expressions/dist/result.js
var result = __webpack_require__(6856);
// EXTERNAL MODULE: ./src/workflow/expression.ts
var expression = __webpack_require__(8127);
;// CONCATENATED MODULE: ./src/tools/doctor/what-if/unknown.ts
/** Thrown where what decides cannot be told from the file: it is said to be unknown. */
class Unknown extends Error {
}
const unknown = (why) => {
    throw new Unknown(why);
};

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/expression.ts




/** Stands in a text for what only a run tells. */
const UNTOLD = '\uE0FF';
/** Longer ones, and brackets nested deeper, are nothing that anybody wrote by hand. */
const MAX_LENGTH = 5000;
const MAX_BRACKETS = 200;
/** A map of which only these entries are known. */
class Partial extends dist/* data.Dictionary */.p.bT {
    what;
    constructor(what, known = {}) {
        super(...Object.entries(known).map(([key, value]) => ({ key, value: new dist/* data.StringData */.p.uQ(value) })));
        this.what = what;
    }
    get(key) {
        return super.get(key) ?? unknown(`${this.what}.${key} is known only to a run`);
    }
    values() {
        return unknown(`${this.what} is known only to a run`);
    }
    pairs() {
        return unknown(`${this.what} is known only to a run`);
    }
}
/** Outputs: read by name they are not known; as JSON they are a text that nothing may ask for. */
class Outputs extends Partial {
    pairs() {
        return [{ key: UNTOLD, value: new dist/* data.StringData */.p.uQ(UNTOLD) }];
    }
}
/** `needs`, of which `needs.*` may be nothing. */
class NeedsContext extends dist/* data.Dictionary */.p.bT {
    isEmpty;
    constructor(isEmpty) {
        super();
        this.isEmpty = isEmpty;
    }
    values() {
        return this.isEmpty ? [] : super.values();
    }
}
function needsContext({ needs, wildcardIsEmpty }) {
    const all = new NeedsContext(wildcardIsEmpty);
    for (const [id, { result, outputs }] of needs)
        all.add(id, new dist/* data.Dictionary */.p.bT({ key: 'result', value: new dist/* data.StringData */.p.uQ(result) }, {
            key: 'outputs',
            value: outputs ? new Outputs(`needs.${id}.outputs`) : new dist/* data.Dictionary */.p.bT(),
        }));
    return all;
}
const OF_A_RUN = 'vars secrets inputs matrix strategy steps job jobs runner'.split(' ');
const OF_THE_EVENT = ['github', 'gitea', 'forgejo'];
const CONTEXTS = [...OF_THE_EVENT, 'needs', 'env', ...OF_A_RUN];
const FUNCTIONS = ['always', 'success', 'failure', 'cancelled', 'hashfiles'];
/** Those of which nothing is known in any file. */
const UNKNOWN_CONTEXTS = OF_A_RUN.map(key => ({ key, value: new Partial(key) }));
function contextOf(world) {
    const env = Object.fromEntries([...world.env].flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
    const event = new Partial('github', { event_name: world.event });
    return new dist/* data.Dictionary */.p.bT(...OF_THE_EVENT.map(key => ({ key, value: event })), ...UNKNOWN_CONTEXTS, { key: 'needs', value: needsContext(world) }, { key: 'env', value: new Partial('env', env) });
}
function functionsOf({ status }) {
    const says = (name, call) => [name, { name, minArgs: 0, maxArgs: name === 'hashfiles' ? 255 : 0, call }];
    return new Map([
        says('always', () => new dist/* data.BooleanData */.p.bo(true)),
        says('success', () => new dist/* data.BooleanData */.p.bo(status.success)),
        says('failure', () => new dist/* data.BooleanData */.p.bo(status.failure)),
        says('cancelled', () => new dist/* data.BooleanData */.p.bo(status.cancelled)),
        says('hashfiles', () => unknown('hashFiles() is known only to a run')),
    ]);
}
const parsed = new Map();
/** Reads an expression with the parser of its makers; `null` where it cannot. */
function parse(text) {
    const known = parsed.get(text);
    if (known !== undefined)
        return known;
    let read = null;
    if (text.length <= MAX_LENGTH && text.split('(').length <= MAX_BRACKETS)
        try {
            const infos = FUNCTIONS.map(name => ({ name, minArgs: 0, maxArgs: 255 }));
            read = new dist/* Parser */.iX(new dist/* Lexer */.JG(text).lex().tokens, CONTEXTS, infos).parse();
        }
        catch {
            // Not an expression, or one with a name that nobody knows.
        }
    if (parsed.size > 5000)
        parsed.clear();
    parsed.set(text, read);
    return read;
}
/**
 * Is an expression true? `null`: only a run tells. Where one side of `&&` or `||` decides alone,
 * the other need not be known.
 */
function evaluatedTruth(read, world) {
    const context = contextOf(world);
    const functions = functionsOf(world);
    const evaluated = (one) => {
        try {
            return (0,result/* truthy */.vN)(new dist/* Evaluator */.oi(one, context, functions).evaluate());
        }
        catch {
            return null;
        }
    };
    const visit = (one) => {
        const leaf = () => evaluated(one);
        const visitor = {
            visitLogical: ({ operator, args }) => {
                const ends = operator.lexeme === '||';
                const sides = args.map(visit);
                return sides.includes(ends) ? ends : sides.includes(null) ? null : !ends;
            },
            visitUnary: ({ expr }) => {
                const of = visit(expr);
                return of === null ? null : !of;
            },
            visitGrouping: ({ group }) => visit(group),
            visitLiteral: leaf,
            visitBinary: leaf,
            visitContextAccess: leaf,
            visitIndexAccess: leaf,
            visitFunctionCall: leaf,
        };
        return one.accept(visitor);
    };
    return visit(read);
}
const STATUS = /\b(?:always|success|failure|cancelled)\s*\(/i;
/** The expression of a condition; `null` where text stands around it, which makes it a text. */
function conditionText(text) {
    if (!text.includes('${{'))
        return text;
    const [before, inner, after, ...more] = (0,expression/* splitTemplate */.LL)(text.trim()) ?? [];
    const isWhole = before === '' && after === '' && more.length === 0 && text === text.trim();
    return isWhole ? (inner ?? null) : null;
}
/**
 * Does a condition hold? A condition that asks for no status asks for success besides; `null`: only
 * a run tells, or the condition cannot be read.
 */
function conditionHolds(condition, world) {
    const { success } = world.status;
    if (condition === null || condition.trim() === '')
        return success;
    const text = conditionText(condition);
    const read = text === null ? null : parse(text);
    const said = read === null ? null : evaluatedTruth(read, world);
    if (STATUS.test(condition))
        return said;
    return success ? said : false;
}
/** A text with the values of its expressions; throws where only a run tells one. */
function filled(text, world) {
    const parts = (0,expression/* splitTemplate */.LL)(text);
    if (parts === null)
        return unknown('an expression does not end');
    if (parts.length === 1)
        return text;
    const context = contextOf(world);
    const functions = functionsOf(world);
    return parts
        .map((part, at) => {
        if (at % 2 === 0)
            return part;
        const read = parse(part) ?? unknown('an expression cannot be read');
        try {
            return new dist/* Evaluator */.oi(read, context, functions).evaluate().coerceString();
        }
        catch (error) {
            if (error instanceof Unknown)
                throw error;
            return unknown('an expression cannot be evaluated');
        }
    })
        .join('');
}

// EXTERNAL MODULE: ./src/workflow/script/commands.ts + 4 modules
var commands = __webpack_require__(2629);
// EXTERNAL MODULE: ./src/workflow/script/syntax.ts + 2 modules
var syntax = __webpack_require__(7815);
// EXTERNAL MODULE: ./src/workflow/value.ts
var value = __webpack_require__(5780);
;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/state.ts


/** A script is left, with this. */
class Exit extends Error {
    code;
    constructor(code) {
        super();
        this.code = code;
    }
}
/** A loop is left, or its next round begins. */
class LoopJump extends Error {
    ends;
    constructor(ends) {
        super();
        this.ends = ends;
    }
}
/** Variables that the runner sets, of which the file knows nothing. */
const OF_RUNNER = /^(?:GITHUB|GITEA|FORGEJO|RUNNER|ACTIONS|CI$|HOME$|PATH$|PWD$|RANDOM$|[A-Z_]*TOKEN)/;
/** A variable; `null` where nobody set it. */
function shellVariable(name, shell) {
    if (name === '?')
        return String(shell.last);
    const value = shell.vars.get(name);
    if (value !== undefined)
        return value;
    if (shell.untold.has(name) || OF_RUNNER.test(name) || !/^[A-Za-z_]\w*$/.test(name))
        return unknown(`$${name} is known only to a run`);
    return null;
}
/** A text that a script asks for: nothing in it may be something that only a run tells. */
const knownText = (text) => text.includes(UNTOLD) ? unknown('outputs of jobs are known only to a run') : text;
/** No umbrella has more to say (letters): two lines can make a text of any length. */
const LONGEST = 100_000;
/** A text that can be followed. */
const state_short = (text) => text.length > LONGEST ? unknown('its script makes too long a text') : text;
/** One step of a script. */
function spend({ budget, out }) {
    budget.left -= 1;
    if (budget.left < 0)
        unknown('its script takes too long to follow');
    state_short(out);
}
const inside = (shell, input) => ({
    ...shell,
    vars: new Map(shell.vars),
    input,
    out: '',
});

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/arithmetic.ts


const COUNT = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '<': (a, b) => Number(a < b),
    '<=': (a, b) => Number(a <= b),
    '>': (a, b) => Number(a > b),
    '>=': (a, b) => Number(a >= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
    '&&': (a, b) => Number(a !== 0 && b !== 0),
    '||': (a, b) => Number(a !== 0 || b !== 0),
    '&': (a, b) => a & b,
    '|': (a, b) => a | b,
    ',': (_, b) => b,
};
const ASSIGN = { '+=': '+', '-=': '-', '*=': '*', '|=': '|' };
const isName = (text) => /^[A-Za-z_]\w*$/.test(text);
/** A number, or the variable that holds one. */
function wordValue(text, shell) {
    if (/^\d+$/.test(text))
        return text.startsWith('0') ? Number.parseInt(text, 8) : Number(text);
    const length = /^\$\{#(\w+)\[[@*]\]\}$/.exec(text)?.[1];
    if (length !== undefined)
        return [shellVariable(length, shell) ?? []].flat().length;
    const name = /^\$?\{?([A-Za-z_]\w*)\}?$/.exec(text)?.[1];
    if (name === undefined)
        return unknown('arithmetic that is not understood');
    const value = String(shellVariable(name, shell) ?? '');
    return value === '' ? 0 : /^-?\d+$/.test(value) ? Number(value) : unknown('arithmetic of a text');
}
function changedVariable(name, shell, to) {
    if (name.type !== 'ArithmeticWord' || !isName(name.value))
        return unknown('arithmetic that is not understood');
    const now = to(wordValue(name.value, shell));
    shell.vars.set(name.value, String(now));
    return now;
}
/** What `((...))` counts. */
function counted(one, shell) {
    switch (one.type) {
        case 'ArithmeticWord':
            return wordValue(one.value, shell);
        case 'ArithmeticGroup':
            return counted(one.expression, shell);
        case 'ArithmeticTernary':
            return counted(counted(one.test, shell) !== 0 ? one.consequent : one.alternate, shell);
        case 'ArithmeticUnary': {
            const { operator, operand, prefix } = one;
            if (operator === '++' || operator === '--') {
                const step = operator === '++' ? 1 : -1;
                const now = changedVariable(operand, shell, old => old + step);
                return prefix ? now : now - step;
            }
            const value = counted(operand, shell);
            return operator === '!' ? Number(value === 0) : operator === '-' ? -value : value;
        }
        case 'ArithmeticBinary': {
            const { operator, left, right } = one;
            if (operator === '=')
                return changedVariable(left, shell, () => counted(right, shell));
            const own = ASSIGN[operator];
            const count = COUNT[own ?? operator] ?? unknown('arithmetic that is not understood');
            if (own !== undefined)
                return changedVariable(left, shell, old => count(old, counted(right, shell)));
            const a = counted(left, shell);
            if (operator === '&&' && a === 0)
                return 0;
            if (operator === '||' && a !== 0)
                return 1;
            return count(a, counted(right, shell));
        }
        case 'ArithmeticCommandExpansion':
            return unknown('arithmetic of a command');
    }
}

// EXTERNAL MODULE: ./src/workflow/script/test-command.ts
var test_command = __webpack_require__(1545);
;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/pattern.ts

const misread = () => unknown('a pattern that is not understood');
/**
 * A letter of a pattern, as a regular expression has it; `null` for what stands for any text. A
 * backslash before a letter means that letter, and never a class such as `\d`.
 */
function letterOf(found) {
    if (found === '*')
        return null;
    if (found === '?')
        return '[^]';
    if (found === '[!')
        return '[^';
    const letter = found.slice(-1);
    return /\w/.test(letter) ? letter : `\\${letter}`;
}
/**
 * A pattern of a shell as regular expressions: between any two stands a `*`. Each of them matches
 * as many letters as it has.
 */
function piecesOf(pattern) {
    const pieces = [''];
    const add = (text) => {
        pieces.push((pieces.pop() ?? '') + text);
    };
    let at = 0;
    for (const { 0: found, index } of pattern.matchAll(/\\[^]|[.+^${}()|\\*?]|\[!/g)) {
        add(pattern.slice(at, index));
        const letter = letterOf(found);
        if (letter === null)
            pieces.push('');
        else
            add(letter);
        at = index + found.length;
    }
    add(pattern.slice(at));
    const isOpen = (piece) => /\[(?!\^?[^\]]+\])/.test(piece.replace(/\\[^]/g, ''));
    return pieces.some(isOpen) ? misread() : pieces;
}
/** A regular expression; unknown where it is none. */
function compiled(source, flags) {
    try {
        return new RegExp(source, flags);
    }
    catch {
        return misread();
    }
}
/**
 * Does a pattern of a shell match a text whole? What stands between two `*` is found once, from the
 * left, and nothing is tried again: a pattern cannot make it slow.
 */
function matchesWhole(pattern, text) {
    const pieces = piecesOf(pattern);
    let from = 0;
    return pieces.every((piece, at) => {
        const [start, end] = [at === 0 ? '^' : '', at === pieces.length - 1 ? '$' : ''];
        const regex = compiled(`${start}(?:${piece})${end}`, 'g');
        regex.lastIndex = from;
        const found = regex.test(text);
        from = regex.lastIndex;
        return found;
    });
}
/** Steps that a regular expression may take: some hundredths of a second. */
const MOST_STEPS = 50_000_000;
/** A group that is repeated and can match one text in two ways may take two to this many steps. */
const LONGEST_NESTED = 20;
/** What in a regular expression means more than a letter: escapes and classes are one. */
const lettersOnly = (source) => source.replace(/\\[^]/g, 'x').replace(/\[[^\]]*\]/g, 'x');
/** Can none of these alternatives begin as another does? */
function areApart(inner) {
    const all = inner.replace(/^\?:/, '').split('|');
    const isBegun = (one, at) => all.some((other, index) => index !== at && other.startsWith(one));
    return !all.some((one, at) => !/^[\w -]+$/.test(one) || isBegun(one, at));
}
/** Is a group repeated that may match one text in two ways? The innermost are looked at first. */
function isNested(source) {
    let [rest, found] = [lettersOnly(source), false];
    for (let before = ''; before !== rest;) {
        before = rest;
        rest = rest.replace(/\(([^()]*)\)([*+{])?/, (_, inner, repeat) => {
            const isPlain = /^(?:\?:)?[\w -]*$/.test(inner) || areApart(inner);
            found ||= repeat !== undefined && !isPlain;
            // What holds no repetition counts as a letter of its surroundings.
            return (isPlain ? 'x' : '.*') + (repeat ?? '');
        });
    }
    return found;
}
/**
 * A regular expression for texts of this length. Unknown where it is none, and where it could take
 * too long: what is repeated without an end is tried from every place to every other.
 */
function regexFor(source, length, flags = '') {
    const repeats = lettersOnly(source).match(/[*+]|\{\d*,\}/g)?.length ?? 0;
    const steps = (length + 1) ** (repeats + 1);
    const isSlow = steps > MOST_STEPS || (length > LONGEST_NESTED && isNested(source));
    return isSlow ? unknown('a pattern that may take too long') : compiled(source, flags);
}
/** The first place, or every one, at which a pattern of a shell matches, replaced. */
function replacedIn(text, pattern, put, all) {
    const source = piecesOf(pattern).join('[^]*');
    const regex = regexFor(source, text.length, all ? 'g' : '');
    return text.replace(regex, () => put);
}
/** `${x#pattern}` and its kin: the shortest or the longest, from the front or from the end. */
function removedFrom(text, operator, pattern) {
    if ((text.length + 1) ** 2 > MOST_STEPS)
        return unknown('a text that is too long');
    const cuts = Array.from({ length: text.length + 1 }, (_, at) => at);
    const front = operator.startsWith('#');
    const short = operator.length === 1;
    const order = front === short ? cuts : cuts.reverse();
    for (const at of order) {
        const part = front ? text.slice(0, at) : text.slice(at);
        if (matchesWhole(pattern, part))
            return front ? text.slice(at) : text.slice(0, at);
    }
    return text;
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/tests.ts




const tests_misread = () => unknown('a test that is not understood');
function compared(operator, one, other) {
    const [a, b] = [knownText(one), knownText(other)];
    const numbers = test_command/* COMPARISONS */.F[operator];
    if (numbers !== undefined) {
        if (![a, b].every(text => /^\s*-?\d+\s*$/.test(text)))
            return tests_misread();
        return numbers(Number(a), Number(b));
    }
    if (operator === '=' || operator === '==')
        return a === b;
    return operator === '!=' ? a !== b : tests_misread();
}
/** A regular expression of bash, as far as it is one of JavaScript too. */
function matchesRegex(text, { text: source }, pattern) {
    if (/\[\[:|\\[<>]/.test(source))
        return tests_misread();
    return regexFor(pattern, knownText(text).length).test(text);
}
/** `[[ ... ]]` */
function isTrueTest(test, words) {
    switch (test.type) {
        case 'TestUnary': {
            const text = words.text(test.operand);
            if (test.operator === '-z')
                return knownText(text) === '';
            return test.operator === '-n' ? knownText(text) !== '' : tests_misread();
        }
        case 'TestBinary': {
            const { operator, left, right } = test;
            const one = words.text(left);
            if (operator === '=~')
                return matchesRegex(one, right, words.text(right));
            if (operator in test_command/* COMPARISONS */.F)
                return compared(operator, one || '0', words.text(right) || '0');
            const is = matchesWhole(knownText(words.pattern(right)), knownText(one));
            return operator === '!=' ? !is : operator === '=' || operator === '==' ? is : tests_misread();
        }
        case 'TestNot':
            return !isTrueTest(test.operand, words);
        case 'TestGroup':
            return isTrueTest(test.expression, words);
        case 'TestLogical':
            return test.operator === '&&'
                ? test.operands.every(one => isTrueTest(one, words))
                : test.operands.some(one => isTrueTest(one, words));
    }
}
const BINARY = new Set(['=', '==', '!=', ...Object.keys(test_command/* COMPARISONS */.F)]);
/** `[ ... ]`, by the words between the brackets. */
function isTrueBracket(words) {
    let at = 0;
    const take = (word) => {
        if (words[at] !== word)
            return false;
        at += 1;
        return true;
    };
    const single = () => {
        const [one, two, three] = words.slice(at, at + 3);
        if (one === undefined)
            return tests_misread();
        if (two !== undefined && BINARY.has(two) && three !== undefined) {
            at += 3;
            return compared(two, one, three);
        }
        if (one === '!' && two !== undefined) {
            at += 1;
            return !single();
        }
        if ((one === '-z' || one === '-n') && two !== undefined) {
            at += 2;
            return (knownText(two) === '') === (one === '-z');
        }
        if (/^-[a-zA-Z]$/.test(one) && two !== undefined)
            return tests_misread();
        at += 1;
        return knownText(one) !== '';
    };
    const all = () => {
        let is = single();
        while (take('-a'))
            is = single() && is;
        return is;
    };
    if (words.length === 0)
        return false;
    let is = all();
    while (take('-o'))
        is = all() || is;
    return at < words.length ? tests_misread() : is;
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/jq-value.ts


/** jq ends with an error. */
class JqError extends Error {
}
const fail = (why) => {
    throw new JqError(why);
};
const isTruthy = (value) => value !== null && value !== false;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const JSON_KINDS = ['null', 'false', 'true', 'number', 'string', 'array', 'object'];
function jsonKind(value) {
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'array';
    return typeof value;
}
const kindRank = (value) => JSON_KINDS.indexOf(typeof value === 'boolean' ? String(value) : jsonKind(value));
/** A value that is asked for: none of it may be something that only a run tells. */
function knownJson(value) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.includes(UNTOLD) ? unknown('outputs of jobs are known only to a run') : value;
}
/** The order of jq: kinds first, then values. */
function compare(one, other) {
    const [a, b] = [knownJson(one), knownJson(other)];
    const ranks = kindRank(a) - kindRank(b);
    if (ranks !== 0)
        return ranks;
    if (typeof a === 'number' && typeof b === 'number')
        return a - b;
    if (typeof a === 'string' && typeof b === 'string')
        return a < b ? -1 : a > b ? 1 : 0;
    if (Array.isArray(a) && Array.isArray(b)) {
        for (const [at, entry] of a.entries()) {
            if (at >= b.length)
                return 1;
            const order = compare(entry, b[at] ?? null);
            if (order !== 0)
                return order;
        }
        return a.length - b.length;
    }
    const sorted = (value) => isObject(value)
        ? JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
        : '';
    return sorted(a) < sorted(b) ? -1 : sorted(a) > sorted(b) ? 1 : 0;
}
const isSame = (one, other) => compare(one, other) === 0;
function entriesOf(value) {
    if (Array.isArray(value))
        return value;
    return isObject(value) ? Object.values(value) : fail(`cannot iterate over ${jsonKind(value)}`);
}
function fieldOf(value, name) {
    if (value === null)
        return null;
    if (isObject(value) && typeof name === 'string')
        return Object.hasOwn(value, name) ? (value[name] ?? null) : null;
    if (Array.isArray(value) && typeof name === 'number')
        return value.at(name) ?? null;
    return fail(`cannot index ${jsonKind(value)}`);
}
function contains(whole, part) {
    if (typeof whole === 'string' && typeof part === 'string')
        return knownJson(whole).includes(knownJson(part));
    if (Array.isArray(whole) && Array.isArray(part))
        return part.every(one => whole.some(entry => contains(entry, one)));
    if (isObject(whole) && isObject(part))
        return Object.entries(part).every(([key, one]) => Object.hasOwn(whole, key) && contains(whole[key] ?? null, one));
    return isSame(whole, part);
}
/** Values and letters of one result beyond this are not followed. */
const LARGEST = 50_000;
function sizeOf(value, most) {
    if (typeof value === 'string')
        return 1 + value.length;
    if (typeof value !== 'object' || value === null)
        return 1;
    let size = 1;
    for (const one of Object.values(value))
        if (size <= most)
            size += sizeOf(one, most - size);
    return size;
}
/** A result that can be followed: one that holds the one before it twice is soon too large. */
const small = (value) => sizeOf(value, LARGEST) > LARGEST ? unknown('"jq" with too large a result') : value;
function added(one, other) {
    if (one === null)
        return other;
    if (other === null)
        return one;
    if (typeof one === 'number' && typeof other === 'number')
        return one + other;
    if (typeof one === 'string' && typeof other === 'string')
        return one + other;
    if (Array.isArray(one) && Array.isArray(other))
        return [...one, ...other];
    if (isObject(one) && isObject(other))
        return { ...one, ...other };
    return fail('cannot be added');
}

// EXTERNAL MODULE: ./src/workflow/script/jq-kinds.ts
var jq_kinds = __webpack_require__(4122);
;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/jq-functions.ts



const jq_functions_text = (value) => typeof value === 'string' ? knownJson(value) : fail(`${jsonKind(value)} is no string`);
const arrayOf = (value) => Array.isArray(value) ? value : fail(`${jsonKind(value)} is no array`);
const jqText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
const unique = (list) => list.filter((one, at) => at === 0 || !isSame(one, list[at - 1] ?? null));
function lengthOf(value) {
    if (value === null)
        return 0;
    if (typeof value === 'string')
        return knownJson(value).length;
    if (typeof value === 'number')
        return Math.abs(value);
    if (typeof value === 'boolean')
        return fail('boolean has no length');
    return entriesOf(value).length;
}
function flat(value) {
    return arrayOf(value).flatMap(one => (Array.isArray(one) ? flat(one) : [one]));
}
/** Functions of no argument; each yields one value. */
const JQ_FUNCTIONS = {
    not: input => !isTruthy(input),
    length: lengthOf,
    keys: input => isObject(input) ? Object.keys(input).sort() : arrayOf(input).map((_, index) => index),
    add: input => entriesOf(input).reduce(added, null),
    any: input => entriesOf(input).some(isTruthy),
    all: input => entriesOf(input).every(isTruthy),
    unique: input => unique([...arrayOf(input)].sort(compare)),
    sort: input => [...arrayOf(input)].sort(compare),
    reverse: input => [...arrayOf(input)].reverse(),
    min: input => [...arrayOf(input)].sort(compare)[0] ?? null,
    max: input => [...arrayOf(input)].sort(compare).at(-1) ?? null,
    flatten: flat,
    tostring: jqText,
    tojson: input => JSON.stringify(input),
    fromjson: input => {
        try {
            return JSON.parse(jq_functions_text(input));
        }
        catch (error) {
            if (error instanceof SyntaxError)
                return fail('no JSON');
            throw error;
        }
    },
    tonumber: input => (typeof input === 'number' ? input : Number(jq_functions_text(input))),
    type: jsonKind,
    ascii_downcase: input => jq_functions_text(input).toLowerCase(),
    ascii_upcase: input => jq_functions_text(input).toUpperCase(),
    to_entries: input => isObject(input)
        ? Object.entries(input).map(([key, value]) => ({ key, value }))
        : fail(`${jsonKind(input)} has no keys`),
    from_entries: input => Object.fromEntries(arrayOf(input).flatMap(one => isObject(one) ? [[jqText(one['key'] ?? one['name'] ?? ''), one['value'] ?? null]] : [])),
    '@json': input => JSON.stringify(input),
    '@text': jqText,
    '@tsv': input => arrayOf(input).map(jqText).join('\t'),
    '@csv': input => arrayOf(input)
        .map(one => JSON.stringify(one))
        .join(','),
};
/** Functions of a value of their own. */
const OF_ONE = {
    contains: contains,
    inside: (input, given) => contains(given, input),
    startswith: (input, given) => jq_functions_text(input).startsWith(jq_functions_text(given)),
    endswith: (input, given) => jq_functions_text(input).endsWith(jq_functions_text(given)),
    join: (input, given) => arrayOf(input)
        .map(one => (one === null ? '' : jqText(one)))
        .join(jq_functions_text(given)),
    split: (input, given) => jq_functions_text(input).split(jq_functions_text(given)),
    index: (input, given) => {
        if (typeof input !== 'string')
            return indexIn(arrayOf(input), given);
        const at = jq_functions_text(input).indexOf(jq_functions_text(given));
        return at === -1 ? null : at;
    },
    has: (input, given) => isObject(input) ? Object.hasOwn(input, jq_functions_text(given)) : unknown('"jq" that is not followed'),
    test: (input, given) => regexFor(jq_functions_text(given), jq_functions_text(input).length).test(jq_functions_text(input)),
};
function indexIn(list, given) {
    const wanted = Array.isArray(given) ? given[0] : given;
    const at = list.findIndex(one => isSame(one, wanted ?? null));
    return at === -1 ? null : at;
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/jq-filters.ts



const jq_filters_misread = () => unknown('"jq" that is not understood');
function operated(operator, a, b) {
    switch (operator) {
        case '+':
            return added(a, b);
        case '-':
            if (typeof a === 'number' && typeof b === 'number')
                return a - b;
            if (Array.isArray(a) && Array.isArray(b))
                return a.filter(one => !b.some(other => compare(one, other) === 0));
            return fail('cannot be subtracted');
        case '==':
            return compare(a, b) === 0;
        case '!=':
            return compare(a, b) !== 0;
        case '<':
            return compare(a, b) < 0;
        case '<=':
            return compare(a, b) <= 0;
        case '>':
            return compare(a, b) > 0;
        default:
            return compare(a, b) >= 0;
    }
}
/** Both sides of an operation; of `and` and `or` the right one only where the left does not say. */
function binary(operator, left, right) {
    if (operator === '//')
        return (input, variables) => {
            const some = quietly(left)(input, variables).filter(isTruthy);
            return some.length > 0 ? some : right(input, variables);
        };
    if (operator === 'and' || operator === 'or')
        return (input, variables) => left(input, variables).flatMap(a => isTruthy(a) === (operator === 'or')
            ? [operator === 'or']
            : right(input, variables).map(isTruthy));
    return (input, variables) => right(input, variables).flatMap(b => left(input, variables).map(a => operated(operator, a, b)));
}
const quietly = (filter) => (input, variables) => {
    try {
        return filter(input, variables);
    }
    catch (error) {
        if (error instanceof JqError)
            return [];
        throw error;
    }
};
/** A function of a filter. */
function applied(name, inner) {
    const truths = (input, variables) => entriesOf(input).flatMap(one => inner(one, variables).map(isTruthy));
    switch (name) {
        case 'map':
            return (input, variables) => [entriesOf(input).flatMap(one => [...inner(one, variables)])];
        case 'select':
            return (input, variables) => inner(input, variables).flatMap(one => (isTruthy(one) ? [input] : []));
        case 'all':
            return (input, variables) => [truths(input, variables).every(Boolean)];
        case 'any':
            return (input, variables) => [truths(input, variables).some(Boolean)];
        case 'IN':
            return (input, variables) => [inner(input, variables).some(one => compare(one, input) === 0)];
        case 'first':
            return (input, variables) => inner(input, variables).slice(0, 1);
        case 'with_entries':
            return (input, variables) => {
                const entries = JQ_FUNCTIONS['to_entries']?.(input) ?? null;
                const kept = entriesOf(entries).flatMap(one => [...inner(one, variables)]);
                return [JQ_FUNCTIONS['from_entries']?.(kept.filter(isObject)) ?? null];
            };
        case 'map_values':
            return (input, variables) => [
                isObject(input)
                    ? Object.fromEntries(Object.entries(input).flatMap(([key, one]) => inner(one, variables)
                        .slice(0, 1)
                        .map(value => [key, value])))
                    : jq_filters_misread(),
            ];
    }
    const one = OF_ONE[name];
    return one === undefined
        ? jq_filters_misread()
        : (input, variables) => inner(input, variables).map(given => one(input, given));
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/jq.ts





const LEVELS = [
    ['//'],
    ['or'],
    ['and'],
    ['==', '!=', '<', '<=', '>', '>='],
    ['+', '-'],
];
/** Programs, and what one of them takes, beyond this are not followed. */
const MOST_TOKENS = 2_000;
const jq_MOST_STEPS = 10_000;
class JqParser {
    tokens;
    at = 0;
    depth = 0;
    /** What this run of the program took so far: two commas in each of many pipes take very much. */
    steps = 0;
    constructor(text) {
        this.tokens = (0,jq_kinds/* jqTokens */.YG)(text);
    }
    whole() {
        if (this.tokens.length > MOST_TOKENS)
            return jq_filters_misread();
        const filter = this.pipe();
        if (this.at < this.tokens.length)
            return jq_filters_misread();
        return (input, variables) => {
            this.steps = 0;
            return filter(input, variables);
        };
    }
    peek() {
        return this.tokens[this.at] ?? '';
    }
    take(token) {
        if (this.peek() !== token)
            return false;
        this.at += 1;
        return true;
    }
    expect(token) {
        if (!this.take(token))
            jq_filters_misread();
    }
    pipe() {
        this.depth += 1;
        if (this.depth > 30)
            jq_filters_misread();
        const left = this.comma();
        this.depth -= 1;
        if (!this.take('|'))
            return left;
        const right = this.pipe();
        return (input, variables) => left(input, variables).flatMap(one => right(one, variables));
    }
    comma() {
        const all = [this.level(0)];
        while (this.take(','))
            all.push(this.level(0));
        const [only] = all;
        if (only !== undefined && all.length === 1)
            return only;
        return (input, variables) => all.flatMap(one => one(input, variables));
    }
    level(at) {
        const operators = LEVELS[at];
        if (operators === undefined)
            return this.postfix();
        let left = this.level(at + 1);
        for (;;) {
            const operator = operators.find(one => this.take(one));
            if (operator === undefined)
                return left;
            left = binary(operator, left, this.level(at + 1));
        }
    }
    postfix() {
        let filter = this.primary();
        for (;;) {
            const token = this.peek();
            if (/^\.\w/.test(token))
                filter = this.field(filter, token.slice(1));
            else if (token === '.' && /^["[]/.test(this.tokens[this.at + 1] ?? ''))
                this.at += 1;
            else if (token.startsWith('"'))
                filter = this.field(filter, token.slice(1, -1));
            else if (this.take('['))
                filter = this.index(filter);
            else if (this.take('?'))
                filter = quietly(filter);
            else
                return filter;
        }
    }
    field(of, name) {
        this.at += 1;
        return (input, variables) => of(input, variables).map(one => fieldOf(one, name));
    }
    index(of) {
        if (this.take(']'))
            return (input, variables) => of(input, variables).flatMap(entriesOf);
        const inner = this.pipe();
        this.expect(']');
        return (input, variables) => of(input, variables).flatMap(one => inner(input, variables).map(name => fieldOf(one, name)));
    }
    primary() {
        const filter = this.unit();
        return (input, variables) => {
            this.steps += 1;
            if (this.steps > jq_MOST_STEPS)
                unknown('"jq" that takes too long to follow');
            return filter(input, variables).map(small);
        };
    }
    unit() {
        const token = this.peek();
        if (/^\.\w/.test(token))
            return this.field(input => [input], token.slice(1));
        this.at += 1;
        if (token === '.')
            return input => [input];
        if (token.startsWith('"'))
            return this.text(token);
        if (/^\d/.test(token))
            return () => [Number(token)];
        if (token === '(')
            return this.closed(')');
        if (token === '[') {
            if (this.take(']'))
                return () => [[]];
            const inner = this.closed(']');
            return (input, variables) => [[...inner(input, variables)]];
        }
        if (token === '{')
            return this.object();
        if (token.startsWith('$'))
            return (_, variables) => [variables.get(token.slice(1)) ?? jq_filters_misread()];
        return this.call(token);
    }
    closed(end) {
        const inner = this.pipe();
        this.expect(end);
        return inner;
    }
    /** `{key, key: value}` with plain keys. */
    object() {
        const entries = [];
        while (!this.take('}')) {
            const name = this.peek().replace(/^"|"$/g, '');
            if (!/^[\w -]+$/.test(name))
                jq_filters_misread();
            this.at += 1;
            entries.push([name, this.take(':') ? this.level(0) : input => [fieldOf(input, name)]]);
            if (this.peek() !== '}')
                this.expect(',');
        }
        return (input, variables) => [
            Object.fromEntries(entries.map(([name, of]) => [name, of(input, variables)[0] ?? null])),
        ];
    }
    text(token) {
        const parts = token.slice(1, -1).split(/\\\(([^()"]*)\)/);
        const filters = parts.map((part, at) => {
            if (at % 2 === 1)
                return new JqParser(part).whole();
            const plain = part.replaceAll('\\n', '\n').replaceAll('\\t', '\t').replaceAll('\\"', '"');
            return plain.includes('\\(') ? jq_filters_misread() : () => [plain];
        });
        return (input, variables) => [
            filters
                .flatMap(one => one(input, variables))
                .map(one => (typeof one === 'string' ? one : JSON.stringify(one)))
                .join(''),
        ];
    }
    conditional() {
        const condition = this.pipe();
        this.expect('then');
        const yes = this.pipe();
        const no = this.take('elif') ? this.conditional() : this.otherwise();
        return (input, variables) => condition(input, variables).flatMap(one => (isTruthy(one) ? yes : no)(input, variables));
    }
    otherwise() {
        const no = this.take('else') ? this.pipe() : input => [input];
        this.expect('end');
        return no;
    }
    call(name) {
        if (name === 'if')
            return this.conditional();
        if (name === 'empty')
            return () => [];
        if (name === 'true' || name === 'false')
            return () => [name === 'true'];
        if (name === 'null')
            return () => [null];
        if (name === 'error' || name === 'halt_error') {
            if (this.take('('))
                this.closed(')');
            return () => fail(name);
        }
        if (name === 'values')
            return input => (input === null ? [] : [input]);
        if (!this.take('(')) {
            if (name === 'first' || name === 'last')
                return input => [fieldOf(input, name === 'first' ? 0 : -1)];
            const plain = JQ_FUNCTIONS[name];
            return plain === undefined ? jq_filters_misread() : input => [plain(input)];
        }
        return this.withArguments(name);
    }
    withArguments(name) {
        const first = this.pipe();
        if (this.take(';')) {
            const condition = this.closed(')');
            const all = name === 'all' ? true : name === 'any' ? false : jq_filters_misread();
            return (input, variables) => {
                const said = first(input, variables).flatMap(one => condition(one, variables));
                return [all ? said.every(isTruthy) : said.some(isTruthy)];
            };
        }
        this.expect(')');
        return applied(name, first);
    }
}
const parsedPrograms = new Map();
/** A program, read once. */
function programOf(text) {
    const kept = parsedPrograms.get(text);
    if (kept !== undefined)
        return kept;
    try {
        const filter = new JqParser(text).whole();
        parsedPrograms.set(text, filter);
        return filter;
    }
    catch (error) {
        if (error instanceof jq_kinds/* NotRead */.Yo)
            return jq_filters_misread();
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/jq-command.ts





/** Several texts of JSON, one behind the other, as jq reads them. */
function jqInputs(text) {
    if (text.trim() === '')
        return [];
    try {
        return [JSON.parse(text)];
    }
    catch {
        // One to a line.
    }
    try {
        return text
            .trim()
            .split('\n')
            .map(line => JSON.parse(line));
    }
    catch {
        throw new JqError('no JSON');
    }
}
const LONG = {
    '--exit-status': 'e',
    '--raw-output': 'r',
    '--compact-output': 'c',
    '--slurp': 's',
    '--null-input': 'n',
};
function jqOptions(words) {
    const rest = [...words];
    const variables = new Map();
    let flags = '';
    let program = null;
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        if (word === '--arg' || word === '--argjson') {
            const [name = '', value = ''] = [rest.shift(), rest.shift()];
            variables.set(name, word === '--arg' ? value : (jqInputs(value)[0] ?? null));
        }
        else if (/^-[ercnsjaM]+$/.test(word))
            flags += word.slice(1);
        else if (word in LONG)
            flags += LONG[word] ?? '';
        else if (word.startsWith('-') || program !== null)
            return unknown('"jq" with an option or a file');
        else
            program = word;
    }
    return program === null ? unknown('"jq" without a program') : { flags, program, variables };
}
function jqOutput(value, flags) {
    if (/[rj]/.test(flags) && typeof value === 'string')
        return value;
    return JSON.stringify(value, null, flags.includes('c') ? 0 : 2);
}
/** `jq` of its input: prints what it yields, and ends as it does. */
function jqCommand(words, shell) {
    try {
        const { flags, program, variables } = jqOptions(words);
        const run = programOf(program);
        if (shell.input === null && !flags.includes('n'))
            return unknown('"jq" of a file');
        const read = flags.includes('n') ? [null] : jqInputs(shell.input ?? '');
        const all = flags.includes('s') ? [[...read]] : read;
        let last;
        for (const input of all)
            for (const value of run(input, variables)) {
                last = value;
                const text = jqOutput(value, flags);
                // What is printed of outputs may be read by what follows.
                shell.out += text + (flags.includes('j') ? '' : '\n');
            }
        if (!flags.includes('e'))
            return 0;
        if (last === undefined)
            return 4;
        if (typeof last === 'string' && last.includes(UNTOLD))
            knownText(last);
        return isTruthy(last) ? 0 : 1;
    }
    catch (error) {
        if (!(error instanceof JqError))
            throw error;
        return 5;
    }
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/commands.ts





const VARIABLE_NAME = /^[A-Za-z_]\w*$/;
const echo = (words, shell) => {
    const flags = words.findIndex(word => !/^-[neE]+$/.test(word));
    const rest = flags === -1 ? [] : words.slice(flags);
    const isOpen = words.slice(0, flags === -1 ? undefined : flags).some(one => one.includes('n'));
    shell.out += rest.join(' ') + (isOpen ? '' : '\n');
    return 0;
};
const printf = ([format = '', ...rest], shell) => {
    let at = 0;
    const written = () => format
        .replace(/%([sbdq%])/g, (_, kind) => (kind === '%' ? '%' : (rest[at++] ?? '')))
        .replaceAll('\\n', '\n')
        .replaceAll('\\t', '\t');
    if (/%(?![sbdq%])/.test(format))
        return unknown('"printf" that is not understood');
    do
        shell.out += written();
    while (at > 0 && at < rest.length);
    return 0;
};
const exit = ([word], shell) => {
    const code = word === undefined ? shell.last : Number(knownText(word));
    if (!Number.isInteger(code))
        return unknown('"exit" with no number');
    throw new Exit(code & 255);
};
const set = (words, shell) => {
    const names = [...words];
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
        const [, sign, letters = ''] = /^([-+])([euxEo]+)$/.exec(name) ?? [];
        if (sign === undefined)
            return unknown('"set" with an option that is not known');
        for (const letter of letters) {
            const option = letter === 'o' ? names.shift() : letter;
            if (option === 'e' || option === 'errexit')
                shell.errexit = sign === '-';
            if (option === 'u' || option === 'nounset')
                shell.nounset = sign === '-';
            if (option === 'pipefail')
                shell.pipefail = sign === '-';
        }
    }
    return 0;
};
/** `read`: one line of its input, in words. */
const read = (words, shell) => {
    if (shell.input === null)
        return unknown('"read" of an input that is not told');
    const names = words.filter(word => !word.startsWith('-'));
    const isList = words.some(word => /^-\w*a/.test(word));
    if (shell.input === '')
        return 1;
    const [line = '', ...more] = shell.input.split('\n');
    const isWhole = more.length > 0;
    shell.input = more.join('\n');
    const ifs = shell.vars.get('IFS');
    const separator = typeof ifs === 'string' && ifs !== '' ? ifs : ' \t';
    const at = new RegExp(`[${separator.replace(/[\\\]^-]/g, '\\$&')}]+`);
    const pieces = ifs === '' ? [line] : line.trim().split(at);
    const [first] = names;
    if (first === undefined || !names.every(name => VARIABLE_NAME.test(name)))
        return unknown('"read" of this');
    if (isList)
        shell.vars.set(first, pieces);
    else
        for (const [index, name] of names.entries())
            shell.vars.set(name, index < names.length - 1 ? (pieces[index] ?? '') : pieces.slice(index).join(' '));
    return isWhole ? 0 : 1;
};
const cat = (words, shell) => {
    if (words.length > 0 || shell.input === null)
        return unknown('"cat" of a file');
    shell.out += shell.input;
    return 0;
};
function grepOf(words) {
    const rest = [...words];
    const patterns = [];
    let flags = '';
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        const isPattern = word === '-e';
        if (/^-[qvicEFwxoh]+$/.test(word))
            flags += word;
        else if (isPattern || (!word.startsWith('-') && patterns.length === 0))
            patterns.push(isPattern ? (rest.shift() ?? '') : word);
        else
            return unknown('"grep" with an option or a file');
    }
    return { patterns, flags };
}
/** A pattern of grep as one of JavaScript. */
function regexOf(pattern, flags) {
    if (flags.includes('F'))
        return pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (/\[\[:|\\[<>wbW]/.test(pattern))
        return unknown('a pattern that is not understood');
    // Without -E what means something is escaped, and what is not is plain.
    return flags.includes('E')
        ? pattern
        : pattern.replace(/\\([|+?(){}])|[|+?(){}]/g, (found, escaped) => escaped === undefined ? `\\${found}` : escaped);
}
const grep = (words, shell) => {
    if (shell.input === null)
        return unknown('"grep" in a file');
    const { patterns, flags } = grepOf(words);
    const source = patterns
        .flatMap(pattern => knownText(pattern).split('\n'))
        .map(pattern => {
        const one = regexOf(pattern, flags);
        return flags.includes('x') ? `^(?:${one})$` : flags.includes('w') ? `\\b(?:${one})\\b` : one;
    })
        .join('|');
    const lines = knownText(shell.input).replace(/\n$/, '').split('\n');
    const longest = Math.max(...lines.map(({ length }) => length));
    const regex = regexFor(source, longest, flags.includes('i') ? 'i' : '');
    const all = shell.input === '' ? [] : lines;
    const found = all.filter(line => regex.test(line) !== flags.includes('v'));
    if (flags.includes('c'))
        shell.out += `${found.length}\n`;
    else if (flags.includes('o'))
        shell.out += found.map(line => `${regex.exec(line)?.[0] ?? ''}\n`).join('');
    else if (!flags.includes('q'))
        shell.out += found.map(line => `${line}\n`).join('');
    return found.length > 0 ? 0 : 1;
};
const bracket = (words, _, name) => {
    if (name === '[' && words.at(-1) !== ']')
        return unknown('"]" is missing');
    return isTrueBracket(name === '[' ? words.slice(0, -1) : words) ? 0 : 1;
};
const jumpLoop = (words, _, name) => {
    if (words.length > 0)
        return unknown(`"${name}" out of several loops`);
    throw new LoopJump(name === 'break');
};
const asksServer = (_, __, name) => unknown(`${name} asks a server`);
/** The commands that are followed: those that the classifier knows to be harmless. */
const SHELL_COMMANDS = new Map([
    [':', () => 0],
    ['true', () => 0],
    ['false', () => 1],
    ['sleep', () => 0],
    ['echo', echo],
    ['printf', printf],
    ['exit', exit],
    ['test', bracket],
    ['[', bracket],
    ['set', set],
    ['break', jumpLoop],
    ['continue', jumpLoop],
    ['read', read],
    ['cat', cat],
    ['grep', grep],
    ['jq', jqCommand],
    ['curl', asksServer],
    ['gh', asksServer],
]);

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/words.ts




/** Text with what a pattern means in it made plain. */
const escapedPattern = (text) => text.replace(/[*?[\]\\]/g, '\\$&');
class WordExpander {
    shell;
    substitute;
    constructor(shell, substitute) {
        this.shell = shell;
        this.substitute = substitute;
    }
    /** One text, as in quotes, in an assignment, or behind `case`. */
    text({ parts, value }) {
        return state_short(parts?.map(part => this.part(part)).join('') ?? value);
    }
    /** The text of a here-document. */
    document({ parts, text }) {
        return parts?.map(part => this.part(part)).join('') ?? text;
    }
    /** The same, where what stands in quotes is no pattern. */
    pattern({ parts, value }) {
        const isQuoted = ({ type }) => /Quoted$/.test(type);
        return (parts
            ?.map(part => (isQuoted(part) ? escapedPattern(this.part(part)) : this.part(part)))
            .join('') ?? value);
    }
    /** The words that a word of a command becomes. */
    fields(word) {
        const { parts, value } = word;
        if (parts === undefined)
            return [value];
        const range = /^\{(\d+)\.\.(\d+)\}$/.exec(word.text);
        if (range !== null)
            return rangeOf(Number(range[1]), Number(range[2]));
        const fields = [];
        let open = null;
        const add = (text) => {
            open = state_short((open ?? '') + text);
        };
        const close = () => {
            if (open !== null)
                fields.push(open);
            open = null;
        };
        for (const part of parts) {
            const list = this.list(part);
            if (list !== null) {
                for (const [at, text] of list.entries()) {
                    if (at > 0)
                        close();
                    add(text);
                }
            }
            else if (part.type === 'Glob')
                unknown('the names of files');
            else if (!/Expansion$/.test(part.type))
                add(this.part(part));
            else {
                const text = this.part(part);
                if (/[*?[]/.test(text))
                    unknown('a text that may name files');
                if (/^\s/.test(text))
                    close();
                for (const [at, piece] of text
                    .split(/\s+/)
                    .filter(one => one !== '')
                    .entries()) {
                    if (at > 0)
                        close();
                    add(piece);
                }
                if (/\s$/.test(text))
                    close();
            }
        }
        close();
        return fields;
    }
    /** `"${list[@]}"`: the entries of a list, each a word of its own. */
    list(part) {
        const inner = part.type === 'DoubleQuoted' && part.parts.length === 1 ? part.parts[0] : undefined;
        if (inner?.type !== 'ParameterExpansion' || inner.index?.text !== '@')
            return null;
        if (inner.operation !== undefined || inner.prefix !== undefined)
            return null;
        const value = shellVariable(inner.parameter, this.shell);
        return value === null ? [] : [value].flat();
    }
    part(part) {
        switch (part.type) {
            case 'Literal':
                return /^~/.test(part.text) ? unknown('the name of a home') : part.value;
            case 'SingleQuoted':
            case 'AnsiCQuoted':
                return part.value;
            case 'DoubleQuoted':
                return part.parts.map(one => this.part(one)).join('');
            case 'SimpleExpansion':
                return this.variable(part.text.slice(1));
            case 'ParameterExpansion':
                return this.parameter(part);
            case 'CommandExpansion':
                return part.script === undefined
                    ? unknown('a command that cannot be read')
                    : this.substitute(part.script, this.shell).replace(/\n+$/, '');
            case 'ArithmeticExpansion':
                return part.expression === undefined
                    ? unknown('arithmetic that is not understood')
                    : String(counted(part.expression, this.shell));
            case 'Glob':
                return part.text;
            case 'BraceExpansion':
            case 'ExtendedGlob':
            case 'LocaleString':
            case 'ProcessSubstitution':
                return unknown(`its script is not understood: ${part.type}`);
        }
    }
    variable(name) {
        const value = shellVariable(name, this.shell);
        if (value === null && this.shell.nounset)
            return unknown(`$${name} is not set`);
        return typeof value === 'string' ? value : (value?.[0] ?? '');
    }
    parameter(part) {
        const { parameter: name, prefix, index, operation } = part;
        const isDefault = operation?.type === 'Default';
        const known = isDefault || index !== undefined ? shellVariable(name, this.shell) : this.variable(name);
        if (prefix === '#') {
            if (index !== undefined)
                return String([known ?? []].flat().length);
            return String((typeof known === 'string' ? known : (known?.[0] ?? '')).length);
        }
        const value = index === undefined ? [known ?? []].flat()[0] : [known ?? []].flat().join(' ');
        switch (operation?.type) {
            case undefined:
                return value ?? '';
            case 'Default': {
                const isSet = known !== null && (operation.operator === '-' || value !== '');
                return isSet ? (value ?? '') : this.text(operation.operand);
            }
            case 'Replace': {
                const pattern = this.pattern(operation.pattern);
                if (!['/', '//'].includes(operation.operator))
                    return unknown('a change of a variable');
                const put = this.text(operation.replacement);
                return replacedIn(value ?? '', pattern, put, operation.operator === '//');
            }
            case 'Remove':
                return removedFrom(value ?? '', operation.operator, this.pattern(operation.operand));
            case 'CaseModification':
                if (operation.operator === ',,')
                    return (value ?? '').toLowerCase();
                if (operation.operator === '^^')
                    return (value ?? '').toUpperCase();
                return unknown('a change of a variable');
            case 'Names':
            case 'Slice':
            case 'Transform':
            case 'Unknown':
                return unknown('a change of a variable');
        }
    }
}
const rangeOf = (from, to) => to - from > 1000 || to < from
    ? unknown('a range that is not followed')
    : Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
/** Reads the words of a script in a shell. */
const wordsIn = (shell, substitute) => new WordExpander(shell, substitute);

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/run.ts








const substitute = (script, shell) => {
    // bash goes on in a substitution, whatever fails there.
    const inner = { ...inside(shell, null), errexit: false };
    shell.last = own(() => runList(script.commands, inner, true));
    return inner.out;
};
const wordsOf = (shell) => wordsIn(shell, substitute);
/** Runs in a shell of its own, whose exit is its status. */
function own(go) {
    try {
        return go();
    }
    catch (error) {
        if (!(error instanceof Exit))
            throw error;
        return error.code;
    }
}
/** `checked`: does a failure of the last command end the shell where `-e` is set? */
function runList(statements, shell, checked) {
    let status = 0;
    for (const { command } of statements) {
        status =
            command.type === 'AndOr' ? andOr(command, shell, checked) : pipeline(command, shell, checked);
        shell.last = status;
    }
    return status;
}
function andOr({ commands, operators }, shell, checked) {
    let status = 0;
    for (const [at, command] of commands.entries()) {
        const operator = operators[at - 1];
        if (operator === '&&' && status !== 0)
            continue;
        if (operator === '||' && status === 0)
            continue;
        status = pipeline(command, shell, checked && at === commands.length - 1);
        shell.last = status;
    }
    return status;
}
function pipeline(node, shell, checked) {
    const commands = node.type === 'Pipeline' ? node.commands : [node];
    const negated = node.type === 'Pipeline' && node.prefixes.length > 0;
    const ends = checked && !negated;
    const [only, ...more] = commands;
    if (only === undefined)
        return 0;
    const status = more.length === 0 ? command(only, shell, ends) : piped(commands, shell);
    if (negated)
        return status === 0 ? 1 : 0;
    if (status !== 0 && ends && shell.errexit)
        throw new Exit(status);
    return status;
}
function piped(commands, shell) {
    let { input } = shell;
    const codes = commands.map(one => {
        const inner = inside(shell, input);
        const code = own(() => command(one, inner, true));
        input = inner.out;
        return code;
    });
    shell.out += input ?? '';
    const failed = shell.pipefail ? codes.findLast(code => code !== 0) : undefined;
    return failed ?? codes.at(-1) ?? 0;
}
function command(node, shell, checked) {
    spend(shell);
    switch (node.type) {
        case 'Redirected':
            return redirected(node.redirects, shell, () => command(node.command, shell, checked));
        case 'Command':
            return redirected(node.redirects, shell, () => simple(node, shell));
        case 'TestCommand':
            return isTrueTest(node.expression, wordsOf(shell)) ? 0 : 1;
        case 'ArithmeticCommand':
            if (node.expression === undefined)
                return unknown('arithmetic that is not understood');
            return counted(node.expression, shell) === 0 ? 1 : 0;
        case 'BraceGroup':
            return runList(node.body.commands, shell, checked);
        case 'If':
            return conditional(node, shell, checked);
        case 'For':
            return loop(node, shell, checked);
        case 'While':
            return repeated(node, shell, checked);
        case 'Case':
            return choice(node, shell, checked);
        case 'ArithmeticFor':
        case 'Coproc':
        case 'Function':
        case 'Select':
        case 'Subshell':
            return unknown(`its script is not understood: ${node.type}`);
    }
}
function conditional(node, shell, checked) {
    for (const { clause, then } of [node, ...node.elif])
        if (runList(clause.commands, shell, false) === 0)
            return runList(then.commands, shell, checked);
    return node.else === undefined ? 0 : runList(node.else.commands, shell, checked);
}
/** One round of a loop; is it the last one? */
function round(go) {
    try {
        go();
        return false;
    }
    catch (error) {
        if (!(error instanceof LoopJump))
            throw error;
        return error.ends;
    }
}
function loop({ name, wordlist = [], body }, shell, checked) {
    let status = 0;
    for (const word of wordlist.flatMap(one => wordsOf(shell).fields(one))) {
        shell.vars.set(name.text, word);
        const ends = round(() => {
            status = 0;
            status = runList(body.commands, shell, checked);
        });
        if (ends)
            break;
    }
    return status;
}
function repeated({ kind, clause, body }, shell, checked) {
    let status = 0;
    for (;;) {
        spend(shell);
        const goes = (runList(clause.commands, shell, false) === 0) === (kind === 'while');
        if (!goes)
            return status;
        const ends = round(() => {
            status = runList(body.commands, shell, checked);
        });
        if (ends)
            return 0;
    }
}
function choice({ word, items }, shell, checked) {
    const words = wordsOf(shell);
    const text = knownText(words.text(word));
    for (const { pattern, body } of items)
        if (pattern.some(one => matchesWhole(knownText(words.pattern(one)), text)))
            return runList(body.commands, shell, checked);
    return 0;
}
/** Entries of a list beyond this are not followed. */
const MOST_ENTRIES = 10_000;
function assigned({ name, append, value }, shell) {
    const words = wordsOf(shell);
    if (value.type === 'ArrayValue') {
        const given = value.elements.flatMap(one => words.fields(one));
        const old = append === true ? [shellVariable(name, shell) ?? []].flat() : [];
        const list = [...old, ...given];
        shell.vars.set(name, list.length > MOST_ENTRIES ? unknown('too long a list') : list);
        return;
    }
    const text = words.text(value);
    const old = append === true ? (shellVariable(name, shell) ?? '') : '';
    shell.vars.set(name, typeof old === 'string' ? state_short(old + text) : unknown('a text added to a list'));
}
function simple({ name, prefix, args }, shell) {
    const words = wordsOf(shell);
    const given = prefix.filter(one => one.type === 'Assignment');
    if (name === undefined) {
        shell.last = 0;
        for (const one of given)
            assigned(one, shell);
        return shell.last;
    }
    const [first = '', ...more] = words.fields(name);
    if (first === 'export') {
        for (const one of args)
            if (one.type === 'Assignment')
                assigned(one, shell);
        return 0;
    }
    const run = SHELL_COMMANDS.get(first);
    if (run === undefined)
        return unknown(`it runs ${first.slice(0, 60)}`);
    const ifs = shell.vars.get('IFS');
    for (const one of given)
        assigned(one, shell);
    const status = run([...more, ...args.flatMap(one => (one.type === 'Word' ? words.fields(one) : [one.text]))], shell, first);
    if (given.length > 0) {
        if (ifs === undefined)
            shell.vars.delete('IFS');
        else
            shell.vars.set('IFS', ifs);
    }
    return status;
}
/** Runs with input and output led elsewhere: what goes to the log or the summary nobody reads. */
function redirected(redirects, shell, go) {
    const { input, out } = shell;
    const words = wordsOf(shell);
    let away = false;
    for (const one of redirects) {
        if (one.type === 'HereDoc')
            shell.input = one.body.parts === undefined ? one.body.text : words.document(one.body);
        else if (one.type === 'HereString' && one.target)
            shell.input = `${words.text(one.target)}\n`;
        else if (one.type === 'Redirect')
            away ||= (0,syntax/* outputOf */.jH)(one) === 'log';
    }
    const isFed = redirects.some(({ type }) => type !== 'Redirect');
    try {
        return go();
    }
    finally {
        if (isFed)
            shell.input = input;
        if (away)
            shell.out = out;
    }
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/shell/script.ts






/** Commands of one script beyond this are not followed. */
const MAX_COMMANDS = 5000;
/** What scripts ended with, or why that is unknown: most are played many times over. */
const playedScripts = new Map();
/** The exit status of a script; throws `Unknown` where only a run tells. */
function exitOf(text, start) {
    const { env, isPosix, pipefail } = start;
    const key = JSON.stringify([text, isPosix, pipefail, [...env]]);
    let known = playedScripts.get(key);
    if (known === undefined) {
        try {
            known = run(text, start);
        }
        catch (error) {
            if (!(error instanceof Unknown))
                throw error;
            known = error.message;
        }
        if (playedScripts.size > 2000)
            playedScripts.clear();
        playedScripts.set(key, known);
    }
    return typeof known === 'string' ? unknown(known) : known;
}
function run(text, { env, isPosix, pipefail }) {
    const vars = new Map([...env].flatMap(([name, one]) => (one === null ? [] : [[name, one]])));
    const shell = {
        vars,
        untold: new Set([...env].flatMap(([name, one]) => (one === null ? [name] : []))),
        budget: { left: MAX_COMMANDS },
        errexit: true,
        nounset: false,
        pipefail,
        input: null,
        out: '',
        last: 0,
    };
    try {
        const script = (0,syntax/* readScript */.Uq)(text, commands/* isScriptCommand */.N, isPosix);
        return own(() => runList(script.commands, shell, true));
    }
    catch (error) {
        if (error instanceof value/* NotJudging */.gg)
            return unknown(error.message);
        if (error instanceof LoopJump)
            return unknown('a loop is left that is none');
        throw error;
    }
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/steps.ts




const ALLS_GREEN = /(?:^|\/)re-actors\/alls-green@/i;
/** Names, as alls-green takes them: JSON, or separated by commas. */
function namesIn(text) {
    if (text.trim() === '')
        return [];
    try {
        const read = JSON.parse(text);
        if (Array.isArray(read))
            return read.map(String);
    }
    catch {
        // Separated by commas.
    }
    return text.split(',').map(one => one.trim());
}
/** What an alls-green step allows, as far as the file tells; `null`: the step is none. */
function allowedBy({ uses, with: given }) {
    if (uses === null || !ALLS_GREEN.test(uses))
        return null;
    const list = (name) => namesIn(given?.[name] ?? '');
    return { failures: list('allowed-failures'), skips: list('allowed-skips') };
}
/** `alls-green`, as its script judges: no jobs at all are a failure. */
function isAllsGreen(given, world) {
    const input = (name) => filled(given?.[name] ?? '', world);
    const failures = new Set(namesIn(input('allowed-failures')));
    const skips = new Set(namesIn(input('allowed-skips')));
    const text = input('jobs');
    let jobs;
    try {
        jobs = JSON.parse(text);
    }
    catch {
        return false;
    }
    const all = (0,fields/* isFields */.Ce)(jobs) ? Object.entries(jobs) : unknown('alls-green is not handed needs');
    if (all.length === 0)
        return false;
    return all.every(([name, job]) => {
        const result = (0,fields/* isFields */.Ce)(job) ? job['result'] : null;
        if (skips.has(name))
            return result === 'success' || result === 'skipped';
        return failures.has(name) || result === 'success';
    });
}
/** Variables of one level, over those above; `null` where only a run tells one. */
function withVariables(given, world) {
    if (given === null)
        return unknown('its env is known only to a run');
    const env = new Map(world.env);
    for (const [name, text] of Object.entries(given)) {
        let value = null;
        try {
            value = filled(text, world);
        }
        catch (error) {
            if (!(error instanceof Unknown))
                throw error;
        }
        env.set(name, value);
    }
    return env;
}
/** What a step ends with: is it well? Throws where only a run tells. */
function endsWell(step, { workflow, job, pipefail }, above) {
    const world = { ...above, env: withVariables(step.env, above) };
    const { run, uses } = step;
    const odd = step.others.filter(key => key !== 'timeout-minutes');
    if (odd.length > 0)
        return unknown(`a step with ${odd.join(', ').slice(0, 60)}`);
    if (uses !== null)
        return ALLS_GREEN.test(uses)
            ? isAllsGreen(step.with, world)
            : unknown(`it uses ${uses.slice(0, 60)}`);
    if (run === null)
        return unknown('a step that does nothing that can be read');
    const shell = step.shell ?? job.body.shell ?? workflow.defaults.shell;
    if (shell !== null && shell !== 'bash' && shell !== 'sh')
        return unknown(`its shell is ${shell.slice(0, 60)}`);
    if (shell === null && job.body.runsOn?.some(label => /win/i.test(label)) !== false)
        return unknown('its shell is not told');
    const start = {
        env: world.env,
        isPosix: shell === 'sh',
        pipefail: shell === 'bash' || (shell === null && pipefail),
    };
    return exitOf(filled(run, world), start) === 0;
}
/** `if: false` */
const isOff = (condition) => condition !== null && /^(?:false|\$\{\{\s*false\s*\}\})$/.test(condition.trim());
/** What the steps of a job say, one after the other. */
function verdictOf(judged, bare) {
    const { workflow, job } = judged;
    const { steps } = job.body;
    if (job.reusable || steps === null)
        return { kind: 'unknown', why: 'it has no steps that can be read' };
    let failed = false;
    let why = job.body.others.length > 0 ? `it has ${job.body.others.join(', ').slice(0, 60)}` : null;
    try {
        const world = {
            ...bare,
            env: withVariables(job.body.env, { ...bare, env: withVariables(workflow.env, bare) }),
        };
        for (const step of steps) {
            if (isOff(step.condition))
                continue;
            const status = { ...world.status, success: !failed, failure: failed };
            const now = { ...world, status };
            const runs = conditionHolds(step.condition, now);
            if (runs === false)
                continue;
            const ends = answerOrWhy(() => endsWell(step, judged, now));
            if (ends === true || step.continueOnError)
                continue;
            if (ends === false && runs === true)
                failed = true;
            else
                why ??= typeof ends === 'string' ? ends : 'an "if" that only a run tells';
        }
    }
    catch (error) {
        if (!(error instanceof Unknown))
            throw error;
        why = error.message;
    }
    if (failed)
        return { kind: 'red' };
    return why === null ? { kind: 'green' } : { kind: 'unknown', why };
}
/** Its answer, or why there is none. */
function answerOrWhy(go) {
    try {
        return go();
    }
    catch (error) {
        // Nothing that anybody wrote by hand is nested so deeply that it ends the stack.
        if (error instanceof RangeError)
            return 'it is nested too deeply';
        if (!(error instanceof Unknown))
            throw error;
        return error.message;
    }
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/graph.ts


const jobById = ({ jobs }, id) => jobs.find(job => job.id.toLowerCase() === id.toLowerCase());
/** All that a job needs, directly or through others, in an order to play; `null`: in a circle. */
function beforeOf(workflow, job) {
    const found = [];
    const trail = new Set();
    const visit = (one) => {
        if (found.includes(one))
            return true;
        if (trail.has(one.id))
            return false;
        trail.add(one.id);
        const needs = one.needs.flatMap(id => jobById(workflow, id) ?? []);
        const isRound = !needs.every(visit);
        trail.delete(one.id);
        if (!isRound)
            found.push(one);
        return !isRound;
    };
    return visit(job) ? found.filter(one => one !== job) : null;
}
const isLiteralAlways = (condition) => /^(?:\$\{\{\s*)?always\(\)(?:\s*\}\})?$/.test(condition?.trim() ?? '');
/** What the expressions of a job are evaluated with, by what those before it ended with. */
function worldOf(play, job, ends, isCancelled) {
    const { server, wildcardIsEmpty, event } = play;
    const needs = new Map();
    for (const id of job.needs) {
        const end = ends.get(id.toLowerCase());
        const one = jobById(play.workflow, id);
        if (end === undefined || end.hidden || one === undefined)
            continue;
        const outputs = one.reusable || one.body.outputs?.length !== 0;
        needs.set(id, { result: end.result, outputs });
    }
    const asked = server.asksAncestors
        ? (beforeOf(play.workflow, job) ?? []).map(({ id }) => id)
        : job.needs;
    const results = asked.flatMap(id => ends.get(id.toLowerCase())?.result ?? []);
    return {
        needs,
        wildcardIsEmpty,
        event,
        env: new Map(),
        status: {
            success: !isCancelled && results.every(result => result === 'success'),
            failure: results.includes('failure'),
            cancelled: isCancelled,
        },
    };
}
/** Does a job run? The server looks first at what it needs. `null`: only a run tells. */
function runs({ server }, job, ends, world) {
    const { condition } = job.body;
    const isGood = job.needs.every(id => {
        const end = ends.get(id.toLowerCase());
        return end === undefined || end.result === 'success';
    });
    if (!isGood && !server.asksAncestors) {
        const isAsked = server.onlyLiteralAlways ? isLiteralAlways(condition) : condition !== null;
        if (!isAsked)
            return { does: false, bySelf: false };
    }
    // What the runner or GitHub skips by the job's own condition has a result.
    return { does: conditionHolds(condition, world), bySelf: true };
}
/** What a job with this fate looks like to others; `null`: not known. */
function fateOf(fate, { server }) {
    return fate === 'allowed' ? server.allowedFailure : fate;
}
/**
 * How everything before the umbrella ends. Where only a run tells whether a job runs, it does, but
 * behind the job that the scenario is about it is as `else` says.
 */
function endsOf(play, scenario, before, other) {
    const ends = new Map();
    const touched = new Set();
    let isGuess = false;
    for (const job of before) {
        const id = job.id.toLowerCase();
        const isIt = scenario.kind === 'one' && scenario.job === job.id;
        const isBehind = job.needs.some(need => touched.has(need.toLowerCase()));
        if (isIt || isBehind)
            touched.add(id);
        if (scenario.kind === 'run-cancelled') {
            ends.set(id, { result: 'cancelled', hidden: false });
            continue;
        }
        const { does, bySelf } = runs(play, job, ends, worldOf(play, job, ends, false));
        if (does === null && isBehind)
            isGuess = true;
        const isRun = does ?? (isBehind ? other : true);
        if (!isRun) {
            ends.set(id, { result: 'skipped', hidden: !bySelf && play.server.skippedIsEmpty });
            continue;
        }
        const result = isIt ? fateOf(scenario.fate, play) : 'success';
        if (result === null)
            return null;
        ends.set(id, { result, hidden: false });
    }
    return { ends, isGuess };
}
function saidBy(play, ends, isCancelled) {
    const { umbrella, workflow, server } = play;
    const world = worldOf(play, umbrella, ends, isCancelled);
    const { does } = runs(play, umbrella, ends, world);
    if (does === false && isCancelled)
        return {
            kind: 'unknown',
            why: 'whether GitHub writes a cancel, as was seen, or a skip is not documented',
        };
    if (does === false)
        return { kind: 'skipped' };
    if (does === null)
        return { kind: 'unknown', why: 'whether it runs at all only a run tells' };
    return verdictOf({ workflow, job: umbrella, pipefail: server.pipefail }, world);
}
/** What the umbrella says in a scenario. */
function played(play, scenario) {
    const before = beforeOf(play.workflow, play.umbrella);
    if (before === null)
        return { kind: 'unknown', why: 'its needs go round in a circle' };
    // The evaluator finds such names everywhere.
    if (before.some(({ id }) => id.toLowerCase() in {}))
        return { kind: 'unknown', why: 'a job has a name that cannot be evaluated' };
    const isCancelled = scenario.kind === 'run-cancelled';
    if (isCancelled && play.server.cancelledRun === 'red')
        return { kind: 'cancelled' };
    const by = (other) => {
        const read = endsOf(play, scenario, before, other);
        return read === null
            ? [{ kind: 'unknown', why: 'what others see of a job that may fail is not known' }, false]
            : [saidBy(play, read.ends, isCancelled), read.isGuess];
    };
    const [one, isGuess] = by(true);
    if (!isGuess || by(false)[0].kind === one.kind)
        return one;
    return { kind: 'unknown', why: 'whether a job behind it runs only a run tells' };
}
/** Does a job run where all before it is well? `null`: only a run tells. */
function runsWhenGreen(play, job) {
    const before = beforeOf(play.workflow, job);
    const read = before === null ? null : endsOf(play, { kind: 'all-green' }, before, true);
    if (read === null)
        return true;
    return runs(play, job, read.ends, worldOf(play, job, read.ends, false)).does;
}
const RESULT = {
    green: 'success',
    red: 'failure',
    skipped: 'skipped',
    cancelled: 'cancelled',
};
/** The jobs that need the umbrella, directly or through others, in an order to play. */
function behind({ workflow, umbrella }) {
    const found = workflow.jobs.flatMap(job => {
        const before = beforeOf(workflow, job) ?? [];
        return before.includes(umbrella) ? [{ job, at: before.length }] : [];
    });
    return found.sort((a, b) => a.at - b.at).map(({ job }) => job);
}
/**
 * Which jobs behind the umbrella run in a scenario; `null`: only a run tells. Their own work is
 * none of the umbrella's business: no change of it may start one.
 */
function runsBehind(play, scenario) {
    const jobs = behind(play);
    const said = jobs.length === 0 ? null : played(play, scenario);
    const before = beforeOf(play.workflow, play.umbrella);
    const read = before === null ? null : endsOf(play, scenario, before, true);
    const runsOf = new Map();
    if (said === null)
        return runsOf;
    const ends = new Map(read?.ends);
    const known = said.kind !== 'unknown' && read !== null;
    if (known)
        ends.set(play.umbrella.id.toLowerCase(), { result: RESULT[said.kind], hidden: false });
    const isCancelled = scenario.kind === 'run-cancelled';
    for (const job of jobs) {
        const does = known ? runs(play, job, ends, worldOf(play, job, ends, isCancelled)).does : null;
        runsOf.set(job.id, does);
        ends.set(job.id.toLowerCase(), {
            result: does === false ? 'skipped' : 'success',
            hidden: false,
        });
    }
    return runsOf;
}

;// CONCATENATED MODULE: ./src/tools/doctor/what-if/table.ts

/** A skip lets a merge through on all servers (docs/forge-facts.md, 2.2 and 6). */
function gateAfter({ kind }) {
    if (kind === 'green' || kind === 'skipped')
        return 'opens';
    return kind === 'unknown' ? 'unknown' : 'stays shut';
}
/** What the gate should do; `null`: either may be meant. */
function expectedGate(scenario) {
    if (scenario.kind === 'all-green')
        return 'opens';
    return scenario.kind === 'one' && scenario.fate === 'skipped' ? null : 'stays shut';
}
const OLD_RUNNERS = 'runners before 2025-08-10 take needs.* for nothing, newer ones do not';
/** What the umbrella says, by either reading of `needs.*` where runners differ. */
function saidIn(play, scenario) {
    const { wildcardIsEmpty } = play.server;
    const by = (isEmpty) => played({ ...play, wildcardIsEmpty: isEmpty }, scenario);
    if (wildcardIsEmpty !== 'old-runners')
        return by(wildcardIsEmpty);
    const [old, now] = [by(true), by(false)];
    return old.kind === now.kind ? now : { kind: 'unknown', why: OLD_RUNNERS };
}
/** What can happen to a job. */
function fatesOf(play, job, question) {
    const runs = runsWhenGreen(play, job);
    // Nothing can happen to a job that surely does not run.
    if (runs === false)
        return [];
    const allowed = question.allowed.get(job.id);
    return [
        ...(allowed === 'is' ? [] : ['failure']),
        ...(allowed === undefined ? [] : ['allowed']),
        'cancelled',
        ...(runs === null ? ['skipped'] : []),
    ];
}
/** Every line: each job before the umbrella, whatever happens to it, and the run as a whole. */
function tableOf(question) {
    const { umbrella, server } = question;
    const play = { ...question, wildcardIsEmpty: server.wildcardIsEmpty === true };
    const row = (scenario, of) => {
        const said = saidIn(question, scenario);
        const gate = gateAfter(said);
        const should = expectedGate(scenario);
        return {
            scenario,
            of,
            said,
            gate,
            right: should === null || gate === 'unknown' ? null : gate === should,
        };
    };
    const needs = new Set(umbrella.needs.map(id => id.toLowerCase()));
    const before = beforeOf(question.workflow, umbrella) ?? [];
    return [
        row({ kind: 'all-green' }, 'all'),
        ...before.flatMap(job => fatesOf(play, job, question).map(fate => row({ kind: 'one', job: job.id, fate }, needs.has(job.id.toLowerCase()) ? 'need' : 'ancestor'))),
        row({ kind: 'run-cancelled' }, 'run'),
    ];
}
const FATES = {
    failure: 'fails',
    cancelled: 'is cancelled',
    skipped: 'is skipped by its condition',
    allowed: 'fails and may',
};
const SAID = {
    green: 'is green',
    red: 'is red',
    skipped: 'is skipped',
    cancelled: 'is cancelled',
    unknown: 'is not known',
};
function whatOf({ scenario, of }) {
    if (scenario.kind === 'all-green')
        return ['', 'all jobs are green'];
    if (scenario.kind === 'run-cancelled')
        return ['', 'the run is cancelled'];
    const who = of === 'need' ? 'a job it needs' : 'a job before those';
    return [scenario.job, `${who} ${FATES[scenario.fate]}`];
}
/** The lines of a table, the same ones once, with the jobs they are of. */
function cellsOf(table) {
    const kinds = new Map();
    const cells = new Map();
    for (const row of table) {
        const [job, what] = whatOf(row);
        const { said, gate, right } = row;
        const key = `${what}: ${said.kind}`;
        kinds.set(what, [...(kinds.get(what) ?? []), job]);
        const known = cells.get(key);
        if (known !== undefined)
            known.jobs.push(job);
        else {
            const why = said.kind === 'unknown' ? said.why : null;
            cells.set(key, {
                cell: { what, says: SAID[said.kind], gate, right, why },
                jobs: [job],
                kind: what,
            });
        }
    }
    // Where all jobs are alike their names say nothing.
    return [...cells.values()].map(({ cell, jobs, kind }) => jobs.length === kinds.get(kind)?.length
        ? cell
        : { ...cell, what: `${kind}: ${jobs.join(', ')}` });
}

;// CONCATENATED MODULE: ./src/tools/doctor/cause.ts



/** Why a line of the table is wrong; the codes of findings. */
const DOCTOR_CAUSES = (/* unused pure expression or super */ null && ([
    'no-condition',
    'not-literally-always',
    'skipped-on-failure',
    'reads-nothing',
    'verdict-lost',
    'unread-need',
    'wildcard-result',
    'empty-result',
    'ancestor-skips',
    'cancelled-passes',
    'allowed-failure',
    'may-fail',
    'always-red',
]));
/** What the same umbrella would say on a server that differs in this. */
function saidOn(umbrella, server, scenario) {
    const { source, job, event } = umbrella;
    return saidIn({ workflow: source.workflow, umbrella: job, server, event }, scenario).kind;
}
function causeOfSkip(umbrella, server, { scenario }) {
    if (umbrella.job.body.condition === null)
        return 'no-condition';
    const other = saidOn(umbrella, { ...server, onlyLiteralAlways: false }, scenario);
    return server.onlyLiteralAlways && other !== 'skipped'
        ? 'not-literally-always'
        : 'skipped-on-failure';
}
const isAllowed = ({ job: { body } }, id) => (body.steps ?? []).some(step => allowedBy(step)?.failures.includes(id) === true);
/** Which needs turn it red when they fail, where nothing of the server is in its way? */
function redBy(umbrella, ideal) {
    return umbrella.job.needs.filter(job => saidOn(umbrella, ideal, { kind: 'one', job, fate: 'failure' }) === 'red');
}
function causeOfGreen(umbrella, server, row) {
    const { scenario, of } = row;
    if (!(0,classify/* namesResults */.v8)(umbrella.job))
        return 'reads-nothing';
    if (server.wildcardIsEmpty === true)
        if (saidOn(umbrella, { ...server, wildcardIsEmpty: false }, scenario) !== 'green')
            return 'wildcard-result';
    if (server.skippedIsEmpty)
        if (saidOn(umbrella, { ...server, skippedIsEmpty: false }, scenario) !== 'green')
            return 'empty-result';
    if (scenario.kind === 'one' && isAllowed(umbrella, scenario.job))
        return 'allowed-failure';
    if (scenario.kind === 'one' && scenario.fate === 'allowed')
        return 'may-fail';
    const ideal = { ...server, wildcardIsEmpty: false, skippedIsEmpty: false };
    const red = redBy(umbrella, ideal);
    if (red.length === 0)
        return 'verdict-lost';
    if (scenario.kind !== 'one')
        return 'cancelled-passes';
    if (of === 'ancestor')
        return 'ancestor-skips';
    return red.includes(scenario.job) ? 'cancelled-passes' : 'unread-need';
}
const kept = new WeakMap();
/** The wrong lines of an umbrella's table by their causes; `server`: that of its table. */
function causesOf(umbrella, server) {
    const known = kept.get(umbrella);
    if (known !== undefined)
        return known;
    const found = new Map();
    for (const row of umbrella.table.filter(({ right }) => right === false)) {
        const cause = row.gate !== 'opens'
            ? 'always-red'
            : row.said.kind === 'skipped'
                ? causeOfSkip(umbrella, server, row)
                : causeOfGreen(umbrella, server, row);
        found.set(cause, [...(found.get(cause) ?? []), row]);
    }
    kept.set(umbrella, found);
    return found;
}

// EXTERNAL MODULE: ./src/core/model/context.ts
var model_context = __webpack_require__(9318);
// EXTERNAL MODULE: ./src/workflow/parse.ts + 2 modules
var workflow_parse = __webpack_require__(1419);
// EXTERNAL MODULE: ./src/workflow/yaml.ts
var yaml = __webpack_require__(2314);
;// CONCATENATED MODULE: ./src/tools/doctor/file.ts




/** Reads a file for its diagnosis; what cannot be read is said, and nothing is found in it. */
async function readSource(path, bytes) {
    if (bytes.includes(0))
        return { kind: 'unreadable', path, why: 'it holds a NUL' };
    const read = await (0,yaml/* readYaml */.g)(path, bytes);
    if (read.kind === 'unreadable')
        return read;
    const { value, text, lineOf, placeOf } = read;
    // Here a file that runs nothing is a mistake.
    if (!(0,fields/* isFields */.Ce)(value))
        return { kind: 'unreadable', path, why: 'it is no workflow' };
    const workflow = (0,workflow_parse/* workflowOf */.B)(path, value);
    if (workflow.kind === 'unreadable')
        return workflow;
    const changeable = bytes[0] !== 0xef && !(0,shown_line/* hidesLetters */.xH)(text) && /^[\w./-]+$/.test(path);
    return { kind: 'source', workflow, path, text, value, lineOf, placeOf, changeable };
}
const fieldsOf = (value) => ((0,fields/* isFields */.Ce)(value) ? value : {});
/** A scalar as text; `''` for anything else. */
const wordOrEmpty = (value) => (0,fields/* wordOf */.aG)(value) ?? '';
/** A job as the file has it. */
const jobFields = ({ value }, id) => fieldsOf(fieldsOf(value['jobs'])[id]);
/** The steps of a job, as the file has them. */
function stepFields(source, id) {
    const steps = jobFields(source, id)['steps'];
    return Array.isArray(steps) ? steps.map(fieldsOf) : [];
}
/** The key of the events, which YAML 1.1 reads as `true`, and what stands there. */
function eventsKeyOf({ value }) {
    const key = value['on'] === undefined ? 'true' : 'on';
    return [key, fieldsOf(value[key])];
}
/** Every text below a value, as scripts and conditions are. */
function textsBelow(value) {
    if (typeof value === 'string')
        return [value];
    if (typeof value !== 'object' || value === null)
        return [];
    return Object.values(value).flatMap(textsBelow);
}

// EXTERNAL MODULE: ./src/workflow/contexts.ts
var contexts = __webpack_require__(1293);
;// CONCATENATED MODULE: ./src/tools/doctor/contexts.ts

/** Events by which a pull request's commit gets statuses that count for it. */
const OF_PULLS = ['pull_request', 'pull_request_target', 'push', 'merge_group'];
/** The contexts a job writes for pull requests; `null` where only a run tells. */
function jobContexts({ naming }, { workflow }, job) {
    const names = (0,contexts/* jobNames */.s)(job, naming);
    if (names.kind === 'unresolvable')
        return null;
    const events = OF_PULLS.filter(event => workflow.events.includes(event));
    const suffixes = naming.eventSuffix ? events.map(event => ` (${event})`) : [''];
    return suffixes.flatMap(suffix => names.names.map(name => `${naming.prefix(workflow)}${name}${suffix}`));
}

;// CONCATENATED MODULE: ./src/tools/doctor/choose.ts





/** Names that people give to umbrellas. */
const LIKE_ONE = new RegExp(`^(?:${[
    'all[-_ ]?(?:required|green|good|checks?|jobs|tests|pass(?:ed|ing)?|ok|done|success)?',
    'required(?:[-_ ](?:checks?|jobs))?|umbrella|success|conclusion|done|finish|status',
    '(?:merge|pr|ci)?[-_ ]?gate(?:keeper)?|checks?|result',
    '(?:ci|tests?|build|checks?)[-_ ](?:ok|pass(?:ed)?|success(?:ful)?|status|green|done|result)',
    'ci',
].join('|')})$`, 'i');
const hasSuchAName = ({ id, name }) => LIKE_ONE.test(id) || LIKE_ONE.test(name ?? '');
/** The first of these that starts a workflow: what stands on a pull request's commit. */
const EVENTS = ['pull_request', 'pull_request_target', 'merge_group', 'push'];
const eventOnPulls = ({ workflow }) => EVENTS.find(event => workflow.events.includes(event)) ?? workflow.events[0] ?? '';
const isOfPulls = (source) => /^pull_request/.test(eventOnPulls(source));
/** Does it only judge what others ended with? */
const isJudge = ({ job, work }) => work.kind === 'only-judges' &&
    (work.by === 'polling' || (work.by === 'needs' && job.needs.length > 0));
/** Does it have the name of an umbrella, and read nothing, so that it only seems to be one? */
const isWouldBe = ({ job, work }) => work.kind === 'only-judges' && work.by === 'nothing' && job.needs.length > 0 && hasSuchAName(job);
function allowedIn(source) {
    const all = source.workflow.jobs.flatMap(({ id }) => {
        const value = jobFields(source, id)['continue-on-error'];
        if (value === true)
            return [[id, 'is']];
        return typeof value === 'string' && value.includes('${{') ? [[id, 'may']] : [];
    });
    return new Map(all);
}
const umbrellas = new WeakMap();
/** A job with what it says, whatever happens: played through once for each server. */
function playedUmbrella(server, { source, job, work, event }) {
    const kept = umbrellas.get(job) ?? new Map();
    const known = kept.get(server);
    if (known !== undefined)
        return known;
    const { workflow } = source;
    const table = tableOf({ workflow, umbrella: job, server, event, allowed: allowedIn(source) });
    const made = { source, job, work, event, table };
    umbrellas.set(job, kept.set(server, made));
    return made;
}
const works = new WeakMap();
/** What a job does, read once. */
function jobWork({ workflow }, job) {
    const work = works.get(job) ?? (0,classify/* workOf */.LT)(workflow, job);
    works.set(job, work);
    return work;
}
const candidateOf = (source, job) => ({
    source,
    job,
    work: jobWork(source, job),
    event: eventOnPulls(source),
});
/** Does it answer for others, or seem to? */
const answers = (one) => (0,classify/* isUmbrellaLike */.Am)(one.source.workflow, one.job, one.work) || isWouldBe(one) || isJudge(one);
/** Jobs of all files with the contexts they write; `null` where only a run tells. */
function* jobsWithContexts(server, sources) {
    for (const source of sources)
        for (const job of source.workflow.jobs)
            yield { source, job, contexts: jobContexts(server, source, job) };
}
/** Those that somebody names, by a context or the name or key of the job. */
const namedAmong = (server, sources, name) => [...jobsWithContexts(server, sources)]
    .filter(({ job, contexts }) => [job.id, job.name, ...(contexts ?? [])].includes(name))
    .map(({ source, job }) => candidateOf(source, job));
/** Those that protection requires, as far as they answer for others. */
function requiredAmong(server, sources, required) {
    const patterns = required.filter(model_context/* isPattern */.Pt);
    const isRequired = (context) => required.includes(context) || (0,model_context/* matchesAny */._I)(patterns, context);
    return [...jobsWithContexts(server, sources)]
        .filter(({ contexts }) => contexts === null || contexts.some(isRequired))
        .map(({ source, job, contexts }) => ({ ...candidateOf(source, job), contexts }))
        .filter(one => {
        // Where only a run tells its name, nobody can say that it is not the one required.
        if (one.contexts === null)
            return isJudge(one);
        return (0,classify/* isUmbrellaLike */.Am)(one.source.workflow, one.job, one.work) || isWouldBe(one);
    });
}
/** Those of a checkout, of whose protection nobody knows. */
function foundAmong(sources) {
    const found = sources.map(source => {
        const all = source.workflow.jobs.map(job => candidateOf(source, job));
        const judges = all.filter(isJudge);
        return { source, judges, all: judges.length > 0 ? judges : all.filter(isWouldBe) };
    });
    const ofPulls = found.filter(({ source }) => isOfPulls(source));
    const some = ofPulls.some(({ all }) => all.length > 0) ? ofPulls : found;
    return some.flatMap(({ all }) => all);
}
/** The umbrellas of a repository, and by what they were found. */
function umbrellasAmong({ server, sources, required, named }) {
    const choice = (found, how) => ({
        umbrellas: found.map(one => playedUmbrella(server, one)),
        how,
    });
    if (named !== null) {
        const found = namedAmong(server, sources, named);
        const answering = found.filter(answers);
        const why = found.length === 0 ? 'no job has that name' : 'it has work of its own';
        return choice(answering, answering.length > 0 ? `named: ${named}` : `${named}: ${why}`);
    }
    if (required !== null) {
        const found = requiredAmong(server, sources, required);
        return choice(found, found.length > 0 ? 'required for a merge' : 'no required job answers for others');
    }
    const found = foundAmong(sources);
    return choice(found, found.length > 0
        ? 'by what the job does'
        : 'no job only judges its needs, and none has the name of an umbrella and reads nothing');
}

;// CONCATENATED MODULE: ./src/tools/doctor/rule.ts
/** The findings of a rule, in the order in which it found them. */
const findingsOf = (rule, target) => rule.on?.(target.server) === false
    ? []
    : rule
        .find(target)
        .map(found => ({ ...found, code: rule.code, severity: rule.severity, also: [] }));
/** A rule that looks at each umbrella by itself. */
const eachUmbrella = (check) => target => target.umbrellas.flatMap(umbrella => check(umbrella, target) ?? []);
/** A rule that looks at each file that has an umbrella. */
const eachUmbrellaFile = (check) => target => {
    const first = new Map();
    for (const one of target.umbrellas)
        if (!first.has(one.source))
            first.set(one.source, one);
    return [...first.values()].flatMap(umbrella => check(umbrella, target) ?? []);
};
/** A rule that looks at each file; `before`: those that were looked at already. */
const eachSource = (check) => ({ sources }) => sources.flatMap((source, at) => check(source, sources.slice(0, at)) ?? []);
/** Where something stands in a file. */
const placeOf = (source, path) => ({
    file: source.path,
    line: source.lineOf(path),
});
/** A part of an umbrella's job, or the job where the file does not have that part. */
function locationOfPart({ source, job }, ...part) {
    const place = placeOf(source, ['jobs', job.id, ...part]);
    return place.line === null ? placeOf(source, ['jobs', job.id]) : place;
}

;// CONCATENATED MODULE: ./src/tools/doctor/verdict-rules.ts


/** Where the recommended umbrella stands. */
const RECOMMENDED = 'docs/umbrellas.md#the-recommended-one';
/** What is said of a job that does more than to judge: no change of it is proposed. */
const OTHER_WORK = 'this job has other work: let a job of its own judge, and require that one instead ' +
    `(${RECOMMENDED})`;
const firstThree = (all) => {
    const shown = all.slice(0, 3).join(', ');
    return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown;
};
const FATE_WORDS = {
    failure: 'fails',
    cancelled: 'is cancelled',
    skipped: 'is skipped',
    allowed: 'fails',
};
/** What happens, in the words of a finding: `lint, test fails or is cancelled; the run is …`. */
function whatHappens(rows) {
    const whole = [];
    const jobs = new Map();
    let isBefore = false;
    for (const { scenario, of } of rows) {
        if (scenario.kind === 'all-green')
            whole.push('all jobs are green');
        else if (scenario.kind === 'run-cancelled')
            whole.push('the run is cancelled');
        else {
            isBefore ||= of === 'ancestor';
            jobs.set(scenario.job, [...(jobs.get(scenario.job) ?? []), FATE_WORDS[scenario.fate]]);
        }
    }
    const fates = new Map();
    for (const [job, words] of jobs) {
        const how = [...new Set(words)].join(' or ');
        fates.set(how, [...(fates.get(how) ?? []), job]);
    }
    const told = [...fates].map(([how, ids]) => `${firstThree(ids)} ${how}`);
    const so = isBefore ? ', so that what needs it is skipped' : '';
    return `${[...told, ...whole].join('; ')}${so}`;
}
const SKIPPED = 'is skipped, and a skip lets the merge through';
const GREEN = 'is green, and the merge goes through';
const conditionOf = ({ job }) => (job.body.condition ?? '').trim();
const CAUSE_RULES = [
    {
        code: 'no-condition',
        severity: 'error',
        title: 'The umbrella is skipped when a job it needs fails',
        source: 'docs/forge-facts.md, 3',
        part: 'if',
        then: () => `it has no "if: always()": it ${SKIPPED}`,
        advice: 'give it "if: always()", and steps that read each result',
    },
    {
        code: 'not-literally-always',
        severity: 'error',
        title: 'Any condition but always() skips the umbrella on this server',
        source: 'docs/forge-facts.md, 3',
        part: 'if',
        then: umbrella => `it runs if "${conditionOf(umbrella)}", and this server knows "always()" alone: ` +
            `it ${SKIPPED}`,
        advice: 'write "if: always()", and move the rest of the condition into its steps',
    },
    {
        code: 'skipped-on-failure',
        severity: 'error',
        title: 'The condition of the umbrella lets it be skipped',
        source: 'docs/forge-facts.md, 3',
        part: 'if',
        then: umbrella => `it runs if "${conditionOf(umbrella)}", which is false: it ${SKIPPED}`,
        advice: 'write "if: always()", and move the rest of the condition into its steps',
    },
    {
        code: 'reads-nothing',
        severity: 'error',
        title: 'The umbrella reads nothing of the jobs it needs',
        source: 'the file itself',
        part: 'steps',
        then: () => `none of its steps reads their results: it ${GREEN}`,
        advice: 'let a step fail unless the result of each job it needs is success',
    },
    {
        code: 'verdict-lost',
        severity: 'error',
        title: 'The umbrella reads results, and is green whatever they are',
        source: 'the file itself',
        part: 'steps',
        then: () => 'what it reads does not fail it ("|| true", "continue-on-error", the end of a pipe): ' +
            `it ${GREEN}`,
        advice: 'let a step fail unless the result of each job it needs is success',
    },
    {
        code: 'unread-need',
        severity: 'error',
        title: 'The umbrella does not read every job it needs',
        source: 'the file itself',
        part: 'steps',
        then: () => `it reads others, but not this one: it ${GREEN}`,
        advice: 'read the result of each job in its needs',
    },
    {
        code: 'wildcard-result',
        severity: 'error',
        title: 'needs.*.result is always empty on this runner',
        source: 'docs/forge-facts.md, 0',
        part: 'steps',
        then: () => `it reads needs.*.result, which is empty on the runner of Gitea: it ${GREEN}`,
        advice: 'read needs.<job>.result one by one',
    },
    {
        code: 'empty-result',
        severity: 'error',
        title: 'The result of a job that the server skips is empty',
        source: 'docs/forge-facts.md, 3',
        part: 'steps',
        then: () => 'this server leaves jobs it skips out of "needs", and the umbrella accepts an empty ' +
            `result: it ${GREEN}`,
        advice: 'require that each result is success, by name',
    },
    {
        code: 'ancestor-skips',
        severity: 'error',
        title: 'The umbrella is green over a failed job that makes its needs skip',
        source: 'docs/umbrellas.md, a-failed-job-before-the-needs',
        part: 'steps',
        then: () => `it accepts a skip: it ${GREEN}`,
        advice: 'take the jobs before its needs into its needs too, and let a skip pass only where a ' +
            'condition of the job itself asks for it',
    },
    {
        code: 'cancelled-passes',
        severity: 'error',
        title: 'The umbrella accepts a cancelled job',
        source: 'docs/github-facts.md, 1',
        part: 'steps',
        then: () => `it only looks for failures: it ${GREEN}`,
        advice: 'require that each result is success, not that none is failure',
    },
    {
        code: 'allowed-failure',
        severity: 'warning',
        title: 'The umbrella allows a job to fail',
        source: 'the file itself',
        part: 'steps',
        then: () => `allowed-failures names it: the umbrella ${GREEN}`,
        advice: 'take it out of allowed-failures, or out of the needs if its result does not matter',
    },
    {
        code: 'may-fail',
        severity: 'warning',
        title: 'A job the umbrella needs may fail, and nobody sees it',
        source: 'docs/github-facts.md, 7',
        part: 'steps',
        then: () => `with "continue-on-error" its result is success: the umbrella ${GREEN}`,
        advice: 'put "continue-on-error" on the steps that may fail, not on the job, or require its check ' +
            'by itself',
    },
    {
        code: 'always-red',
        severity: 'error',
        title: 'The umbrella is red over green jobs',
        source: 'the file itself',
        part: 'steps',
        then: () => 'it is red, and no merge goes through',
        advice: 'run its script with results that are all success',
    },
];
function foundBy(verdict, umbrella, { server }) {
    const rows = causesOf(umbrella, server).get(verdict.code);
    if (rows === undefined)
        return null;
    const judges = umbrella.work.kind === 'only-judges';
    return {
        ...locationOfPart(umbrella, verdict.part),
        what: `${umbrella.job.id}: ${whatHappens(rows)}: ${verdict.then(umbrella)}`,
        advice: judges ? verdict.advice : OTHER_WORK,
    };
}
/** What is wrong by the table: one rule for each cause. */
const VERDICT_RULES = CAUSE_RULES.map(verdict => {
    const { code, severity, title, source } = verdict;
    const find = eachUmbrella((umbrella, target) => foundBy(verdict, umbrella, target));
    return { code, severity, title, source, find };
});

;// CONCATENATED MODULE: ./src/tools/doctor/workflow-rules.ts


const PULL_EVENTS = ['pull_request', 'pull_request_target'];
const jobLabel = ({ id, name }) => name ?? id;
/** Activities that start a run on a commit which has one already. */
const SAME_COMMIT = ['labeled', 'unlabeled', 'edited', 'assigned', 'unassigned', 'review_requested'];
/** The activities of an event by which a workflow runs; `null`: those of the server itself. */
function typesOf(source, event) {
    const { types } = fieldsOf(eventsKeyOf(source)[1][event]);
    return Array.isArray(types) ? types.map(String) : typeof types === 'string' ? [types] : null;
}
const againIn = (source, event) => (typesOf(source, event) ?? []).filter(type => SAME_COMMIT.includes(type));
/** What a file of both events of a pull request, or one beside it of the other, writes twice. */
function sharedByEvents(source, before) {
    const { events, name, jobs } = source.workflow;
    const place = placeOf(source, [eventsKeyOf(source)[0]]);
    const areBoth = (all) => PULL_EVENTS.every(event => all.includes(event));
    if (areBoth(events))
        return {
            ...place,
            what: 'both events write "(pull_request)" here: two runs race for every status',
            advice: 'keep one of the two events',
        };
    const names = jobs.map(jobLabel);
    const twin = before.find(({ workflow }) => workflow.name === name &&
        areBoth([...workflow.events, ...events]) &&
        workflow.jobs.some(job => names.includes(jobLabel(job))));
    if (twin === undefined)
        return null;
    return {
        ...place,
        what: `${twin.path} runs on the other of pull_request and pull_request_target ` +
            'under the same name: both write "(pull_request)"',
        advice: 'give one of them a name: of its own',
    };
}
/** Values that are the same for every run of one pull request or branch, and of no other. */
const OF_ITS_OWN = new RegExp([
    /github\.(?:ref|ref_name|head_ref|sha|run_id|event\.number)\b/,
    /github\.event\.pull_request\.(?:number|head\.(?:ref|sha))\b/,
]
    .map(({ source }) => source)
    .join('|'));
/** The concurrency of a workflow or a job, if it cancels runs. */
function cancelling(owner) {
    const { group, 'cancel-in-progress': cancels } = fieldsOf(owner['concurrency']);
    return ['', 'false'].includes(wordOrEmpty(cancels)) ? null : wordOrEmpty(group);
}
/** A group that other pull requests share; after `pull_request_target` the ref is the base's. */
function isSharedGroup(group, events) {
    const plain = group.replaceAll(/\b(?:gitea|forgejo)\./g, 'github.');
    if (!events.includes('pull_request_target'))
        return !OF_ITS_OWN.test(plain);
    return !/github\.(?:head_ref|run_id|event\.)/.test(plain);
}
/** What is wrong with names, events and concurrency. */
const WORKFLOW_RULES = [
    {
        code: 'same-name',
        severity: 'error',
        title: 'Two workflow files of one name write the same statuses',
        source: 'docs/forge-facts.md, 2',
        on: server => server.filesShareContext && server.naming.eventSuffix,
        find: eachSource((source, before) => {
            const { name, events, jobs } = source.workflow;
            const names = jobs.map(jobLabel);
            const twin = before.find(({ workflow }) => workflow.name === name &&
                workflow.events.some(event => events.includes(event)) &&
                workflow.jobs.some(job => names.includes(jobLabel(job))));
            if (twin === undefined)
                return null;
            return {
                ...placeOf(source, ['name']),
                what: `${twin.path} has the same name and a job of the same name: whoever ends last writes ` +
                    'the one status of both',
                advice: 'give one of them a name: of its own',
            };
        }),
    },
    {
        code: 'duplicate-job',
        severity: 'error',
        title: 'Two jobs of one name cannot be told apart',
        source: 'docs/forge-facts.md, 2',
        find: eachSource(source => {
            const { events, jobs } = source.workflow;
            if (!events.some(event => PULL_EVENTS.includes(event)))
                return null;
            return jobs.flatMap((job, index) => {
                const twin = jobs.slice(0, index).find(other => jobLabel(other) === jobLabel(job));
                if (twin === undefined)
                    return [];
                return [
                    {
                        file: source.path,
                        line: source.lineOf(['jobs', job.id, 'name']) ?? source.lineOf(['jobs', job.id]),
                        what: `${job.id} has the name of ${twin.id}: both write one status, and the last one ` +
                            'stands',
                        advice: `give ${twin.id} another name`,
                    },
                ];
            });
        }),
    },
    {
        code: 'target-twin',
        severity: 'error',
        title: 'pull_request and pull_request_target write one status',
        source: 'docs/forge-facts.md, 2',
        on: server => server.targetSharesContext && server.naming.eventSuffix,
        find: eachSource(sharedByEvents),
    },
    {
        code: 'double-run',
        severity: 'warning',
        title: 'An activity starts a second run on the same commit',
        source: 'docs/forge-facts.md, 3',
        find: eachUmbrellaFile(({ source }) => PULL_EVENTS.flatMap((event) => {
            const again = againIn(source, event);
            if (again.length === 0)
                return [];
            return [
                {
                    ...placeOf(source, [eventsKeyOf(source)[0], event, 'types']),
                    what: `${again.join(', ')} starts a run on a commit that has one: the older one may ` +
                        'write last',
                    advice: 'move what those activities need into a workflow of its own',
                },
            ];
        })),
    },
    {
        code: 'cancels-needs',
        severity: 'warning',
        title: 'Concurrency cancels what the umbrella needs',
        source: 'docs/github-facts.md, 1',
        on: server => server.concurrency !== 'ignored',
        find: eachUmbrellaFile(({ source, job }, { server }) => {
            const { events } = source.workflow;
            const again = PULL_EVENTS.flatMap(event => againIn(source, event));
            const owners = [
                [],
                ...(server.concurrency === 'read' ? job.needs : []).map(id => ['jobs', id]),
            ];
            return owners.flatMap((owner) => {
                const [, id] = owner;
                const group = cancelling(id === undefined ? source.value : jobFields(source, id));
                if (group === null)
                    return [];
                const shared = isSharedGroup(group, events);
                if (!shared && again.length === 0)
                    return [];
                const whose = shared
                    ? `the group "${group}" is that of every pull request: one's run cancels another's`
                    : `${again.join(', ')} starts a run that cancels the one of the same commit`;
                return [
                    {
                        ...placeOf(source, [...owner, 'concurrency']),
                        what: `${whose}, and ${job.id} stays red over cancelled jobs`,
                        advice: shared
                            ? 'put ${{ github.ref }} or the number of the pull request into the group'
                            : 'leave those activities to a workflow of its own, or do not cancel',
                    },
                ];
            });
        }),
    },
];

;// CONCATENATED MODULE: ./src/tools/doctor/event-rules.ts






const event_rules_PULL_EVENTS = ['pull_request', 'pull_request_target'];
/** The filters of a file by which a pull request may start no run of it. */
function filtersOf(source, names) {
    const events = eventsKeyOf(source)[1];
    return event_rules_PULL_EVENTS.flatMap(event => names
        .filter(name => fieldsOf(events[event])[name] !== undefined)
        .map((name) => [event, name]));
}
/** Does another file write what this umbrella writes, so that it is there in any case? */
function hasTwin({ server, sources }, { source, job }, event) {
    const own = jobContexts(server, source, job) ?? [];
    return sources.some(other => other !== source &&
        (event === undefined || other.workflow.events.includes(event)) &&
        other.workflow.jobs.some(one => jobContexts(server, other, one)?.some(context => own.includes(context))));
}
const WITHOUT_FILTER = 'take the filter off the file of the umbrella: ask in an "if" of the jobs, or in a first job, ' +
    'what has changed';
const filterPlace = (source, [event, name]) => placeOf(source, [eventsKeyOf(source)[0], event, name]);
const ASKS_DRAFT = /\bevent\.pull_request\.draft\b/;
/** Does a skip for a draft open the gate, and does nothing start when it is ready? */
function waitsForReady({ source, job, event, table }) {
    if (!event_rules_PULL_EVENTS.includes(event))
        return false;
    if (typesOf(source, event)?.includes('ready_for_review') === true)
        return false;
    const asks = source.workflow.jobs
        .filter(({ body }) => ASKS_DRAFT.test(body.condition ?? ''))
        .map(({ id }) => id);
    return (asks.includes(job.id) ||
        table.some(({ scenario, gate }) => scenario.kind === 'one' &&
            scenario.fate === 'skipped' &&
            asks.includes(scenario.job) &&
            gate === 'opens'));
}
/** What is wrong with the events that start the umbrella's workflow, or do not. */
const EVENT_RULES = [
    {
        code: 'filtered-workflow',
        severity: 'error',
        title: 'A pull request that a filter leaves out waits for ever',
        source: 'docs/github-facts.md, 1',
        on: server => server.filtered === 'pending',
        find: eachUmbrellaFile((umbrella, target) => {
            const { source, job } = umbrella;
            if (hasTwin(target, umbrella))
                return null;
            return filtersOf(source, ['paths', 'paths-ignore']).map(filter => ({
                ...filterPlace(source, filter),
                what: `where ${filter[1]} leaves a pull request out, ${job.id} never writes its status: if ` +
                    'it is required, it stays pending and the merge waits for ever',
                advice: WITHOUT_FILTER,
            }));
        }),
    },
    {
        code: 'skipped-over-red',
        severity: 'error',
        title: 'A filter can write a skip over an honest red',
        source: 'docs/forge-facts.md, 13',
        on: server => server.filtered === 'skipped',
        find: eachUmbrellaFile(({ source, job }) => {
            const names = ['branches', 'branches-ignore', 'paths', 'paths-ignore'];
            return filtersOf(source, names).map(filter => ({
                ...filterPlace(source, filter),
                what: `where ${filter[1]} leaves a pull request out, this server writes "skipped" over what ` +
                    `${job.id} reported for that commit, a failure of another pull request on it included: ` +
                    'that one can then be merged',
                advice: WITHOUT_FILTER,
            }));
        }),
    },
    {
        code: 'not-in-queue',
        severity: 'error',
        title: 'The merge queue waits for an umbrella that does not run in it',
        source: 'docs/github-facts.md, 7',
        on: server => server.mergeQueue,
        find: eachUmbrellaFile((umbrella, target) => {
            const { source, job } = umbrella;
            const { events } = source.workflow;
            const queued = target.sources.find(other => other.workflow.events.includes('merge_group'));
            if ((queued === undefined && !target.queue) || events.includes('merge_group'))
                return null;
            if (!events.includes('pull_request') || hasTwin(target, umbrella, 'merge_group'))
                return null;
            return {
                ...placeOf(source, [eventsKeyOf(source)[0]]),
                what: `${queued?.path ?? 'the branch'} ${queued === undefined ? 'has' : 'runs in'} a merge ` +
                    `queue, and ${job.id} does not run in it: if it is required, the queue waits for it ` +
                    'until it times out',
                advice: 'let this file run on merge_group too',
            };
        }),
    },
    {
        code: 'skipped-in-queue',
        severity: 'error',
        title: 'The umbrella is skipped in the merge queue',
        source: 'docs/github-facts.md, 7',
        on: server => server.mergeQueue,
        find: eachUmbrella((umbrella, { server }) => {
            const { source, job, event, work } = umbrella;
            if (event === 'merge_group' || !source.workflow.events.includes('merge_group'))
                return null;
            const { workflow } = source;
            const [green] = tableOf({
                workflow,
                umbrella: job,
                server,
                event: 'merge_group',
                allowed: new Map(),
            });
            if (green?.said.kind !== 'skipped')
                return null;
            return {
                ...locationOfPart(umbrella, 'if'),
                what: `on merge_group the condition of ${job.id} is false: a skip lets everything through`,
                advice: work.kind === 'only-judges' ? 'let it run on merge_group too' : OTHER_WORK,
            };
        }),
    },
    {
        code: 'draft-passes',
        severity: 'error',
        title: 'A draft is let through, and nothing runs when it is ready',
        source: 'docs/github-facts.md, 7',
        find: eachUmbrella((umbrella) => {
            const { source, job, event } = umbrella;
            if (!waitsForReady(umbrella))
                return null;
            return {
                ...placeOf(source, [eventsKeyOf(source)[0], event]),
                what: `jobs of ${job.id} are skipped for a draft, and ready_for_review is no type of ` +
                    `${event} here: what a draft's run said stands when it is ready`,
                advice: 'add the type: types: [opened, synchronize, reopened, ready_for_review]',
            };
        }),
    },
];

;// CONCATENATED MODULE: ./src/tools/doctor/finding.ts
/** How bad it is: an error makes umbrellas wrong, or merges wait for nothing. */
const SEVERITIES = ['error', 'warning', 'note'];
/** Findings of one cause and one text as one, with all their places. */
function joinedFindings(findings) {
    const kept = new Map();
    for (const one of findings) {
        const key = JSON.stringify([one.code, one.what, one.advice]);
        const first = kept.get(key);
        const { file, line } = one;
        kept.set(key, first === undefined ? one : { ...first, also: [...first.also, { file, line }, ...one.also] });
    }
    return [...kept.values()];
}

// EXTERNAL MODULE: ./src/forge/versions.ts
var versions = __webpack_require__(8602);
;// CONCATENATED MODULE: ./src/tools/doctor/server.ts

const FROM_1_26 = { actions: 'write', 'pull-requests': 'read', contents: 'write' };
const GITHUB_SERVER = {
    name: 'github',
    folders: ['.github/workflows'],
    naming: versions/* GITHUB_NAMING */.B3,
    targetSharesContext: true,
    filesShareContext: true,
    onlyLiteralAlways: false,
    skippedIsEmpty: false,
    wildcardIsEmpty: false,
    asksAncestors: true,
    pipefail: false,
    allowedFailure: 'success',
    cancelledRun: 'asked',
    filtered: 'pending',
    concurrency: 'read',
    mergeQueue: true,
    patternCountsFirst: false,
    rerunsUmbrella: true,
    permissions: {
        kind: 'counts',
        needed: {
            actions: 'write',
            checks: 'read',
            contents: 'read',
            'pull-requests': 'read',
            statuses: 'write',
        },
    },
    note: null,
};
/** What the runners of Gitea and Forgejo, both made of act, have in common. */
const OF_ACT = {
    asksAncestors: false,
    pipefail: true,
    cancelledRun: 'red',
    mergeQueue: false,
};
function forgejo(version) {
    const { major, minor, patch } = version;
    const fixedEleven = major === 11 && (minor > 0 || patch >= 10);
    return {
        folders: ['.forgejo/workflows', '.gitea/workflows', '.github/workflows'],
        targetSharesContext: !(0,versions/* traitsOf */.JC)(version).targetSuffix,
        filesShareContext: true,
        onlyLiteralAlways: major < 8,
        skippedIsEmpty: major < 10,
        wildcardIsEmpty: 'old-runners',
        ...OF_ACT,
        allowedFailure: null,
        filtered: 'pending',
        concurrency: major < 14 ? 'ignored' : 'of-workflows',
        patternCountsFirst: major < 14 && !fixedEleven,
        rerunsUmbrella: false,
        permissions: { kind: major >= 16 ? 'ignored-with-warning' : 'ignored' },
    };
}
function gitea(version) {
    const before = (major, minor, patch = 0) => !(0,versions/* atLeast */.jZ)(version, major, minor, patch);
    return {
        folders: ['.gitea/workflows', '.github/workflows'],
        targetSharesContext: !(0,versions/* traitsOf */.JC)(version).targetSuffix,
        filesShareContext: before(1, 27),
        onlyLiteralAlways: before(1, 23),
        skippedIsEmpty: before(1, 23),
        wildcardIsEmpty: true,
        ...OF_ACT,
        // Up to 1.26 the job's own end is all there is.
        allowedFailure: before(1, 27) ? 'failure' : null,
        filtered: before(1, 27) ? 'pending' : 'skipped',
        concurrency: before(1, 26) ? 'ignored' : 'read',
        patternCountsFirst: before(1, 24, 3),
        rerunsUmbrella: !before(1, 27),
        permissions: before(1, 26)
            ? { kind: 'ignored-for-now', needed: FROM_1_26 }
            : {
                kind: 'counts',
                needed: before(1, 27) ? FROM_1_26 : { ...FROM_1_26, contents: 'read' },
            },
    };
}
/** A server by its own version text, as its API tells it; `github` is one of them. */
function doctorServerOf(text) {
    if (text === 'github')
        return GITHUB_SERVER;
    const version = (0,versions/* readVersion */.$4)(text);
    return {
        ...(version.kind === 'forgejo' ? forgejo(version) : gitea(version)),
        name: `${version.kind} ${version.text.replace(/\+gitea-.*$/, '')}`,
        naming: (0,versions/* namingOf */.aI)(version),
        note: (0,versions/* isUnknown */.t8)(version)
            ? 'newer than any version known here: read in the strictest way'
            : null,
    };
}
const GITEA_NEWEST = ['gitea-1.27', 1, 27];
const FORGEJO_NEWEST = ['forgejo-16', 16, 0];
/** The newest of every kind: what a checkout is examined for where nobody names a server. */
const newestServers = () => ['github', 'gitea-28.1', 'forgejo-16'].flatMap(name => readServer(name) ?? []);
/** The newest release of this kind that is known here; `null` where this one is not older. */
function newestRelease({ name }) {
    const [kind, text = ''] = name.split(' ');
    if (kind === 'github')
        return null;
    const [newest, major, minor] = kind === 'forgejo' ? FORGEJO_NEWEST : GITEA_NEWEST;
    return (0,versions/* atLeast */.jZ)((0,versions/* readVersion */.$4)(text), major, minor, 0) ? null : readServer(newest);
}
/**
 * What `--server` gives: `gitea-1.22`, `forgejo-15`, `github`; `null` for anything else. A version
 * without its last part is its first release.
 */
function readServer(text) {
    if (text === 'github')
        return GITHUB_SERVER;
    const match = /^(gitea|forgejo)-(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?$/.exec(text);
    if (match === null)
        return null;
    const [, kind, major = '0', minor = '0', patch = '0'] = match;
    const version = `${major}.${minor}.${patch}`;
    return doctorServerOf(kind === 'forgejo' ? `${version}+gitea-1.22.0` : version);
}

;// CONCATENATED MODULE: ./src/tools/doctor/sweep-rules.ts




const PROTECTION = { file: 'branch protection', line: null };
/** Jobs that run this action. */
const sweepsOf = (source) => source.workflow.jobs
    .map(({ id }) => id)
    .filter(id => stepFields(source, id).some(({ uses }) => /umbrella-reaper(?:\/|@|$)/.test(wordOrEmpty(uses))));
/** Every context that some job writes; `null` where that is not known of all of them. */
function writtenContexts({ server, sources, whole }) {
    const all = sources.flatMap(source => source.workflow.jobs.map(job => jobContexts(server, source, job)));
    return whole && !all.includes(null) ? all.flatMap(contexts => contexts ?? []) : null;
}
/** The minutes between two runs of a cron line, where they are told plainly; else `null`. */
function everyMinutes(cron) {
    const minute = cron.trim().split(/\s+/)[0] ?? '';
    if (minute === '*')
        return 1;
    const step = /^\*\/(\d+)$/.exec(minute)?.[1];
    return step === undefined ? null : Number(step);
}
const sweep_rules_LEVELS = ['none', 'read', 'write'];
const isLess = (given, needed) => sweep_rules_LEVELS.indexOf(given ?? 'none') < sweep_rules_LEVELS.indexOf(needed);
/** The block that counts for a job: its own, else that of its workflow; `null`: all rights. */
function permissionsOf(source, id) {
    const own = jobFields(source, id)['permissions'];
    const value = own === undefined ? source.value['permissions'] : own;
    if (value === undefined || value === 'write-all')
        return null;
    const given = Object.entries(fieldsOf(value)).map(([right, level]) => [right, wordOrEmpty(level)]);
    return {
        path: own === undefined ? ['permissions'] : ['jobs', id, 'permissions'],
        given: Object.fromEntries(given),
    };
}
/** Sweeps whose permissions, where they list any, lack one of these. */
function lacking({ sources }, needed) {
    return sources.flatMap(source => sweepsOf(source).flatMap((id) => {
        const block = permissionsOf(source, id);
        if (block === null)
            return [];
        const { path, given } = block;
        const short = Object.entries(needed).filter(([right, level]) => isLess(given[right], level));
        if (short.length === 0)
            return [];
        const list = short.map(([right, level]) => `${right}: ${level}`).join(', ');
        return [
            {
                ...placeOf(source, path),
                what: `the permissions of ${id} lack ${list}: whatever a block does not list is none`,
                advice: `write ${list} into that block`,
            },
        ];
    }));
}
/** What is wrong with the protection of the branch, and with the sweep itself. */
const SWEEP_RULES = [
    {
        code: 'nobody-writes',
        severity: 'error',
        title: 'A merge waits for a status that no job writes',
        source: 'docs/forge-facts.md, 6',
        find: target => {
            const all = writtenContexts(target);
            if (all === null || target.required === null)
                return [];
            const isWritten = (context) => all.some(one => one === context || ((0,model_context/* isPattern */.Pt)(context) && (0,model_context/* matchesAny */._I)([context], one)));
            return target.required
                .filter(context => !isWritten(context))
                .map(context => ({
                ...PROTECTION,
                what: `"${context}" is required, and no job of these workflow files writes it for a pull ` +
                    'request',
                advice: 'require what a job writes, or ask who else writes it: then ignore this',
            }));
        },
    },
    {
        code: 'first-match',
        severity: 'error',
        title: 'A required pattern counts its first match only',
        source: 'docs/forge-facts.md, 3',
        on: server => server.patternCountsFirst,
        find: ({ required }) => (required ?? []).filter(model_context/* isPattern */.Pt).map(pattern => ({
            ...PROTECTION,
            what: `"${pattern}" is a pattern: on this server one green match opens the gate for all ` +
                'of them',
            advice: 'require each job by name until the server is Gitea 1.24.3, Forgejo 11.0.10 or 14',
        })),
    },
    {
        code: 'tight-schedule',
        severity: 'warning',
        title: 'The sweep is scheduled too tightly',
        source: 'docs/forge-facts.md, 12',
        find: eachSource(source => {
            if (sweepsOf(source).length === 0)
                return null;
            const [key, { schedule }] = eventsKeyOf(source);
            return (Array.isArray(schedule) ? schedule : []).flatMap((entry, at) => {
                const cron = wordOrEmpty(fieldsOf(entry)['cron']);
                const minutes = everyMinutes(cron);
                if (minutes === null || minutes >= 5)
                    return [];
                const place = placeOf(source, [key, 'schedule', at, 'cron']);
                const often = minutes === 1 ? 'minute' : `${minutes} minutes`;
                return [
                    {
                        ...place,
                        what: `"${cron}" sweeps every ${often}: each asks for every open pull request`,
                        advice: 'every ten minutes is enough',
                    },
                ];
            });
        }),
    },
    {
        code: 'missing-permission',
        severity: 'error',
        title: 'The sweep lacks a right here',
        source: 'docs/forge-facts.md, 5',
        find: target => {
            const { permissions } = target.server;
            return permissions.kind === 'counts' ? lacking(target, permissions.needed) : [];
        },
    },
    {
        code: 'permission-ahead',
        severity: 'note',
        title: 'From Gitea 1.26 on the sweep lacks a right',
        source: 'docs/forge-facts.md, 5',
        find: target => {
            const { permissions } = target.server;
            if (permissions.kind !== 'ignored-for-now')
                return [];
            return lacking(target, permissions.needed).map(found => ({
                ...found,
                what: `${found.what}; this server ignores the block, Gitea 1.26 does not`,
            }));
        },
    },
    {
        code: 'permissions-warned',
        severity: 'note',
        title: 'This server ignores permissions, with a warning in every run',
        source: 'docs/forge-facts.md, 5',
        on: ({ permissions }) => permissions.kind === 'ignored-with-warning',
        find: eachSource(source => {
            const owners = [[], ...source.workflow.jobs.map(({ id }) => ['jobs', id])];
            return owners
                .map(owner => placeOf(source, [...owner, 'permissions']))
                .filter(({ line }) => line !== null)
                .map(place => ({
                ...place,
                what: 'a permissions: block has no effect here, and every run warns about it',
                advice: 'leave it out, unless the file is for other servers too',
            }));
        }),
    },
];

;// CONCATENATED MODULE: ./src/tools/doctor/matrix-rule.ts



/** More than one leg, or as many as only a run can tell. */
function isMatrix({ server }, job) {
    if (job.matrix.kind === 'none')
        return false;
    const names = (0,contexts/* jobNames */.s)(job, server.naming);
    return names.kind === 'unresolvable' || names.names.length > 1;
}
/** Does a merge wait for every leg by itself, so that none can hide behind another? */
function isRequiredWhole({ server, required }, { source }, job) {
    const contexts = jobContexts(server, source, job);
    if (required === null || contexts === null || contexts.length === 0)
        return false;
    // Not by a pattern: these servers count the first context that it matches, and no other.
    return contexts.every(context => required.includes(context));
}
/** A job of many legs is one result for whoever needs it: there, that of the last leg. */
const MATRIX_LAST_LEG = {
    code: 'matrix-last-leg',
    severity: 'error',
    title: 'The umbrella sees only the last leg of a matrix',
    source: 'docs/forge-facts.md, 3',
    on: server => server.skippedIsEmpty,
    find: eachUmbrella((umbrella, target) => {
        const { source, job } = umbrella;
        return source.workflow.jobs
            .filter(({ id }) => job.needs.includes(id))
            .filter(need => isMatrix(target, need) && !isRequiredWhole(target, umbrella, need))
            .map(({ id }) => ({
            file: source.path,
            line: source.lineOf(['jobs', id, 'strategy']) ?? source.lineOf(['jobs', id]),
            what: `needs.${id}.result is that of its last leg on this server: ${job.id} is green over ` +
                'an earlier one that failed',
            advice: `require the status of each leg of ${id} beside the umbrella`,
        }));
    }),
};

;// CONCATENATED MODULE: ./src/tools/doctor/umbrella-rules.ts




/** Scripts and actions that ask for statuses over and over. */
const POLLS = new RegExp([
    '/commits/\\S+/(?:status|check-runs)|/statuses/',
    '\\bgh (?:pr checks|run (?:list|watch))',
    'merge-gatekeeper|wait-on-check|wait-for-status',
].join('|'));
/** Lines of an umbrella's script or conditions that read all results at once. */
const readsAll = ({ source, job }) => textsBelow(jobFields(source, job.id)).some(text => /needs\s*\.\s*\*/.test(text));
/** What is wrong with the umbrella's own job, beside what it says. */
const UMBRELLA_RULES = [
    {
        code: 'wildcard-by-runner',
        severity: 'warning',
        title: 'needs.*.result is always empty on older runners of Forgejo',
        source: 'docs/forge-facts.md, 13',
        on: server => server.wildcardIsEmpty === 'old-runners',
        find: eachUmbrella(umbrella => {
            const isOpen = umbrella.table.some(({ said }) => said.kind === 'unknown' && said.why.startsWith('runners before'));
            if (!isOpen || !readsAll(umbrella))
                return null;
            return {
                ...locationOfPart(umbrella, 'steps'),
                what: `${umbrella.job.id} reads needs.*.result, which forgejo-runner takes for nothing ` +
                    'before 2025-08-10: there it is green over red jobs',
                advice: 'read needs.<job>.result one by one, or keep runners newer than that',
            };
        }),
    },
    MATRIX_LAST_LEG,
    {
        code: 'needs-itself',
        severity: 'error',
        title: 'A job waits for itself',
        source: 'the file itself',
        find: eachSource(source => source.workflow.jobs
            .filter(({ id, needs }) => needs.includes(id))
            .map(({ id }) => ({
            ...placeOf(source, ['jobs', id, 'needs']),
            what: `${id} is in its own needs: it never starts`,
            advice: `take ${id} out of its needs`,
        }))),
    },
    {
        code: 'lists-itself',
        severity: 'error',
        title: 'The umbrella polls for its own status',
        source: 'docs/github-facts.md, 1',
        on: server => server.naming.eventSuffix,
        find: eachUmbrella((umbrella, { server }) => {
            const { source, job } = umbrella;
            const text = textsBelow(jobFields(source, job.id)['steps']).join('\n');
            const named = jobContexts(server, source, job)?.find(context => text.includes(context));
            if (named === undefined)
                return null;
            return {
                ...locationOfPart(umbrella, 'steps'),
                what: `${job.id} names its own status ${named} in its steps: it waits for itself`,
                advice: 'leave it out of the list it waits for',
            };
        }),
    },
    {
        code: 'polls',
        severity: 'warning',
        title: 'The umbrella polls statuses instead of reading its needs',
        source: 'docs/github-facts.md, 1',
        find: eachUmbrella(({ source, job }) => {
            const at = stepFields(source, job.id).findIndex(({ run, uses }) => POLLS.test([run, uses].map(wordOrEmpty).join('\n')));
            if (at === -1)
                return null;
            return {
                ...placeOf(source, ['jobs', job.id, 'steps', at]),
                what: `${job.id} polls statuses: it starts before they end, holds a runner, and reads ` +
                    "other runs' rows",
                advice: 'read needs.<job>.result of each job',
            };
        }),
    },
    {
        code: 'dependents',
        severity: 'warning',
        title: 'What needs the umbrella runs again with it',
        source: 'docs/forge-facts.md, 11',
        on: server => server.rerunsUmbrella,
        find: eachUmbrella(({ source, job }) => source.workflow.jobs
            .filter(({ needs, id }) => needs.includes(job.id) && id !== job.id)
            .map(({ id }) => ({
            ...placeOf(source, ['jobs', id, 'needs']),
            what: `${id} needs ${job.id}: where the umbrella is run again to be repaired, ${id} ` +
                'runs again too',
            advice: 'leave rerun-dependents unset, so that no sweep runs it twice, or let it need the ' +
                'jobs themselves',
        }))),
    },
    {
        code: 'nameless-umbrella',
        severity: 'note',
        title: 'The umbrella has no name of its own',
        source: 'docs/forge-facts.md, 2',
        find: eachUmbrella(({ source, job }) => job.name !== null
            ? null
            : {
                ...placeOf(source, ['jobs', job.id]),
                what: `the key ${job.id} is what is required: who renames it blocks every merge`,
                advice: `give it a name: ${job.id}`,
            }),
    },
];

;// CONCATENATED MODULE: ./src/tools/doctor/diagnose.ts









/** Every rule that is asked, in the order in which findings of one severity are told. */
const DOCTOR_RULES = [
    ...VERDICT_RULES,
    ...UMBRELLA_RULES,
    ...EVENT_RULES,
    ...WORKFLOW_RULES,
    ...SWEEP_RULES,
];
/** A file that cannot be read is a finding of its own: what it hides is not known. */
const UNREADABLE = {
    code: 'unreadable-file',
    title: 'A workflow file cannot be read',
    source: 'the file itself',
};
/** Which findings are gone on the newest known version; `null` where that changes nothing. */
function upgradeOf(question, findings) {
    const to = newestRelease(question.server);
    if (to === null)
        return null;
    const there = new Set(diagnose({ ...question, server: to }).findings.map(({ code }) => code));
    const cures = [...new Set(findings.map(({ code }) => code))].filter(code => !there.has(code));
    return cures.length === 0 ? null : { to: to.name, cures };
}
const severityRank = (severity) => SEVERITIES.indexOf(severity);
/** Asks every rule. Total: a file that cannot be read is a finding and never an exception. */
function diagnose({ server, files, required, named, queue = false }) {
    const sources = files.filter(file => file.kind === 'source');
    const broken = files.filter(file => file.kind === 'unreadable');
    const { umbrellas, how } = umbrellasAmong({ server, sources, required, named });
    const target = { server, sources, required, queue, umbrellas, whole: broken.length === 0 };
    const unreadable = broken.map(({ path, why }) => ({
        code: UNREADABLE.code,
        severity: 'error',
        file: path,
        line: null,
        also: [],
        what: `${why}: what it writes is not known`,
        advice: 'mend or remove it',
    }));
    const findings = joinedFindings([
        ...unreadable,
        ...DOCTOR_RULES.flatMap(rule => findingsOf(rule, target)),
    ]);
    return {
        target,
        how,
        findings: [...findings].sort((a, b) => severityRank(a.severity) - severityRank(b.severity)),
    };
}

;// CONCATENATED MODULE: ./src/tools/doctor/edit.ts
/** How the lines of a file end. */
const endOfLine = (text) => (/\r\n/.test(text) ? '\r\n' : '\n');
/** A file with these changes made; none of them overlaps another. */
const withChanges = (text, changes) => [...changes]
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((now, one) => now.slice(0, one.start) + one.text + now.slice(one.end), text);
/** In which column something begins; `null` where anything but blanks and keys stands before it. */
const columnOf = (text, at) => at - (text.lastIndexOf('\n', at - 1) + 1);
/** Lines behind the line on which something ends; a last line without an end keeps having none. */
function below(text, at, lines) {
    const eol = endOfLine(text);
    const isAtStart = at === 0 || text[at - 1] === '\n';
    const next = isAtStart ? at : text.indexOf('\n', at) + 1;
    const rest = isAtStart ? '' : text.slice(at, next === 0 ? undefined : next).trim();
    // What stands behind it on its line can only be a comment.
    if (rest !== '' && !rest.startsWith('#'))
        return null;
    if (!isAtStart && next === 0)
        return { start: text.length, end: text.length, text: lines.map(line => eol + line).join('') };
    let start = next;
    // Blank lines between a script and what follows stay where they are.
    for (let above = lineAbove(text, start); above !== null; above = lineAbove(text, start))
        start = above;
    return { start, end: start, text: lines.map(line => line + eol).join('') };
}
/** Where the line above this one begins, if that is blank. */
function lineAbove(text, start) {
    if (start === 0 || text[start - 1] !== '\n')
        return null;
    const above = text.lastIndexOf('\n', start - 2) + 1;
    return start > 1 && text.slice(above, start).trim() === '' ? above : null;
}
const indented = (column, lines) => lines.map(line => (line === '' ? '' : ' '.repeat(column) + line));
/** A job's condition as another, or a condition where it has none. */
function withCondition(source, id, to) {
    const { text, placeOf } = source;
    const path = ['jobs', id];
    const job = placeOf(path);
    if (job?.kind !== 'map')
        return null;
    if (job.entries.some(({ key }) => key === 'if')) {
        const old = placeOf([...path, 'if']);
        if (old?.kind !== 'scalar' || old.end === old.start)
            return null;
        const isBlock = text.slice(old.start, old.end).endsWith('\n');
        return { start: old.start, end: old.end, text: to + (isBlock ? endOfLine(text) : '') };
    }
    const [first] = job.entries;
    if (first === undefined)
        return null;
    if (job.flow)
        return { start: first.start, end: first.start, text: `if: ${to}, ` };
    const isShort = ({ start, end }) => !text.slice(start, end).includes('\n');
    const behind = ['needs', 'name', 'runs-on']
        .flatMap(name => job.entries.find(({ key }) => key === name) ?? [])
        .find(isShort);
    const column = columnOf(text, first.start);
    return behind === undefined ? null : below(text, behind.end, indented(column, [`if: ${to}`]));
}
/** A job with one more step, the last. */
function withStep({ text, placeOf }, id, [first, ...more]) {
    const steps = placeOf(['jobs', id, 'steps']);
    const last = steps?.entries.at(-1);
    if (steps?.kind !== 'list' || steps.flow || last === undefined || first === undefined)
        return null;
    const dash = text.lastIndexOf('-', last.start - 1);
    if (dash < steps.start)
        return null;
    const lines = [`- ${first}`, ...more.map(line => `  ${line}`)];
    return below(text, last.end, indented(columnOf(text, dash), lines));
}
/** A job that needs these besides. */
function withMoreNeeds({ text, placeOf }, id, more) {
    const needs = placeOf(['jobs', id, 'needs']);
    if (needs === null || needs.kind === 'map')
        return null;
    const list = more.join(', ');
    if (needs.kind === 'scalar') {
        const old = text.slice(needs.start, needs.end);
        return { start: needs.start, end: needs.end, text: `[${old}, ${list}]` };
    }
    const last = needs.entries.at(-1);
    if (last === undefined)
        return null;
    if (needs.flow)
        return { start: last.end, end: last.end, text: `, ${list}` };
    const dash = text.lastIndexOf('-', last.start - 1);
    const lines = more.map(one => `- ${one}`);
    return below(text, last.end, indented(columnOf(text, dash), lines));
}

;// CONCATENATED MODULE: ./src/tools/doctor/diff.ts

/** Lines around a change, so that a tool finds its place. */
const AROUND = 3;
/** The whole lines that a change touches; none where it only puts lines between two others. */
function blockOf(text, change) {
    const { start, end } = change;
    const isBetween = start === end && change.text.endsWith('\n') && (start === 0 || text[start - 1] === '\n');
    if (isBetween)
        return { start, end, changes: [change] };
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const isWhole = end > start && text[end - 1] === '\n';
    const next = isWhole ? end : text.indexOf('\n', end) + 1;
    return { start: from, end: next === 0 ? text.length : next, changes: [change] };
}
/** The same, where changes of one line are one. */
function blocksOf(text, changes) {
    const blocks = [];
    for (const change of [...changes].sort((a, b) => a.start - b.start || a.end - b.end)) {
        const one = blockOf(text, change);
        const last = blocks.at(-1);
        if (last === undefined || one.start >= last.end)
            blocks.push(one);
        else {
            blocks.pop();
            blocks.push({
                start: last.start,
                end: Math.max(last.end, one.end),
                changes: [...last.changes, change],
            });
        }
    }
    return blocks;
}
/** A text in lines, each with its end. */
const linesOf = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const marked = (mark, lines) => lines.map(line => line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`);
function pieceOf(text, { start, end, changes }) {
    const here = changes.map(one => ({ ...one, start: one.start - start, end: one.end - start }));
    const old = text.slice(start, end);
    return {
        at: linesOf(text.slice(0, start)).length,
        gone: linesOf(old),
        put: linesOf(withChanges(old, here)),
    };
}
/** Pieces that lie so near that their surroundings meet. */
function hunksOf(pieces) {
    const groups = [];
    for (const piece of pieces) {
        const last = groups.at(-1)?.at(-1);
        if (last !== undefined && piece.at - (last.at + last.gone.length) <= 2 * AROUND)
            groups.at(-1)?.push(piece);
        else
            groups.push([piece]);
    }
    return groups;
}
const range = (first, count) => `${count === 0 ? first : first + 1},${count}`;
/** What the changes of a file are as a unified diff, which `git apply` takes. Never cut. */
function diffOf(file, text, changes) {
    const lines = linesOf(text);
    const pieces = blocksOf(text, changes).map(block => pieceOf(text, block));
    let moved = 0;
    const hunks = hunksOf(pieces).map(group => {
        const [first] = group;
        const last = group.at(-1);
        if (first === undefined || last === undefined)
            return '';
        const from = Math.max(0, first.at - AROUND);
        const until = Math.min(lines.length, last.at + last.gone.length + AROUND);
        const body = [];
        let at = from;
        let count = 0;
        for (const { at: place, gone, put } of group) {
            body.push(...marked(' ', lines.slice(at, place)), ...marked('-', gone), ...marked('+', put));
            count += place - at + put.length;
            at = place + gone.length;
        }
        body.push(...marked(' ', lines.slice(at, until)));
        count += until - at;
        const head = `@@ -${range(from, until - from)} +${range(from + moved, count)} @@\n`;
        moved += count - (until - from);
        return head + body.join('');
    });
    return `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`;
}

;// CONCATENATED MODULE: ./src/tools/doctor/cure.ts








/** What may be meant as it is: a skip by a job's own condition, a failure that is allowed. */
const isMeant = ({ scenario }) => scenario.kind === 'one' && (scenario.fate === 'skipped' || scenario.fate === 'allowed');
/** Needs that a condition of their own lets out, and which the umbrella lets pass. */
function skippable({ table, job }) {
    return job.needs.filter(id => table.some(row => row.gate === 'opens' &&
        row.scenario.kind === 'one' &&
        row.scenario.fate === 'skipped' &&
        row.scenario.job === id));
}
const NAME = 'name: Every job that is needed here has succeeded';
/** A step that fails unless every need is well, as an expression, which every server evaluates. */
function judgingStep(needs, skips) {
    const terms = needs.map(id => {
        const isNot = `needs.${id}.result != 'success'`;
        return skips.includes(id) ? `(${isNot} && needs.${id}.result != 'skipped')` : isNot;
    });
    const [only = '', ...more] = terms;
    const lines = terms.map((term, at) => `  ${term}${at < more.length ? ' ||' : ''}`);
    return {
        lines: [NAME, ...(more.length === 0 ? [`if: ${only}`] : ['if: >-', ...lines]), 'run: exit 1'],
        value: { name: NAME.replace('name: ', ''), if: terms.join(' || '), run: 'exit 1' },
    };
}
/** The jobs before those that may be skipped: they must be needed too, or their failure is lost. */
function missingNeeds({ source, job }, skips) {
    const { jobs } = source.workflow;
    const found = skips.flatMap(id => {
        const need = jobs.find(one => one.id === id);
        return need === undefined ? [] : (beforeOf(source.workflow, need) ?? []);
    });
    return [...new Set(found.map(({ id }) => id))].filter(id => !job.needs.includes(id));
}
/** Changes, the smallest first. */
function candidatesOf(umbrella) {
    const { source, job } = umbrella;
    const old = jobFields(source, job.id);
    const steps = Array.isArray(old['steps']) ? old['steps'] : [];
    const skips = skippable(umbrella);
    const more = missingNeeds(umbrella, skips);
    const condition = { change: withCondition(source, job.id, 'always()'), value: { if: 'always()' } };
    const stepOf = (needs) => {
        const { lines, value } = judgingStep(needs, skips);
        return { change: withStep(source, job.id, lines), value: { steps: [...steps, value] } };
    };
    const step = stepOf(job.needs);
    const whole = stepOf([...job.needs, ...more]);
    const needs = {
        change: withMoreNeeds(source, job.id, more),
        value: { needs: [...job.needs, ...more] },
    };
    const sets = [
        [condition],
        [step],
        [condition, step],
        ...(more.length === 0
            ? []
            : [
                [needs, whole],
                [needs, condition, whole],
            ]),
    ];
    return sets.map(set => ({
        changes: set.map(({ change }) => change),
        job: Object.assign({}, old, ...set.map(({ value }) => value)),
    }));
}
/** Is every line right, and known? What may be meant must be as it was. */
function isRight(before, after) {
    const sure = after.every(row => isMeant(row) || row.right === true);
    const same = after.every(row => {
        if (!isMeant(row))
            return true;
        const old = before.find(one => (0,external_node_util_.isDeepStrictEqual)(one.scenario, row.scenario));
        return old === undefined || old.gate === row.gate;
    });
    return sure && same;
}
/** What a job behind an umbrella does, scenario by scenario. */
const behindOf = ({ source, job, event, table }, server) => {
    const { workflow } = source;
    const wildcardIsEmpty = server.wildcardIsEmpty === true;
    const play = { workflow, umbrella: job, server, event, wildcardIsEmpty };
    return table.map(row => ({ row, runs: runsBehind(play, row.scenario) }));
};
const ASKS_STATUS = /\b(?:always|success|failure|cancelled)\s*\(|\bneeds\b/i;
/**
 * Does every job behind the umbrella run exactly when it ran before? One that only waited for green
 * may no longer run over what is red: that is what it needs the umbrella for.
 */
function leavesOthers(before, after, server) {
    const now = behindOf(after, server);
    return behindOf(before, server).every(({ row, runs }) => {
        const same = now.find(one => (0,external_node_util_.isDeepStrictEqual)(one.row.scenario, row.scenario));
        if (same === undefined)
            return runs.size === 0;
        return [...runs].every(([id, did]) => {
            const does = same.runs.get(id);
            if (did === does)
                return did !== null || same.row.said.kind === row.said.kind;
            const job = before.source.workflow.jobs.find(one => one.id === id);
            return does === false && !ASKS_STATUS.test(job?.body.condition ?? '');
        });
    });
}
/** The file with these changes; `null` where it does not become what was meant. */
async function changedSource(source, id, { changes, job }) {
    const all = changes.filter(change => change !== null);
    if (all.length < changes.length)
        return null;
    const read = await readSource(source.path, Buffer.from(withChanges(source.text, all)));
    if (read.kind === 'unreadable')
        return null;
    const jobs = fieldsOf(source.value['jobs']);
    const meant = { ...source.value, jobs: { ...jobs, [id]: job } };
    return (0,external_node_util_.isDeepStrictEqual)(comparable(read.value), comparable(meant)) ? read : null;
}
/** `needs: a` is `needs: [a]`. */
const comparable = (value) => JSON.parse(JSON.stringify(value, (key, one) => key === 'needs' && typeof one === 'string' ? [one] : one));
/** Findings by what they say, with their codes. */
const findingsByText = (question) => new Map(diagnose(question).findings.map(({ code, file, what }) => [`${code} ${file} ${what}`, code]));
/** The first change after which all is right: no finding of its own is left, and none appears. */
async function cureOf(umbrella, question) {
    const { source, job, work, event } = umbrella;
    const { server } = question;
    // A failure that is allowed shows nowhere: no change of the umbrella can see it.
    const causes = [...causesOf(umbrella, server).keys()].filter(cause => cause !== 'may-fail');
    if (causes.length === 0 || work.kind !== 'only-judges' || !source.changeable)
        return null;
    const isThere = (id) => source.workflow.jobs.some(one => one.id === id);
    if (work.by === 'polling' || job.needs.length === 0 || !job.needs.every(isThere))
        return null;
    // Where it ran more often, its group would cancel others more often.
    if (job.concurrency !== null)
        return null;
    // What somebody allowed on purpose is no mistake to be mended.
    if (causes.includes('allowed-failure'))
        return null;
    const alone = (files) => findingsByText({ ...question, files, named: job.id });
    const known = alone([source]);
    for (const candidate of candidatesOf(umbrella)) {
        const now = await changedSource(source, job.id, candidate);
        const own = now?.workflow.jobs.find(({ id }) => id === job.id);
        if (now === null || own === undefined)
            continue;
        const after = playedUmbrella(server, {
            source: now,
            job: own,
            work: jobWork(now, own),
            event,
        });
        if (after.work.kind !== 'only-judges' || !isRight(umbrella.table, after.table))
            continue;
        // After an upgrade of the server as well.
        const newer = { ...server, onlyLiteralAlways: false, skippedIsEmpty: false };
        if (![server, newer].every(one => leavesOthers(umbrella, after, one)))
            continue;
        const left = alone([now]);
        if ([...left.keys()].some(one => !known.has(one)))
            continue;
        const cures = [...known].filter(([one]) => !left.has(one)).map(([, code]) => code);
        const changes = candidate.changes.filter(change => change !== null);
        const diff = diffOf(source.path, source.text, changes);
        return { file: source.path, job: job.id, cures, changes, diff };
    }
    return null;
}
/** The changes that are offered: one for each umbrella whose table they make right. */
async function curesOf(umbrellas, question) {
    const found = [];
    for (const umbrella of umbrellas) {
        const cure = await cureOf(umbrella, question);
        if (cure !== null)
            found.push(cure);
    }
    return found;
}
/** Files with all changes in them: by path, what each becomes. */
function curedFiles(files, cures) {
    return files.flatMap(file => {
        const changes = cures.filter(cure => cure.file === file.path).flatMap(cure => cure.changes);
        if (file.kind !== 'source' || changes.length === 0)
            return [];
        const text = withChanges(file.text, changes);
        return [{ path: file.path, text, diff: diffOf(file.path, file.text, changes) }];
    });
}

;// CONCATENATED MODULE: ./src/tools/doctor/inputs.ts

/**
 * What an umbrella stands for, of the event that it answers for itself; `null` unless it is known
 * of every job it needs: with part of a list red jobs would count for nothing.
 */
function neededContexts(server, { source, job }, umbrella) {
    const jobs = source.workflow.jobs.filter(({ id }) => job.needs.includes(id));
    if (jobs.length !== new Set(job.needs).size)
        return null;
    const event = server.naming.eventSuffix ? (/ \(\w+\)$/.exec(umbrella)?.[0] ?? '') : '';
    const contexts = [];
    for (const need of jobs) {
        const own = jobContexts(server, source, need)?.filter(context => context.endsWith(event)) ?? [];
        if (own.length === 0)
            return null;
        contexts.push(...own);
    }
    return contexts.length === 0 ? null : contexts;
}
/** The inputs that suit what was found: the umbrella, and what it stands for. */
function suggestedInputs({ target }) {
    const { server, umbrellas, required } = target;
    for (const umbrella of umbrellas) {
        const { source, job } = umbrella;
        const own = jobContexts(server, source, job) ?? [];
        const one = own.find(context => required?.includes(context)) ?? own[0];
        if (one === undefined)
            continue;
        const contexts = neededContexts(server, umbrella, one);
        // Only where the file does not tell it to the sweep itself.
        return contexts === null || job.runsAlways
            ? { 'umbrella-context': one }
            : { 'umbrella-context': one, 'required-contexts': contexts.join('\n') };
    }
    return {};
}

;// CONCATENATED MODULE: ./src/tools/doctor/render.ts





const explanations = new Map([...DOCTOR_RULES, UNREADABLE].map(({ code, title, source }) => [code, { title, source }]));
function reported(finding, cures) {
    const { code, file, what } = finding;
    const { title, source } = explanations.get(code) ?? { title: code, source: '' };
    const mended = cures.some(cure => cure.file === file && cure.cures.includes(code) && what.startsWith(`${cure.job}: `));
    return { ...finding, title, source, link: `docs/doctor.md#${code}`, mended };
}
/** A diagnosis as it is printed, by either form. */
function doctorReport(diagnosis, about) {
    const { target, findings, how } = diagnosis;
    const { place, token, upgrade, cures } = about;
    const count = (severity) => findings.filter(finding => finding.severity === severity).length;
    return {
        server: target.server.name,
        note: target.server.note,
        place,
        files: target.sources.map(({ path }) => path),
        how,
        umbrellas: target.umbrellas.map(({ source, job, event, table }) => ({
            file: source.path,
            job: job.id,
            event,
            table: cellsOf(table),
        })),
        findings: findings.map(finding => reported(finding, cures)),
        counts: { error: count('error'), warning: count('warning'), note: count('note') },
        changes: cures.map(({ file, job, cures: codes, diff }) => ({ file, job, cures: codes, diff })),
        inputs: suggestedInputs(diagnosis),
        token,
        upgrade,
    };
}
/** Findings of a screen: more are only counted. */
const SCREEN = 6;
/** Places of one finding on a screen. */
const SHOWN_PLACES = 3;
const placeText = ({ file, line }) => `${(0,report_text/* plain */.pj)(file, 120)}${line === null ? '' : `:${line}`}`;
/** A finding in the words of the log. Names and lines come from files: they are escaped. */
function render_linesOf(finding, all) {
    const { severity, title, what, advice, link, mended, also, source } = finding;
    const limit = all ? 2000 : 300;
    const more = all ? also : also.slice(0, SHOWN_PLACES - 1);
    const rest = also.length - more.length;
    return [
        `${severity} ${placeText(finding)}  ${title}`,
        ...(more.length === 0
            ? []
            : [`  also ${more.map(placeText).join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`]),
        `  ${(0,report_text/* plain */.pj)(what, limit)}`,
        `  do: ${mended ? 'doctor --fix, or ' : ''}${(0,report_text/* plain */.pj)(advice, limit)}`,
        `  ${link}${all ? ` (${source})` : ''}`,
        ...(all ? [''] : []),
    ];
}
function tableLines({ file, job, event, table }) {
    const width = Math.min(60, Math.max(...table.map(({ what }) => what.length)));
    return [
        `${(0,report_text/* plain */.pj)(job)} in ${(0,report_text/* plain */.pj)(file)}, on ${(0,report_text/* plain */.pj)(event)}:`,
        ...table.map(({ what, says, gate, right, why }) => {
            const mark = right === false ? '!' : ' ';
            const because = why === null ? '' : ` (${(0,report_text/* plain */.pj)(why, 120)})`;
            const does = gate === 'unknown' ? 'is not known' : gate;
            return `${mark} ${(0,report_text/* plain */.pj)(what, 200).padEnd(width)}  ${says}${because}; the gate ${does}`;
        }),
        '',
    ];
}
/** In a few words: how much of what can happen is as it should be, and how much is not known. */
function umbrellaLine({ file, job, table }) {
    const wrong = table.filter(({ right }) => right === false).length;
    const open = table.filter(({ gate }) => gate === 'unknown');
    const [first] = open;
    const why = first?.why == null ? '' : `: ${(0,report_text/* plain */.pj)(first.why, 100)}`;
    const untold = first === undefined ? '' : `; ${open.length} not known${why}`;
    const verdict = wrong === 0 ? (first === undefined ? 'right' : 'nothing wrong') : `${wrong} wrong`;
    return `  ${(0,report_text/* plain */.pj)(job)} in ${(0,report_text/* plain */.pj)(file)}: ${verdict}${untold}`;
}
/** What no finding means: only where something was looked at, health. */
function healthOf({ files, umbrellas }) {
    if (files.length === 0)
        return 'no workflow file was found: nothing was looked at';
    if (umbrellas.length === 0)
        return 'nothing was found, and no umbrella to look into';
    const isKnown = umbrellas.every(({ table }) => table.every(({ gate }) => gate !== 'unknown'));
    return isKnown
        ? 'no cause of wrong statuses was found here'
        : 'nothing was found in what can be known';
}
function inputLines({ inputs, umbrellas }) {
    if (umbrellas.length === 0)
        return [];
    return [
        '',
        'inputs to use:',
        ...Object.entries(inputs).flatMap(([name, value]) => value.includes('\n')
            ? [`  ${name}: |`, ...value.split('\n').map(line => `    ${(0,report_text/* plain */.pj)(line)}`)]
            : [`  ${name}: ${(0,report_text/* plain */.pj)(value)}`]),
    ];
}
/** Umbrellas that are told on a screen by themselves. */
const UMBRELLAS = 5;
function umbrellaLines({ how, umbrellas }, all) {
    if (umbrellas.length === 0)
        return [`no umbrella: ${(0,report_text/* plain */.pj)(how)}; name it with --umbrella`];
    const wrong = (one) => one.table.filter(({ right }) => right === false).length;
    const sorted = [...umbrellas].sort((a, b) => wrong(b) - wrong(a));
    const shown = all ? sorted : sorted.slice(0, UMBRELLAS);
    const rest = umbrellas.length - shown.length;
    return [
        `${(0,report_text/* plural */.LS)(umbrellas.length, 'umbrella')}, ${(0,report_text/* plain */.pj)(how)}:`,
        ...shown.map(umbrellaLine),
        ...(rest === 0 ? [] : [`  and ${rest} more`]),
        ...(all ? ['', ...umbrellas.flatMap(tableLines)] : []),
    ];
}
/** Findings of one code as one: the first, with the places of all. */
function byCode(findings) {
    const kept = new Map();
    for (const one of findings) {
        const first = kept.get(one.code);
        const { file, line } = one;
        kept.set(one.code, first === undefined ? one : { ...first, also: [...first.also, { file, line }, ...one.also] });
    }
    return [...kept.values()];
}
/** The whole diagnosis, for people: a screen of it, or all. */
function doctorLines(report, all) {
    const { server, note, place, files, findings, counts, token, upgrade, changes } = report;
    const told = findings.filter(({ severity }) => severity !== 'note');
    const shown = all ? findings : byCode(told).slice(0, SCREEN);
    const rest = findings.length - shown.length;
    const sums = SEVERITIES.map(severity => (0,report_text/* plural */.LS)(counts[severity], severity)).join(', ');
    return [
        `${(0,report_text/* plain */.pj)(server)}, ${(0,report_text/* plain */.pj)(place)}: ${(0,report_text/* plural */.LS)(files.length, 'workflow file')}`,
        ...(note === null ? [] : [(0,report_text/* plain */.pj)(note)]),
        ...umbrellaLines(report, all),
        '',
        ...shown.flatMap(finding => render_linesOf(finding, all)),
        ...(shown.length === 0 ? [] : ['']),
        findings.length > 0
            ? `${sums}${rest === 0 ? '' : '; all of them with --all'}`
            : healthOf(report),
        ...(changes.length === 0
            ? []
            : [`${(0,report_text/* plural */.LS)(changes.length, 'change')} offered: --diff shows, --fix makes them`]),
        ...(upgrade === null ? [] : [`${upgrade.to} would cure: ${upgrade.cures.join(', ')}`]),
        ...(all ? inputLines(report) : []),
        ...(token.length === 0
            ? []
            : ['', 'the token:', ...token.map(line => `  ${(0,report_text/* plain */.pj)(line, 500)}`)]),
    ];
}

;// CONCATENATED MODULE: ./src/tools/doctor/usage.ts
/** What `doctor --help` prints. */
const DOCTOR_USAGE = [
    'usage: umbrella-reaper doctor [FOLDER] [options]',
    '       umbrella-reaper doctor --repo OWNER/NAME --api-url URL [options]',
    '',
    'Finds what causes stale or wrong statuses in the workflow files of a checkout',
    '(this one without FOLDER) or of a repository: what each umbrella says, whatever',
    'happens to the jobs it needs, on this server.',
    '',
    'options:',
    '  --server NAME      gitea-1.22, forgejo-15, github, or another version; without',
    '                     it the newest of every server that the folders speak of',
    '  --umbrella NAME    the umbrella: its context, or the name or key of its job;',
    '                     without it what a merge requires, else the jobs that only',
    '                     judge those they need',
    '  --all              every finding with every table, not the first screen',
    '  --json             the same as data, and nothing else',
    '  --diff             the changes that are offered, as one patch for git apply',
    '  --fix              makes them in the checkout',
    '  --strict           warnings are errors',
    '',
    'A change is offered where all is right after it, and for jobs that only judge',
    'others. The exit code is 1 where there is an error, or where it was asked for',
    'what it does not know. docs/doctor.md explains the findings.',
    '',
    'example:',
    '  umbrella-reaper doctor . --server gitea-1.26',
];

;// CONCATENATED MODULE: ./src/tools/doctor/command.ts










/** A file that cannot be read is a finding, not an absence. */
const sourceOf = async ({ path, bytes }) => bytes === null
    ? { kind: 'unreadable', path, why: 'it cannot be opened' }
    : readSource(path, bytes);
async function examined({ server, files: found, required, queue = false, place, token }, named) {
    const files = await Promise.all(found.map(sourceOf));
    const question = { server, files, required, queue, named };
    const diagnosis = diagnose(question);
    const cures = await curesOf(diagnosis.target.umbrellas, question);
    const upgrade = upgradeOf(question, diagnosis.findings);
    const report = doctorReport(diagnosis, { place, token, upgrade, cures });
    return { report, changed: curedFiles(files, cures) };
}
/** Shows findings beside their lines, where there is a run. */
function annotateFindings(runner, { findings }) {
    for (const { severity, code, title, what, file, line } of findings)
        if (severity !== 'note')
            runner.annotate({
                level: severity,
                title: `${code}: ${title}`,
                text: (0,report_text/* plain */.pj)(what, 500),
                ...(line === null ? {} : { file: (0,report_text/* plain */.pj)(file), line }),
            });
}
function print(runner, told, { json, asked }) {
    const reports = told.map(({ report }) => report);
    if (json) {
        const data = { schema: 'umbrella-reaper/doctor/2', servers: reports };
        for (const line of (0,shown_line/* jsonLines */.i7)(data))
            runner.print(line);
        return;
    }
    if (asked.changes === 'print') {
        for (const { diff } of told.flatMap(({ changed }) => changed))
            runner.printRaw(diff);
        return;
    }
    for (const [at, report] of reports.entries()) {
        if (at > 0)
            runner.print('');
        for (const line of doctorLines(report, asked.all))
            runner.print(line);
        annotateFindings(runner, report);
    }
}
/** Prints the diagnosis; one with errors ends red. Nothing of this can write to a server. */
function tell(runner, told, wanted) {
    print(runner, told, wanted);
    const { strict, changes } = wanted.asked;
    const counts = told.map(({ report }) => report.counts);
    const errors = counts.reduce((sum, { error, warning }) => sum + error + (strict ? warning : 0), 0);
    if (errors === 0)
        return;
    if (wanted.json || changes === 'print')
        runner.red();
    else
        runner.fail(`doctor: what causes stale or wrong statuses here: ${(0,report_text/* plural */.LS)(errors, 'error')}`);
}
const FOLDERS = ['.github/workflows', '.gitea/workflows', '.forgejo/workflows'];
const SERVERS = 'gitea-1.22, forgejo-15, github, or another version';
/** The servers that are asked about: the one that is named, or those that the folders speak of. */
function serversFor(runner, path, name) {
    const filesOf = (folders) => folders.map(folder => runner.files(path, folder)).find(files => files !== null) ?? null;
    if (name === null) {
        const found = newestServers().flatMap(server => {
            const files = filesOf(server.folders.slice(0, 1));
            return files === null ? [] : [{ server, files }];
        });
        return found.length > 0
            ? found
            : `doctor: "${(0,report_text/* plain */.pj)(path)}" has no folder of workflows: none of ${FOLDERS.join(', ')}`;
    }
    const server = readServer(name);
    if (server === null)
        return `server: given "${(0,report_text/* plain */.pj)(name)}"; allowed: ${SERVERS}`;
    const files = filesOf(server.folders);
    return files === null
        ? `doctor: "${(0,report_text/* plain */.pj)(path)}" has none of ${server.folders.join(', ')}`
        : [{ server, files }];
}
/** Diagnoses a checkout, whose branch protection nobody knows. */
async function diagnoseCheckout(runner, question) {
    const { path, server: name, asked } = question;
    const examine = async () => {
        const servers = serversFor(runner, path, name);
        if (typeof servers === 'string')
            return servers;
        const about = { required: null, place: path, token: [] };
        return Promise.all(servers.map(({ server, files }) => examined({ server, files, ...about }, asked.umbrella)));
    };
    let told = await examine();
    if (typeof told !== 'string' && asked.changes === 'write') {
        for (const { path: file, text } of told.flatMap(({ changed }) => changed)) {
            runner.rewrite(path, file, text);
            runner.print(`changed: ${(0,report_text/* plain */.pj)(file)}`);
        }
        told = await examine();
    }
    if (typeof told === 'string')
        runner.fail(told);
    else
        tell(runner, told, question);
}
/** Diagnoses a repository by its server's API. */
async function diagnoseRepository(runner, opened, wanted) {
    const { kind, version, grade, gradeLimit } = opened.server;
    const { branch, files, required, queue } = await opened.inspect();
    const token = [
        (0,plan/* planLine */.o)((0,remedy/* planOf */.XC)(opened.server, 'auto'), {
            choice: 'auto',
            rerun: opened.server.capabilities.rerun,
        }),
        `evidence: ${grade}${gradeLimit === null ? '' : ` (${gradeLimit})`}`,
        required === null
            ? 'what a merge requires could not be read: the umbrella is found by its job'
            : `it may read what a merge into ${branch} requires`,
    ];
    const seen = {
        server: doctorServerOf(kind === 'github' ? 'github' : version),
        files,
        required: required?.length === 0 ? null : required,
        queue,
        place: `${wanted.repo}, ${branch}`,
        token,
    };
    tell(runner, [await examined(seen, wanted.asked.umbrella)], wanted);
}


/***/ })

};
