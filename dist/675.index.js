export const id = 675;
export const ids = [675];
export const modules = {

/***/ 6675:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Am: () => (/* binding */ isUmbrellaLike),
  v8: () => (/* binding */ namesResults),
  LT: () => (/* binding */ workOf)
});

// EXTERNAL MODULE: ./src/workflow/expression.ts
var workflow_expression = __webpack_require__(8127);
// EXTERNAL MODULE: ./src/workflow/value.ts
var workflow_value = __webpack_require__(5780);
;// CONCATENATED MODULE: ./src/workflow/evaluate.ts


const RUN_FACTS = {
    sha: workflow_value/* RUN_MARK */.GT.commit,
    'event.pull_request.head.sha': workflow_value/* RUN_MARK */.GT.commit,
    repository: workflow_value/* RUN_MARK */.GT.repository,
    api_url: workflow_value/* RUN_MARK */.GT.api,
    server_url: workflow_value/* RUN_MARK */.GT.server,
    run_id: workflow_value/* RUN_MARK */.GT.run,
    token: workflow_value/* RUN_MARK */.GT.token,
};
/** Facts of a run that hold nothing but letters, digits and hyphens. */
const INERT = new Set('run_number run_attempt event_name job event.number event.pull_request.number'.split(' '));
const results = ({ result }, known) => (0,workflow_value/* shaped */.e9)((0,workflow_value/* from */.HT)('results', 'results of needs', result === null ? null : [known]), Array.isArray(known) ? 'words' : 'word');
function needsPath(names, facts) {
    const [id, field, ...more] = names;
    if (id === undefined || field !== 'result' || more.length > 0)
        return (0,workflow_value/* from */.HT)('other', `needs${names.map(name => `.${name}`).join('')}`);
    if (id === '*')
        return results(facts, facts.needs.map(() => 'success'));
    const known = facts.needs.some(need => need.toLowerCase() === id);
    return known ? results(facts, 'success') : (0,workflow_value/* literal */.eu)('');
}
function pathValue(names, facts) {
    const [root = '', ...below] = names;
    const path = below.join('.');
    const what = names.join('.');
    switch (root) {
        case 'needs':
            return needsPath(below, facts);
        case 'env':
            return facts.env.get(path.toUpperCase()) ?? (0,workflow_value/* from */.HT)('other', what);
        case 'secrets':
            return (0,workflow_value/* from */.HT)('own', what, [workflow_value/* RUN_MARK */.GT.token]);
        case 'github':
        case 'gitea':
        case 'forgejo': {
            const mark = RUN_FACTS[path];
            if (mark !== undefined)
                return (0,workflow_value/* from */.HT)('own', what, [mark]);
            return (0,workflow_value/* from */.HT)(INERT.has(path) ? 'own' : 'other', what);
        }
        default:
            return (0,workflow_value/* from */.HT)('other', what);
    }
}
function asNumber(value) {
    if (value === null || value === '')
        return 0;
    if (typeof value === 'object')
        return NaN;
    // `0b1`, `0xFFFFFFFF`, `1,000` and blanks are numbers here, but not there.
    if (typeof value === 'string' && !/^-?\d{1,15}$|^(?!-?inf|nan)[a-z]/i.test(value))
        return (0,workflow_value/* notJudging */._b)('a text that may be a number');
    return Number(value);
}
/** Only of these letters every server knows the small one. */
function lowerCase(text) {
    const isKnown = (letter) => letter < '\x80' || /[\uE001-\uE007]/.test(letter);
    if (!Array.from(text).every(isKnown))
        (0,workflow_value/* notJudging */._b)('a comparison of letters beyond ASCII');
    return text.toLowerCase();
}
/** As the servers compare: texts without case, and what differs in kind as numbers. */
function isEqual(one, other) {
    if (typeof one === 'string' && typeof other === 'string')
        return lowerCase(one) === lowerCase(other);
    return typeof one === typeof other ? one === other : asNumber(one) === asNumber(other);
}
/** Texts have an order too, which is not the same everywhere. */
const ordered = (answer) => (one, other) => typeof one === 'string' && typeof other === 'string'
    ? (0,workflow_value/* notJudging */._b)('an order of texts')
    : answer(asNumber(one), asNumber(other));
const COMPARE = {
    '==': isEqual,
    '!=': (a, b) => !isEqual(a, b),
    '<': ordered((a, b) => a < b),
    '<=': ordered((a, b) => a <= b),
    '>': ordered((a, b) => a > b),
    '>=': ordered((a, b) => a >= b),
};
/** Every pair of two values, answered; both answers where one of them is not known. */
function pairs(one, other, answer) {
    const [a, b] = [one.values, other.values];
    const known = a === null || b === null ? [true, false] : a.flatMap(x => b.map(y => answer(x, y)));
    return (0,workflow_value/* madeOf */.F6)([one, other], known);
}
function binary(operator, left, right) {
    if (operator !== '&&' && operator !== '||')
        return pairs(left, right, COMPARE[operator]);
    if (left.values === null || right.values === null) {
        // Of a left side that is not known, only what ends the operation could be told.
        return (0,workflow_value/* madeOf */.F6)([left, right], null);
    }
    const decides = (value) => (0,workflow_value/* isTrue */.Hn)(value) === (operator === '||');
    const kept = left.values.filter(decides);
    const values = kept.length < left.values.length ? [...kept, ...right.values] : kept;
    return (0,workflow_value/* madeOf */.F6)([left, right], values);
}
function lower(value) {
    if (typeof value === 'object' && value !== null)
        return (0,workflow_value/* notJudging */._b)('a list as a text');
    return lowerCase((0,workflow_value/* asText */.e1)(value));
}
const ASK = {
    contains: (a, b) => typeof a === 'object' && a !== null
        ? a.some(one => isEqual(one, b))
        : lower(a).includes(lower(b)),
    startswith: (a, b) => lower(a).startsWith(lower(b)),
    endswith: (a, b) => lower(a).endsWith(lower(b)),
};
/** The functions that ask how things went: of a job its needs, of a step the steps before it. */
function statusOf(name, facts) {
    if (name === 'always')
        return (0,workflow_value/* literal */.eu)(true);
    if (!['success', 'failure', 'cancelled'].includes(name))
        return null;
    const values = facts.result === null ? [true, false] : [name === 'success'];
    return facts.ofJob ? (0,workflow_value/* from */.HT)('results', `${name}()`, values) : (0,workflow_value/* literal */.eu)(...values);
}
function callValue(name, args, facts) {
    const [first, second] = args;
    if (name === 'tojson' &&
        args.length === 1 &&
        first?.kind === 'path' &&
        first.names[0] === 'needs') {
        const whole = first.names.length <= 2 && !first.names.includes('*');
        if (!whole)
            return (0,workflow_value/* madeOf */.F6)([pathValue(first.names, facts)], null);
        // Of one job alone outputs would be read as if they were jobs.
        return facts.outputs
            ? (0,workflow_value/* from */.HT)('needs', 'toJSON(needs)', first.names.length === 1 ? [workflow_value/* RUN_MARK */.GT.needs] : null)
            : (0,workflow_value/* shaped */.e9)((0,workflow_value/* from */.HT)('results', 'toJSON(needs)'), 'json');
    }
    if (args.length === 0)
        return statusOf(name, facts) ?? (0,workflow_value/* from */.HT)('other', `${name}()`);
    const given = args.map(one => evaluate_valueOf(one, facts));
    const ask = ASK[name];
    if (ask !== undefined && args.length === 2 && first !== undefined && second !== undefined)
        return pairs(evaluate_valueOf(first, facts), evaluate_valueOf(second, facts), ask);
    if (name === 'join')
        return joined(given);
    if (name === 'format' || name === 'fromjson' || name === 'tojson')
        return (0,workflow_value/* madeOf */.F6)(given, null);
    return (0,workflow_value/* from */.HT)('other', `${name}()`);
}
/** The entries of a list, with a text between them. */
function joined(given) {
    const [lists, between] = [given[0]?.values, given[1]?.values];
    const [list, ...more] = lists ?? [];
    const [text] = between ?? [];
    const isTold = Array.isArray(list) && more.length === 0 && between?.length === 1;
    if (isTold && typeof text === 'string')
        return (0,workflow_value/* madeOf */.F6)(given, [list.join(text)]);
    return (0,workflow_value/* shaped */.e9)((0,workflow_value/* madeOf */.F6)(given, null), (0,workflow_value/* widestShape */.wo)([...given.map(workflow_value/* shapeOf */.F5), 'words']));
}
/** A number of many digits is not written alike everywhere, and `-0` and `-0x1` are not read so. */
function checked(value) {
    const isPlain = /^-?\d{1,9}(?:\.\d{1,4})?$/.test(String(value)) && !Object.is(value, -0);
    return typeof value !== 'number' || isPlain ? value : (0,workflow_value/* notJudging */._b)('a number of many digits');
}
/** What an expression says, as far as that can be told without running anything. */
function evaluate_valueOf(expression, facts) {
    switch (expression.kind) {
        case 'literal':
            return (0,workflow_value/* literal */.eu)(checked(expression.value));
        case 'path':
            return pathValue(expression.names, facts);
        case 'call':
            return callValue(expression.name, expression.args, facts);
        case 'not': {
            const of = evaluate_valueOf(expression.of, facts);
            const { yes, no } = (0,workflow_value/* truthOf */.D)(of);
            return (0,workflow_value/* madeOf */.F6)([of], [...(no ? [true] : []), ...(yes ? [false] : [])]);
        }
        case 'binary':
            return binary(expression.operator, evaluate_valueOf(expression.left, facts), evaluate_valueOf(expression.right, facts));
    }
}
/** What a text with expressions becomes. */
function templateValue(text, facts) {
    const parts = (0,workflow_expression/* parseTemplate */.QC)(text);
    if (parts === null)
        return (0,workflow_value/* from */.HT)('other', 'an expression that cannot be read');
    return parts
        .map(part => (typeof part === 'string' ? (0,workflow_value/* literal */.eu)(part) : evaluate_valueOf(part, facts)))
        .reduce(workflow_value/* concatenated */.c, (0,workflow_value/* literal */.eu)(''));
}

// EXTERNAL MODULE: ./src/workflow/script/arithmetic.ts
var arithmetic = __webpack_require__(6365);
// EXTERNAL MODULE: ./src/workflow/script/commands.ts + 4 modules
var script_commands = __webpack_require__(2629);
// EXTERNAL MODULE: ./src/workflow/script/state.ts
var state = __webpack_require__(2060);
// EXTERNAL MODULE: ./src/workflow/script/test-command.ts
var test_command = __webpack_require__(1545);
// EXTERNAL MODULE: ./src/workflow/script/words.ts
var words = __webpack_require__(4896);
;// CONCATENATED MODULE: ./src/workflow/script/flow.ts




/** Goes on by each of several ways. */
function ways(shell, given) {
    const exits = shell.exits.length;
    const before = shell.guard;
    const ended = given.map(({ by, go }) => {
        const branch = (0,state/* copy */.C)(shell);
        if (given.length > 1)
            branch.guard = (0,workflow_value/* madeOf */.F6)([before, by], null);
        const status = go(branch);
        return { branch, status };
    });
    shell.alive = false;
    for (const { branch } of ended)
        (0,state/* mergeInto */.Pz)(shell, branch);
    const left = shell.exits.length > exits || ended.some(({ branch }) => !branch.alive);
    shell.guard = left ? (0,workflow_value/* madeOf */.F6)([before, ...ended.map(({ branch }) => branch.guard)], null) : before;
    const alive = ended.filter(({ branch }) => branch.alive).map(({ status }) => status);
    return {
        ok: alive.some(({ ok }) => ok),
        fail: alive.some(({ fail }) => fail),
        by: (0,workflow_value/* madeOf */.F6)([...given.map(({ by }) => by), ...alive.map(({ by }) => by)], null),
    };
}
function conditional([first, ...more], otherwise, shell, checked) {
    if (first === undefined)
        return otherwise === undefined ? state.OK : shell.walk.list(otherwise.commands, shell, checked);
    const asked = shell.walk.list(first.clause.commands, shell, false);
    if (!shell.alive)
        return asked;
    const { ok, fail, by } = asked;
    const body = (branch) => branch.walk.list(first.then.commands, branch, checked);
    const rest = (branch) => conditional(more, otherwise, branch, checked);
    return ways(shell, [...(ok ? [{ by, go: body }] : []), ...(fail ? [{ by, go: rest }] : [])]);
}
function choice({ word, items }, shell, checked) {
    const value = (0,words/* expand */.fT)(word, shell, 'text');
    (0,workflow_value/* requireJudgeable */.dV)(value, '"case"');
    let texts = shell.walk.facts.everyWay ? null : (0,workflow_value/* knownTexts */.y4)(value);
    let by = value;
    const open = [];
    for (const { pattern: patterns, body } of items) {
        const read = patterns.map(one => (0,words/* expand */.fT)(one, shell, 'pattern'));
        for (const one of read)
            (0,workflow_value/* requireJudgeable */.dV)(one, '"case"');
        by = (0,workflow_value/* madeOf */.F6)([by, ...read], null);
        const known = patterns.map(test_command/* patternOf */.Id);
        const isKnown = !known.includes(null);
        const names = (text) => known.some(one => one?.(text) === true);
        if (isKnown && texts?.some(names) === false)
            continue;
        open.push({ by, go: branch => branch.walk.list(body.commands, branch, checked) });
        if (patterns.some(({ text }) => text === '*'))
            texts = [];
        else if (isKnown)
            texts = texts?.filter(text => !names(text)) ?? null;
        if (texts?.length === 0)
            break;
    }
    if (texts === null || texts.length > 0)
        open.push({ by, go: () => state.OK });
    return ways(shell, open);
}
/** A body that runs any number of times. */
function cycle(shell, by, turn) {
    const before = shell.guard;
    const exits = shell.exits.length;
    const breaks = [];
    for (let round = 0; round < 12; round += 1) {
        const seen = (0,state/* signature */.vl)(shell);
        const body = {
            ...(0,state/* copy */.C)(shell),
            breaks,
            guard: (0,workflow_value/* madeOf */.F6)([before, by, shell.guard], null),
        };
        turn(body);
        if (shell.exits.length > exits || breaks.length > 0) {
            const guards = [body, ...breaks].map(({ guard }) => guard);
            shell.guard = (0,workflow_value/* madeOf */.F6)([shell.guard, ...guards], null);
        }
        for (const one of [body, ...breaks])
            (0,state/* mergeInto */.Pz)(shell, one);
        if ((0,state/* signature */.vl)(shell) === seen)
            return;
        if (round < 4)
            continue;
        for (const [name, value] of shell.vars)
            if (shell.walk.facts.env.get(name) !== value)
                shell.vars.set(name, (0,workflow_value/* shaped */.e9)({ ...value, values: null }, (0,workflow_value/* shapeOf */.F5)(value)));
    }
    throw new workflow_value/* NotJudging */.gg('a loop that cannot be followed');
}
function loop({ name, wordlist = [], body }, shell, checked) {
    const by = (0,words/* listValue */.a3)(wordlist, shell);
    (0,workflow_value/* requireJudgeable */.dV)(by, '"for"');
    let status = state.OK;
    cycle(shell, by, turn => {
        (0,state/* assign */.kp)(name.text, by, turn);
        const ended = turn.walk.list(body.commands, turn, checked);
        status = { ok: true, fail: status.fail || ended.fail, by: (0,workflow_value/* madeOf */.F6)([status.by, ended.by], null) };
    });
    return { ok: true, fail: status.fail, by: (0,workflow_value/* madeOf */.F6)([by, status.by], null) };
}
function repeated({ kind, clause, body }, shell, checked) {
    // What leaves the loop is a break, or the condition: only then does anything after it run.
    const left = [];
    let by = (0,workflow_value/* literal */.eu)();
    // It ends as the last round did.
    let status = state.OK;
    cycle(shell, (0,workflow_value/* literal */.eu)(), turn => {
        const asked = turn.walk.list(clause.commands, turn, false);
        by = asked.by;
        const [goes, ends] = kind === 'until' ? [asked.fail, asked.ok] : [asked.ok, asked.fail];
        if (ends && turn.alive)
            left.push((0,state/* copy */.C)(turn));
        turn.guard = (0,workflow_value/* madeOf */.F6)([turn.guard, by], null);
        if (goes) {
            const ended = turn.walk.list(body.commands, turn, checked);
            status = {
                ok: true,
                fail: status.fail || ended.fail,
                by: (0,workflow_value/* madeOf */.F6)([status.by, ended.by], null),
            };
        }
        else
            turn.alive = false;
        left.push(...(turn.breaks ?? []));
    });
    const guard = (0,workflow_value/* madeOf */.F6)([shell.guard, by], null);
    shell.alive = false;
    for (const one of left)
        (0,state/* mergeInto */.Pz)(shell, one);
    shell.guard = guard;
    return { ok: true, fail: status.fail, by: (0,workflow_value/* madeOf */.F6)([by, status.by], null) };
}

// EXTERNAL MODULE: ./src/workflow/script/syntax.ts + 2 modules
var syntax = __webpack_require__(7815);
;// CONCATENATED MODULE: ./src/workflow/script/pipes.ts


const bare = (command) => command.type === 'Redirected' ? bare(command.command) : command;
/** Does it read its input to the end? `once`: as far as one command wrote at once. */
function reads(command) {
    const node = bare(command);
    if (node.type === 'While')
        return 'once';
    if (node.type !== 'Command')
        return 'nothing';
    const words = node.args.map(one => (one.type === 'Word' ? (0,syntax/* plainText */.wh)(one) : null) ?? '');
    const has = (letter) => words.some(word => /^-[a-zA-Z]+$/.test(word) && word.includes(letter));
    switch ((0,syntax/* plainText */.wh)(node.name) ?? '') {
        case 'cat':
            return 'all';
        case 'grep':
            return has('q') ? 'once' : 'all';
        case 'jq':
            return has('n') || words.includes('--null-input') ? 'nothing' : 'all';
        case 'read':
            return 'once';
    }
    return 'nothing';
}
/**
 * A command whose reader ends first is killed, or is not, as time will have it: with `pipefail`
 * that ends the script red.
 */
function checkReaders(commands) {
    for (const [at, reader] of commands.slice(1).entries()) {
        const writer = commands[at];
        const how = reads(reader);
        const isOne = writer !== undefined && bare(writer).type === 'Command';
        if (how === 'nothing' || (how === 'once' && !isOne))
            throw new workflow_value/* NotJudging */.gg('a pipe whose reader may end before its writer');
    }
}

;// CONCATENATED MODULE: ./src/workflow/script/run.ts









/** More commands than this are not followed. */
const MAX_COMMANDS = 20_000;
/**
 * Every way through a script is followed, by what is known of its values. `checked`: does a failure
 * of the command end the shell where `-e` is set?
 */
class ScriptWalk {
    polls = false;
    substituted = null;
    facts;
    commands = 0;
    constructor(facts) {
        this.facts = facts;
    }
    /** Runs a whole script; how it can end. */
    script(statements) {
        const { env, guard } = this.facts;
        const shell = {
            walk: this,
            vars: new Map(env),
            guard,
            errexit: true,
            nounset: false,
            goesOn: false,
            alive: true,
            input: null,
            last: (0,workflow_value/* literal */.eu)(0),
            ended: state.OK,
            exits: [],
            breaks: null,
            out: [],
        };
        const status = this.list(statements, shell, true);
        if (shell.alive)
            (0,state/* exitScript */.M8)(shell, status);
        return shell.exits;
    }
    list(statements, shell, checked) {
        let status = state.OK;
        for (const { command } of statements) {
            if (!shell.alive)
                break;
            status =
                command.type === 'AndOr'
                    ? this.andOr(command, shell, checked)
                    : this.pipeline(command, shell, checked);
        }
        return status;
    }
    andOr({ commands, operators }, shell, checked) {
        let status = state.OK;
        for (const [at, command] of commands.entries()) {
            const operator = operators[at - 1];
            const isLast = at === commands.length - 1;
            const go = (branch) => this.pipeline(command, branch, checked && isLast);
            if (operator === undefined) {
                status = go(shell);
                continue;
            }
            const { ok, fail, by } = status;
            const [runs, skips] = operator === '&&' ? [ok, fail] : [fail, ok];
            if (!runs || !shell.alive)
                continue;
            const skipped = { ok: operator === '||', fail: operator === '&&', by };
            const { guard } = shell;
            status = ways(shell, [{ by, go }, ...(skips ? [{ by, go: () => skipped }] : [])]);
            if (skips)
                shell.guard = guard;
            shell.last = { ...status.by, values: null };
            shell.ended = status;
        }
        return status;
    }
    pipeline(node, shell, checked) {
        const { prefixes, commands } = node.type === 'Pipeline' ? node : { prefixes: [], commands: [node] };
        const negated = prefixes.length > 0;
        const [only, ...more] = commands;
        if (only === undefined)
            return state.OK;
        const ends = checked && !negated;
        const status = more.length === 0
            ? this.command(only, shell, ends)
            : this.errexit(this.piped(commands, shell), shell, ends);
        shell.last = { ...status.by, values: null };
        const ended = negated ? { ok: status.fail, fail: status.ok, by: status.by } : status;
        shell.ended = ended;
        return ended;
    }
    /** Each command of a pipeline runs in a shell of its own, and reads what the last one printed. */
    piped(commands, shell) {
        checkReaders(commands);
        let { input } = shell;
        let status = state.OK;
        let last = null;
        for (const command of commands) {
            const { ok, fail, by, out } = (0,state/* inSubshell */.ej)({ ...shell, input }, inner => this.command(command, inner, shell.errexit));
            status = { ok, fail: status.fail || fail, by: (0,workflow_value/* madeOf */.F6)([status.by, by], null) };
            last = out;
            input = out ?? (0,workflow_value/* literal */.eu)('');
        }
        if (last !== null)
            shell.out.push(last);
        return status;
    }
    /** What a command's failure does where nothing asks for it: it ends the shell. */
    errexit(status, shell, checked) {
        if (!checked || !shell.errexit || !status.fail)
            return status;
        (0,state/* exitScript */.M8)(shell, { ok: false, fail: true, by: status.by });
        shell.guard = (0,workflow_value/* madeOf */.F6)([shell.guard, status.by], null);
        if (shell.goesOn)
            return status;
        if (!status.ok)
            shell.alive = false;
        return { ...status, fail: false };
    }
    command(command, shell, checked) {
        this.commands += 1;
        if (this.commands > MAX_COMMANDS)
            throw new workflow_value/* NotJudging */.gg('its script takes too long to follow');
        switch (command.type) {
            case 'Redirected':
                return this.redirected(command.redirects, shell, () => this.command(command.command, shell, checked));
            case 'Command': {
                const go = () => (0,script_commands/* simple */.b)(command, shell);
                return this.errexit(this.redirected(command.redirects, shell, go), shell, checked);
            }
            case 'TestCommand':
                return this.errexit((0,test_command/* testOf */.kT)(command.expression, shell), shell, checked);
            case 'ArithmeticCommand': {
                const by = (0,arithmetic/* arithmetic */.B)(command.body, shell);
                const { yes, no } = this.facts.everyWay ? { yes: true, no: true } : truthOfNumber(by);
                return this.errexit({ ok: yes, fail: no, by: { ...by, values: null } }, shell, checked);
            }
            case 'BraceGroup':
                return this.list(command.body.commands, shell, checked);
            case 'If':
                return conditional([command, ...command.elif], command.else, shell, checked);
            case 'For':
                return loop(command, shell, checked);
            case 'While':
                return repeated(command, shell, checked);
            case 'Case':
                return choice(command, shell, checked);
            case 'ArithmeticFor':
            case 'Coproc':
            case 'Function':
            case 'Select':
            case 'Subshell':
                throw new workflow_value/* NotJudging */.gg(`its script is not understood: ${command.type}`);
        }
    }
    /** Runs a command with its input and output led elsewhere. */
    redirected(redirects, shell, go) {
        const { input, out } = shell;
        const inputs = redirects.filter(({ type }) => type !== 'Redirect');
        if (inputs.length > 1)
            throw new workflow_value/* NotJudging */.gg('its script is not understood: two inputs');
        let away = false;
        for (const one of redirects) {
            if (one.type === 'HereDoc')
                shell.input = (0,words/* document */.Al)(one, shell);
            else if (one.type === 'HereString' && one.target)
                shell.input = (0,words/* expand */.fT)(one.target, shell, 'text');
            else if (one.type === 'Redirect') {
                const to = (0,syntax/* outputOf */.jH)(one);
                if (to === 'errors' && !away)
                    throw new workflow_value/* NotJudging */.gg('it reads the error output');
                if (to !== 'log')
                    continue;
                shell.out = [];
                away = true;
            }
        }
        const status = go();
        Object.assign(shell, { input, out });
        return status;
    }
}
/** A number of a shell is a text here. */
const truthOfNumber = (by) => ({
    yes: (0,workflow_value/* knownTexts */.y4)(by)?.some(text => text !== '0') ?? true,
    no: (0,workflow_value/* knownTexts */.y4)(by)?.includes('0') ?? true,
});
/** How a script can end, and whether it asks the server; throws `NotJudging` where it works. */
function runScript(text, facts, isPosix = false) {
    const { commands } = (0,syntax/* readScript */.Uq)(text, script_commands/* isScriptCommand */.N, isPosix);
    const run = new ScriptWalk(facts);
    return { exits: run.script(commands), polls: run.polls };
}

;// CONCATENATED MODULE: ./src/workflow/steps.ts






/** The action that judges by `toJSON(needs)`, from GitHub, whatever its version. */
const ALLS_GREEN = /^(?:https:\/\/github\.com\/)?re-actors\/alls-green@[\w./-]+$/i;
/** Do the needs of a job hold outputs, or may they? */
function mayHoldOutputs(workflow, job) {
    return job.needs.some(need => {
        const found = workflow.jobs.find(({ id }) => id.toLowerCase() === need.toLowerCase());
        return found === undefined || found.reusable || found.body.outputs?.length !== 0;
    });
}
/**
 * A substitution that stands in a text, or is written by its number: arithmetic runs what a
 * variable holds, and would find a command there.
 */
const HIDDEN_COMMAND = /\$\(|`|\\(?:x24|x60|0?44|0?140|u0*(?:24|60))/i;
/** Variables of one level, over those of the levels above. */
function withVariables(given, facts) {
    if (given === null)
        return (0,workflow_value/* notJudging */._b)('its env is known only to a run');
    const env = new Map(facts.env);
    for (const [name, text] of Object.entries(given)) {
        if (!/^[A-Za-z_]\w*$/.test(name) || (0,state/* isSpecial */.mg)(name))
            (0,workflow_value/* notJudging */._b)(`its env sets ${name.slice(0, 60)}`);
        const twin = [...env.keys()].some(one => one !== name && one.toUpperCase() === name.toUpperCase());
        if (twin)
            (0,workflow_value/* notJudging */._b)(`its env holds ${name.slice(0, 60)} twice`);
        if (/[\uE000-\uF8FF]/.test(text))
            (0,workflow_value/* notJudging */._b)(`its env holds a character of no meaning`);
        if (HIDDEN_COMMAND.test(text))
            (0,workflow_value/* notJudging */._b)(`its env holds a command in ${name.slice(0, 60)}`);
        if (mayNotEvaluate(text))
            (0,workflow_value/* notJudging */._b)(`its env holds an expression in ${name.slice(0, 60)} that can fail`);
        env.set(name, templateValue(text, facts));
    }
    return env;
}
/**
 * Can it not be evaluated for some values, which fails the step or the job that holds it? That is
 * `fromJSON` of no JSON, `format` by a text that is not told, and functions that are not known.
 */
const mayNotEvaluate = (text) => (0,workflow_expression/* parseTemplate */.QC)(text)?.some(part => typeof part !== 'string' &&
    (0,workflow_expression/* partsOf */.CI)(part).some(one => one.kind === 'call' &&
        (one.name === 'format' ? one.args[0]?.kind !== 'literal' : !TOTAL.has(one.name)))) ?? true;
const TOTAL = new Set('contains startswith endswith join tojson always success failure cancelled'.split(' '));
const STATUS_FUNCTION = /\b(?:always|success|failure|cancelled)\s*\(/i;
/** What a condition says; a condition that asks for no status asks for success besides. */
function conditionValue(condition, facts) {
    const text = condition ?? 'success()';
    // Blanks around an expression make a text of all of it, which is always true.
    if (text.includes('${{') && text.trim() !== text)
        (0,workflow_value/* notJudging */._b)('an "if" with blanks around it');
    const asked = STATUS_FUNCTION.test(text);
    const read = text.trim() === '' ? null : (0,workflow_expression/* parseCondition */.zB)(text);
    if (read === null)
        return (0,workflow_value/* notJudging */._b)('an "if" that cannot be read');
    const value = evaluate_valueOf(read, facts);
    // One that asks for the event or a ref tells only whether the job runs at all. But where it does
    // not run, the server writes a skip, which is an answer of its own.
    (0,workflow_value/* requireJudgeable */.dV)(value, '"if"');
    if (asked)
        return value;
    const success = { kind: 'call', name: 'success', args: [] };
    return evaluate_valueOf({ kind: 'binary', operator: '&&', left: success, right: read }, facts);
}
/**
 * A script with a letter of no meaning in the place of each expression, which the server puts in
 * before a shell reads it, and the value behind each letter.
 */
function markedScript(text, facts) {
    // A shell takes a return for a part of a word, and drops others.
    // eslint-disable-next-line no-control-regex
    if (/[\uE000-\uF8FF\0-\x08\x0b-\x1f\x7f]/.test(text))
        (0,workflow_value/* notJudging */._b)('its script holds a character of no meaning');
    if (/::\s*(?:set-env|add-path|add-matcher)|##\[/i.test(text))
        (0,workflow_value/* notJudging */._b)('its script speaks to the runner');
    if (/\\(?:x24|x60|0?44|0?140|u0*(?:24|60))/i.test(text))
        (0,workflow_value/* notJudging */._b)('its script hides a character');
    const parts = (0,workflow_expression/* parseTemplate */.QC)(text);
    if (parts === null)
        return (0,workflow_value/* notJudging */._b)('its script holds an expression that cannot be read');
    if (parts.length > 1000)
        (0,workflow_value/* notJudging */._b)('its script holds too many expressions');
    const marks = new Map();
    const marked = parts.map(part => {
        if (typeof part === 'string')
            return part;
        const value = evaluate_valueOf(part, facts);
        // It is put in everywhere, also where nothing leads to, and could end a quote or a comment.
        if (value.from.has('other'))
            (0,workflow_value/* notJudging */._b)(`its script holds ${value.what}`);
        const isJson = (0,workflow_expression/* partsOf */.CI)(part).some(one => one.kind === 'call' && one.name === 'tojson');
        if (!isJson && !isWord(part, value))
            (0,workflow_value/* notJudging */._b)('an expression could be more than a word');
        const json = value.from.has('needs') ? syntax/* OUTPUTS_MARK */.XA : syntax/* JSON_MARK */.bj;
        const mark = String.fromCharCode((isJson ? json : syntax/* WORD_MARK */.bg) + marks.size);
        marks.set(mark, value);
        return mark;
    });
    return { text: marked.join(''), marks };
}
/** Can a shell read what this becomes as nothing but a word or a list of words? */
function isWord(expression, { values }) {
    if (values !== null)
        return values.every(value => typeof value !== 'string' || /^[\w .,:/%@+=\uE001-\uE006-]*$/.test(value));
    return !(0,workflow_expression/* partsOf */.CI)(expression).some(one => (one.kind === 'path' && one.names[0] === 'env') ||
        (one.kind === 'literal' &&
            typeof one.value === 'string' &&
            /[^\w .,:/%@+=-]/.test(one.value)));
}
/** Which shell runs a step? Only bash and sh are understood. */
function checkShell(workflow, { body }, { shell }) {
    const given = shell ?? body.shell ?? workflow.defaults.shell;
    if (body.runsOn?.some(label => label.includes('${{')) !== false)
        (0,workflow_value/* notJudging */._b)('its runner is known only to a run');
    if (given !== null) {
        if (given !== 'bash' && given !== 'sh')
            (0,workflow_value/* notJudging */._b)(`its shell is ${given.slice(0, 60)}`);
        return given;
    }
    // Without a shell it is bash or sh, but not on Windows.
    if (body.runsOn === null || body.runsOn.some(label => /win|\$\{\{/i.test(label)))
        (0,workflow_value/* notJudging */._b)('its shell is not told');
    return null;
}
/** How alls-green can end: it reads nothing but what it is handed. */
function allsGreen({ with: given }, facts) {
    const { jobs, ...others } = given ?? {};
    const parts = (0,workflow_expression/* parseTemplate */.QC)((jobs ?? '').trim()) ?? [];
    const [only, ...more] = parts;
    const isNeeds = only !== undefined &&
        typeof only !== 'string' &&
        only.kind === 'call' &&
        only.name === 'tojson' &&
        only.args.length === 1 &&
        only.args[0]?.kind === 'path' &&
        only.args[0].names.join('.') === 'needs';
    if (!isNeeds || more.length > 0)
        (0,workflow_value/* notJudging */._b)('alls-green is not handed toJSON(needs)');
    for (const [name, text] of Object.entries(others)) {
        if (name !== 'allowed-failures' && name !== 'allowed-skips')
            (0,workflow_value/* notJudging */._b)(`alls-green is handed ${name.slice(0, 60)}`);
        (0,workflow_value/* requireJudgeable */.dV)(templateValue(text, facts), `alls-green's ${name}`);
    }
    const result = facts.needs.length === 0 ? (0,workflow_value/* literal */.eu)() : evaluate_valueOf(RESULTS, facts);
    return [{ ok: true, fail: facts.result === null, by: { ...result, values: null } }];
}
const RESULTS = { kind: 'path', names: ['needs', '*', 'result'] };
/** How a step can end, and whether it asks the server. */
function stepExits(step, workflow, job, facts) {
    const { run, uses } = step;
    if (step.others.length > 0)
        (0,workflow_value/* notJudging */._b)(`a step with ${step.others.join(', ').slice(0, 60)}`);
    const env = withVariables(step.env, facts);
    const inner = { ...facts, env };
    if (uses !== null) {
        if (run !== null || !ALLS_GREEN.test(uses))
            (0,workflow_value/* notJudging */._b)(`it uses ${uses.slice(0, 60)}`);
        return { exits: allsGreen(step, inner), polls: false };
    }
    if (run === null)
        return (0,workflow_value/* notJudging */._b)('a step that does nothing that can be read');
    const isPosix = checkShell(workflow, job, step) === 'sh';
    const { text, marks } = markedScript(run, inner);
    const gh = workflow.path.replaceAll('\\', '/').includes('.github/');
    const everyWay = facts.result === null;
    return runScript(text, { env, marks, gh, guard: facts.guard, everyWay }, isPosix);
}

;// CONCATENATED MODULE: ./src/workflow/classify.ts


/** Steps of one job beyond this are not read. */
const MAX_STEPS = 50;
/** `if: false` */
const isOff = (condition) => /^(?:false|\$\{\{\s*false\s*\}\})$/.test(condition ?? '');
function outcomeOf(workflow, job, result) {
    const { body } = job;
    const base = {
        needs: job.needs,
        outputs: mayHoldOutputs(workflow, job),
        env: new Map(),
        result,
        ofJob: true,
    };
    const condition = conditionValue(body.condition, base);
    if (result === null ? isOff(body.condition) : !(0,workflow_value/* truthOf */.D)(condition).yes)
        return { ok: true, fail: false, origins: new Set(), polls: false };
    const ofSteps = { ...base, ofJob: false };
    const whole = { ...ofSteps, env: withVariables(workflow.env, ofSteps) };
    const facts = { ...whole, env: withVariables(body.env, whole) };
    // A job whose condition asks for success alone is not held back by it: it runs, and then fails.
    let guard = { ...condition, values: null };
    const origins = new Set();
    let [ok, fail, polls] = [true, false, false];
    for (const step of body.steps ?? []) {
        const asked = conditionValue(step.condition, facts);
        const { yes, no } = (0,workflow_value/* truthOf */.D)(asked);
        // Where anything may have ended anyhow, every step is read that is not turned off literally.
        if (result === null ? isOff(step.condition) : !yes)
            continue;
        const held = (0,workflow_value/* madeOf */.F6)([guard, asked], null);
        const ended = stepExits(step, workflow, job, { ...facts, guard: held });
        polls ||= ended.polls;
        if (step.continueOnError)
            continue;
        for (const { fail: fails, by } of ended.exits) {
            if (!fails)
                continue;
            const judged = by.from.has('results') || by.from.has('statuses');
            if (!judged && result === null)
                (0,workflow_value/* notJudging */._b)('it fails by nothing that it reads');
            // A failure that rests on the file alone can come although every need is green.
            if (!judged)
                ok = false;
            for (const origin of by.from)
                origins.add(origin);
            fail = true;
            guard = (0,workflow_value/* madeOf */.F6)([guard, by], null);
        }
        if (!no && !ended.exits.some(one => one.ok))
            ok = false;
    }
    return { ok, fail, origins, polls };
}
function judging(workflow, job) {
    const { body, matrix } = job;
    if (job.reusable)
        (0,workflow_value/* notJudging */._b)('it calls another workflow');
    if (body.others.length > 0)
        (0,workflow_value/* notJudging */._b)(`it has ${body.others.join(', ').slice(0, 60)}`);
    if (workflow.defaults.others.length > 0)
        (0,workflow_value/* notJudging */._b)(`it has ${workflow.defaults.others.join(', ')}`);
    if (matrix.kind === 'expression')
        (0,workflow_value/* notJudging */._b)('its matrix is known only to a run');
    // An output is an expression, which can fail.
    if (body.outputs?.length !== 0)
        (0,workflow_value/* notJudging */._b)('it has outputs');
    if (body.steps === null || body.steps.length === 0)
        (0,workflow_value/* notJudging */._b)('it has no steps that can be read');
    if ((body.steps ?? []).length > MAX_STEPS)
        (0,workflow_value/* notJudging */._b)('it has too many steps');
    const any = outcomeOf(workflow, job, null);
    // Over green needs a job that only judges is green, or its condition lets it be skipped.
    if (!outcomeOf(workflow, job, 'success').ok)
        (0,workflow_value/* notJudging */._b)('it fails though all it needs is green');
    // One that polls can still wait until its time is up.
    if (any.polls || any.origins.has('statuses'))
        return { kind: 'only-judges', by: 'polling' };
    return { kind: 'only-judges', by: any.fail ? 'needs' : 'nothing' };
}
/** All texts of a job that a runner reads. */
function textsIn({ body }) {
    const values = (map) => Object.values(map ?? {});
    return [
        ...(body.condition === null ? [] : [body.condition]),
        ...values(body.env),
        ...(body.steps ?? []).flatMap(step => [
            ...[step.run, step.uses, step.condition].filter(text => text !== null),
            ...values(step.env),
            ...values(step.with),
        ]),
    ];
}
const NEEDS_READ = new RegExp([
    /\bneeds\s*(?:\.\s*(?:\*|[\w-]+)|\[[^\]]*\])\s*(?:\.\s*result\b|\[\s*'result'\s*\])/,
    /\btojson\s*\(\s*needs\b/,
]
    .map(({ source }) => source)
    .join('|'), 'i');
const POLLS = new RegExp([
    '/commits/\\S+/(?:status|check-)|/statuses/|/actions/runs/\\S+/jobs',
    '\\bgh (?:pr checks|run (?:list|view|watch))',
    'merge-gatekeeper|wait-on-check|wait-for-(?:check|status)|alls-green-status',
].join('|'), 'i');
/** Does the text of a job name what its needs ended with, whatever becomes of it there? */
const namesResults = (job) => textsIn(job).some(text => NEEDS_READ.test(text));
/**
 * What this job does. Whatever is not understood is other work: a mistake here would let a success
 * be posted over a verdict of the job's own.
 */
function workOf(workflow, job) {
    try {
        return judging(workflow, job);
    }
    catch (error) {
        if (!(error instanceof workflow_value/* NotJudging */.gg))
            throw error;
        const texts = textsIn(job);
        return {
            kind: 'other-work',
            why: error.message,
            readsNeeds: namesResults(job),
            polls: texts.some(text => POLLS.test(text)),
        };
    }
}
/**
 * Is this the job that answers for others? It reads what they ended with, or asks the server for
 * it. One that works on what others built is none: it does not run when they failed, and when it
 * fails itself, all that it needs is green. Nor is one that reads nothing, even if it cannot fail
 * on this branch: a pull request may have given it work, and nobody named it
 * (`__tests__/recordings/gitea-1.26.4-own-verdict`).
 */
function isUmbrellaLike(workflow, job, work = workOf(workflow, job)) {
    if (work.kind === 'only-judges')
        return work.by === 'polling' || (work.by === 'needs' && job.needs.length > 0);
    if (job.needs.length === 0)
        return work.polls;
    return job.runsAlways && (work.readsNeeds || work.polls);
}


/***/ }),

/***/ 8127:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CI: () => (/* binding */ partsOf),
/* harmony export */   LL: () => (/* binding */ splitTemplate),
/* harmony export */   QC: () => (/* binding */ parseTemplate),
/* harmony export */   zB: () => (/* binding */ parseCondition)
/* harmony export */ });
/** From the one that binds least. */
const LEVELS = [
    ['||'],
    ['&&'],
    ['==', '!='],
    ['<', '<=', '>', '>='],
];
/** A longer one is nothing that anybody wrote by hand. */
const MAX_TOKENS = 1000;
/** Brackets and negations, one in the other. */
const MAX_DEPTH = 50;
const TOKEN = new RegExp(`\\s*(?:${[
    /'(?:[^']|'')*'/,
    /-?(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w.])/,
    /[a-z_][\w-]*/,
    /\|\||&&|[=!<>]=|[<>!()[\],.*]/,
]
    .map(({ source }) => source)
    .join('|')})`, 'iy');
function tokensOf(text) {
    const tokens = [];
    TOKEN.lastIndex = 0;
    for (let at = 0; at < text.length;) {
        const found = TOKEN.exec(text);
        if (found === null)
            return text.slice(at).trim() === '' ? tokens : null;
        tokens.push(found[0].trim());
        at = TOKEN.lastIndex;
        if (tokens.length > MAX_TOKENS)
            return null;
    }
    return tokens;
}
class Unreadable extends Error {
}
class ExpressionParser {
    at = 0;
    depth = 0;
    tokens;
    constructor(tokens) {
        this.tokens = tokens;
    }
    whole() {
        const read = this.level(0);
        if (this.at < this.tokens.length)
            throw new Unreadable();
        return read;
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
            throw new Unreadable();
    }
    level(at) {
        const operators = LEVELS[at];
        if (operators === undefined)
            return this.negated();
        let left = this.level(at + 1);
        for (;;) {
            const operator = operators.find(one => this.take(one));
            if (operator === undefined)
                return left;
            left = { kind: 'binary', operator, left, right: this.level(at + 1) };
        }
    }
    negated() {
        this.depth += 1;
        if (this.depth > MAX_DEPTH)
            throw new Unreadable();
        const read = this.take('!') ? { kind: 'not', of: this.negated() } : this.primary();
        this.depth -= 1;
        return read;
    }
    primary() {
        if (this.take('(')) {
            const inner = this.level(0);
            this.expect(')');
            return inner;
        }
        const token = this.peek();
        this.at += 1;
        if (token.startsWith("'"))
            return { kind: 'literal', value: token.slice(1, -1).replaceAll("''", "'") };
        if (/^-?\d/.test(token))
            return { kind: 'literal', value: Number(token) };
        if (!/^[a-z_]/i.test(token))
            throw new Unreadable();
        const name = token.toLowerCase();
        if (this.take('('))
            return { kind: 'call', name, args: this.args() };
        if (name === 'true' || name === 'false')
            return { kind: 'literal', value: name === 'true' };
        if (name === 'null')
            return { kind: 'literal', value: null };
        return { kind: 'path', names: [name, ...this.rest()] };
    }
    args() {
        const args = [];
        if (this.take(')'))
            return args;
        do
            args.push(this.level(0));
        while (this.take(','));
        this.expect(')');
        return args;
    }
    /** `.name`, `.*` and `['name']`: an index that is no text is not read. */
    rest() {
        const names = [];
        for (;;) {
            if (this.take('.')) {
                const name = this.peek();
                if (name !== '*' && !/^[a-z_]/i.test(name))
                    throw new Unreadable();
                names.push(name.toLowerCase());
                this.at += 1;
            }
            else if (this.take('[')) {
                const index = this.peek();
                if (!index.startsWith("'") || index === "'*'")
                    throw new Unreadable();
                names.push(index.slice(1, -1).replaceAll("''", "'").toLowerCase());
                this.at += 1;
                this.expect(']');
            }
            else
                return names;
        }
    }
}
/** Reads an expression, without `${{` and `}}`; `null` where it cannot be read. */
function parseExpression(text) {
    const tokens = tokensOf(text);
    if (tokens === null)
        return null;
    try {
        return new ExpressionParser(tokens).whole();
    }
    catch (error) {
        if (error instanceof Unreadable)
            return null;
        throw error;
    }
}
/** Where an expression ends, past its `}}`; those in its texts do not count. -1: nowhere. */
function endOfExpression(text, from) {
    let quoted = false;
    for (let at = from; at < text.length; at += 1) {
        if (text[at] === "'")
            quoted = !quoted;
        else if (!quoted && text.startsWith('}}', at))
            return at + 2;
    }
    return -1;
}
/**
 * Text with expressions in it: text at even places, expressions without their brackets at odd ones;
 * `null` where one of them does not end.
 */
function splitTemplate(text) {
    const parts = [];
    for (let at = 0;;) {
        const start = text.indexOf('${{', at);
        if (start === -1)
            return [...parts, text.slice(at)];
        const end = endOfExpression(text, start + 3);
        if (end === -1)
            return null;
        parts.push(text.slice(at, start), text.slice(start + 3, end - 2));
        at = end;
    }
}
/** Text with expressions in it, in its parts; `null` where one of them cannot be read. */
function parseTemplate(text) {
    const parts = [];
    for (const [at, part] of (splitTemplate(text) ?? [null]).entries()) {
        const read = part === null ? null : at % 2 === 0 ? part : parseExpression(part);
        if (read === null)
            return null;
        if (read !== '')
            parts.push(read);
    }
    return parts;
}
/** An expression and all those in it. */
function partsOf(expression) {
    switch (expression.kind) {
        case 'literal':
        case 'path':
            return [expression];
        case 'not':
            return [expression, ...partsOf(expression.of)];
        case 'call':
            return [expression, ...expression.args.flatMap(partsOf)];
        case 'binary':
            return [expression, ...partsOf(expression.left), ...partsOf(expression.right)];
    }
}
/** A condition: an expression with or without its `${{ }}`. */
function parseCondition(text) {
    if (!text.includes('${{'))
        return parseExpression(text);
    const parts = parseTemplate(text.trim());
    const [only, ...more] = parts ?? [];
    // Text around an expression makes a text of all of it, which is always true.
    return only === undefined || typeof only === 'string' || more.length > 0 ? null : only;
}


/***/ }),

/***/ 6365:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ arithmetic)
/* harmony export */ });
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5780);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2060);


const TOKEN = /\s*(\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}|\w+|\+\+|--|[-+*=!<>]=|&&|\|\||[-+*<>!()=])/y;
const LEVELS = [
    { '||': (a, b) => Number(a !== 0 || b !== 0) },
    { '&&': (a, b) => Number(a !== 0 && b !== 0) },
    { '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b) },
    {
        '<': (a, b) => Number(a < b),
        '<=': (a, b) => Number(a <= b),
        '>': (a, b) => Number(a > b),
        '>=': (a, b) => Number(a >= b),
    },
    { '+': (a, b) => a + b, '-': (a, b) => a - b },
    { '*': (a, b) => a * b },
];
const CHANGES = {
    '=': (_, b) => b,
    '+=': (a, b) => a + b,
    '-=': (a, b) => a - b,
    '*=': (a, b) => a * b,
};
const misread = () => {
    throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('arithmetic that is not understood');
};
function tokensOf(text) {
    // A negative value that is put in behind a sign would make `--` or `+-` of it.
    if (/[-+]\$/.test(text))
        misread();
    const tokens = [];
    TOKEN.lastIndex = 0;
    const whole = text.trimEnd();
    for (let at = 0; at < whole.length; at = TOKEN.lastIndex)
        tokens.push(TOKEN.exec(whole)?.[1] ?? misread());
    return tokens;
}
class ArithmeticParser {
    /** Variables that it reads, and those whose text is put in. */
    names = new Set();
    texts = new Set();
    assigned = new Set();
    at = 0;
    depth = 0;
    tokens;
    constructor(text) {
        this.tokens = tokensOf(text);
    }
    whole() {
        const term = this.change();
        return this.at < this.tokens.length ? misread() : term;
    }
    take(...wanted) {
        const token = this.tokens[this.at];
        if (token === undefined || !wanted.includes(token))
            return null;
        this.at += 1;
        return token;
    }
    change() {
        this.depth += 1;
        if (this.depth > 20)
            misread();
        const [name = '', operator = ''] = this.tokens.slice(this.at, this.at + 2);
        const by = CHANGES[operator];
        const term = isName(name) && by !== undefined ? this.set(name, by) : this.level(0);
        this.depth -= 1;
        return term;
    }
    set(name, by) {
        this.at += 2;
        this.variable(name);
        this.assigned.add(name);
        const given = this.change();
        return numbers => {
            const value = by(numbers.get(name) ?? 0, given(numbers));
            numbers.set(name, value);
            return value;
        };
    }
    level(at) {
        const operators = LEVELS[at];
        if (operators === undefined)
            return this.unary();
        let left = this.level(at + 1);
        for (;;) {
            const by = operators[this.take(...Object.keys(operators)) ?? ''];
            if (by === undefined)
                return left;
            const [one, other] = [left, this.level(at + 1)];
            left = numbers => by(one(numbers), other(numbers));
        }
    }
    unary() {
        const sign = this.take('!', '-', '+');
        if (sign === null)
            return this.primary();
        this.depth += 1;
        if (this.depth > 20)
            misread();
        const of = this.unary();
        this.depth -= 1;
        if (sign === '!')
            return numbers => Number(of(numbers) === 0);
        return sign === '-' ? numbers => -of(numbers) : of;
    }
    primary() {
        if (this.take('(') !== null) {
            const inner = this.change();
            return this.take(')') === null ? misread() : inner;
        }
        const first = this.take('++', '--');
        const token = this.tokens[this.at] ?? misread();
        this.at += 1;
        const last = isName(token) && first === null ? this.take('++', '--') : null;
        if (first !== null || last !== null)
            return this.step(token, first ?? last ?? '', last !== null);
        if (/^(?:0|[1-9]\d{0,8})$/.test(token))
            return () => Number(token);
        return this.variable(token);
    }
    step(name, sign, isAfter) {
        if (!isName(name))
            misread();
        this.variable(name);
        this.assigned.add(name);
        const by = sign === '++' ? 1 : -1;
        return numbers => {
            const before = numbers.get(name) ?? 0;
            numbers.set(name, before + by);
            return isAfter ? before : before + by;
        };
    }
    variable(token) {
        const name = /^\$?\{?([A-Za-z_]\w*)\}?$/.exec(token)?.[1] ?? misread();
        this.names.add(name);
        if (token.startsWith('$'))
            this.texts.add(name);
        return numbers => numbers.get(name) ?? 0;
    }
}
const isName = (token) => /^[A-Za-z_]\w*$/.test(token);
/** All that the variables can be, together; `null` where that is not known. */
function casesOf(values) {
    let cases = [new Map()];
    for (const [name, value] of values) {
        const texts = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(value);
        if (texts === null || texts.length * cases.length > 16)
            return null;
        cases = cases.flatMap(one => texts.map(text => new Map([...one, [name, Number(text)]])));
    }
    return cases;
}
/** A shell reads the text of a variable as arithmetic again, with names and assignments in it. */
function requireNumbers(values, texts, shell) {
    for (const [name, value] of values)
        if ((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(value) !== 'number')
            throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg(`arithmetic of $${name}, which is no number`);
    for (const name of texts)
        if ((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)((0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .scriptVariable */ .mv)(name, shell))?.includes('') === true)
            throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg(`arithmetic of $${name}, which may be nothing`);
}
/** What arithmetic says of the variables in it, which it may set. */
function arithmetic(text, shell) {
    const parser = new ArithmeticParser(text);
    const term = parser.whole();
    const values = new Map([...parser.names].map(name => [name, (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .scriptVariable */ .mv)(name, shell)]));
    const by = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([...values.values()], null), 'number');
    (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .requireJudgeable */ .dV)(by, 'arithmetic');
    requireNumbers(values, parser.texts, shell);
    const cases = casesOf(values);
    // An assignment behind `&&` or `||` may not run.
    const isTold = parser.assigned.size === 0 || (cases?.length === 1 && !/&&|\|\|/.test(text));
    const known = isTold ? (cases?.map(term) ?? null) : null;
    if (known?.some(one => Math.abs(one) > 1e15) === true)
        misread();
    for (const name of parser.assigned) {
        const set = isTold ? cases?.[0]?.get(name) : undefined;
        (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .assign */ .kp)(name, set === undefined ? by : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([by], [String(set)]), shell);
    }
    return known === null
        ? by
        : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([by], known.map(one => String(one + 0)));
}


/***/ }),

/***/ 2629:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ isScriptCommand),
  b: () => (/* binding */ simple)
});

// EXTERNAL MODULE: ./src/workflow/value.ts
var workflow_value = __webpack_require__(5780);
// EXTERNAL MODULE: ./src/workflow/script/words.ts
var script_words = __webpack_require__(4896);
;// CONCATENATED MODULE: ./src/workflow/script/command.ts


const expandedWords = (words, shell) => words.map(word => (0,script_words/* expand */.fT)(word, shell));
/** It says yes or no by this, and prints what rests on it. */
function tells(by, shell, shape = null) {
    shell.out.push((0,workflow_value/* shaped */.e9)(by, shape));
    return { ok: true, fail: true, by };
}

// EXTERNAL MODULE: ./src/workflow/script/jq-kinds.ts
var jq_kinds = __webpack_require__(4122);
;// CONCATENATED MODULE: ./src/workflow/script/jq.ts

/**
 * Reads programs of jq, as far as umbrellas use it. What a program is given is either nothing but
 * results, or `needs` with outputs in it; then no more than results may be read of it.
 */
class JqKindParser {
    tokens;
    variables;
    at = 0;
    depth = 0;
    constructor(text, variables) {
        this.tokens = (0,jq_kinds/* jqTokens */.YG)(text);
        this.variables = variables;
    }
    whole(input) {
        const kind = this.pipe(input);
        return this.at < this.tokens.length ? (0,jq_kinds/* notRead */.Qk)() : kind;
    }
    peek() {
        return this.tokens[this.at] ?? '';
    }
    take(...tokens) {
        if (!tokens.includes(this.peek()))
            return false;
        this.at += 1;
        return true;
    }
    expect(token) {
        if (!this.take(token))
            (0,jq_kinds/* notRead */.Qk)();
    }
    pipe(input) {
        this.depth += 1;
        if (this.depth > 30)
            (0,jq_kinds/* notRead */.Qk)();
        let kind = this.comma(input);
        while (this.take('|'))
            kind = this.comma(kind);
        this.depth -= 1;
        return kind;
    }
    comma(input) {
        let kind = this.operation(input);
        while (this.take(','))
            kind = (0,jq_kinds/* union */.KC)(kind, this.operation(input));
        return kind;
    }
    /** Of operations it is all one which binds more: they ask for plain sides, and yield no more. */
    operation(input) {
        let kind = this.postfix(input);
        while (this.take(...jq_kinds/* OPERATORS */.we))
            kind = (0,jq_kinds/* plainKind */.dM)(kind, this.postfix(input));
        return kind;
    }
    postfix(input) {
        let kind = this.primary(input);
        for (;;) {
            const token = this.peek();
            if (/^\.\w/.test(token))
                kind = this.field(kind, token.slice(1));
            else if (token === '.' && /^["[]/.test(this.tokens[this.at + 1] ?? ''))
                this.at += 1;
            else if (token.startsWith('"'))
                kind = this.field(kind, token.slice(1, -1));
            else if (this.take('['))
                kind = this.index(kind);
            else if (!this.take('?'))
                return kind;
        }
    }
    field(kind, name) {
        this.at += 1;
        return (0,jq_kinds/* field */.ZZ)(kind, name);
    }
    index(kind) {
        if (this.take(']'))
            return (0,jq_kinds/* entryKind */.FY)(kind);
        const token = this.peek();
        const isName = token.startsWith('"');
        if (!isName && (!/^\d+$/.test(token) || kind === 'needs'))
            (0,jq_kinds/* notRead */.Qk)();
        this.at += 1;
        this.expect(']');
        return isName ? (0,jq_kinds/* field */.ZZ)(kind, token.slice(1, -1)) : (0,jq_kinds/* entryKind */.FY)(kind);
    }
    primary(input) {
        const token = this.peek();
        if (/^\.\w/.test(token))
            return this.field(input, token.slice(1));
        this.at += 1;
        if (token === '.')
            return input;
        if (token.startsWith('"'))
            return this.text(token, input);
        if (/^\d/.test(token))
            return 'plain';
        if (token === '(')
            return this.closed(input, ')');
        if (token === '[')
            return this.take(']') ? 'plain' : (0,jq_kinds/* listKind */.zM)(this.closed(input, ']'));
        if (token.startsWith('$'))
            return this.variables.get(token.slice(1)) ?? (0,jq_kinds/* notRead */.Qk)();
        return jq_kinds/* FORMATS */.hR.includes(token) ? (0,jq_kinds/* plainKind */.dM)(input) : this.call(token, input);
    }
    closed(input, end) {
        const kind = this.pipe(input);
        this.expect(end);
        return kind;
    }
    /** A text, and what is put into it. */
    text(token, input) {
        const bodies = [...token.matchAll(/\\\(([^()"]*)\)/g)];
        if (bodies.length < token.split('\\(').length - 1)
            (0,jq_kinds/* notRead */.Qk)();
        return (0,jq_kinds/* plainKind */.dM)(...bodies.map(([, body = '']) => new JqKindParser(body, this.variables).whole(input)));
    }
    conditional(input) {
        (0,jq_kinds/* plainKind */.dM)(this.pipe(input));
        this.expect('then');
        const yes = this.pipe(input);
        if (this.take('elif'))
            return (0,jq_kinds/* union */.KC)(yes, this.conditional(input));
        const no = this.take('else') ? this.pipe(input) : input;
        this.expect('end');
        return (0,jq_kinds/* union */.KC)(yes, no);
    }
    argument(input) {
        this.expect('(');
        return this.closed(input, ')');
    }
    call(name, input) {
        switch (name) {
            case 'true':
            case 'false':
            case 'null':
            case 'empty':
                return 'plain';
            case 'if':
                return this.conditional(input);
            case 'map':
                return (0,jq_kinds/* listKind */.zM)(this.argument((0,jq_kinds/* entryKind */.FY)(input)));
            case 'select':
                (0,jq_kinds/* plainKind */.dM)(this.argument(input));
                return input;
            case 'to_entries':
                return input === 'needs' ? 'entry[]' : (0,jq_kinds/* plainKind */.dM)(input);
            case 'with_entries': {
                const kind = this.argument(input === 'needs' ? 'entry' : (0,jq_kinds/* plainKind */.dM)(input));
                return kind === 'entry' ? 'needs' : (0,jq_kinds/* plainKind */.dM)(kind);
            }
            case 'keys':
                return input === 'need' ? (0,jq_kinds/* notRead */.Qk)() : 'plain';
            case 'length':
                return input === 'needs' || input.endsWith('[]') ? 'plain' : (0,jq_kinds/* plainKind */.dM)(input);
            case 'all':
            case 'any':
                return this.quantified(input);
        }
        const known = this.peek() === '(' ? jq_kinds/* PLAIN_OF_ONE */.Kp : jq_kinds/* PLAIN_FUNCTIONS */.l;
        if (!known.has(name))
            return (0,jq_kinds/* notRead */.Qk)();
        return known === jq_kinds/* PLAIN_FUNCTIONS */.l ? (0,jq_kinds/* plainKind */.dM)(input) : (0,jq_kinds/* plainKind */.dM)(input, this.argument(input));
    }
    /** `all`, `all(condition)` and `all(generator; condition)`. */
    quantified(input) {
        if (this.peek() !== '(')
            return (0,jq_kinds/* plainKind */.dM)((0,jq_kinds/* entryKind */.FY)(input));
        const start = this.at;
        // Which of the two it is shows only behind the first argument.
        if (this.generates()) {
            this.at = start + 1;
            return (0,jq_kinds/* plainKind */.dM)(this.closed(this.closed(input, ';'), ')'));
        }
        this.at = start;
        return (0,jq_kinds/* plainKind */.dM)(this.argument((0,jq_kinds/* entryKind */.FY)(input)));
    }
    /** Is there a `;` in these brackets, outside all others? */
    generates() {
        let depth = 0;
        for (const token of this.tokens.slice(this.at)) {
            if (token === '(')
                depth += 1;
            if (token === ')')
                depth -= 1;
            if (depth === 0)
                return false;
            if (token === ';' && depth === 1)
                return true;
        }
        return false;
    }
}
/**
 * Does this program read results alone? `input` and `variables` say what holds outputs. What it
 * yields must be plain too: an entry as a whole is not to be judged by.
 */
function readsResultsOnly(program, input, variables) {
    try {
        return new JqKindParser(program, variables).whole(input) === 'plain';
    }
    catch (error) {
        if (error instanceof jq_kinds/* NotRead */.Yo)
            return false;
        throw error;
    }
}

// EXTERNAL MODULE: ./src/workflow/script/syntax.ts + 2 modules
var syntax = __webpack_require__(7815);
;// CONCATENATED MODULE: ./src/workflow/script/jq-command.ts





const JQ_FLAGS = /^(?:-[ercnsjaM]+|--exit-status|--raw-output|--compact-output|--slurp|--null-input)$/;
/** Is it `toJSON(needs)`, or without outputs? Within other JSON, levels would be mistaken. */
function jqKindOf(value) {
    if (!value.from.has('needs'))
        return 'plain';
    const isWhole = (text) => text.trim() === workflow_value/* RUN_MARK */.GT.needs || !text.includes(workflow_value/* RUN_MARK */.GT.needs);
    return (0,workflow_value/* knownTexts */.y4)(value)?.every(isWhole) === true
        ? 'needs'
        : (0,workflow_value/* notJudging */._b)('"jq" of a part of needs');
}
/** What a program prints, where it is put into a shell's words. */
function printedShape(program, given, isCompact) {
    if (!program.includes('#') && /(?:^|\|)\s*length\s*$/.test(program))
        return 'number';
    if (isCompact || /[\\@*?]|to(?:json|string)|"[^"]*\[[^"]*"/.test(program))
        return null;
    return given.every(value => (0,workflow_value/* shapeOf */.F5)(value) !== null || value.from.has('needs')) ? 'words' : null;
}
/** `needs` of which nothing but results was read. */
const resultsOf = (value) => ({
    ...value,
    from: new Set([...value.from].map(origin => (origin === 'needs' ? 'results' : origin))),
});
/** `jq` over results, and what it makes of its variables. */
const jq = (words, shell) => {
    const rest = [...words];
    const variables = new Map();
    let input = shell.input;
    let isInput = true;
    let isCompact = false;
    let program = null;
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        const plain = (0,syntax/* plainText */.wh)(word);
        if (plain === '--arg' || plain === '--argjson') {
            const [name, value] = [(0,syntax/* plainText */.wh)(rest.shift()) ?? '', rest.shift()];
            // Of two, jq keeps the first.
            if (variables.has(name))
                (0,workflow_value/* notJudging */._b)('"jq" sets one name twice');
            // It keeps these for itself.
            if (!syntax/* VARIABLE_NAME */.nN.test(name) || /^(?:ENV|ARGS|__.*)$/.test(name) || value === undefined)
                return (0,workflow_value/* notJudging */._b)('"jq" sets a name that is not known');
            const known = (0,script_words/* argument */.EE)(value, shell);
            if (plain === '--arg' && known.from.has('needs'))
                (0,workflow_value/* notJudging */._b)('"jq" reads needs as a text');
            variables.set(name, known);
        }
        else if (plain !== null && JQ_FLAGS.test(plain)) {
            if (/^-[a-zA-Z]*c|^--compact-output$/.test(plain))
                isCompact = true;
            if (/^-[a-zA-Z]*n|^--null-input$/.test(plain))
                isInput = false;
            if (/^-[a-zA-Z]*s|^--slurp$/.test(plain) && input?.from.has('needs') === true)
                (0,workflow_value/* notJudging */._b)('"jq" of several inputs');
        }
        else if (plain === null || plain.startsWith('-') || program !== null) {
            (0,workflow_value/* notJudging */._b)('"jq" with a file, an option or a program that is not told');
        }
        else
            program = plain;
    }
    if (!isInput)
        input = (0,workflow_value/* literal */.eu)();
    if (input === null)
        return (0,workflow_value/* notJudging */._b)('"jq" of a file');
    const kinds = new Map([...variables].map(([name, value]) => [name, jqKindOf(value)]));
    if (program === null || !readsResultsOnly(program, jqKindOf(input), kinds))
        (0,workflow_value/* notJudging */._b)('"jq" reads more than results, or more than can be told');
    const by = (0,workflow_value/* madeOf */.F6)([...variables.values(), input].map(resultsOf), null);
    (0,workflow_value/* requireJudgeable */.dV)(by, '"jq"');
    const shape = printedShape(program ?? '', [...variables.values(), input], isCompact);
    return tells(by, shell, shape);
};

;// CONCATENATED MODULE: ./src/workflow/script/poll.ts


const { api, server, repository, commit, run } = workflow_value/* RUN_MARK */.GT;
const WHAT = [
    `commits/${commit}/(?:status|statuses|check-runs|check-suites)`,
    `statuses/${commit}`,
    // The run itself tells its event, its actor and its branch besides.
    `actions/runs/${run}/jobs`,
].join('|');
/** Of a query nothing but letters, digits and the facts of the run. */
const PATH = `repos/${repository}/(?:${WHAT})(?:\\?[\\w=&.%-]*)?$`;
const isHeader = ({ value, plain }) => ((0,workflow_value/* knownTexts */.y4)(value) ?? ['']).every(text => /^(?:authorization|accept|content-type|x-github-api-version)\s*:/i.test(text)) &&
    !value.from.has('needs') &&
    plain?.startsWith('@') !== true;
const isGet = ({ plain }) => plain === 'GET';
const isNumber = ({ plain }) => /^\d+$/.test(plain ?? '');
const isProgram = ({ plain }) => plain !== null && readsResultsOnly(plain, 'plain', new Map());
const CURL = {
    flags: /^(?:-[sSfLkg]+|--silent|--show-error|--fail|--fail-with-body|--location|--compressed)$/,
    options: [
        [/^(?:--retry|--retry-delay|--max-time|-m|--connect-timeout)$/, isNumber],
        [/^(?:-X|--request)$/, isGet],
        [/^(?:-H|--header)$/, isHeader],
    ],
    address: new RegExp(`^(?:${api}|${server}/api/v[13])/${PATH}`),
};
/** Behind `gh api`, which adds the address of the server. */
const GH = {
    flags: /^--(?:paginate|silent)$/,
    options: [
        [/^(?:-X|--method)$/, isGet],
        [/^(?:-H|--header)$/, isHeader],
        [/^(?:-q|--jq)$/, isProgram],
    ],
    address: new RegExp(`^/?${PATH}`),
};
/** Why this command does more than to ask for the statuses of this commit; `null`: it does not. */
function faultOf(args, { flags, options, address }) {
    let addresses = 0;
    for (let at = 0; at < args.length; at += 1) {
        const { plain, value } = args[at] ?? { plain: null, value: null };
        if (plain !== null && flags.test(plain))
            continue;
        const option = options.find(([name]) => plain !== null && name.test(plain));
        if (option !== undefined) {
            const given = args[at + 1];
            if (given === undefined || !option[1](given))
                return `with a ${plain ?? ''} that is not known`;
            at += 1;
            continue;
        }
        if (plain?.startsWith('-') === true)
            return `with ${plain}`;
        const texts = value === null ? [] : ((0,workflow_value/* knownTexts */.y4)(value) ?? []);
        if (texts.length === 0 || !texts.every(text => address.test(text)))
            return 'for another address than the statuses of this commit';
        addresses += 1;
    }
    return addresses === 1 ? null : 'for no address';
}

// EXTERNAL MODULE: ./src/workflow/script/state.ts
var state = __webpack_require__(2060);
// EXTERNAL MODULE: ./src/workflow/script/test-command.ts
var test_command = __webpack_require__(1545);
;// CONCATENATED MODULE: ./src/workflow/script/commands.ts








const nothing = (words, shell) => {
    expandedWords(words, shell);
    return state.OK;
};
/** Known where each word is one word of the shell, and the first is no option. */
const echo = (words, shell) => {
    const texts = expandedWords(words, shell);
    const isTold = words.every((word, at) => !(0,script_words/* isSplit */.pF)(word) || (0,script_words/* isOneWord */.vw)(texts[at]));
    const joined = texts
        .flatMap((text, at) => (at === 0 ? [text] : [(0,workflow_value/* literal */.eu)(' '), text]))
        .reduce(workflow_value/* concatenated */.c, (0,workflow_value/* literal */.eu)(''));
    const isOption = (0,workflow_value/* knownTexts */.y4)(joined)?.some(text => text.startsWith('-')) === true;
    const shape = isOption ? null : (0,workflow_value/* shapeOf */.F5)(joined);
    shell.out.push(isTold && !isOption ? joined : (0,workflow_value/* shaped */.e9)((0,workflow_value/* madeOf */.F6)([joined], null), shape));
    return state.OK;
};
const printf = ([format, ...rest], shell) => {
    const plain = (0,syntax/* plainText */.wh)(format);
    if (plain === null || /%(?![%sbq])|^-/.test(plain))
        (0,workflow_value/* notJudging */._b)('"printf" of no plain text');
    const values = expandedWords(rest, shell);
    const [only, ...more] = values;
    const isPlain = /^%s(?:\\n)?$/.test(plain ?? '') && only !== undefined && more.length === 0;
    shell.out.push(isPlain ? only : (0,workflow_value/* madeOf */.F6)(values, null));
    return state.OK;
};
const exit = ([word, ...more], shell) => {
    if (more.length > 0)
        (0,workflow_value/* notJudging */._b)('"exit" with two numbers');
    const value = word === undefined ? shell.last : (0,script_words/* expand */.fT)(word, shell);
    (0,workflow_value/* requireJudgeable */.dV)(value, '"exit"');
    const codes = (0,workflow_value/* knownTexts */.y4)(value);
    if (codes?.some(code => !/^\d{1,3}$/.test(code)) === true)
        (0,workflow_value/* notJudging */._b)('"exit" with no number');
    // A shell ends with the last eight bits of the number.
    const isGreen = (code) => Number(code) % 256 === 0;
    const isLast = word === undefined || /^("?)\$(?:\?|\{\?\})\1$/.test(word.text);
    const { ok, fail } = isLast && !shell.walk.facts.everyWay ? shell.ended : { ok: true, fail: true };
    (0,state/* exitScript */.M8)(shell, {
        ok: codes === null ? ok : codes.some(isGreen),
        fail: codes === null ? fail : !codes.every(isGreen),
        by: value,
    });
    shell.alive = false;
    return { ok: false, fail: false, by: value };
};
const bracket = (words, shell, name) => {
    if (name === 'test')
        return (0,test_command/* bracketOf */.QC)(words, shell);
    if ((0,syntax/* plainText */.wh)(words.at(-1)) !== ']')
        (0,workflow_value/* notJudging */._b)('"]" is missing');
    return (0,test_command/* bracketOf */.QC)(words.slice(0, -1), shell);
};
/** `set -e`, `set -euo pipefail`: of the options, those that change how a script ends. */
const set = (words, shell) => {
    const names = words.map(syntax/* plainText */.wh);
    if (names.length === 0)
        (0,workflow_value/* notJudging */._b)('"set" prints all variables');
    while (names.length > 0) {
        const [, sign, letters = ''] = /^([-+])([euxEo]+)$/.exec(names.shift() ?? '') ?? [];
        if (sign === undefined)
            (0,workflow_value/* notJudging */._b)('"set" with an option that is not known');
        for (const letter of letters) {
            const option = letter === 'o' ? names.shift() : letter;
            if (option === 'e' || option === 'errexit')
                shell.errexit = sign === '-';
            else if (option === 'u' || option === 'nounset')
                shell.nounset = sign === '-';
            else if (!['x', 'xtrace', 'pipefail', 'E', 'errtrace'].includes(option ?? ''))
                (0,workflow_value/* notJudging */._b)('"set" with an option that is not known');
        }
    }
    return state.OK;
};
/** `break` and `continue`: after either anything of the loop may run, or what follows it. */
const leaveLoop = (words, shell, name) => {
    if (words.length > 0 || shell.breaks === null)
        return (0,workflow_value/* notJudging */._b)(`"${name}" out of a loop`);
    shell.breaks.push((0,state/* copy */.C)(shell));
    shell.alive = false;
    return state.OK;
};
/** `read` of an input that is told: it fails at its end. */
const read = (words, shell) => {
    if (shell.input === null)
        return (0,workflow_value/* notJudging */._b)('"read" of an input that is not told');
    const by = (0,workflow_value/* madeOf */.F6)([shell.input], null);
    (0,workflow_value/* requireJudgeable */.dV)(by, '"read"');
    const given = (0,workflow_value/* shapeOf */.F5)(shell.input);
    const shape = given === 'json' ? null : given;
    for (const word of words) {
        const name = (0,syntax/* plainText */.wh)(word) ?? '';
        if (name === '-r' || name === '-ra')
            continue;
        if (!syntax/* VARIABLE_NAME */.nN.test(name))
            (0,workflow_value/* notJudging */._b)('"read" with an option that is not known');
        (0,state/* assign */.kp)(name, (0,workflow_value/* shaped */.e9)(by, shape), shell);
    }
    return { ok: true, fail: true, by };
};
const sleep = words => words.length > 0 && words.every(word => /^\d+(?:\.\d+)?[smh]?$/.test((0,syntax/* plainText */.wh)(word) ?? ''))
    ? state.OK
    : (0,workflow_value/* notJudging */._b)('"sleep" for a time that is not told');
const cat = (words, shell) => {
    if (words.length > 0 || shell.input === null)
        return (0,workflow_value/* notJudging */._b)('"cat" of a file');
    shell.out.push(shell.input);
    return state.OK;
};
const grep = (words, shell) => {
    if (shell.input === null)
        return (0,workflow_value/* notJudging */._b)('"grep" in a file');
    const rest = [...words];
    let pattern = null;
    let counts = false;
    let isByOption = false;
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        const plain = (0,syntax/* plainText */.wh)(word);
        if (/^-[qvicEFwxoh]+$/.test(plain ?? '')) {
            counts ||= plain?.includes('c') === true;
            continue;
        }
        const isOption = plain === '-e';
        if (!isOption && plain?.startsWith('-') === true)
            (0,workflow_value/* notJudging */._b)('"grep" with an option that is not known');
        // Behind a pattern by option, whatever else is no option is a file.
        if (pattern !== null && (!isOption || !isByOption))
            (0,workflow_value/* notJudging */._b)('"grep" in a file');
        isByOption = isOption;
        const given = isOption ? rest.shift() : word;
        if (given === undefined)
            return (0,workflow_value/* notJudging */._b)('"grep" for nothing');
        const value = (0,script_words/* argument */.EE)(given, shell);
        const texts = (0,workflow_value/* knownTexts */.y4)(value);
        const isTold = texts?.every(text => !text.startsWith('-')) ?? value.shape === 'word';
        if (!isOption && !isTold)
            (0,workflow_value/* notJudging */._b)('"grep" for what may be an option');
        pattern = pattern === null ? value : (0,workflow_value/* madeOf */.F6)([pattern, value], null);
    }
    if (pattern === null)
        return (0,workflow_value/* notJudging */._b)('"grep" for nothing');
    const by = (0,workflow_value/* madeOf */.F6)([shell.input, pattern], null);
    (0,workflow_value/* requireJudgeable */.dV)(by, '"grep"');
    return tells(by, shell, counts ? 'number' : null);
};
/** `curl` and `gh api`: they ask the server for the statuses of this commit, and nothing else. */
const ask = (words, shell, name) => {
    const { walk } = shell;
    const isGh = name === 'gh';
    if (isGh && !walk.facts.gh)
        (0,workflow_value/* notJudging */._b)('gh asks another server than this one');
    if (isGh && (0,syntax/* plainText */.wh)(words[0]) !== 'api')
        (0,workflow_value/* notJudging */._b)(`it runs gh ${(0,syntax/* plainText */.wh)(words[0]) ?? ''}`.trim());
    const given = isGh ? words.slice(1) : words;
    const args = given.map(word => ({ plain: (0,syntax/* plainText */.wh)(word), value: (0,script_words/* argument */.EE)(word, shell) }));
    const fault = faultOf(args, isGh ? GH : CURL);
    if (fault !== null)
        (0,workflow_value/* notJudging */._b)(`it runs ${name} ${fault}`);
    walk.polls = true;
    return tells((0,workflow_value/* from */.HT)('statuses', 'statuses of this commit'), shell);
};
/** Whatever else a script runs is work, also where nothing seems to lead to it. */
const SCRIPT_COMMANDS = new Map([
    [':', nothing],
    ['true', nothing],
    [
        'false',
        (words, shell) => {
            expandedWords(words, shell);
            return { ok: false, fail: true, by: (0,workflow_value/* literal */.eu)() };
        },
    ],
    ['echo', echo],
    ['printf', printf],
    ['exit', exit],
    ['test', bracket],
    ['[', bracket],
    ['set', set],
    ['break', leaveLoop],
    ['continue', leaveLoop],
    ['read', read],
    ['sleep', sleep],
    ['cat', cat],
    ['grep', grep],
    ['jq', jq],
    ['curl', ask],
    ['gh', ask],
]);
const isScriptCommand = (name) => SCRIPT_COMMANDS.has(name) || name === 'export';
/** Sets a variable, or adds to it; a list is one value, whatever of it is read later. */
function assigned({ name, append, value }, shell) {
    const isList = value.type === 'ArrayValue';
    const given = isList ? (0,script_words/* listValue */.a3)(value.elements, shell) : (0,script_words/* expand */.fT)(value, shell, 'text');
    const whole = append === true ? (0,workflow_value/* madeOf */.F6)([(0,state/* scriptVariable */.mv)(name, shell), given], null) : given;
    (0,state/* assign */.kp)(name, whole, shell);
}
/** `export NAME` and `export NAME=text`. */
function exported(args, shell) {
    if (args.length === 0)
        (0,workflow_value/* notJudging */._b)('"export" prints all variables');
    for (const one of args) {
        const name = one.type === 'Word' ? one.text : one.name;
        if (!syntax/* VARIABLE_NAME */.nN.test(name) || (0,state/* isSpecial */.mg)(name))
            (0,workflow_value/* notJudging */._b)(`it exports ${name.slice(0, 60)}`);
        if (one.type === 'Assignment')
            assigned(one, shell);
    }
    return state.OK;
}
/** A command by its name, or assignments alone: these end as the last `$(...)` in them. */
function simple({ name, prefix, args }, shell) {
    const { walk } = shell;
    if (name === undefined) {
        walk.substituted = null;
        for (const one of prefix)
            if (one.type === 'Assignment')
                assigned(one, shell);
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
        return walk.substituted ?? state.OK;
    }
    const plain = (0,syntax/* plainText */.wh)(name) ?? '';
    if (plain === 'export')
        return exported(args, shell);
    const words = args.filter(one => one.type === 'Word');
    const run = SCRIPT_COMMANDS.get(plain);
    return run === undefined ? (0,workflow_value/* notJudging */._b)(`it runs ${plain.slice(0, 60)}`) : run(words, shell, plain);
}


/***/ }),

/***/ 4122:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FY: () => (/* binding */ entryKind),
/* harmony export */   KC: () => (/* binding */ union),
/* harmony export */   Kp: () => (/* binding */ PLAIN_OF_ONE),
/* harmony export */   Qk: () => (/* binding */ notRead),
/* harmony export */   YG: () => (/* binding */ jqTokens),
/* harmony export */   Yo: () => (/* binding */ NotRead),
/* harmony export */   ZZ: () => (/* binding */ field),
/* harmony export */   dM: () => (/* binding */ plainKind),
/* harmony export */   hR: () => (/* binding */ FORMATS),
/* harmony export */   l: () => (/* binding */ PLAIN_FUNCTIONS),
/* harmony export */   we: () => (/* binding */ OPERATORS),
/* harmony export */   zM: () => (/* binding */ listKind)
/* harmony export */ });
/** Functions of no argument that work on what holds no outputs. */
const PLAIN_FUNCTIONS = new Set(('not length keys add any all unique sort reverse first last min max flatten empty error ' +
    'tostring ascii_downcase ascii_upcase tojson fromjson values tonumber type halt_error').split(' '));
/** The same with one argument. */
const PLAIN_OF_ONE = new Set(('contains inside index test startswith endswith join IN has split error first last ' +
    'group_by sort_by unique_by min_by max_by').split(' '));
const OPERATORS = ['//', 'or', 'and', '==', '!=', '<', '<=', '>', '>=', '+', '-'];
const FORMATS = ['@tsv', '@csv', '@text', '@json', '@sh'];
const JQ_TOKEN = new RegExp([
    /\s+|#[^\n]*|"(?:[^"\\]|\\.)*"/,
    /\.\.|\.[A-Za-z_]\w*|[$@]?[A-Za-z_]\w*|\d+(?:\.\d+)?/,
    /==|!=|<=|>=|\/\/|[.[\](){}|,;:<>?+-]/,
]
    .map(({ source }) => source)
    .join('|'), 'y');
class NotRead extends Error {
}
const notRead = () => {
    throw new NotRead();
};
function jqTokens(text) {
    const tokens = [];
    JQ_TOKEN.lastIndex = 0;
    for (let at = 0; at < text.length; at = JQ_TOKEN.lastIndex) {
        const [token] = JQ_TOKEN.exec(text) ?? notRead();
        if (tokens.length > 500)
            notRead();
        if (!/^\s|^#/.test(token))
            tokens.push(token);
    }
    return tokens;
}
/** What judges, or is put into a text: it must hold no outputs. */
const plainKind = (...kinds) => kinds.every(kind => kind === 'plain') ? 'plain' : notRead();
const listKind = (kind) => (kind === 'plain' ? kind : `${kind}[]`);
const entryKind = (kind) => {
    if (kind === 'needs')
        return 'need';
    return kind.endsWith('[]') ? kind.slice(0, -2) : plainKind(kind);
};
const union = (one, other) => one === other ? one : plainKind(one, other);
function field(kind, name) {
    if (name.includes('\\'))
        return notRead();
    if (kind === 'needs')
        return 'need';
    if (kind === 'entry' && name === 'value')
        return 'need';
    const isTold = (kind === 'need' && name === 'result') || (kind === 'entry' && name === 'key');
    return isTold ? 'plain' : plainKind(kind);
}


/***/ }),

/***/ 2060:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bz: () => (/* binding */ fromRunner),
/* harmony export */   C: () => (/* binding */ copy),
/* harmony export */   M8: () => (/* binding */ exitScript),
/* harmony export */   OK: () => (/* binding */ OK),
/* harmony export */   Pz: () => (/* binding */ mergeInto),
/* harmony export */   ej: () => (/* binding */ inSubshell),
/* harmony export */   kp: () => (/* binding */ assign),
/* harmony export */   mg: () => (/* binding */ isSpecial),
/* harmony export */   mv: () => (/* binding */ scriptVariable),
/* harmony export */   vl: () => (/* binding */ signature)
/* harmony export */ });
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5780);

const OK = { ok: true, fail: false, by: (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)() };
/** Variables that a shell, a tool or the runner reads for itself, so that setting them is work. */
const SPECIAL = new RegExp(`^(?:${[
    '(?:GITHUB|GITEA|FORGEJO|RUNNER|ACTIONS|BASH|LD|CURL|GH|GREP|JQ|LC|XDG|SSL|NODE)(?:_.*)?',
    'BASH\\w+|EPOCH\\w+|SRANDOM|LINENO|GROUPS|DIRSTACK|FUNC\\w+|HIST\\w+|SHLVL|PWD|OLDPWD|_|TMOUT',
    'HOST(?:NAME|TYPE)|MACHTYPE|OSTYPE|MAPFILE|COPROC|COLUMNS|LINES|EXECIGNORE|COMP_\\w+',
    'PYTHON[A-Z]+',
    'ENV|PATH|IFS|HOME|SHELLOPTS|BASHOPTS|CDPATH|GLOBIGNORE|POSIXLY_CORRECT|TMPDIR|PS[0-4]|LANG',
    '.*_PROXY|OPTIND|OPTARG|SECONDS|RANDOM|REPLY|HISTFILE|PROMPT_COMMAND|UID|EUID|PPID|PIPESTATUS',
].join('|')})$`, 'i');
/** The same that may be set: they hold a token, or a host that an address is compared with. */
const SETTABLE = new Set(['GITHUB_TOKEN', 'GITEA_TOKEN', 'FORGEJO_TOKEN', 'GH_TOKEN']);
const isSpecial = (name) => SPECIAL.test(name) && !SETTABLE.has(name);
const RUN_VARIABLES = {
    SHA: _value_js__WEBPACK_IMPORTED_MODULE_0__/* .RUN_MARK */ .GT.commit,
    REPOSITORY: _value_js__WEBPACK_IMPORTED_MODULE_0__/* .RUN_MARK */ .GT.repository,
    API_URL: _value_js__WEBPACK_IMPORTED_MODULE_0__/* .RUN_MARK */ .GT.api,
    SERVER_URL: _value_js__WEBPACK_IMPORTED_MODULE_0__/* .RUN_MARK */ .GT.server,
    RUN_ID: _value_js__WEBPACK_IMPORTED_MODULE_0__/* .RUN_MARK */ .GT.run,
};
/** What the environment holds that nobody set: facts of the run, or something unknown. */
function fromRunner(name) {
    const fact = RUN_VARIABLES[/^(?:GITHUB|GITEA|FORGEJO)_([A-Z_]+)$/.exec(name)?.[1] ?? ''];
    return fact === undefined ? (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .from */ .HT)('other', `$${name}`) : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .from */ .HT)('own', `$${name}`, [fact]);
}
const copy = (shell) => ({ ...shell, vars: new Map(shell.vars) });
/** All that was printed; the text is known where it is one piece. */
const printed = ([first, ...more]) => first === undefined || more.length === 0 ? (first ?? null) : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([first, ...more], null);
/** Runs in a shell of its own. */
function inSubshell(shell, go) {
    const inner = { ...copy(shell), goesOn: true, exits: [], breaks: null, out: [] };
    const status = go(inner);
    const all = [...inner.exits, ...(inner.alive ? [status] : [])];
    const by = all.map(one => one.by);
    return {
        ok: all.some(({ ok }) => ok),
        fail: all.some(({ fail }) => fail),
        by: (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)(by, null),
        out: printed(inner.out),
    };
}
/** Sets a variable, whose value rests besides on what led there. */
const assign = (name, value, { vars, guard }) => {
    if (isSpecial(name))
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg(`it sets ${name}`);
    vars.set(name, (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([value, guard], value.values), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(value)));
};
const scriptVariable = (name, { vars, last }) => name === '?' ? (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)(last, 'number') : (vars.get(name) ?? fromRunner(name));
/** Leaves the shell, with a status that rests besides on what led there. */
const exitScript = ({ exits, guard }, status) => {
    exits.push({ ...status, by: (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([status.by, guard], null) });
};
/** Goes on with either of two ways. */
function mergeInto(shell, other) {
    if (!other.alive)
        return;
    if (!shell.alive) {
        // What it reads and prints, and the loop around it, are its own.
        const { input, out, breaks } = shell;
        Object.assign(shell, copy(other), { input, out, breaks });
        return;
    }
    if (shell.errexit !== other.errexit || shell.nounset !== other.nounset)
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('it changes the options of the shell under a condition');
    for (const name of new Set([...shell.vars.keys(), ...other.vars.keys()])) {
        const [one, two] = [shell.vars.get(name), other.vars.get(name)];
        if (one !== two)
            shell.vars.set(name, (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .either */ .gP)(one ?? fromRunner(name), two ?? fromRunner(name)));
    }
    shell.last = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .either */ .gP)(shell.last, other.last);
    const [one, two] = [shell.ended, other.ended];
    shell.ended = { ok: one.ok || two.ok, fail: one.fail || two.fail };
}
/** What a loop may change from one round to the next. */
const signature = ({ vars, alive }) => JSON.stringify([
    alive,
    [...vars].map(([name, one]) => [name, [...one.from], one.values, (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(one)]),
]);


/***/ }),

/***/ 7815:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Dt: () => (/* binding */ EXPRESSION_MARK),
  M6: () => (/* binding */ JSON_EXPRESSION),
  bj: () => (/* binding */ JSON_MARK),
  XA: () => (/* binding */ OUTPUTS_MARK),
  nN: () => (/* binding */ VARIABLE_NAME),
  bg: () => (/* binding */ WORD_MARK),
  wO: () => (/* binding */ arithmeticText),
  KH: () => (/* binding */ isText),
  jH: () => (/* binding */ outputOf),
  wh: () => (/* binding */ plainText),
  Uq: () => (/* binding */ readScript)
});

// EXTERNAL MODULE: ./node_modules/unbash/dist/parser.js + 16 modules
var parser = __webpack_require__(8989);
// EXTERNAL MODULE: ./src/workflow/value.ts
var value = __webpack_require__(5780);
;// CONCATENATED MODULE: ./src/workflow/script/layout.ts
// What the parser passes over, and a shell does not.
/**
 * An expression that a shell takes for a part of something else: for the name of a variable, for
 * what a backslash hides, for the number of an output, for a comment where it is nothing.
 */
const JOINED_EXPRESSION = /(?:\$\w*|\\)[\uE100-\uF8FF]|[\uE100-\uF8FF][<>#(]/;
/** Do only blanks stand between the words of a command? The parser skips a bracket there. */
const isWhole = ({ name, prefix, suffix }, text) => [...prefix, ...(name === undefined ? [] : [name]), ...suffix].every((one, at, all) => at === 0 || /^(?:\s|\\\n)*$/.test(text.slice(all[at - 1]?.end, one.pos)));
/** Does a line end where `[[` allows none: around an operator, or behind a word alone? */
function isBrokenTest(node, text) {
    const has = (from, to) => text.slice(from, to).replaceAll('\\\n', '').includes('\n');
    if (node.type === 'TestBinary')
        return has(node.left.end, node.right.pos);
    if (node.type !== 'TestUnary')
        return false;
    const behind = /^[^\S\n]*(?:\\\n[^\S\n]*)*\n/.test(text.slice(node.operand.end));
    return has(node.pos, node.operand.pos) || (node.pos === node.operand.pos && behind);
}

;// CONCATENATED MODULE: ./src/workflow/script/posix.ts
/** What another shell than bash takes for something else: `((x))` for a command. */
const BASH_ALONE = [
    ...['ArithmeticCommand', 'TestCommand', 'ArrayValue', 'HereString'],
    ...['BraceExpansion', 'CaseModification', 'Replace'],
];
/** Words of a command that only bash knows, or splits as bash does. */
const BASH_WORDS = {
    '[': /^==$/,
    test: /^==$/,
    set: /pipefail|errtrace|^[-+]\w*E/,
    printf: /%q/,
    read: /^-\w*a/,
    export: /[$`]/,
};
function isBashCommand({ name, args }) {
    const words = BASH_WORDS[name?.text ?? ''];
    if (words !== undefined && args.some(({ text }) => words.test(text)))
        return true;
    return name?.text === 'read' && !args.some(({ text }) => /^\w/.test(text));
}
/** Does this mean to bash alone what bash takes it for? `text` is the whole script. */
function isOfBashAlone(node, text) {
    if (BASH_ALONE.includes(node.type))
        return true;
    if (node.type === 'Command')
        return isBashCommand(node);
    if (node.type === 'Assignment')
        return node.append === true;
    if (node.type === 'ParameterExpansion')
        return node.index !== undefined;
    if (node.type === 'ArithmeticExpansion')
        return /\+\+|--/.test(node.text);
    if (node.type === 'Redirect')
        return node.operator.startsWith('&');
    // Bash takes braces for `do` and `done`.
    return node.type === 'For' && !text.slice(node.pos, node.end).endsWith('done');
}

;// CONCATENATED MODULE: ./src/workflow/script/syntax.ts




/** A script is not read beyond this (characters). */
const MAX_LENGTH = 20_000;
/** Nodes of its tree, one in the other. */
const MAX_DEPTH = 40;
/**
 * The first of the letters that stand in a script for an expression of the workflow file: for one
 * that becomes words, and for one that becomes JSON, whose quotes would end those around it.
 */
const [WORD_MARK, JSON_MARK, OUTPUTS_MARK] = [0xe100, 0xe800, 0xf000];
const EXPRESSION_MARK = /[\uE100-\uF8FF]/;
const JSON_EXPRESSION = /[\uE800-\uF8FF]/;
/** JSON with outputs in it, which may hold any letter: a quote, too. */
const OUTPUTS_EXPRESSION = /[\uF000-\uF8FF]/;
/** A variable that a script may name. */
const VARIABLE_NAME = /^[A-Za-z_]\w*$/;
/** Files that are the log, or nothing. */
const LOG = ['/dev/null', '/dev/stderr'];
const SUMMARY = /^("?)\$(?:GITHUB_STEP_SUMMARY|\{GITHUB_STEP_SUMMARY\})\1$/;
/** Is nothing put into it? */
const isText = (part) => part.type === 'Literal' ||
    part.type === 'SingleQuoted' ||
    (part.type === 'DoubleQuoted' && part.parts.every(isText));
/** The text of a word into which nothing is put; `null` for any other. */
function plainText(word) {
    if (word === undefined || word.parts?.every(isText) === false)
        return null;
    return EXPRESSION_MARK.test(word.value) ? null : word.value;
}
/**
 * Where a command's output goes: on as before, or to the log, which nothing reads; `null` where it
 * goes to a file, of which only the summary of the run may be written; `errors`: the error output
 * becomes a part of it.
 */
function outputOf({ operator, descriptor, target, }) {
    if (descriptor !== undefined && descriptor.type !== 'FileDescriptor')
        return null;
    const number = descriptor?.value ?? 1;
    if (number !== 1 && number !== 2)
        return null;
    const away = number === 1 ? 'log' : 'same';
    const plain = plainText(target) ?? '';
    const asOutput = number === 2 ? 'errors' : 'same';
    if (operator === '>&')
        return plain === '1' ? asOutput : plain === '2' ? away : null;
    if (!['>', '>>', '&>', '&>>'].includes(operator))
        return null;
    if (plain === '/dev/stdout')
        return operator.startsWith('&') ? 'errors' : asOutput;
    if (LOG.includes(plain))
        return away;
    const isSummary = operator.endsWith('>>') && number === 1 && SUMMARY.test(target?.text ?? '');
    return isSummary ? 'log' : null;
}
/** Neither division, which can fail, nor elements of a list, which can run a command. */
const isArithmetic = (text) => /^[\w\s+\-*<>=!&|?:,${}()]*$/.test(text.replaceAll(/\$\{#\w+\[[@*]\]\}/g, '0')) &&
    !text.includes('$(') &&
    !text.replaceAll(/\$(?:[A-Za-z_]|\{[A-Za-z_])|\$\{#\w+\[[@*]\]\}/g, '').includes('$') &&
    !text.includes('))');
/** The text of `$((...))`. */
const arithmeticText = ({ text }) => text.slice(3, -2);
const always = () => true;
const TESTS = new Set('= == != =~ -eq -ne -lt -le -gt -ge'.split(' '));
const isIfs = ({ name, value }) => name === 'IFS' && value.type === 'Word' && plainText(value) !== null;
/**
 * The constructs that are understood, each with what must hold of it. The parser recovers from
 * errors and knows far more of bash: whatever is not here is other work.
 */
const UNDERSTOOD = {
    Script: ({ errors }) => errors === undefined,
    Statement: ({ background }) => background !== true,
    CompoundList: always,
    AndOr: always,
    Pipeline: ({ operators, prefixes, commands }) => !operators.includes('|&') && prefixes.length < 2 && commands.length > 0,
    Negation: always,
    // Of variables for one command alone only the separator of `read` is understood.
    Command: ({ name, prefix, redirects }) => {
        const assignments = prefix.filter(one => one.type === 'Assignment');
        return name === undefined
            ? // These end as a substitution in their input did.
                assignments.length > 0 && redirects.every(({ type }) => type === 'Redirect')
            : assignments.length === 0 || (name.text === 'read' && assignments.every(isIfs));
    },
    Redirected: always,
    BraceGroup: always,
    If: always,
    Elif: always,
    For: ({ name, wordlist }) => wordlist !== undefined && VARIABLE_NAME.test(name.text),
    While: always,
    Case: always,
    CaseItem: ({ terminator }) => terminator === undefined || terminator === ';;',
    TestCommand: always,
    TestLogical: always,
    TestNot: ({ negations }) => negations.length === 1,
    TestGroup: always,
    TestUnary: ({ operator }) => operator === '-z' || operator === '-n',
    TestBinary: ({ operator, right }) => TESTS.has(operator) && (operator !== '=~' || !/^\(|\([^)]*[\s;]/.test(right.text)),
    ArithmeticCommand: ({ body }) => isArithmetic(body),
    ArithmeticExpansion: part => part.text.startsWith('$((') && isArithmetic(arithmeticText(part)),
    ArithmeticBinary: always,
    ArithmeticUnary: always,
    ArithmeticTernary: always,
    ArithmeticGroup: always,
    ArithmeticWord: always,
    Assignment: ({ index }) => index === undefined,
    ArrayValue: ({ elements }) => !elements.some(({ text }) => text.startsWith('[')),
    Redirect: redirect => outputOf(redirect) !== null,
    FileDescriptor: always,
    HereString: ({ descriptor }) => descriptor === undefined,
    HereDoc: ({ descriptor, delimiter, closing }) => descriptor === undefined && closing !== undefined && /^\w+$/.test(delimiter?.value ?? ''),
    HereDocDelimiter: always,
    HereDocBody: always,
    Word: always,
    Literal: always,
    SingleQuoted: always,
    DoubleQuoted: always,
    Glob: always,
    BraceExpansion: always,
    SimpleExpansion: always,
    ParameterExpansion: ({ parameter, prefix, index }) => VARIABLE_NAME.test(parameter) && prefix !== '!' && /^[@*]?$/.test(index?.text ?? ''),
    Default: ({ operator }) => operator === '-' || operator === ':-',
    Remove: always,
    Replace: always,
    CaseModification: always,
    CommandExpansion: ({ text, script }) => text.startsWith('$(') && script !== undefined,
};
/** Where JSON may stand: nothing but the end of the quote or document is read there. */
const HOLDS_JSON = ['SingleQuoted', 'HereDocBody'];
const refuseScript = (why) => {
    throw new value/* NotJudging */.gg(`its script is not understood: ${why}`);
};
/** The text that a node holds itself, where nodes below it do not tell it. */
function ownText(node) {
    if (node.type === 'Literal' || node.type === 'SingleQuoted')
        return node.value;
    if (node.type === 'Word')
        return node.parts === undefined ? node.value : '';
    if (node.type === 'HereDocBody')
        return node.parts === undefined ? node.text : '';
    return '';
}
/**
 * Reads a script of bash or sh, as far as umbrellas use it. All of it is checked, also what nothing
 * leads to: its constructs, the commands it names, and that every expression stands in a word.
 */
function readScript(text, isCommand, isPosix) {
    if (text.length > MAX_LENGTH)
        return refuseScript('it is too long');
    // A shell joins lines before it looks for words and names; the parser does not everywhere.
    if (/[^\s]\\\n/.test(text))
        return refuseScript('a word over two lines');
    // It is an error of syntax to a shell; the parser passes over it.
    if (/^[ \t]*;(?!;)/m.test(text))
        return refuseScript('a line that begins with ";"');
    if (JOINED_EXPRESSION.test(text))
        return refuseScript('an expression that its neighbours join');
    let expressions = 0;
    const visit = (node, above, depth) => {
        if (depth > MAX_DEPTH)
            refuseScript('it is nested too deeply');
        const understood = UNDERSTOOD[node.type];
        if (understood?.(node) !== true)
            refuseScript(node.type);
        if (isPosix && isOfBashAlone(node, text))
            refuseScript(`${node.type} in sh`);
        if (node.type === 'Command') {
            if (!isWhole(node, text))
                refuseScript('a bracket behind a command');
            const name = plainText(node.name);
            if (name === null && node.name !== undefined)
                throw new value/* NotJudging */.gg('a command whose name is not told');
            if (name !== null && !isCommand(name))
                throw new value/* NotJudging */.gg(`it runs ${name.slice(0, 60)}`);
        }
        if (isBrokenTest(node, text))
            refuseScript('a test over two lines');
        const held = ownText(node);
        // Arithmetic runs what it finds in the text of a variable.
        if (/\$\(|`/.test(held))
            refuseScript('a command in a text');
        for (const letter of held) {
            if (!EXPRESSION_MARK.test(letter))
                continue;
            expressions += 1;
            if (!JSON_EXPRESSION.test(letter))
                continue;
            if (OUTPUTS_EXPRESSION.test(letter) && !isInert(node, above))
                refuseScript('outputs in a text that a shell reads');
            if (!HOLDS_JSON.includes(node.type) && above.type !== 'HereDocBody')
                refuseScript('JSON outside of single quotes');
        }
        (0,parser/* forEachChild */.dK)(node, below => visit(below, node, depth + 1));
    };
    /** A here-document that a shell puts nothing into. */
    const isInert = (node, above) => node.type === 'HereDocBody' && above.type === 'HereDoc' && above.delimiter?.quoted === true;
    const script = (0,parser/* parse */.qg)(text);
    visit(script, script, 0);
    const all = Array.from(text).filter(letter => EXPRESSION_MARK.test(letter)).length;
    if (expressions !== all)
        refuseScript('an expression in a comment');
    return script;
}


/***/ }),

/***/ 1545:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ COMPARISONS),
/* harmony export */   Id: () => (/* binding */ patternOf),
/* harmony export */   QC: () => (/* binding */ bracketOf),
/* harmony export */   kT: () => (/* binding */ testOf)
/* harmony export */ });
/* harmony import */ var _core_model_context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9318);
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5780);
/* harmony import */ var _syntax_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7815);
/* harmony import */ var _words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4896);




/** How a test compares two numbers. */
const COMPARISONS = {
    '-eq': (a, b) => a === b,
    '-ne': (a, b) => a !== b,
    '-lt': (a, b) => a < b,
    '-le': (a, b) => a <= b,
    '-gt': (a, b) => a > b,
    '-ge': (a, b) => a >= b,
};
const misread = () => {
    throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('a test that is not understood');
};
/** Does the pattern name this text? `null`: that is not told. */
const isLike = (text, pattern) => /[[\\]/.test(pattern) ? null : (0,_core_model_context_js__WEBPACK_IMPORTED_MODULE_3__/* .isPattern */ .Pt)(pattern) ? (0,_core_model_context_js__WEBPACK_IMPORTED_MODULE_3__/* .matches */ .cK)(pattern, text) : text === pattern;
const isQuoted = ({ type }) => type === 'SingleQuoted' || type === 'DoubleQuoted';
/**
 * How a shell compares a text with this word: letter by letter, or as a pattern. In a pattern what
 * stands in quotes, or behind a backslash, means itself: where such a part holds a letter of
 * patterns, or what a run puts in, the whole is not told.
 */
function comparison(word) {
    const parts = word.parts ?? [];
    if ((0,_syntax_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(word) !== null || (parts.length > 0 && parts.every(isQuoted)))
        return 'exact';
    const isHidden = (part) => part.type === 'Literal' || isQuoted(part) ? !(0,_syntax_js__WEBPACK_IMPORTED_MODULE_1__/* .isText */ .KH)(part) || isSpecialText(part) : false;
    return parts.some(isHidden) ? 'untold' : 'pattern';
}
const isSpecialText = (part) => /[*?[\]\\]/.test(part.text);
/** Which texts a pattern of `case` names; `null`: that is not told. */
function patternOf(word) {
    const plain = (0,_syntax_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(word);
    if (plain !== null)
        return text => text === plain;
    const isTold = word.parts?.every(part => (0,_syntax_js__WEBPACK_IMPORTED_MODULE_1__/* .isText */ .KH)(part) || part.type === 'Glob') === true;
    if (!isTold || comparison(word) !== 'pattern')
        return null;
    return /[[\\]/.test(word.value) ? null : text => (0,_core_model_context_js__WEBPACK_IMPORTED_MODULE_3__/* .matches */ .cK)(word.value, text);
}
/** How a test of two texts ends; `null`: that is not told. */
function compared(operator, one, other, as) {
    const numbers = COMPARISONS[operator];
    if (numbers !== undefined) {
        const isNumber = [one, other].every(text => /^-?\d+$/.test(text));
        return isNumber ? numbers(Number(one), Number(other)) : null;
    }
    const like = as === 'untold' ? null : as === 'pattern' ? isLike(one, other) : one === other;
    if (operator === '=' || operator === '==')
        return like;
    return operator === '!=' && like !== null ? !like : null;
}
/** Does a text hold what this regular expression names? `null`: that is not told. */
function isFound(text, pattern, word) {
    const parts = word.parts ?? [];
    if (parts.length > 0 && parts.every(isQuoted))
        return text.includes(pattern);
    if (parts.some(isQuoted))
        return null;
    const read = regularExpression(pattern);
    return /^(?:[\w ,:-]|\.\*?|[|^$()])*$/.test(pattern) ? read.test(text) : null;
}
/** An invalid one ends the test red in bash, and so does what only JavaScript knows: `(?:a)`. */
function regularExpression(pattern) {
    try {
        if (!pattern.includes('(?'))
            return new RegExp(pattern, 'su');
    }
    catch {
        // It is refused below.
    }
    throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('a test by a regular expression that is not understood');
}
function answer(by, answers) {
    (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .requireJudgeable */ .dV)(by, 'a test');
    const isTold = answers !== null && answers.length > 0;
    return {
        ok: !isTold || answers.some(one => one !== false),
        fail: !isTold || answers.some(one => one !== true),
        by: { ...by, values: null },
    };
}
/** Is it empty, or not? */
function length(word, some, shell, brackets = 'single') {
    const value = (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .expand */ .fT)(word, shell, brackets === 'double' ? 'text' : 'word');
    const texts = shell.walk.facts.everyWay ? null : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(value);
    return answer(value, texts?.map(text => (text !== '') === some) ?? null);
}
/** Both sides of a comparison of numbers must be some, as far as their texts are known. */
function requireNumbers(sides, texts, isDouble) {
    if (isDouble) {
        // What is no number there is arithmetic, with the names of variables in it.
        const isNumber = (text) => /^(?:-?[1-9]\d*|0|)$/.test(text);
        if (sides.some(side => (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(side) !== 'number') || !texts.every(isNumber))
            throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('arithmetic of a text');
    }
    // `[` ends with an error where a side is no number.
    else if (!texts.every(text => /^-?\d{1,15}$/.test(text)))
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('a test of a number that is none');
}
function binary({ operator, left, right }, brackets, shell) {
    const isDouble = brackets === 'double';
    const one = (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .expand */ .fT)(left, shell, isDouble ? 'text' : 'word');
    const other = (0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .expand */ .fT)(right, shell, isDouble ? 'pattern' : 'word');
    const [a, b] = [(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(one), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(other)];
    if (operator in COMPARISONS)
        requireNumbers([one, other], [...(a ?? []), ...(b ?? [])], isDouble);
    const as = isDouble ? comparison(right) : 'exact';
    const known = shell.walk.facts.everyWay || a === null || b === null
        ? null
        : a.flatMap(x => b.map(y => (operator === '=~' ? isFound(x, y, right) : compared(operator, x, y, as))));
    return answer((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([one, other], null), known);
}
const not = ({ ok, fail, by }) => ({ ok: fail, fail: ok, by });
/** Of several tests all must hold, or any. */
function combinedTests(all, tests) {
    const by = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)(tests.map(test => test.by), null);
    const every = (key) => tests.every(test => test[key]);
    const some = (key) => tests.some(test => test[key]);
    return all
        ? { ok: every('ok'), fail: some('fail'), by }
        : { ok: some('ok'), fail: every('fail'), by };
}
/** How `[[ ... ]]` can end. */
function testOf(test, shell) {
    switch (test.type) {
        case 'TestUnary':
            return length(test.operand, test.operator === '-n', shell, 'double');
        case 'TestBinary':
            return binary(test, 'double', shell);
        case 'TestNot':
            return not(testOf(test.operand, shell));
        case 'TestGroup':
            return testOf(test.expression, shell);
        case 'TestLogical': {
            const tests = test.operands.map(one => testOf(one, shell));
            return combinedTests(test.operator === '&&', tests);
        }
    }
}
const BINARY = new Set(['=', '==', '!=', ...Object.keys(COMPARISONS)]);
/** An operator of `[`: a word without quotes. */
const operatorOf = (word) => word !== undefined && word.text === word.value ? ((0,_syntax_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(word) ?? '') : '';
/** Text outside of quotes that would become words of a test, such as `-e` and a file, or none. */
function checkOneWord(word, shell) {
    if ((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .isList */ .Lv)(word))
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('a test of a list');
    if ((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .isSplit */ .pF)(word) && !(0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .isOneWord */ .vw)((0,_words_js__WEBPACK_IMPORTED_MODULE_2__/* .expand */ .fT)(word, shell, 'text')))
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('a test of a text that is not in quotes');
}
/** How `[ ... ]` can end, by the words between the brackets. */
function bracketOf(words, shell) {
    for (const word of words)
        checkOneWord(word, shell);
    if (words.length === 0)
        return { ok: false, fail: true, by: (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)() };
    let at = 0;
    const take = (operator) => {
        const isHere = operatorOf(words[at]) === operator;
        if (isHere)
            at += 1;
        return isHere;
    };
    const list = (joint, of) => {
        const tests = [of()];
        while (take(joint))
            tests.push(of());
        return tests;
    };
    const single = () => {
        const [one, two, three] = words.slice(at, at + 3);
        if (one === undefined)
            return misread();
        const operator = operatorOf(two);
        if (BINARY.has(operator)) {
            at += 3;
            return three === undefined
                ? misread()
                : binary({ operator, left: one, right: three }, 'single', shell);
        }
        if (take('!'))
            return not(single());
        const unary = operatorOf(one);
        if (!/^-[a-zA-Z]$/.test(unary) || two === undefined) {
            at += 1;
            return length(one, true, shell);
        }
        if (unary !== '-z' && unary !== '-n')
            throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg(`a test asks "${unary}"`);
        at += 2;
        return length(two, unary === '-n', shell);
    };
    const all = () => combinedTests(true, list('-a', single));
    const read = combinedTests(false, list('-o', all));
    return at < words.length ? misread() : read;
}


/***/ }),

/***/ 4896:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Al: () => (/* binding */ document),
/* harmony export */   EE: () => (/* binding */ argument),
/* harmony export */   Lv: () => (/* binding */ isList),
/* harmony export */   a3: () => (/* binding */ listValue),
/* harmony export */   fT: () => (/* binding */ expand),
/* harmony export */   pF: () => (/* binding */ isSplit),
/* harmony export */   vw: () => (/* binding */ isOneWord)
/* harmony export */ });
/* harmony import */ var _value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5780);
/* harmony import */ var _arithmetic_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6365);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2060);
/* harmony import */ var _syntax_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7815);




const none = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)('');
/** A text, with the values of the expressions in it. */
const textValue = (text, { walk }) => text
    .split(new RegExp(`(${_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .EXPRESSION_MARK */ .Dt.source})`))
    .map(piece => walk.facts.marks.get(piece) ?? (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)(piece))
    .reduce(_value_js__WEBPACK_IMPORTED_MODULE_0__/* .concatenated */ .c, none);
/** The value of a variable, with what is done to it. */
function parameter(part, shell) {
    const { parameter: name, prefix, operation, index } = part;
    const own = variableValue(name, shell, operation?.type !== 'Default');
    // All of a list: its texts are not told one by one.
    const value = index === undefined ? own : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([own], null), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .widestShape */ .wo)([(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(own), 'words']));
    if (operation === undefined)
        return prefix === undefined ? value : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([value], null), 'number');
    switch (operation.type) {
        case 'Default':
            return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .either */ .gP)(value, perhaps(operation.operand, shell));
        case 'Replace':
            return changedValue(value, [operation.pattern, operation.replacement], shell);
        case 'Remove':
        case 'CaseModification':
            return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)(changedValue(value, operation.operand === undefined ? [] : [operation.operand], shell), keptShape(value));
        case 'Names':
        case 'Slice':
        case 'Transform':
        case 'Unknown':
            throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg(`a change of $${name} that is not understood`);
    }
}
/** A part of it, or the same in other letters. */
function keptShape(value) {
    const shape = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(value);
    return shape === 'json' ? null : shape;
}
/** A word that perhaps nothing asks for: then no substitution in it says how a command ends. */
function perhaps(word, shell) {
    const { walk } = shell;
    const before = walk.substituted;
    walk.substituted = null;
    const value = expand(word, shell, 'text');
    const after = walk.substituted ?? null;
    const one = before ?? _state_js__WEBPACK_IMPORTED_MODULE_2__.OK;
    walk.substituted =
        after === null
            ? before
            : {
                ok: one.ok || after.ok,
                fail: one.fail || after.fail,
                by: (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([one.by, after.by], null),
            };
    return value;
}
const changedValue = (value, by, shell) => (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([value, ...by.map(word => expand(word, shell, 'pattern'))], null);
function variableValue(name, shell, isAsked = true) {
    const isSet = shell.vars.has(name) || name === '?' || (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .fromRunner */ .Bz)(name).from.has('own');
    if (shell.nounset && !isSet && isAsked)
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg(`$${name} may be unset, which ends the script`);
    return (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .scriptVariable */ .mv)(name, shell);
}
function partValue(part, shell, place) {
    const value = ownValue(part, shell, place);
    if (place !== 'word' || !EXPANSION.test(part.type))
        return value;
    const shape = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(value);
    return shape === null || shape === 'json'
        ? (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .from */ .HT)('other', 'the names of files'), value], null)
        : value;
}
const EXPANSION = /^(?:Simple|Parameter|Arithmetic|Command)Expansion$/;
function ownValue(part, shell, place) {
    switch (part.type) {
        case 'Literal':
            if (place === 'quoted')
                return textValue(part.value, shell);
            if (part.text.includes('~'))
                return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .from */ .HT)('other', 'the name of a home');
            return place !== 'pattern' && /[[{]/.test(part.text)
                ? (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .from */ .HT)('other', 'the names of files')
                : textValue(part.value, shell);
        case 'SingleQuoted':
            return textValue(part.value, shell);
        case 'DoubleQuoted':
            return part.parts.map(one => partValue(one, shell, 'quoted')).reduce(_value_js__WEBPACK_IMPORTED_MODULE_0__/* .concatenated */ .c, none);
        case 'SimpleExpansion':
            return variableValue(part.text.slice(1), shell);
        case 'ParameterExpansion':
            return parameter(part, shell);
        case 'ArithmeticExpansion':
            return (0,_arithmetic_js__WEBPACK_IMPORTED_MODULE_1__/* .arithmetic */ .B)((0,_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .arithmeticText */ .wO)(part), shell);
        case 'CommandExpansion': {
            const commands = part.script?.commands ?? [];
            const ended = (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .inSubshell */ .ej)(shell, inner => shell.walk.list(commands, inner, shell.errexit));
            shell.walk.substituted = ended;
            const text = ended.out ?? none;
            return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([text, ended.by], withoutLastLines(text)), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(text));
        }
        case 'Glob':
        case 'BraceExpansion':
            return place === 'pattern' ? textValue(part.text, shell) : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .from */ .HT)('other', 'the names of files');
        case 'AnsiCQuoted':
        case 'LocaleString':
        case 'ExtendedGlob':
        case 'ProcessSubstitution':
            throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg(`its script is not understood: ${part.type}`);
    }
}
/** A shell drops the ends of lines that a substitution ends with. */
const withoutLastLines = (text) => (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(text)?.map(one => one.replace(/\n+$/, '')) ?? null;
/** The parts of a word, also of one that is a text without quotes. */
const wordParts = ({ parts, value, text, pos, end }) => parts ?? [{ type: 'Literal', value, text, pos, end }];
/** The text of a word, with all that is put into it. */
function expand(word, shell, place = 'word') {
    const parts = wordParts(word);
    if (place === 'text' || place === 'pattern')
        for (const part of parts)
            if (part.type === 'Literal')
                checkLiteral(part.value, shell);
    return parts.map(part => partValue(part, shell, place)).reduce(_value_js__WEBPACK_IMPORTED_MODULE_0__/* .concatenated */ .c, none);
}
/**
 * An expression is put in before a shell looks for words. Outside of quotes it must stay a part of
 * its word where a shell takes one alone: behind the blank in `X=a b` stands a command.
 */
function checkLiteral(text, shell) {
    if (!_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .EXPRESSION_MARK */ .Dt.test(text))
        return;
    const value = textValue(text, shell);
    const isPlain = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(value)?.every(one => /^\w/.test(one) && one !== 'esac') ?? true;
    if (!isPlain || !isOneWord(value))
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('an expression that may be no word is not in quotes');
}
/**
 * The text of a here-document. `<<-` takes the tabs away that its own lines begin with; without
 * quotes around its delimiter a backslash means what it means in double quotes.
 */
function document({ body, operator, delimiter }, shell) {
    const { parts, text } = body;
    for (const line of text.split('\n'))
        checkLine(line, delimiter?.value ?? '');
    const value = parts?.map(part => partValue(part, shell, 'quoted')).reduce(_value_js__WEBPACK_IMPORTED_MODULE_0__/* .concatenated */ .c, none) ??
        textValue(text, shell);
    const isEscaped = delimiter?.quoted !== true && text.includes('\\');
    if (operator === '<<' && !isEscaped)
        return value;
    const texts = parts === undefined && !isEscaped ? (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(value) : null;
    const kept = texts?.map(one => one.replaceAll(/^\t+/gm, '')) ?? null;
    return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([value], kept), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(value));
}
/** Expressions are put in before a shell looks for the end of the document. */
function checkLine(line, delimiter) {
    const isWord = _syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .EXPRESSION_MARK */ .Dt.test(line) && !_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .JSON_EXPRESSION */ .M6.test(line);
    const [first = '', ...more] = line.replace(/^\t+/, '').split(_syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .EXPRESSION_MARK */ .Dt);
    if (isWord && delimiter.startsWith(first) && delimiter.endsWith(more.at(-1) ?? ''))
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('a line of a document may be its end');
}
/** Does a shell make words of what is put into this? */
const isSplit = (word) => wordParts(word).some(({ type, text }) => type === 'Literal' ? _syntax_js__WEBPACK_IMPORTED_MODULE_3__/* .EXPRESSION_MARK */ .Dt.test(text) : EXPANSION.test(type));
/** Does it hold a list, which becomes words of its own in quotes, too? */
const isList = (word) => /\[[@*]\]/.test(word.text);
/** Does a shell make one word of this where it stands outside of quotes? */
function isOneWord(value) {
    const shape = value === undefined ? null : (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(value);
    const isEmpty = value !== undefined && (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(value)?.includes('') === true;
    return (shape === 'word' || shape === 'number') && !isEmpty;
}
/** A word that a command reads by its place: it must become one word. */
function argument(word, shell) {
    const value = expand(word, shell);
    if (isList(word) || (isSplit(word) && !isOneWord(value)))
        throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('a text that is not in quotes');
    return value;
}
/** What a word becomes in a list: words of its own, unless it stands in quotes. */
function items(word, shell) {
    if (/^\{\d+\.\.\d+\}$/.test(word.text))
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)({ ...(0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)(), values: null }, 'number');
    for (const { type, text } of wordParts(word))
        if (type === 'Glob' || type === 'BraceExpansion' || (type === 'Literal' && /[~{]/.test(text)))
            throw new _value_js__WEBPACK_IMPORTED_MODULE_0__/* .NotJudging */ .gg('it looks for files');
    const whole = /^"\$\{(\w+)\[@\]\}"$/.exec(word.text)?.[1];
    const value = whole === undefined ? expand(word, shell) : variableValue(whole, shell);
    const texts = (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .knownTexts */ .y4)(value);
    if (!isSplit(word))
        return value;
    if (texts === null)
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)(value) === 'words' ? (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)(value, 'word') : value;
    // A text without words adds none: read by its name, such a list is empty.
    const words = texts.flatMap(text => text.trim().split(/\s+/));
    return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)([value], words);
}
/** A list of words, as one value. */
function listValue(words, shell) {
    const given = words.map(word => items(word, shell));
    const known = words.length === 0 ? [''] : given.flatMap(({ values }) => values ?? []);
    if (!given.some(({ values }) => values === null))
        return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)(given, known);
    return (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)((0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .madeOf */ .F6)(given, null), (0,_value_js__WEBPACK_IMPORTED_MODULE_0__/* .widestShape */ .wo)(given.map(_value_js__WEBPACK_IMPORTED_MODULE_0__/* .shapeOf */ .F5)));
}


/***/ }),

/***/ 5780:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ truthOf),
/* harmony export */   F5: () => (/* binding */ shapeOf),
/* harmony export */   F6: () => (/* binding */ madeOf),
/* harmony export */   GT: () => (/* binding */ RUN_MARK),
/* harmony export */   HT: () => (/* binding */ from),
/* harmony export */   Hn: () => (/* binding */ isTrue),
/* harmony export */   _b: () => (/* binding */ notJudging),
/* harmony export */   c: () => (/* binding */ concatenated),
/* harmony export */   dV: () => (/* binding */ requireJudgeable),
/* harmony export */   e1: () => (/* binding */ asText),
/* harmony export */   e9: () => (/* binding */ shaped),
/* harmony export */   eu: () => (/* binding */ literal),
/* harmony export */   gP: () => (/* binding */ either),
/* harmony export */   gg: () => (/* binding */ NotJudging),
/* harmony export */   wo: () => (/* binding */ widestShape),
/* harmony export */   y4: () => (/* binding */ knownTexts)
/* harmony export */ });
/** More values than this are not told apart. */
const MAX_VALUES = 16;
const EMPTY = new Set();
/** A value that stands in the file. */
const literal = (...values) => ({
    from: EMPTY,
    values,
    what: 'a literal',
});
/** A value of which only the origin is known. */
const from = (origin, what, values = null) => ({
    from: new Set([origin]),
    values,
    what,
});
/** What must not decide: it is neither a literal, a result nor a status of this commit. */
const FORBIDDEN = ['needs', 'own', 'other'];
const isForbidden = ({ from }) => FORBIDDEN.some(origin => from.has(origin));
function shapeOfTexts(texts) {
    if (texts.every(text => /^(?:0|-?[1-9]\d{0,14})?$/.test(text)))
        return 'number';
    if (texts.every(text => /^[\w.,:/%@+=\uE001-\uE006-]*$/.test(text)))
        return 'word';
    return texts.some(text => /[*?[\]\\\uE000-\uF8FF]/.test(text)) ? null : 'words';
}
/** What a text is made of; `null`: of anything. */
function shapeOf(value) {
    const texts = knownTexts(value);
    return texts === null ? (value.shape ?? null) : shapeOfTexts(texts);
}
const shaped = (value, shape) => {
    const bare = { from: value.from, values: value.values, what: value.what };
    return shape === null ? bare : { ...bare, shape };
};
const SHAPES = ['number', 'word', 'words', 'json'];
/** The shape of what is either of several texts. */
const widestShape = (shapes) => shapes.includes(null) || (shapes.includes('json') && !shapes.every(one => one === 'json'))
    ? null
    : (SHAPES[Math.max(0, ...shapes.map(one => SHAPES.indexOf(one ?? 'json')))] ?? null);
/** A value made of others. */
function madeOf(parts, values) {
    const distinct = values === null ? null : [...new Set(values)];
    const named = parts.find(isForbidden) ?? parts.find(part => part.from.size > 0);
    const isKept = distinct !== null && distinct.length <= MAX_VALUES;
    const made = {
        from: new Set(parts.flatMap(part => [...part.from])),
        values: isKept ? distinct : null,
        what: named?.what ?? 'a literal',
    };
    return distinct === null || isKept ? made : shaped(made, shapeOfTexts(distinct.map(asText)));
}
/** Either of two values. */
const either = (one, other) => one.values === null || other.values === null
    ? shaped(madeOf([one, other], null), widestShape([shapeOf(one), shapeOf(other)]))
    : madeOf([one, other], [...one.values, ...other.values]);
/** A text, as an expression is written into a file. */
const asText = (value) => value === null ? '' : typeof value === 'object' ? 'Array' : String(value);
/** The texts a value can be; `null` where they are not known. */
const knownTexts = ({ values }) => values?.map(asText) ?? null;
/** A text that is longer is not known letter by letter: a few lines can make one of any length. */
const MAX_LETTERS = 100_000;
const longestOf = (texts) => Math.max(0, ...texts.map(({ length }) => length));
/** Two values, one behind the other. */
function concatenated(one, other) {
    const [a, b] = [knownTexts(one), knownTexts(other)];
    if (a !== null && b !== null && longestOf(a) + longestOf(b) <= MAX_LETTERS)
        return madeOf([one, other], a.flatMap(left => b.map(right => left + right)));
    return shaped(madeOf([one, other], null), joinedShape(one, other));
}
function joinedShape(one, other) {
    const only = (value, pattern) => knownTexts(value)?.every(text => pattern.test(text)) === true;
    if (only(one, /^$/))
        return shapeOf(other);
    if (only(other, /^$/))
        return shapeOf(one);
    if (only(one, /^\s*$/) && shapeOf(other) === 'json')
        return 'json';
    if (only(other, /^\s*$/) && shapeOf(one) === 'json')
        return 'json';
    const both = widestShape([shapeOf(one), shapeOf(other), 'word']);
    return both === 'json' ? null : both;
}
const isTrue = (value) => value !== null && value !== '' && value !== 0 && value !== false;
/** Can it be true, and can it be false? */
const truthOf = ({ values }) => ({
    yes: values === null || values.some(isTrue),
    no: values === null || !values.every(isTrue),
});
/** What stands for the facts of a run in an address. None of them occurs in a file. */
const RUN_MARK = {
    api: '\uE001',
    server: '\uE002',
    repository: '\uE003',
    commit: '\uE004',
    run: '\uE005',
    token: '\uE006',
    /** All of `toJSON(needs)`, where it may hold outputs. */
    needs: '\uE007',
};
/** Why a job does more than to judge. */
class NotJudging extends Error {
}
const notJudging = (why) => {
    throw new NotJudging(why);
};
/** A value that something depends on: none but literals, results and statuses may be one. */
function requireJudgeable(value, where) {
    if (isForbidden(value))
        throw new NotJudging(`${where} reads ${value.what}`);
}


/***/ })

};
