export const id = 462;
export const ids = [462];
export const modules = {

/***/ 462:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  USAGES: () => (/* reexport */ USAGES),
  auditRepository: () => (/* binding */ auditRepository),
  verifyCommit: () => (/* binding */ verifyCommit)
});

// EXTERNAL MODULE: ./src/shown/line.ts
var shown_line = __webpack_require__(3863);
// EXTERNAL MODULE: ./src/sweep/report/text.ts
var report_text = __webpack_require__(6844);
;// CONCATENATED MODULE: ./src/tools/audit/report.ts
/** The shape of what `audit --json` prints. It changes only with this string. */
const AUDIT_SCHEMA = 'umbrella-reaper/audit/1';
/** What became of the proof behind a success of ours. */
const OURS_SAYS = (/* unused pure expression or super */ null && (['holds', 'no-longer-derivable', 'wrong']));
/** What a merge was made over, that should have stopped it. */
const BAD_KINDS = ['red', 'skipped-over-red', 'unfinished', 'unproven'];

;// CONCATENATED MODULE: ./src/tools/audit/render.ts


/** What a merge was made over, in words. */
const PAST_WORDS = {
    green: 'green',
    red: 'red',
    'skipped-over-red': 'skipped over red',
    unfinished: 'unfinished',
    unproven: 'unproven',
    unknown: 'not known',
};
const SAYS = {
    holds: 'holds',
    'no-longer-derivable': 'no longer derivable',
    wrong: 'WRONG',
};
const linked = (text, url) => (url === '' ? text : `[${text}](<${url}>)`);
const oursCell = (ours) => ours === null ? 'no' : `row ${ours.row}: ${SAYS[ours.says]}`;
/** One merge as a row of a Markdown table, which can be read in a terminal too. */
function tableRow(merge) {
    const { number, url, title, mergedAt, mergedBy, kind, detail, rows, run, ours } = merge;
    const written = rows.map(({ row, state }) => `${row} ${state}`).join(', ');
    const cells = [
        `${linked(`#${number}`, url)} ${(0,report_text/* markdown */.wD)(title, 60)}`,
        mergedAt,
        mergedBy === null ? 'not told' : (0,report_text/* markdown */.wD)(mergedBy, 60),
        PAST_WORDS[kind],
        (0,report_text/* markdown */.wD)(detail, 200),
        run === null ? '' : linked(`run ${run.key}`, run.url),
        written === '' ? '' : `rows ${written}`,
        oursCell(ours),
    ];
    return `| ${cells.join(' | ')} |`;
}
const HEAD = ['pull request', 'merged', 'by', 'newest run', 'why', 'run', 'rows', 'success of ours'];
function table(title, merges) {
    if (merges.length === 0)
        return [];
    return [
        '',
        `### ${title}`,
        '',
        `| ${HEAD.join(' | ')} |`,
        `|${' --- |'.repeat(HEAD.length)}`,
        ...merges.map(tableRow),
    ];
}
/** The whole audit in one sentence; the counts add up. */
function auditHeadline({ audited, counts, since, unknown }) {
    const bad = BAD_KINDS.flatMap(kind => counts[kind] === 0 ? [] : [`${counts[kind]} ${PAST_WORDS[kind]}`]);
    return (`${(0,report_text/* plural */.LS)(audited, 'pull request')} merged since ${since}: ` +
        `${counts.green} over a green newest run, ` +
        (bad.length === 0 ? 'none over another' : bad.join(', ')) +
        (unknown.length === 0 ? '' : `, ${unknown.length} of which it is not known`));
}
/** How to go on where an audit stopped. */
function goOn({ repo, since, stopped }) {
    if (stopped === null)
        return [];
    const after = stopped.after === null ? '' : ` --after ${stopped.after}`;
    const where = stopped.after === null ? 'before the first' : `behind #${stopped.after}`;
    return [
        '',
        `Stopped ${where}: ${(0,report_text/* markdown */.wD)(stopped.why)}. Go on with:`,
        '',
        `    umbrella-reaper audit --repo ${(0,report_text/* plain */.pj)(repo)} --since ${since}${after}`,
    ];
}
/** An audit as Markdown. */
function auditLines(report) {
    const { findings, unknown, doubtful, before, requests, umbrella, merged } = report;
    return [
        `**${auditHeadline(report)}**`,
        ...table('Merged over what is not green', findings),
        ...table('Successes of ours whose proof is not there any more', doubtful),
        ...table('Not known: it was deleted, or could not be read', unknown),
        ...goOn(report),
        '',
        `${(0,report_text/* markdown */.wD)(report.repo)}, umbrella ${(0,report_text/* markdown */.wD)(umbrella)}, ${merged} merged` +
            `${before === 0 ? '' : `, ${before} of them audited before`}, ${requests} requests`,
    ];
}
const COLUMNS = [
    'number',
    'url',
    'title',
    'head',
    'base',
    'mergedAt',
    'mergedBy',
    'kind',
    'detail',
    'context',
    'run',
    'rows',
    'oursRow',
    'oursSays',
];
/** A cell of a table that no spreadsheet takes for a formula. */
function cell(value) {
    const text = (0,report_text/* plain */.pj)(value === null ? '' : String(value), 1000);
    const inert = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
    return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
/** Everything that is told, one merge a line. */
function csvLines({ findings, doubtful, unknown }) {
    const rows = [...findings, ...doubtful, ...unknown].map(merge => {
        const { run, rows: written, ours } = merge;
        const values = {
            ...merge,
            run: run === null ? null : run.key,
            rows: written.map(({ row, state }) => `${row} ${state}`).join(' '),
            oursRow: ours === null ? null : ours.row,
            oursSays: ours === null ? null : ours.says,
        };
        return COLUMNS.map(name => cell(values[name])).join(',');
    });
    return [COLUMNS.join(','), ...rows];
}
/** What became of the proofs behind the successes of ours on one commit. */
function verifyLines({ sha, url, umbrella, rows }) {
    if (rows.length === 0)
        return [`no success of ours in ${(0,report_text/* plain */.pj)(umbrella)} on ${sha}: there is nothing to verify`];
    return [
        `${(0,report_text/* plain */.pj)(umbrella)} on ${sha}${(0,report_text/* linkAfter */.Zw)(url)}`,
        ...rows.map(({ row, at, says, detail, pull }) => `row ${row} of ${at}, for #${pull}: ${SAYS[says]}: ${(0,report_text/* plain */.pj)(detail)}`),
    ];
}

// EXTERNAL MODULE: ./src/core/model/evidence.ts
var evidence = __webpack_require__(5112);
// EXTERNAL MODULE: ./src/core/model/time.ts
var time = __webpack_require__(5220);
// EXTERNAL MODULE: ./src/core/view/job-result.ts
var job_result = __webpack_require__(6426);
// EXTERNAL MODULE: ./src/core/view/read.ts + 4 modules
var read = __webpack_require__(8802);
// EXTERNAL MODULE: ./src/core/view/view.ts
var view_view = __webpack_require__(8264);
// EXTERNAL MODULE: ./src/core/rules/false-green.ts
var false_green = __webpack_require__(6022);
// EXTERNAL MODULE: ./src/core/rules/input.ts
var rules_input = __webpack_require__(455);
// EXTERNAL MODULE: ./src/core/rules/rule.ts
var rule = __webpack_require__(813);
;// CONCATENATED MODULE: ./src/core/rules/past.ts






/**
 * What the newest run said at a moment: every required job was green, one had failed, one was
 * going, one had failed under a gate that was skipped, it cannot be proven, or it is not known any
 * more.
 */
const PAST_KINDS = [
    'green',
    'red',
    'skipped-over-red',
    'unfinished',
    'unproven',
    'unknown',
];
const past = (kind, detail, of = null) => ({
    kind,
    detail,
    context: of?.context ?? null,
    run: of === null ? null : resultRun(of.result),
});
const resultRun = (result) => ('run' in result ? result.run : null);
/**
 * Judges a commit of then, as `asOf` gives it, for one pull request. A failure that was seen counts
 * whatever else could not be read; green is only what is proven green.
 */
function judgePast(policy, evidence, pull) {
    const input = (0,rules_input/* ruleInput */.J)(policy, evidence, pull);
    return failed(input) ?? unread(input) ?? going(input) ?? unproven(input) ?? green(input);
}
/** A required job that had failed, and whether the gate was skipped over it. */
function failed(input) {
    const chain = (0,false_green/* skippedForFailure */.ec)(input);
    if (chain !== null) {
        const { context, failed: job, run } = chain;
        const detail = `${job} failed in ${(0,rule/* named */.KT)(run)}, so that ${context} was skipped`;
        return { kind: 'skipped-over-red', detail, context: job, run };
    }
    const mayFail = (0,false_green/* allowedFailures */.El)(input);
    const found = input.required.find(({ context, result: { kind } }) => (kind === 'failure' || kind === 'cancelled') && !mayFail.includes(context));
    if (found === undefined)
        return null;
    const verb = found.result.kind === 'failure' ? 'failed' : 'was cancelled';
    const detail = `${found.context} ${verb}${(0,rule/* inRun */.zs)(resultRun(found.result))}`;
    return isSkippedOver(input)
        ? past('skipped-over-red', `${detail}, and ${input.policy.umbrella} was skipped`, found)
        : past('red', detail, found);
}
/** Did a skip stand in the umbrella's place, which a merge takes for a pass? */
function isSkippedOver({ evidence, policy, view: { standing } }) {
    if (standing?.kind === 'check')
        return standing.leg.state === 'skipped';
    return (0,read/* standingRow */.z8)(evidence, policy.umbrella)?.state === 'skipped';
}
/** What could not be read of what counts. */
function unread({ evidence, view }) {
    const gap = evidence.gaps.find(({ context }) => context === null || view.isCounted(context));
    return gap === undefined ? null : past('unknown', `${gap.what}: ${gap.detail}`);
}
/** A required job that had not ended, or that a run was still to come to. */
function going({ required, view }) {
    const open = required.find(({ result }) => (0,job_result/* mayBeGoing */.ve)(result));
    if (open !== undefined) {
        const detail = `${open.context} had not finished${(0,rule/* inRun */.zs)(resultRun(open.result))}`;
        return past('unfinished', detail, open);
    }
    const isToCome = view.missing.length > 0 || view.absent.length > 0 || required.length === 0;
    return view.openRun !== null && isToCome ? past('unfinished', view.openRun) : null;
}
/** What keeps the proof from being one, although nothing failed and nothing was going. */
function unproven(input) {
    const { required, view, policy } = input;
    const mayFail = (0,false_green/* allowedFailures */.El)(input);
    const bad = required.find(({ context, result }) => result.kind !== 'success' &&
        !(0,view_view/* maySkip */.N4)(policy, context, result) &&
        !(mayFail.includes(context) && result.kind === 'failure'));
    if (bad !== undefined)
        return past('unproven', `${bad.context}: ${resultWords(bad.result)}`, bad);
    const [missing] = [...view.missing, ...view.absent.map(({ context }) => context)];
    if (missing !== undefined)
        return past('unproven', `${missing} was never written`);
    if (!required.some(({ result }) => result.kind === 'success'))
        return past('unproven', `nothing green stands for ${policy.umbrella}`);
    return view.doubt === null ? null : past('unproven', view.doubt);
}
/** Why a result proves nothing, in words. */
function resultWords(result) {
    if (result.kind === 'unknown' || result.kind === 'disagree')
        return result.why;
    return result.kind === 'stranger' ? 'no run of Actions wrote it' : `it was ${result.kind}`;
}
function green({ required, view }) {
    const detail = `${required.length} required contexts green in ${(0,rule/* named */.KT)(view.newest)}`;
    return { kind: 'green', detail, context: null, run: view.newest };
}

;// CONCATENATED MODULE: ./src/core/view/as-of.ts
const isBy = ({ at, before = Infinity }) => ({ id, createdAt }) => before === Infinity ? createdAt <= at : id < before;
/**
 * A commit as it stood at a moment: what was written, begun or ended later did not count then. Only
 * a whole history can be asked.
 */
function asOf(evidence, cut) {
    return evidence.kind === 'checks' ? checksAt(evidence, cut) : rowsAt(evidence, cut);
}
function rowsAt(evidence, cut) {
    const rows = [...(evidence.history ?? [])];
    const snapshot = {
        ...evidence,
        observedAt: cut.at,
        latest: [],
        history: rows.filter(isBy(cut)),
    };
    const wrote = runsThatWrote(snapshot.history);
    const later = runsThatWrote(rows.filter(row => !isBy(cut)(row)));
    const runs = evidence.runs.filter(({ key }) => wrote.has(key));
    if (evidence.kind === 'jobs') {
        const then = jobsAt(evidence, { cut, wrote, later });
        if (then !== null)
            return { ...snapshot, kind: 'jobs', runs: then };
    }
    // Whether a run has ended now says nothing of then, and rows tell it.
    const ended = runs.map(run => ({ ...run, completed: true }));
    return { ...snapshot, kind: 'statuses', runs: wrote.size === runs.length ? ended : [] };
}
const runsThatWrote = (rows) => new Set(rows.flatMap(({ author }) => (author.kind === 'actions' ? [author.run] : [])));
/**
 * The runs of that moment with their jobs; `null` where the jobs do not show any more what they
 * were then: a run is not listed any more, or the newest one of a file went on since.
 */
function jobsAt({ runs }, { cut, wrote, later, }) {
    const then = runs.filter(({ key }) => wrote.has(key));
    const newest = new Map();
    for (const { file, key } of then)
        newest.set(file, key > (newest.get(file) ?? key) ? key : (newest.get(file) ?? key));
    if (then.length < wrote.size || [...newest.values()].some(key => later.has(key)))
        return null;
    return then.map(run => {
        const jobs = run.jobs.map(job => (job.endedAt ?? cut.at) > cut.at ? { ...job, state: 'open' } : job);
        return { ...run, jobs, completed: jobs.every(({ state }) => state !== 'open') };
    });
}
function checksAt(evidence, cut) {
    const { at } = cut;
    const suites = evidence.suites.filter(({ run }) => run === null || run.createdAt <= at);
    const known = new Set(suites.map(({ id }) => id));
    const checks = evidence.checks
        .filter(({ suite, startedAt }) => known.has(suite) && (startedAt ?? at) <= at)
        .map(check => checkAt(check, at));
    const rows = (evidence.history ?? evidence.latest).filter(isBy(cut));
    return {
        ...evidence,
        observedAt: at,
        latest: rows,
        history: rows,
        suites: suites.map(suite => suiteAt(suite, evidence.checks, at)),
        checks,
    };
}
/** An execution that had not ended yet was going, whatever it was to end with. */
function checkAt(check, at) {
    if ((check.completedAt ?? at) <= at)
        return check;
    const { id, suite, name, startedAt, attempt, isJob, isListed, taken } = check;
    const same = { id, suite, name, startedAt, attempt, isJob, isListed, taken };
    return { ...same, state: 'open', completedAt: null };
}
/** A suite was going while a job of it had not ended for the first time. */
function suiteAt(suite, checks, at) {
    if (suite.run === null)
        return suite;
    const own = checks.filter(check => check.suite === suite.id);
    const ended = new Set(own.filter(({ completedAt }) => completedAt !== null && completedAt <= at).map(one => one.name));
    return own.every(({ name }) => ended.has(name)) ? suite : { ...suite, state: 'open' };
}

;// CONCATENATED MODULE: ./src/tools/audit/ours.ts




/** Is this a success of ours? */
const isOurs = ({ author, state }) => author.kind === 'us' && author.mark.kind === 'green' && state === 'success';
/** The successes of ours in the umbrella's context, the newest first. */
const successesOfOurs = (policy, evidence) => (0,read/* umbrellaRows */.Ml)(evidence, policy.umbrella).filter(isOurs);
/**
 * A failure or a job that was going before our row contradicts it. What cannot be shown any more
 * does not: runs and rows are deleted, and lists change.
 */
function saysOf({ kind }) {
    switch (kind) {
        case 'green':
            return 'holds';
        case 'red':
        case 'skipped-over-red':
        case 'unfinished':
            return 'wrong';
        case 'unproven':
        case 'unknown':
            return 'no-longer-derivable';
    }
}
/** Derives the proof behind a success of ours again, from what stood on the commit before it. */
function derivedAgain(policy, evidence, { row, pull }) {
    const then = asOf(evidence, { at: row.createdAt, before: row.id });
    const past = judgePast(policy, then, pull);
    return {
        row: row.id,
        at: (0,time/* formatInstant */.r4)(row.createdAt),
        says: saysOf(past),
        detail: past.detail,
    };
}

;// CONCATENATED MODULE: ./src/tools/audit/verify.ts


/** The shape of what `verify --json` prints. It changes only with this string. */
const VERIFY_SCHEMA = 'umbrella-reaper/verify/1';
/** The pull requests of the commit, each with what its own base said the umbrella needs. */
async function readFor(reads, sha, pulls) {
    const heads = pulls.map(pull => ({ sha, pulls: [pull] }));
    const seen = await reads.study(heads);
    return pulls.flatMap((pull, at) => {
        const evidence = seen[at];
        return evidence === undefined ? [] : [[pull, evidence]];
    });
}
/**
 * Derives every proof behind a success of ours on a commit again, for each pull request that stands
 * or stood on it; a text says why that cannot be asked. Throws `ForgeError`.
 */
async function verify({ policy, repo }, reads, sha) {
    const pulls = (0,evidence/* nonEmpty */.hq)(await reads.pullsAt(sha));
    if (pulls === null)
        return `no pull request has ${sha} as its head, now or when it was merged`;
    const rows = (await readFor(reads, sha, pulls)).flatMap(([pull, evidence]) => successesOfOurs(policy, evidence).map(row => ({
        pull: pull.number,
        ...derivedAgain(policy, evidence, { row, pull }),
    })));
    return {
        schema: VERIFY_SCHEMA,
        repo,
        sha,
        url: reads.addressOfCommit(sha),
        umbrella: policy.umbrella,
        rows,
    };
}

// EXTERNAL MODULE: ./src/core/model/context.ts
var context = __webpack_require__(9318);
// EXTERNAL MODULE: ./src/forge/reading.ts
var reading = __webpack_require__(9795);
// EXTERNAL MODULE: ./src/core/view/head-statuses.ts
var head_statuses = __webpack_require__(9414);
;// CONCATENATED MODULE: ./src/tools/audit/judge.ts






/**
 * A run that wrote here and is not listed any more, where runs are: servers delete them after a
 * while, and what their jobs would tell is gone.
 */
function deletedRun(evidence) {
    if (evidence.kind === 'checks' || (evidence.kind !== 'jobs' && evidence.runs.length === 0))
        return null;
    const listed = new Set(evidence.runs.map(({ key }) => key));
    return [...(0,head_statuses/* headStatusesOf */.m)(evidence).writers.keys()].find(key => !listed.has(key)) ?? null;
}
/**
 * What the newest run said when a pull request was merged. Servers tell times by the second: where
 * only what was written in the second of the merge speaks against it, it is not known which of the
 * two came first.
 */
function atMerge(policy, evidence, pull) {
    const past = judgePast(policy, asOf(evidence, { at: pull.mergedAt }), pull);
    if (past.kind === 'green' || past.kind === 'unknown')
        return past;
    const deleted = past.kind === 'unproven' ? deletedRun(evidence) : null;
    if (deleted !== null)
        return { ...past, kind: 'unknown', detail: `${past.detail}; run ${deleted} was deleted` };
    const before = (pull.mergedAt - (0,time/* seconds */.YA)(1));
    const earlier = judgePast(policy, asOf(evidence, { at: before }), pull);
    return earlier.kind === 'green'
        ? { ...past, kind: 'unknown', detail: `in the very second of the merge: ${past.detail}` }
        : past;
}
/** The success of ours that stood on the gate at the merge. */
function oursAt(policy, evidence, pull) {
    const then = asOf(evidence, { at: pull.mergedAt });
    const [standing] = (0,read/* umbrellaRows */.Ml)(then, policy.umbrella);
    const [row] = successesOfOurs(policy, then);
    return row === undefined || row.id !== standing?.id
        ? null
        : derivedAgain(policy, evidence, { row, pull });
}
/** So many rows of the context tell how it came to that. */
const SHOWN_ROWS = 5;
function rowsOf(evidence, context) {
    return context === null
        ? []
        : (0,read/* umbrellaRows */.Ml)(evidence, context)
            .slice(0, SHOWN_ROWS)
            .map(({ id, state, author, createdAt }) => ({
            row: id,
            state,
            run: author.kind === 'actions' ? author.run : null,
            at: (0,time/* formatInstant */.r4)(createdAt),
        }));
}
/** Judges one merge by all that is written on its head. Pure. */
function auditMerge(policy, evidence, pull) {
    const past = atMerge(policy, evidence, pull);
    return {
        pull,
        past,
        ours: oursAt(policy, evidence, pull),
        rows: rowsOf(asOf(evidence, { at: pull.mergedAt }), past.context),
    };
}
/** A merge as it is told. */
function auditedMergeReport({ pull, past, ours, rows }, { reads, mergedBy }) {
    const { number, title, head, base, mergedAt } = pull;
    return {
        number,
        url: reads.addressOfPull(number),
        title,
        head,
        base,
        mergedAt: (0,time/* formatInstant */.r4)(mergedAt),
        mergedBy,
        kind: past.kind,
        detail: past.detail,
        context: past.context,
        rows,
        run: past.run === null ? null : { key: past.run, url: reads.addressOf(past.run) },
        ours,
    };
}

;// CONCATENATED MODULE: ./src/tools/audit/walk.ts







/** So many commits are read together: one question to GitHub asks for up to 25. */
const BATCH = 10;
/** How often the progress is told. */
const TOLD_EVERY = 50;
/** The merges in the order in which they were made, which nothing that comes later changes. */
const mergesInOrder = (pulls) => [...pulls].sort((a, b) => a.mergedAt - b.mergedAt || a.number - b.number);
/** Where to go on; `null`: the one to go on behind is not among them. */
function restAfter(pulls, after) {
    if (after === null)
        return 0;
    const at = pulls.findIndex(({ number }) => number === after);
    return at === -1 ? null : at + 1;
}
/** Did a limit of requests keep this commit from being read? The rest is for the next hour. */
const isLimited = ({ gaps }) => gaps.some(({ cause }) => cause === 'rate-limited');
/** Looks at one merge after the other until the end, a limit, or a signal. */
async function walk(config, { reads, requests, note, stopped }, pulls, question) {
    const done = [];
    const stop = (why) => ({
        done,
        stopped: { after: done.at(-1)?.pull.number ?? question.after, why },
    });
    for (let at = 0; at < pulls.length; at += BATCH) {
        const why = stopped();
        if (why !== null)
            return stop(why);
        if (requests() >= question.maxRequests)
            return stop(`--max-requests (${question.maxRequests}) is reached`);
        const batch = pulls.slice(at, at + BATCH);
        const seen = await reads.study(batch.map(pull => ({ sha: pull.head, pulls: [pull] })));
        for (const [index, pull] of batch.entries()) {
            const evidence = seen[index];
            if (evidence === undefined || isLimited(evidence))
                return stop('the server limits requests: go on in an hour');
            done.push(auditMerge(config.policy, evidence, pull));
        }
        if (done.length % TOLD_EVERY === 0)
            note(`audited ${done.length} of ${(0,report_text/* plural */.LS)(pulls.length, 'merged pull request')}`);
    }
    return { done, stopped: null };
}
/** In which list a merge is told; `null`: there is nothing to say of it. */
function auditListOf({ past, ours }) {
    if (past.kind === 'green')
        return ours === null || ours.says === 'holds' ? null : 'doubtful';
    return past.kind === 'unknown' ? 'unknown' : 'findings';
}
function kindCounts(done) {
    const count = (kind) => done.filter(({ past }) => past.kind === kind).length;
    return Object.fromEntries(PAST_KINDS.map(kind => [kind, count(kind)]));
}
/** Who merged it, asked for where the list does not say; `null` where nobody does. */
async function mergedBy(reads, { number, mergedBy: known }) {
    if (known !== null)
        return known;
    const found = await (0,reading/* attempt */.CD)(() => reads.mergedBy(number));
    return found.ok ? found.value : null;
}
/** The merges as they are told, in three lists. */
async function auditLists(reads, done) {
    const lists = { findings: [], unknown: [], doubtful: [] };
    for (const merge of done) {
        const list = auditListOf(merge);
        if (list === null)
            continue;
        lists[list].push(auditedMergeReport(merge, { reads, mergedBy: await mergedBy(reads, merge.pull) }));
    }
    return lists;
}
const notMerged = ({ after, since }) => `--after: #${String(after)} was not merged since ${(0,time/* formatInstant */.r4)(since)}: ` +
    'give the same --since';
/** Audits the merges since a time; a text says why it could not begin. Throws `ForgeError`. */
async function audit(config, tools, question) {
    const { reads, requests, note } = tools;
    const { since, after } = question;
    const { baseBranches, policy, repo } = config;
    const merged = mergesInOrder(await reads.mergedSince(since)).filter(({ base }) => baseBranches.length === 0 || (0,context/* matchesAny */._I)(baseBranches, base));
    const from = restAfter(merged, after);
    if (from === null)
        return notMerged(question);
    note(`${(0,report_text/* plural */.LS)(merged.length, 'pull request')} merged since ${(0,time/* formatInstant */.r4)(since)}`);
    const { done, stopped } = await walk(config, tools, merged.slice(from), question);
    return {
        schema: AUDIT_SCHEMA,
        repo,
        umbrella: policy.umbrella,
        since: (0,time/* formatInstant */.r4)(since),
        merged: merged.length,
        audited: done.length,
        before: from,
        counts: kindCounts(done),
        ...(await auditLists(reads, done)),
        stopped,
        requests: requests(),
    };
}

;// CONCATENATED MODULE: ./src/tools/audit/usage.ts
const WHERE = [
    '  --repo OWNER/NAME  the repository',
    '  --api-url URL      the API, such as https://git.example.org/api/v1',
    '  --token-file FILE  a file with the token; without it UMBRELLA_REAPER_TOKEN is',
    '                     used, for the server that UMBRELLA_REAPER_URL or --api-url',
    '                     names',
];
/** What `audit --help` prints. */
const AUDIT_USAGE = [
    'usage: umbrella-reaper audit --repo OWNER/NAME --api-url URL [options]',
    '',
    'Lists the pull requests that were merged while the newest run of their head was',
    'red, unfinished, skipped over a failure, or proved nothing. Writes nothing.',
    '',
    'options:',
    '  --since TIME       30d, 12h, or 2026-11-01T00:00:00Z; 30d without it',
    '  --after N          go on behind pull request N, where an audit stopped; give',
    '                     the --since that it printed',
    '  --max-requests N   stop after about so many requests; 5000 without it',
    '  --json, --csv      the same as data, and nothing else',
    ...WHERE,
    '',
    'Inputs that say what must be green are options too: --umbrella-context,',
    '--required-contexts, --base-branches. The exit code is 1 where a bad merge was',
    'found, or where it could not be asked. docs/audit.md explains the table.',
    '',
    'example:',
    '  umbrella-reaper audit --since 7d --repo acme/widgets \\',
    '    --api-url https://git.example.org/api/v1',
];
/** What `verify --help` prints. */
const VERIFY_USAGE = [
    'usage: umbrella-reaper verify SHA --repo OWNER/NAME --api-url URL [options]',
    '',
    'Derives the proof behind every success of ours on a commit again, from the',
    'server as it is now: it holds, it is no longer derivable, or it is wrong.',
    'Writes nothing.',
    '',
    'options:',
    '  --json             the same as data, and nothing else',
    ...WHERE,
    '',
    'The exit code is 1 where a proof is wrong, or where it could not be asked.',
    '',
    'example:',
    '  umbrella-reaper verify 3f2a91c0de1f5b7a8c9d0e1f2a3b4c5d6e7f8091 \\',
    '    --repo acme/widgets --api-url https://git.example.org/api/v1',
];
/** The pages of help, by command. */
const USAGES = { audit: AUDIT_USAGE, verify: VERIFY_USAGE };

;// CONCATENATED MODULE: ./src/tools/audit/command.ts






const linesOf = (report, format) => format === 'json' ? (0,shown_line/* jsonLines */.i7)(report) : format === 'csv' ? csvLines(report) : auditLines(report);
/** Audits merges and prints what was found; bad merges end it red. */
async function auditRepository({ runner, config, opened, stopped }, question) {
    const isData = question.format !== 'text';
    const { requests } = opened;
    const note = (line) => {
        if (!isData)
            runner.info((0,report_text/* plain */.pj)(line, 1000));
    };
    const reads = opened.commitsFor(config.policy);
    const report = await audit(config, { reads, requests, stopped, note }, question);
    if (typeof report === 'string') {
        runner.fail((0,report_text/* plain */.pj)(report, 1000));
        return;
    }
    for (const line of linesOf(report, question.format))
        runner.print(line);
    if (!isData)
        await runner.summary(auditLines(report).join('\n'));
    const bad = report.findings.length;
    if (bad === 0)
        return;
    if (isData)
        runner.red();
    else
        runner.fail(`audit: ${(0,report_text/* plural */.LS)(bad, 'pull request')} merged over what is not green`);
}
/** Verifies the successes of ours on a commit; a wrong one ends it red. */
async function verifyCommit({ runner, config, opened }, { sha, json }) {
    const report = await verify(config, opened.commitsFor(config.policy), sha);
    if (typeof report === 'string') {
        runner.fail((0,report_text/* plain */.pj)(report, 1000));
        return;
    }
    for (const line of json ? (0,shown_line/* jsonLines */.i7)(report) : verifyLines(report))
        runner.print(line);
    const wrong = report.rows.filter(({ says }) => says === 'wrong').length;
    if (wrong === 0)
        return;
    if (json)
        runner.red();
    else
        runner.fail(`verify: ${(0,report_text/* plural */.LS)(wrong, 'success', 'successes')} of ours with a wrong proof`);
}


/***/ })

};
