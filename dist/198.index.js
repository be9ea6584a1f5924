export const id = 198;
export const ids = [198];
export const modules = {

/***/ 3198:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGithub: () => (/* binding */ openGithub)
});

// EXTERNAL MODULE: ./src/forge/needs.ts + 1 modules
var needs = __webpack_require__(2990);
// EXTERNAL MODULE: ./src/forge/port.ts
var port = __webpack_require__(4453);
// EXTERNAL MODULE: ./src/forge/umbrellas.ts
var umbrellas = __webpack_require__(4441);
// EXTERNAL MODULE: ../../main/node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(8316);
// EXTERNAL MODULE: ../../main/node_modules/zod/v4/classic/schemas.js + 15 modules
var schemas = __webpack_require__(3493);
// EXTERNAL MODULE: ./src/shown/secrets.ts
var secrets = __webpack_require__(1499);
// EXTERNAL MODULE: ./src/forge/clock.ts
var forge_clock = __webpack_require__(3270);
// EXTERNAL MODULE: ./src/forge/network.ts
var network = __webpack_require__(1962);
// EXTERNAL MODULE: ./src/forge/tries.ts
var tries = __webpack_require__(5817);
;// CONCATENATED MODULE: ./src/forge/github/client.ts







/** The version of the REST API this is written for (docs/github-facts.md, 2). */
const API_VERSION = '2022-11-28';
const headerOf = (headers, name) => {
    if (typeof headers !== 'object' || headers === null)
        return undefined;
    const value = headers[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};
/** Where the GraphQL API of this REST API is: beside it on Enterprise, below it on github.com. */
const graphqlUrl = (apiUrl) => `${apiUrl.replace(/\/api\/v3$/, '/api')}/graphql`;
/**
 * A rate limit comes as 403 too, and is no missing right: by what is left, by `Retry-After`, or by
 * the message (docs/github-facts.md, 4).
 */
function codeOf(status, headers, message) {
    const limited = status === 429 ||
        (status === 403 &&
            (headerOf(headers, 'x-ratelimit-remaining') === '0' ||
                headerOf(headers, 'retry-after') !== undefined ||
                /rate limit|abuse detection/i.test(message)));
    if (limited)
        return 'rate-limited';
    if (status >= 500)
        return 'server-error';
    if (status >= 300 && status < 400)
        return 'redirected';
    if (status === 401)
        return 'unauthorized';
    if (status === 403)
        return 'forbidden';
    return status === 404 ? 'not-found' : 'rejected';
}
/** The longest wait for a limit that a sweep sits out (milliseconds). */
const LONGEST_WAIT = 60_000;
/** Undici says "unexpected redirect" in the cause of its error. */
function causeOf(error) {
    const { cause } = error;
    if (typeof cause !== 'object' || cause === null)
        return '';
    return `${typeof cause.message === 'string' ? cause.message : ''} ${causeOf(cause)}`;
}
/** What a failed request of Octokit means. Without an answer its status is a made-up 500. */
function failureOf(error, { what, apiUrl, hide }) {
    if (error instanceof port/* ForgeError */.Q8)
        return error;
    const { status, message, name, response } = error;
    const said = typeof message === 'string' ? message : '';
    if (name === 'TimeoutError' || name === 'AbortError')
        return new tries/* Busy */.yK('timeout', `${what}: no answer within ${tries/* TIMEOUT */.Q9 / 1000}s`, null);
    if (response === undefined || typeof status !== 'number') {
        if (/redirect/i.test(`${said} ${causeOf(error)}`))
            return new port/* ForgeError */.Q8('redirected', `${what}: redirects are not followed`);
        const why = (0,network/* explainFailure */.SP)((0,network/* codeOfFailure */.p2)(error), apiUrl, (0,network/* proxyOf */.Ol)(apiUrl));
        return new tries/* Busy */.yK('unreachable', `${what}: ${why}`, null);
    }
    const { headers, data } = response;
    const told = typeof data === 'object' && data !== null && 'message' in data ? data.message : '';
    const text = typeof told === 'string' ? (0,tries/* excerpt */.Kb)(hide(told)) : '';
    const code = codeOf(status, headers, text);
    const line = `${what}: ${status}${text === '' ? '' : ` ${text}`}`;
    const wait = (0,tries/* retryAfter */.P9)(headerOf(headers, 'retry-after'), null);
    if (code === 'server-error')
        return new tries/* Busy */.yK(code, line, wait);
    // Without a time to wait for, an hour's limit is used up: waiting within a sweep is no use.
    return code === 'rate-limited' && wait !== null && wait <= LONGEST_WAIT
        ? new tries/* Busy */.yK(code, line, wait)
        : new port/* ForgeError */.Q8(code, line);
}
function note(remaining, headers) {
    const left = headerOf(headers, 'x-ratelimit-remaining');
    if (left === undefined || !/^\d{1,9}$/.test(left))
        return;
    const graphql = headerOf(headers, 'x-ratelimit-resource') === 'graphql';
    remaining[graphql ? 'graphql' : 'rest'] = Number(left);
}
/**
 * A fetch through the proxy that the environment asks for on the way to this server. The library's
 * own one asks about the way to github.com, whatever server is meant.
 */
async function fetchBy(apiUrl) {
    const undici = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 4718, 19));
    const proxy = new lib/* HttpClient */.Qq().getAgentDispatcher(apiUrl);
    const by = proxy === undefined ? {} : { dispatcher: proxy };
    const wrapped = (url, init) => undici.fetch(url, { ...init, ...by });
    return wrapped;
}
const nothing = () => undefined;
/** The library would print what a server says of an address that is out of use. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
/** Opens a client over any `fetch`; Octokit is loaded only here, where the server is GitHub. */
async function openClient(options, fetchTo = fetchBy) {
    const { getOctokit: open } = await __webpack_require__.e(/* import() */ 587).then(__webpack_require__.bind(__webpack_require__, 8587));
    const { apiUrl } = options.place;
    const hide = (0,secrets/* hiding */.Q0)([options.token]);
    const octokit = open(options.token, {
        baseUrl: apiUrl,
        userAgent: options.userAgent,
        log: SILENT,
        request: { redirect: 'error', fetch: await fetchTo(apiUrl) },
    });
    const ends = options.now() + options.budget;
    const turns = (0,tries/* openTurns */.LS)(options.concurrency);
    const clock = (0,forge_clock/* openClock */.X)(options);
    const remaining = { rest: null, graphql: null };
    let sent = 0;
    async function once(method, url, fields) {
        (0,tries/* checkTime */.AK)(options, ends);
        const path = url.startsWith('http') ? '/graphql' : url;
        const what = `${method} ${path}`;
        sent += 1;
        try {
            const answer = await octokit.request({
                ...{ method: method, url, ...fields },
                headers: { 'x-github-api-version': API_VERSION },
                request: { signal: AbortSignal.timeout(tries/* TIMEOUT */.Q9) },
            });
            const { status, headers } = answer;
            const data = answer.data;
            note(remaining, headers);
            return answerOf({ status, headers, data, what, clock });
        }
        catch (error) {
            const { response, status } = error;
            if (status === 429 || status === 503)
                turns.slow();
            note(remaining, response?.headers);
            if (status === 404 && response !== undefined && method === 'GET')
                return { status: 404, at: null, body: null, more: false, version: null };
            throw failureOf(error, { what, apiUrl, hide });
        }
    }
    return {
        remaining,
        hide,
        requests: () => sent,
        post: (path, body) => once('POST', path, body),
        get: (path, query = {}) => turns.take(() => (0,tries/* retried */.sT)(options, ends, () => once('GET', path, query))),
        graphql: (query, variables) => turns.take(() => (0,tries/* retried */.sT)(options, ends, async () => {
            const answer = await once('POST', graphqlUrl(apiUrl), { query, variables });
            refuseLimited(answer);
            return answer;
        })),
    };
}
function answerOf(got) {
    const { status, headers, data, what, clock } = got;
    // Octokit gives what is no JSON as a text.
    if (typeof data === 'string' && data !== '')
        throw new port/* ForgeError */.Q8('not-json', `${what}: the answer is no JSON`);
    return {
        status,
        body: data,
        at: clock.at(headerOf(headers, 'date')),
        more: /rel="next"/.test(headerOf(headers, 'link') ?? ''),
        version: headerOf(headers, 'x-github-enterprise-version') ?? null,
    };
}
const Limited = schemas/* object */.Ikc({ errors: schemas/* array */.YOg(schemas/* object */.Ikc({ type: schemas/* string */.YjP().optional() })) });
/** GraphQL says 200 where a limit is used up, and tells it in the answer. */
function refuseLimited({ body }) {
    const { data } = Limited.safeParse(body);
    if (data?.errors.some(({ type }) => type === 'RATE_LIMITED') === true)
        throw new port/* ForgeError */.Q8('rate-limited', 'POST /graphql: the rate limit is used up');
}

// EXTERNAL MODULE: ./src/forge/shape.ts
var shape = __webpack_require__(5874);
// EXTERNAL MODULE: ./src/forge/github/wire.ts
var wire = __webpack_require__(7777);
;// CONCATENATED MODULE: ./src/forge/github/graphql.ts



const WithRepository = schemas/* object */.Ikc({ repository: schemas/* unknown */.L5J() });
/** Asks one query of the repository. Throws `ForgeError`. */
async function graphqlData(client, query, variables) {
    const { body, at } = await client.graphql(query, variables);
    const { data, errors = [] } = (0,shape/* parseOne */.EZ)(wire/* GraphqlAnswer */.st, body, 'POST /graphql');
    const under = WithRepository.safeParse(data);
    const told = errors.map(error => ({ ...error, message: client.hide(error.message) }));
    return { data: under.data?.repository ?? null, at, errors: told };
}

;// CONCATENATED MODULE: ./src/forge/github/queries.ts
/** What is read of every suite and of every check run. */
const FIELDS = `
fragment suiteFields on CheckSuite {
  databaseId status conclusion
  app { databaseId slug }
  workflowRun { databaseId event createdAt workflow { databaseId state resourcePath } }
}
fragment checkFields on CheckRun {
  databaseId name status conclusion startedAt completedAt detailsUrl
}`;
/** What a head needs no study by: its pull, and everything that carries the umbrella's name. */
const CANDIDATES = `
query candidates($owner: String!, $name: String!, $umbrella: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number title isDraft headRefOid baseRefName baseRefOid
        commits(last: 1) {
          nodes {
            commit {
              oid
              status {
                context(name: $umbrella) {
                  context state description targetUrl createdAt creator { __typename login }
                }
              }
              checkSuites(last: 20, filterBy: { checkName: $umbrella }) {
                totalCount
                nodes {
                  ...suiteFields
                  checkRuns(last: 5, filterBy: { checkName: $umbrella, checkType: LATEST }) {
                    totalCount
                    nodes { ...checkFields }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}${FIELDS}`;
/** A commit's suites with every execution of every job, and whether anybody posted a status. */
const COMMIT = `
fragment details on Commit {
  oid
  status { id }
  checkSuites(first: 100) {
    totalCount
    nodes {
      ...suiteFields
      checkRuns(first: 100, filterBy: { checkType: ALL }) {
        totalCount
        nodes { ...checkFields }
      }
    }
  }
}${FIELDS}`;
/**
 * How many heads one query asks for: above it GitHub runs out of time (docs/github-facts.md, 2).
 */
const CHUNK = 25;
/** The name under which the answer holds the head at this place of a chunk. */
const aliasOf = (at) => `c${at}`;
/** The details of so many commits, given as the variables `$c0`, `$c1` and so on. */
function detailsQuery(count) {
    const at = Array.from({ length: count }, (_, index) => index);
    const variables = at.map(index => `$c${index}: GitObjectID!`).join(', ');
    const fields = at.map(index => `${aliasOf(index)}: object(oid: $c${index}) { ...details }`);
    return (`query details($owner: String!, $name: String!, ${variables}) {\n` +
        `  repository(owner: $owner, name: $name) {\n    ${fields.join('\n    ')}\n  }\n}\n${COMMIT}`);
}
/** Under which name a token writes. */
const VIEWER = 'query viewer { viewer { login } }';

// EXTERNAL MODULE: ./src/core/model/ids.ts
var ids = __webpack_require__(1046);
// EXTERNAL MODULE: ./src/core/model/time.ts
var time = __webpack_require__(7627);
;// CONCATENATED MODULE: ./src/forge/github/states.ts
/** Words for what has not ended; GraphQL writes them in capitals (docs/github-facts.md, 2). */
const OPEN = ['queued', 'in_progress', 'waiting', 'pending', 'requested'];
/** How a check run or a suite may have ended. What is not here is not known, and never green. */
const ENDS = {
    success: 'success',
    failure: 'failure',
    timed_out: 'failure',
    startup_failure: 'failure',
    stale: 'failure',
    cancelled: 'cancelled',
    neutral: 'skipped',
    skipped: 'skipped',
    action_required: 'action-required',
};
/** What a status and a conclusion mean together: a conclusion counts only once it is completed. */
function checkState(status, conclusion) {
    const word = status?.toLowerCase() ?? null;
    const end = conclusion?.toLowerCase() ?? null;
    // A run that waits for an approval may be told as a status too.
    if (word === 'action_required')
        return 'action-required';
    if (word === null || OPEN.includes(word))
        return 'open';
    if (word !== 'completed')
        return 'unknown';
    return end === null ? 'unknown' : (ENDS[end] ?? 'unknown');
}
/** Could it not even start? Such a run can never be run again. */
const neverStarted = (conclusion) => conclusion?.toLowerCase() === 'startup_failure';
/** The state of a commit status. `expected` is a requirement nobody has answered yet. */
function statusState(state) {
    const word = state.toLowerCase();
    if (word === 'expected')
        return 'pending';
    return word === 'success' || word === 'failure' || word === 'error' || word === 'pending'
        ? word
        : 'unknown';
}

;// CONCATENATED MODULE: ./src/forge/github/sightings.ts




/** A time that an answer must hold. */
function instantOf(text, what) {
    const at = (0,time/* parseInstant */.nV)(text);
    if (at === null)
        throw new port/* ForgeError */.Q8('unexpected-shape', `${what}: a time cannot be read`);
    return at;
}
const maybeInstant = (text) => text === null ? null : (0,time/* parseInstant */.nV)(text);
/** The run and job that a check run of Actions links to; `null` for any other check run. */
function jobOfLink(link) {
    const found = /\/actions\/runs\/(\d{1,15})\/job\/(\d{1,15})(?:[?#]|$)/.exec(link ?? '');
    return found === null ? null : { run: Number(found[1]), job: Number(found[2]) };
}
/** The slug of Actions is the same on every server, its id is not. */
const appOf = (id, slug) => ({
    id: id ?? 0,
    slug: slug ?? '',
    isActions: slug === 'github-actions',
});
/** A check run of a suite; `null` where it cannot be named. */
function toCheck(json, suite) {
    const job = jobOfLink(json.link);
    // A job's id is its check run's; a link that says otherwise is somebody else's.
    const isJob = job !== null &&
        suite.run !== null &&
        job.run === Number(suite.run.id) &&
        (json.id === null || json.id === job.job);
    const id = json.id ?? (isJob ? job.job : null);
    if (id === null)
        return null;
    return {
        id: (0,ids/* asJobId */.PJ)(id),
        suite: suite.id,
        name: json.name,
        state: checkState(json.status, json.conclusion),
        startedAt: maybeInstant(json.startedAt),
        completedAt: maybeInstant(json.completedAt),
        attempt: null,
        isJob,
        taken: null,
    };
}
/** What is not complete is not known. */
const overflow = (what, seen, total) => ({
    what,
    cause: 'incomplete',
    context: null,
    detail: `${seen} of ${total} were given`,
});
const unreadable = (what, detail) => ({
    what,
    cause: 'unreadable',
    context: null,
    detail,
});
/** Without its run nothing tells what a suite of Actions is of, or what it may still become. */
const withoutRun = ({ id, app, run, state }, checks) => app.isActions && run === null && (state !== 'success' || checks === 0)
    ? [unreadable(`check suite ${id}`, 'it names no workflow run')]
    : [];
const checkOfNode = (node) => ({
    id: node.databaseId,
    name: node.name,
    status: node.status,
    conclusion: node.conclusion,
    startedAt: node.startedAt,
    completedAt: node.completedAt,
    link: node.detailsUrl,
});
function runOfNode({ workflowRun }) {
    if (workflowRun === null)
        return null;
    const { databaseId, event, createdAt, workflow } = workflowRun;
    const created = (0,time/* parseInstant */.nV)(createdAt);
    if (databaseId === null || workflow.databaseId === null || created === null)
        return null;
    return {
        id: (0,ids/* asRunId */.p1)(databaseId),
        workflow: workflow.databaseId,
        path: workflow.resourcePath.split('/').at(-1) ?? '',
        event,
        createdAt: created,
        attempt: null,
        disabled: workflow.state.toUpperCase() !== 'ACTIVE',
    };
}
function seenOfSuite(node) {
    const what = 'a check suite';
    const { databaseId, app, checkRuns } = node;
    if (databaseId === null || checkRuns === null)
        return { suites: [], checks: [], gaps: [unreadable(what, 'it has no id or no check runs')] };
    const run = runOfNode(node);
    const known = appOf(app?.databaseId, app?.slug);
    const gaps = [];
    if (known.isActions && node.workflowRun !== null && run === null)
        gaps.push(unreadable(what, 'its workflow run has no id'));
    const state = checkState(node.status, node.conclusion);
    const suite = {
        id: databaseId,
        app: known,
        state,
        neverStarted: neverStarted(node.conclusion),
        run,
    };
    const nodes = (checkRuns.nodes ?? []).filter(one => one !== null);
    if (nodes.length < checkRuns.totalCount)
        gaps.push(overflow(`check runs of suite ${databaseId}`, nodes.length, checkRuns.totalCount));
    const checks = nodes.map(one => toCheck(checkOfNode(one), suite));
    if (checks.includes(null))
        gaps.push(unreadable(what, 'one of its check runs has no id'));
    gaps.push(...withoutRun(suite, checkRuns.totalCount));
    return { suites: [suite], checks: checks.filter(one => one !== null), gaps };
}
/** The suites of a commit as GraphQL gives them. */
function seenOfNodes(suites) {
    if (suites === null)
        return { suites: [], checks: [], gaps: [unreadable('check suites', 'they were not given')] };
    const nodes = (suites.nodes ?? []).filter(one => one !== null);
    const each = nodes.map(seenOfSuite);
    const short = nodes.length < suites.totalCount
        ? [overflow('check suites', nodes.length, suites.totalCount)]
        : [];
    return {
        suites: each.flatMap(one => one.suites),
        checks: each.flatMap(one => one.checks),
        gaps: [...short, ...each.flatMap(one => one.gaps)],
    };
}

// EXTERNAL MODULE: ./src/core/model/marker.ts
var marker = __webpack_require__(3680);
;// CONCATENATED MODULE: ./src/forge/github/statuses.ts







/** The login of what a workflow's own token writes, in REST and in GraphQL. */
const ACTIONS_LOGINS = ['github-actions[bot]', 'github-actions'];
/**
 * Who wrote a status: us by our mark, Actions by its app and a link to a run, else somebody.
 * Whether that run is one of this pull request is asked where its runs are known.
 */
function authorOf({ description, creator, targetUrl, state }) {
    const mark = (0,marker/* readMarker */.t)(description);
    if (mark !== null)
        return { kind: 'us', mark };
    const run = /\/actions\/runs\/(\d{1,15})(?:[/?#]|$)/.exec(targetUrl)?.[1];
    if (creator === null || !creator.bot || !ACTIONS_LOGINS.includes(creator.login))
        return { kind: 'outside' };
    if (run === undefined)
        return { kind: 'outside' };
    const word = statusState(state);
    return {
        kind: 'actions',
        run: (0,ids/* asRunKey */.FY)(Number(run)),
        job: (0,ids/* asJobKey */.bu)(0),
        word: word === 'success' ? 'success' : word === 'pending' ? 'running' : 'failure',
        took: null,
    };
}
const signed = (row) => ({
    id: (0,ids/* asRowId */.GN)(row.id),
    context: row.context,
    state: statusState(row.state),
    description: row.description,
    targetUrl: row.targetUrl,
    creator: row.creator?.login ?? null,
    createdAt: row.createdAt,
    author: authorOf(row),
    phantom: false,
});
/** A status that links to a run which is none of these is somebody's: a veto, if it is red. */
function ofThese(rows, runs) {
    return rows.map(row => row.author.kind === 'actions' && !runs.has(row.author.run)
        ? { ...row, author: { kind: 'outside' } }
        : row);
}
const plainOf = (json) => ({
    id: json.id,
    context: json.context,
    state: json.state,
    description: json.description ?? '',
    targetUrl: json.target_url ?? '',
    creator: json.creator == null ? null : { login: json.creator.login, bot: json.creator.type === 'Bot' },
    createdAt: instantOf(json.created_at, 'a status'),
});
const readStatus = (body, what) => signed(plainOf((0,shape/* parseOne */.EZ)(wire/* WireStatus */.KN, body, what)));
/** Of so many pages no commit has more that anybody reads: GitHub keeps 1,000 a context. */
const MAX_PAGES = 20;
const PAGE = 100;
/** Every status of a commit above a mark, newest first. Throws `ForgeError`. */
async function readStatuses(client, root, { sha, above }) {
    const path = `${root}/commits/${sha}/statuses`;
    const rows = [];
    let at = null;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
        const answer = await client.get(path, { per_page: PAGE, page });
        at ??= answer.at;
        const found = (0,shape/* parseOne */.EZ)(schemas/* array */.YOg(wire/* WireStatus */.KN), answer.body, `GET ${path}`);
        rows.push(...found.map(json => signed(plainOf(json))).filter(({ id }) => id > above));
        const seen = found.some(({ id }) => id <= above);
        // A full page has another one behind it, whether or not a proxy passed the link on.
        const last = !answer.more && found.length < PAGE;
        if (last || seen)
            return { value: rows, gaps: [], at };
    }
    const gap = {
        what: 'statuses',
        cause: 'too-long',
        context: null,
        detail: `more than ${MAX_PAGES * 100} on this commit`,
    };
    return { value: rows, gaps: [gap], at };
}

;// CONCATENATED MODULE: ./src/forge/github/candidates.ts








/** Ten thousand open pull requests; no repository has more. */
const candidates_MAX_PAGES = 100;
const toPull = (node) => ({
    number: node.number,
    title: node.title,
    head: node.headRefOid,
    base: node.baseRefName,
    baseSha: node.baseRefOid,
    draft: node.isDraft,
});
/** The last commit of a pull, which must be its head: else another commit was looked at. */
function glanceOf(node, at) {
    const nothing = { sha: node.headRefOid, at, suites: [], checks: [], status: null };
    const commit = (node.commits.nodes ?? []).find(one => one !== null)?.commit;
    const gap = (detail) => ({
        ...{ what: 'the newest commit', cause: 'incomplete', context: null, detail },
    });
    if (commit === undefined)
        return { ...nothing, gaps: [gap('it was not given')] };
    if (commit.oid !== node.headRefOid)
        return { ...nothing, gaps: [gap('it is not the head of the pull request')] };
    const seen = seenOfNodes(commit.checkSuites);
    const context = commit.status?.context ?? null;
    if (context === null)
        return { ...nothing, ...seen };
    const { creator } = context;
    const row = signed({
        id: 0,
        context: context.context,
        state: context.state,
        description: context.description ?? '',
        targetUrl: context.targetUrl ?? '',
        creator: creator === null ? null : { login: creator.login, bot: creator.__typename === 'Bot' },
        createdAt: instantOf(context.createdAt, 'a status'),
    });
    return { ...nothing, ...seen, status: row };
}
/** The index of the pull request an error beside a page is about; `null`: it may be about any. */
function pullOf({ path }) {
    const [repository, pulls, nodes, at] = path ?? [];
    const about = repository === 'repository' && pulls === 'pullRequests' && nodes === 'nodes';
    return about && typeof at === 'number' ? at : null;
}
/**
 * What is known of a pull request with an error beside its page: its own fields, for each of them
 * was there, but nothing of its checks, for the error may have left out what stands red.
 */
function blindGlance(node, at, message) {
    const gap = {
        ...{ what: 'the newest commit', cause: 'incomplete', context: null, detail: (0,tries/* excerpt */.Kb)(message) },
    };
    return { sha: node.headRefOid, at, suites: [], checks: [], status: null, gaps: [gap] };
}
/** Every open pull request with a glance at its head: one query for a hundred of them. */
async function listPulls({ client, owner, name, policy }) {
    const pulls = [];
    const glances = new Map();
    let after = null;
    for (let page = 1; page <= candidates_MAX_PAGES; page += 1) {
        const variables = { owner, name, umbrella: policy.umbrella, after };
        const { data, at, errors } = await graphqlData(client, CANDIDATES, variables);
        const what = 'POST /graphql (candidates)';
        if (data === null)
            throw new port/* ForgeError */.Q8('not-found', `${what}: ${errors[0]?.message ?? ''}`);
        const found = (0,shape/* parseOne */.EZ)(wire/* NodePulls */.JF, data, what);
        const nodes = found.pullRequests.nodes?.filter(node => node !== null);
        // A pull request that was withheld could stand on any head.
        if (nodes === undefined || nodes.length < (found.pullRequests.nodes ?? []).length)
            throw new port/* ForgeError */.Q8('unexpected-shape', `${what}: a pull request is missing`);
        const about = new Map(errors.map(error => [pullOf(error), error.message]));
        const ofAny = about.get(null);
        if ([...about.keys()].some(index => index !== null && !(index in nodes)))
            throw new port/* ForgeError */.Q8('unexpected-shape', `${what}: an error is about no pull request of it`);
        if (ofAny !== undefined)
            throw new port/* ForgeError */.Q8('unexpected-shape', `${what}: ${(0,tries/* excerpt */.Kb)(ofAny)}`);
        for (const [index, node] of nodes.entries()) {
            pulls.push(toPull(node));
            const error = about.get(index);
            const blind = error === undefined ? null : blindGlance(node, at, error);
            // Of two pull requests on one commit, the one that could not be seen whole has the word.
            if ((glances.get(node.headRefOid)?.gaps.length ?? 0) === 0)
                glances.set(node.headRefOid, blind ?? glanceOf(node, at));
        }
        const { hasNextPage, endCursor } = found.pullRequests.pageInfo;
        if (!hasNextPage)
            return { pulls, glances };
        after = endCursor;
    }
    throw new port/* ForgeError */.Q8('unexpected-shape', `more than ${candidates_MAX_PAGES * 100} open pull requests`);
}
const NO_CLOCK = {
    what: 'clock',
    cause: 'no-clock',
    context: null,
    detail: 'the server sent no date',
};
/** What a page told of a head, as evidence that tells no more than whether it needs study. */
function firstEvidence({ server }, head, glance) {
    const missing = {
        ...{ what: 'the head', cause: 'incomplete', context: null, detail: 'no page told of it' },
    };
    const runs = new Set((glance?.suites ?? []).flatMap(({ run }) => (run === null ? [] : [run.id])));
    const status = glance?.status ?? null;
    return {
        kind: 'checks',
        ...{ sha: head.sha, pulls: head.pulls, traits: server.traits, runs: [] },
        observedAt: glance?.at ?? 0,
        // Which runs are of this pull request is not known yet: a link is believed until it is.
        latest: status === null ? [] : ofThese([status], new Set([...runs, statusRun(status)])),
        history: null,
        writers: { kind: 'not-read' },
        others: { kind: 'not-read' },
        work: new Map(),
        ...{ bases: {}, needs: new Map(), studied: false, required: [] },
        suites: glance?.suites ?? [],
        checks: glance?.checks ?? [],
        gaps: glance === undefined
            ? [missing]
            : [...glance.gaps, ...(glance.at === null ? [NO_CLOCK] : [])],
    };
}
const statusRun = ({ author }) => (author.kind === 'actions' ? author.run : 0);

;// CONCATENATED MODULE: ./src/forge/github/command.ts
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
/** The host that the GitHub CLI must be told, where it is not github.com. */
function hostOf({ apiUrl }) {
    const { hostname } = new URL(apiUrl);
    if (hostname === 'api.github.com')
        return '';
    return `GH_HOST=${hostname.replace(/^api\.(?=.+\.ghe\.com$)/, '')} `;
}
/** The command of the GitHub CLI by which a person could send exactly this write. */
function commandOf(place, write) {
    const host = hostOf(place);
    if (write.kind === 'rerun') {
        const what = write.wholeRun ? String(write.run) : `--job ${write.job}`;
        return `${host}gh run rerun ${what} --repo ${place.repo}`;
    }
    const { sha, context, state, description, targetUrl } = write.post;
    const fields = Object.entries({ state, context, description, target_url: targetUrl })
        .filter(([, value]) => value !== '')
        .map(([name, value]) => ` -f ${quote(`${name}=${value}`)}`);
    return `${host}gh api --method POST repos/${place.repo}/statuses/${sha}${fields.join('')}`;
}
/** Where people see this server's pages. */
function pagesOf(apiUrl) {
    const { protocol, host } = new URL(apiUrl);
    if (host === 'api.github.com')
        return 'https://github.com';
    if (/^api\..+\.ghe\.com$/.test(host))
        return `${protocol}//${host.slice('api.'.length)}`;
    return `${protocol}//${host}`;
}

// EXTERNAL MODULE: ./src/forge/github/repository.ts
var github_repository = __webpack_require__(5812);
;// CONCATENATED MODULE: ./src/forge/github/reruns.ts






/**
 * Runs one job with what depends on it again, or its whole run; once. GitHub says no with 403 in
 * two ways that are no missing right (docs/github-facts.md, 2).
 */
async function postRerun({ client, root }, { run, job, wholeRun }) {
    const path = wholeRun ? `${root}/actions/runs/${run}/rerun` : `${root}/actions/jobs/${job}/rerun`;
    try {
        await client.post(path, {});
    }
    catch (error) {
        if (!(error instanceof port/* ForgeError */.Q8) || error.code !== 'forbidden')
            throw error;
        const known = /already running|cannot be (?:retried|rerun|re-run)|unable to retry|too old/i;
        throw known.test(error.message) ? new port/* ForgeError */.Q8('rejected', error.message) : error;
    }
}
/** Every word by which GitHub lists runs that have not ended. */
const NOT_ENDED = ['queued', 'in_progress', 'waiting', 'pending', 'requested'];
/** The runs of a workflow that have not ended, in the whole repository. Throws `ForgeError`. */
async function openRuns({ client, root }, workflow, file) {
    const path = `${root}/actions/workflows/${workflow}/runs`;
    const found = new Map();
    for (const status of NOT_ENDED) {
        const { body } = await client.get(path, { status, per_page: 100 });
        for (const { id } of (0,shape/* parseOne */.EZ)(wire/* WireRuns */.yz, body, `GET ${path}`).workflow_runs)
            found.set(id, { run: (0,ids/* asRunKey */.FY)(id), file });
    }
    return [...found.values()];
}
/**
 * The run's workflow file wherever its text may come from: a run of `pull_request` is made from the
 * merge of its pull request with the base branch, so that either side may have added a job
 * (docs/github-facts.md, 2). A side that has no such file adds nothing.
 */
async function filesOf(api, path, refs) {
    const files = [];
    for (const ref of new Set(refs)) {
        const file = await api.workflow(path, ref);
        if (file !== null)
            files.push(file);
    }
    return files;
}
/**
 * What a re-run of this run's umbrella job would touch beside that job, by the workflow file at the
 * run's own commit and on the base branches of the pull requests that stand on it.
 */
async function rerunReach({ swept, cache }, { pulls }, key) {
    const unreadable = (why) => ({ kind: 'unreadable', why });
    const { client, root, policy } = swept;
    const path = `${root}/actions/runs/${key}`;
    try {
        const answer = await client.get(path);
        if (answer.status === 404)
            return unreadable(`there is no run ${key}`);
        const run = (0,shape/* parseOne */.EZ)(wire/* WireRun */.jT, answer.body, `GET ${path}`);
        const api = (0,github_repository/* workflowSource */.x)(swept);
        const file = run.path.split('@')[0] ?? run.path;
        const bases = pulls.map(({ base }) => base);
        const [first, ...more] = await filesOf(api, file, [run.head_sha, ...bases]);
        if (first === undefined)
            return unreadable(`the commit of run ${key} has no ${file}`);
        const source = { event: run.event, files: [first, ...more] };
        return await (0,needs/* reachBy */.ZY)(source, { api, policy, cache }, () => openRuns(swept, run.workflow_id, run.path));
    }
    catch (error) {
        if (!(error instanceof port/* ForgeError */.Q8))
            throw error;
        return unreadable(error.message);
    }
}

;// CONCATENATED MODULE: ./src/forge/github/rules.ts




/** GitHub writes -1 and 0 for "any app". */
const rules_appOf = (id) => (id == null || id <= 0 ? null : id);
/** What rulesets demand; readable with any token (docs/github-facts.md, 2). */
async function byRules({ client, root }, branch) {
    const path = `${root}/rules/branches/${encodeURIComponent(branch)}`;
    const found = [];
    for (let page = 1; page <= 10; page += 1) {
        const { status, body, more } = await client.get(path, { per_page: 100, page });
        // Servers that are too old for rulesets have none.
        if (status === 404)
            return found;
        for (const { type, parameters } of (0,shape/* parseOne */.EZ)(schemas/* array */.YOg(wire/* WireRule */.gk), body, `GET ${path}`))
            if (type === 'required_status_checks')
                for (const check of parameters?.required_status_checks ?? [])
                    found.push({ context: check.context, app: rules_appOf(check.integration_id) });
        if (!more)
            return found;
    }
    throw new port/* ForgeError */.Q8('unexpected-shape', `GET ${path}: more than 1000 rules`);
}
/** What classic branch protection demands, as far as a branch tells without admin rights. */
async function byProtection({ client, root }, branch) {
    const path = `${root}/branches/${encodeURIComponent(branch)}`;
    const { status, body } = await client.get(path);
    if (status === 404)
        return [];
    const { protection } = (0,shape/* parseOne */.EZ)(wire/* WireBranch */.yy, body, `GET ${path}`);
    const required = protection?.required_status_checks;
    const pinned = (required?.checks ?? []).map(({ context, app_id: app }) => ({
        context,
        app: rules_appOf(app),
    }));
    const known = new Set(pinned.map(({ context }) => context));
    const plain = (required?.contexts ?? [])
        .filter(context => !known.has(context))
        .map(context => ({ context, app: null }));
    return [...pinned, ...plain];
}
/** Every check that a merge into this branch requires. Throws `ForgeError`. */
async function requiredChecks(on, branch) {
    const [rules, protection] = await Promise.all([byRules(on, branch), byProtection(on, branch)]);
    return [...rules, ...protection];
}
/** The branch on which schedules run. Throws `ForgeError`. */
async function defaultBranch({ client, root }) {
    const { body } = await client.get(root);
    return (0,shape/* parseOne */.EZ)(wire/* WireRepository */._W, body, `GET ${root}`).default_branch;
}

// EXTERNAL MODULE: ./src/core/reading/checks/legs.ts
var legs = __webpack_require__(9142);
;// CONCATENATED MODULE: ./src/forge/github/rest-details.ts






/** A hundred suites of a hundred check runs: no commit anybody judges has more. */
const rest_details_PAGE = 100;
const toRun = (row) => ({
    id: (0,ids/* asRunId */.p1)(row.id),
    workflow: row.workflow_id,
    path: row.path.split('@')[0] ?? row.path,
    event: row.event,
    createdAt: instantOf(row.created_at, 'a workflow run'),
    attempt: row.run_attempt ?? null,
    disabled: null,
});
/** The one run of a suite of Actions: reached by the suite, for a head does not list every run. */
async function runOfSuite({ client, root }, suite) {
    if (!appOf(suite.app?.id, suite.app?.slug).isActions)
        return null;
    const path = `${root}/actions/runs`;
    const { body } = await client.get(path, { check_suite_id: suite.id, per_page: 2 });
    const [only, ...more] = (0,shape/* parseOne */.EZ)(wire/* WireRuns */.yz, body, `GET ${path}`).workflow_runs;
    // A second one could be the newest: which of them the check runs are of is not known.
    if (more.length > 0)
        throw new port/* ForgeError */.Q8('unexpected-shape', `GET ${path}: suite ${suite.id} has several runs`);
    return only === undefined ? null : toRun(only);
}
async function rest_details_seenOfSuite(swept, row) {
    const { client, root } = swept;
    const run = await runOfSuite(swept, row);
    const suite = {
        id: row.id,
        app: appOf(row.app?.id, row.app?.slug),
        state: checkState(row.status, row.conclusion),
        neverStarted: neverStarted(row.conclusion),
        run,
    };
    const path = `${root}/check-suites/${row.id}/check-runs`;
    const { body } = await client.get(path, { filter: 'all', per_page: rest_details_PAGE });
    const { check_runs: rows, total_count: total } = (0,shape/* parseOne */.EZ)(wire/* WireChecks */.rF, body, `GET ${path}`);
    const short = rows.length < total ? [overflow(`check runs of suite ${row.id}`, rows.length, total)] : [];
    const gaps = [...short, ...withoutRun(suite, total)];
    const checks = rows.flatMap(one => {
        const check = toCheck({
            ...{ id: one.id, name: one.name, status: one.status, conclusion: one.conclusion },
            startedAt: one.started_at,
            completedAt: one.completed_at,
            link: one.details_url,
        }, suite);
        return check === null ? [] : [check];
    });
    return { suite, checks, gaps };
}
/** The details of one commit by REST: more requests, and never too much at once. */
async function detailsByRest(swept, sha) {
    const { client, root } = swept;
    const path = `${root}/commits/${sha}/check-suites`;
    let at = null;
    try {
        const answer = await client.get(path, { per_page: rest_details_PAGE });
        at = answer.at;
        const { check_suites: rows, total_count: total } = (0,shape/* parseOne */.EZ)(wire/* WireSuites */.bH, answer.body, `GET ${path}`);
        const short = rows.length < total ? [overflow('check suites', rows.length, total)] : [];
        const each = await Promise.all(rows.map(row => rest_details_seenOfSuite(swept, row)));
        return {
            ...{ at, hasStatus: true },
            suites: each.map(({ suite }) => suite),
            checks: each.flatMap(({ checks }) => checks),
            gaps: [...short, ...each.flatMap(({ gaps }) => gaps)],
        };
    }
    catch (error) {
        if (!(error instanceof port/* ForgeError */.Q8))
            throw error;
        const gap = {
            ...{ what: 'check suites', context: null, detail: error.message },
            cause: error.code === 'rate-limited' ? 'rate-limited' : 'unreadable',
        };
        return { ...{ suites: [], checks: [], at, hasStatus: true }, gaps: [gap] };
    }
}

;// CONCATENATED MODULE: ./src/forge/github/details.ts








const lost = (what, detail) => ({
    ...{ suites: [], checks: [], at: null, hasStatus: true },
    gaps: [{ what, cause: 'unreadable', context: null, detail }],
});
const Fields = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J());
/** The details of a chunk of commits by one query; throws `ForgeError`. */
async function askChunk({ client, owner, name }, shas) {
    const variables = Object.fromEntries(shas.map((sha, at) => [aliasOf(at), sha]));
    const query = detailsQuery(shas.length);
    const { data, at, errors } = await graphqlData(client, query, { owner, name, ...variables });
    const what = 'POST /graphql (details)';
    if (data === null)
        throw new port/* ForgeError */.Q8('not-found', `${what}: ${errors[0]?.message ?? ''}`);
    const fields = (0,shape/* parseOne */.EZ)(Fields, data, what);
    return shas.map((sha, index) => {
        const alias = aliasOf(index);
        // An error below a commit leaves a hole in its data.
        const error = errors.find(({ path }) => path === undefined || path.includes(alias));
        if (error !== undefined)
            return lost('check suites', error.message);
        const commit = wire/* NodeCommit */.wj.safeParse(fields[alias]);
        if (!commit.success || commit.data.oid !== sha)
            return lost('check suites', 'the commit was not given as it was asked for');
        const { checkSuites, status } = commit.data;
        return { ...seenOfNodes(checkSuites), at, hasStatus: status !== null };
    });
}
/** A server that is too busy for one large query may have time for two smaller ones. */
const tooLarge = (error) => error instanceof port/* ForgeError */.Q8 && (error.code === 'server-error' || error.code === 'timeout');
/**
 * The details of commits in chunks, each halved where GitHub runs out of time, and read by REST
 * where even one commit is too much. What cannot be read at all is a gap of its commit.
 */
async function chunkDetails(swept, shas) {
    try {
        return await askChunk(swept, shas);
    }
    catch (error) {
        if (!(error instanceof port/* ForgeError */.Q8))
            throw error;
        const [only] = shas;
        if (shas.length === 1 && only !== undefined)
            return [
                tooLarge(error) ? await detailsByRest(swept, only) : lost('check suites', error.message),
            ];
        if (!tooLarge(error))
            return shas.map(() => lost('check suites', error.message));
        const half = Math.ceil(shas.length / 2);
        const first = await chunkDetails(swept, shas.slice(0, half));
        return [...first, ...(await chunkDetails(swept, shas.slice(half)))];
    }
}
/** The details of these commits, by their SHA. */
async function readDetails(swept, shas) {
    const found = new Map();
    for (let from = 0; from < shas.length; from += CHUNK) {
        const chunk = shas.slice(from, from + CHUNK);
        const details = await chunkDetails(swept, chunk);
        for (const [at, sha] of chunk.entries()) {
            const one = details[at];
            if (one !== undefined)
                found.set(sha, one);
        }
    }
    return found;
}
/** Nothing more may be sent before the limit of requests is used up. */
const limited = (left) => ({
    what: 'check suites',
    cause: 'rate-limited',
    context: null,
    detail: `only ${left} requests are left in this hour; the next sweep goes on`,
});

;// CONCATENATED MODULE: ./src/forge/github/jobs.ts







/** Ten pages hold a thousand jobs. */
const jobs_MAX_PAGES = 10;
/** Every job of a run in all its attempts: the newest alone once forgot what was not re-run. */
async function readJobs({ client, root }, run) {
    const path = `${root}/actions/runs/${run}/jobs`;
    const rows = [];
    for (let page = 1; page <= jobs_MAX_PAGES; page += 1) {
        const { body, status } = await client.get(path, { filter: 'all', per_page: 100, page });
        if (status === 404)
            throw new port/* ForgeError */.Q8('not-found', `GET ${path}: 404`);
        const { jobs, total_count: total } = (0,shape/* parseOne */.EZ)(wire/* WireJobs */.K_, body, `GET ${path}`);
        rows.push(...jobs);
        if (rows.length >= total)
            return rows;
        if (jobs.length === 0)
            return overflow(`jobs of run ${run}`, rows.length, total);
    }
    return overflow(`jobs of run ${run}`, rows.length, rows.length + 1);
}
/** A job as a check run. An attempt that is not told stays unknown, and is never the first. */
const jobs_toCheck = (row, suite) => ({
    id: (0,ids/* asJobId */.PJ)(row.id),
    suite,
    name: row.name,
    state: checkState(row.status, row.conclusion),
    startedAt: maybeInstant(row.started_at),
    completedAt: maybeInstant(row.completed_at),
    attempt: row.run_attempt ?? null,
    isJob: true,
    taken: row.status === 'completed' ? !neverTaken(row) : null,
});
/** A job that no runner ever took: it has no steps, and no runner (docs/github-facts.md, 1). */
const neverTaken = ({ runner_id: runner, steps }) => (runner === null || runner === 0) && (steps ?? []).length === 0;
/** The run's own word and its jobs by attempt, in place of what the check runs told. */
function merged(suite, row, jobs, known) {
    const ids = new Set(jobs.map(({ id }) => id));
    // What one list shows and the other does not is kept: it may be what stands red.
    const rest = known.checks.filter(check => !ids.has(check.id));
    return {
        suite: {
            ...suite,
            state: checkState(row.status, row.conclusion),
            neverStarted: suite.neverStarted || neverStarted(row.conclusion),
            run: { ...toRun(row), disabled: suite.run?.disabled ?? null },
        },
        checks: [...rest, ...jobs.map(job => jobs_toCheck(job, suite.id))],
        gaps: known.gaps,
    };
}
/**
 * Reads a run and its jobs by themselves: how often it was started, and which execution of a job is
 * the newest. Needed only for a run in which the umbrella is red or was executed more than once.
 */
async function readRun(swept, known) {
    const { suite } = known;
    if (suite.run === null)
        return known;
    const { client, root } = swept;
    const path = `${root}/actions/runs/${suite.run.id}`;
    const gap = (cause, detail) => ({
        ...known,
        gaps: [...known.gaps, { what: `run ${suite.run?.id ?? 0}`, cause, context: null, detail }],
    });
    try {
        const { body, status } = await client.get(path);
        if (status === 404)
            return gap('not-found', `GET ${path}: 404`);
        const row = (0,shape/* parseOne */.EZ)(wire/* WireRun */.jT, body, `GET ${path}`);
        const jobs = await readJobs(swept, row.id);
        return 'cause' in jobs
            ? { ...known, gaps: [...known.gaps, jobs] }
            : merged(suite, row, jobs, known);
    }
    catch (error) {
        if (!(error instanceof port/* ForgeError */.Q8))
            throw error;
        return gap(error.code === 'rate-limited' ? 'rate-limited' : 'unreadable', error.message);
    }
}

;// CONCATENATED MODULE: ./src/forge/github/study.ts








/** How many requests the study of one head may take: its run and jobs, statuses, needs, rules. */
const COST = 9;
/** Requests that are left for whoever else uses this token, and for our own writes. */
const RESERVE = 50;
const gapOf = (what, error) => ({
    what,
    cause: error.code === 'rate-limited' ? 'rate-limited' : 'unreadable',
    context: null,
    detail: error.message,
});
/**
 * The runs in which the umbrella is red or has more than one execution: only their jobs tell which
 * of those is the newest, and only they may be run again.
 */
function runsAsked({ swept }, head) {
    const { umbrella } = swept.policy;
    const asked = (0,legs/* legsOf */.xi)(head).filter(leg => leg.executions > 1 ||
        leg.state === 'unknown' ||
        (leg.name === umbrella && leg.state !== 'success' && leg.state !== 'skipped'));
    const ids = new Set(asked.map(({ suite }) => suite.id));
    return head.suites.filter(({ id }) => ids.has(id));
}
async function withRuns(kept, head) {
    let { suites, checks, gaps } = head;
    for (const suite of runsAsked(kept, head)) {
        const mine = checks.filter(check => check.suite === suite.id);
        const found = await readRun(kept.swept, { suite, checks: mine, gaps: [] });
        suites = suites.map(one => (one.id === suite.id ? found.suite : one));
        checks = [...checks.filter(check => check.suite !== suite.id), ...found.checks];
        gaps = [...gaps, ...found.gaps];
    }
    return { ...head, suites, checks, gaps };
}
/** Every status of a commit that has any, with those of our runs told from others. */
async function withStatuses({ swept: { client, root } }, head, hasStatus) {
    if (!hasStatus)
        return { ...head, latest: [], history: [] };
    try {
        const { value, gaps } = await readStatuses(client, root, { sha: head.sha, above: 0 });
        const rows = ofThese(value, runsOfHead(head));
        return { ...head, latest: rows, history: rows, gaps: [...head.gaps, ...gaps] };
    }
    catch (error) {
        if (!(error instanceof port/* ForgeError */.Q8))
            throw error;
        return { ...head, latest: [], history: [], gaps: [...head.gaps, gapOf('statuses', error)] };
    }
}
/** A run that somebody dispatched is none of a pull request, whatever commit it ran on. */
const runsOfHead = (head) => new Set((0,legs/* runsOf */.ky)(head).map(({ run }) => Number(run.id)));
/** What merges into the base branches require, which may name the one app that counts. */
async function withRequired(kept, head) {
    const bases = [...new Set(head.pulls.map(({ base }) => base))];
    try {
        const lists = bases.map(base => {
            const known = kept.required.get(base) ?? requiredChecks(kept.swept, base);
            kept.required.set(base, known);
            return known;
        });
        return { ...head, required: (await Promise.all(lists)).flat() };
    }
    catch (error) {
        if (!(error instanceof port/* ForgeError */.Q8))
            throw error;
        return { ...head, gaps: [...head.gaps, gapOf('what a merge requires', error)] };
    }
}
/** A head as its details show it, with all that a verdict rests on. */
async function studied(kept, before, details) {
    const { suites, checks, at } = details;
    const clock = at === null
        ? [{ what: 'clock', cause: 'no-clock', context: null, detail: 'the server sent no date' }]
        : [];
    const head = {
        ...before,
        ...{ suites, checks, studied: true, required: [], needs: new Map() },
        gaps: [...details.gaps, ...clock],
        observedAt: at ?? before.observedAt,
    };
    const withRows = await withStatuses(kept, await withRuns(kept, head), details.hasStatus);
    const withRules = await withRequired(kept, withRows);
    const { swept, cache } = kept;
    const reads = { api: (0,github_repository/* workflowSource */.x)(swept), policy: swept.policy, cache };
    return (await (0,needs/* withNeeds */.Y)(reads, withRules));
}
/** A head whose study has to wait for the next hour. */
const unstudied = (head, left) => ({
    ...head,
    gaps: [...head.gaps, limited(left)],
});
/**
 * Studies heads, as many as the limit of requests allows: what is left over is a gap of its head,
 * and the next sweep goes on. A limit never lowers what is asked of the evidence.
 */
async function study(kept, heads) {
    const { client } = kept.swept;
    const left = Math.min(client.remaining.rest ?? Infinity, client.remaining.graphql ?? Infinity);
    const room = Math.max(0, Math.floor((left - RESERVE) / COST));
    const now = heads.slice(0, room);
    const details = await readDetails(kept.swept, now.map(({ sha }) => sha));
    const done = await Promise.all(now.map(async (head) => {
        const found = details.get(head.sha);
        if (found === undefined)
            throw new Error('every head that is asked for has its details');
        return studied(kept, head, found);
    }));
    return [...done, ...heads.slice(room).map(head => unstudied(head, left))];
}

;// CONCATENATED MODULE: ./src/forge/github/forge.ts











async function readPull({ client, root }, number) {
    const path = `${root}/pulls/${number}`;
    const { status, body } = await client.get(path);
    if (status === 404)
        throw new port/* ForgeError */.Q8('not-found', `GET ${path}: 404`);
    const { state, head } = (0,shape/* parseOne */.EZ)(wire/* WirePull */.zY, body, `GET ${path}`);
    return { open: state === 'open', head: head.sha };
}
async function writeStatus({ client, root }, { sha, state, context, description, targetUrl }) {
    const path = `${root}/statuses/${sha}`;
    const fields = { state, context, description, ...(targetUrl && { target_url: targetUrl }) };
    const { body } = await client.post(path, fields);
    return readStatus(body, `POST ${path}`);
}
/** The newest status of every context, as GitHub's own gate compares them: without case. */
async function gateRows({ client, root }, sha) {
    const { value, gaps, at } = await readStatuses(client, root, { sha, above: 0 });
    const newest = new Map();
    for (const row of value) {
        const key = row.context.toLowerCase();
        const known = newest.get(key);
        if (known === undefined || known.id < row.id)
            newest.set(key, row);
    }
    return { value: [...newest.values()], gaps, at };
}
/** Evidence of this forge; there is no other kind here. */
function checksOf(evidence) {
    if (evidence.kind !== 'checks')
        throw new Error('GitHub gives check runs');
    return evidence;
}
const AUDIT = 'on GitHub only heads with a red umbrella are read whole';
/** GitHub as a sweep needs it. The pages of pull requests tell of their heads, too. */
function openGithubForge(repository, { apiUrl, repo }, { policy, cache }) {
    const swept = { ...repository, policy };
    const kept = { swept, cache, required: new Map() };
    const { client, root, server } = repository;
    const reads = { api: (0,github_repository/* workflowSource */.x)(swept), policy, cache };
    const pages = `${pagesOf(apiUrl)}/${repo}`;
    let listed = { pulls: [], glances: new Map() };
    const openPulls = async () => {
        listed = await listPulls(swept);
        return { pulls: listed.pulls };
    };
    return {
        server,
        listsTips: false,
        listPulls: openPulls,
        openPulls,
        pull: number => readPull(repository, number),
        suspects: () => Promise.resolve({ has: () => false, why: AUDIT }),
        firstLook: (heads, keep) => {
            const kept = [];
            for (const head of heads) {
                const evidence = firstEvidence(swept, head, listed.glances.get(head.sha));
                if (keep({ head, evidence, doubtful: false }))
                    kept.push(evidence);
            }
            return Promise.resolve(kept);
        },
        study: heads => study(kept, heads.map(checksOf)),
        pullsOn: async (sha) => (await openPulls()).pulls.filter(({ head }) => head === sha),
        surroundings: (head, pulls) => {
            cache.tips.clear();
            return (0,needs/* withNeeds */.Y)(reads, { ...head, pulls, gaps: [] });
        },
        secondLook: async (before) => {
            cache.tips.clear();
            const [after] = await study(kept, [checksOf(before)]);
            if (after === undefined)
                throw new Error('a head that is studied is answered');
            return after;
        },
        hasUmbrella: branch => (0,needs/* hasUmbrella */.l9)(reads, branch),
        rowsSince: (sha, mark) => readStatuses(client, root, { sha, above: mark }),
        gateRows: sha => gateRows(repository, sha),
        requiredToMerge: async (branch) => (await requiredChecks(repository, branch)).map(({ context }) => context),
        rerunReach: (head, run) => rerunReach(kept, head, run),
        write: ({ post }) => writeStatus(repository, post),
        rerun: write => postRerun(repository, write),
        print: write => commandOf({ apiUrl, repo }, write),
        addressOf: (run, job) => `${pages}/actions/runs/${run}${job === undefined ? '' : `/job/${job}`}`,
        addressOfPull: number => `${pages}/pull/${number}`,
        linkTo: ({ repository: page, id }) => page === '' ? '' : `${page}/actions/runs/${id}`,
    };
}

;// CONCATENATED MODULE: ./src/forge/github/tracker.ts







/** The user of a workflow's own token, which may not ask who it is. */
const ACTIONS = ['github-actions[bot]'];
/** How GitHub refuses to say who a token is: by a status, or by errors beside no data. */
const MAY_NOT_ASK = ['forbidden', 'unauthorized', 'unexpected-shape'];
const tracker_PAGE = 100;
/** So many pages of the newest comments are worth reading to find the last of ours. */
const MOST_PAGES = 10;
/** The tracking issue by GitHub's API. */
function githubTracker({ client, root }) {
    const get = async (path, query = {}) => {
        const answer = await client.get(path, query);
        if (answer.status === 404)
            throw new port/* ForgeError */.Q8('not-found', `GET ${path}: 404`);
        return answer;
    };
    const pathOf = (number) => `${root}/issues/${number}/comments`;
    const rowsOf = ({ body }, path) => (0,shape/* parseOne */.EZ)(schemas/* array */.YOg(wire/* WireComment */.Vu), body, `GET ${path}`).map(row => ({
        ...{ id: row.id, author: row.user?.login ?? null, body: row.body },
        createdAt: instantOf(row.created_at, 'a comment'),
    }));
    /** Pages from one on; cut off where they never end. */
    async function from(number, first, since) {
        const path = pathOf(number);
        const rows = [];
        for (let page = first; page < first + MOST_PAGES; page += 1) {
            const query = since === null ? {} : { since: (0,time/* formatInstant */.r4)(since) };
            const answer = await get(path, { ...query, per_page: tracker_PAGE, page });
            rows.push(...rowsOf(answer, path));
            if (!answer.more)
                return { rows, whole: first === 1 || since !== null };
        }
        return { rows, whole: false };
    }
    return {
        issue: async (number) => {
            const path = `${root}/issues/${number}`;
            const { body, at } = await get(path);
            const row = (0,shape/* parseOne */.EZ)(wire/* WireIssue */.Tc, body, `GET ${path}`);
            if (row.number !== number)
                throw new port/* ForgeError */.Q8('unexpected-shape', `GET ${path}: it answers issue ${row.number}`);
            return {
                ...{ number, open: row.state === 'open', locked: row.locked, at, comments: row.comments },
                ...{ isPull: row.pull_request != null, createdAt: instantOf(row.created_at, 'an issue') },
            };
        },
        comments: ({ number, comments }, since) => {
            const pages = Math.max(1, Math.ceil(comments / tracker_PAGE));
            return from(number, since === null ? Math.max(1, pages - MOST_PAGES + 2) : 1, since);
        },
        self: async () => {
            try {
                const { body } = await client.graphql(VIEWER, {});
                const { login } = (0,shape/* parseOne */.EZ)(wire/* NodeViewer */.Tm, body, 'POST /graphql (viewer)').data.viewer;
                return { logins: [login], certain: true };
            }
            catch (error) {
                if (!(error instanceof port/* ForgeError */.Q8) || !MAY_NOT_ASK.includes(error.code))
                    throw error;
                return { logins: ACTIONS, certain: false };
            }
        },
        comment: async (number, body) => {
            await client.post(pathOf(number), { body });
        },
    };
}

;// CONCATENATED MODULE: ./src/forge/github/adapter.ts








/** A GitHub server; one kind for github.com and Enterprise, told apart by nothing we do. */
function serverOf(version) {
    return {
        kind: 'github',
        version: version === null ? '(github.com)' : `Enterprise Server ${version}`,
        versionNote: null,
        grade: 'jobs',
        gradeLimit: null,
        traits: {
            skipsEqualState: false,
            skippedIsSuccess: false,
            targetSuffix: false,
            postedStatusWins: true,
            jobsMayHaveNoRow: false,
            checkRuns: true,
            rerunsJobs: true,
            linksRunsById: true,
        },
        capabilities: { tasks: false, runs: true, rerun: true, logGroups: true, summary: true },
    };
}
/** Asks for the repository once: that tells whether the token may see it, and what answers. */
async function openGithub(options, fetchTo) {
    const { place } = options;
    const client = await openClient(options, fetchTo);
    const root = `/repos/${place.repo}`;
    const answer = await client.get(root);
    if (answer.status === 404)
        throw new port/* ForgeError */.Q8('not-found', `GET ${root}: 404`);
    const [owner = '', name = ''] = place.repo.split('/');
    const repository = {
        client,
        server: serverOf(answer.version),
        owner,
        name,
        root,
        blobs: new Map(),
    };
    const cache = (0,needs/* openCache */.bp)();
    const protection = {
        defaultBranch: () => defaultBranch(repository),
        requiredToMerge: async (branch) => (await requiredChecks(repository, branch)).map(({ context }) => context),
    };
    return {
        server: repository.server,
        defaultUmbrella: 'all-required',
        umbrellas: () => (0,umbrellas/* searchUmbrellas */.m)({ api: (0,github_repository/* workflowSource */.x)(repository), cache, ...protection }),
        inspect: () => (0,umbrellas/* inspect */.N)(protection, branch => (0,github_repository/* rawFiles */.GU)(repository, branch)),
        tracker: githubTracker(repository),
        forgeFor: policy => openGithubForge(repository, place, { policy, cache }),
        requests: () => client.requests(),
        close: () => undefined,
    };
}


/***/ }),

/***/ 5812:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DX: () => (/* binding */ NAMING),
/* harmony export */   GU: () => (/* binding */ rawFiles),
/* harmony export */   x: () => (/* binding */ workflowSource)
/* harmony export */ });
/* harmony import */ var _workflows_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7546);
/* harmony import */ var _port_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4453);
/* harmony import */ var _shape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5874);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7777);




/**
 * A context is the name of a job: no workflow before it, no event behind it. The jobs of a called
 * workflow are `caller / job`, which only its own file tells (docs/github-facts.md, 1).
 */
const NAMING = {
    prefix: () => '',
    matrixName: 'interpolate',
    expressionStands: false,
    callerWrites: false,
    eventSuffix: false,
    matrixOrder: 'given',
};
const PLACES = { folders: ['.github/workflows'], recursive: false };
/** Reads paths of the repository at a branch or commit. */
const contentsOf = ({ client, root }, ref) => async (path) => {
    const at = `${root}/contents/${path.split('/').map(encodeURIComponent).join('/')}`;
    const { status, body } = await client.get(at, { ref });
    return status === 404 ? null : body;
};
/** The commit a branch stands on now. Throws `ForgeError`. */
async function commitOf({ client, root }, branch) {
    const path = `${root}/branches/${encodeURIComponent(branch)}`;
    const { status, body } = await client.get(path);
    if (status === 404)
        throw new _port_js__WEBPACK_IMPORTED_MODULE_1__/* .ForgeError */ .Q8('not-found', `GET ${path}: 404`);
    return (0,_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .parseOne */ .EZ)(_wire_js__WEBPACK_IMPORTED_MODULE_3__/* .WireTip */ .Vq, body, `GET ${path}`).commit.sha;
}
/** The workflow files of a repository. */
function workflowSource(repository) {
    return {
        server: repository.server,
        naming: NAMING,
        commitOf: branch => commitOf(repository, branch),
        workflows: (commit) => (0,_workflows_js__WEBPACK_IMPORTED_MODULE_0__/* .readWorkflows */ .L9)(PLACES, contentsOf(repository, commit), repository.blobs),
        workflow: (path, commit) => (0,_workflows_js__WEBPACK_IMPORTED_MODULE_0__/* .readWorkflow */ .S6)(path, contentsOf(repository, commit)),
    };
}
/** The same files unread. */
const rawFiles = (repository, ref) => (0,_workflows_js__WEBPACK_IMPORTED_MODULE_0__/* .rawWorkflows */ .Fq)(PLACES, contentsOf(repository, ref));


/***/ }),

/***/ 7777:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JF: () => (/* binding */ NodePulls),
/* harmony export */   KN: () => (/* binding */ WireStatus),
/* harmony export */   K_: () => (/* binding */ WireJobs),
/* harmony export */   Tc: () => (/* binding */ WireIssue),
/* harmony export */   Tm: () => (/* binding */ NodeViewer),
/* harmony export */   Vq: () => (/* binding */ WireTip),
/* harmony export */   Vu: () => (/* binding */ WireComment),
/* harmony export */   _W: () => (/* binding */ WireRepository),
/* harmony export */   bH: () => (/* binding */ WireSuites),
/* harmony export */   gk: () => (/* binding */ WireRule),
/* harmony export */   jT: () => (/* binding */ WireRun),
/* harmony export */   rF: () => (/* binding */ WireChecks),
/* harmony export */   st: () => (/* binding */ GraphqlAnswer),
/* harmony export */   wj: () => (/* binding */ NodeCommit),
/* harmony export */   yy: () => (/* binding */ WireBranch),
/* harmony export */   yz: () => (/* binding */ WireRuns),
/* harmony export */   zY: () => (/* binding */ WirePull)
/* harmony export */ });
/* unused harmony exports WireSuite, WireCheck, WireJob, NodeSuites, NodePull */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3493);

// What is read of GitHub's answers, and no more. Unknown words of enumerations stay text here and
// become `unknown` where they are read (docs/github-facts.md, 2).
const id = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().int().nonnegative();
const count = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().int().nonnegative();
const WireRepository = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ default_branch: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().min(1) });
const WirePull = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    number: id,
    state: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    head: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ sha: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }),
});
const WireStatus = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    id,
    state: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    context: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    description: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullish(),
    target_url: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullish(),
    created_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    creator: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ login: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }).nullish(),
});
const WireSuite = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    id,
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    conclusion: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    app: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ id, slug: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional() }).nullable(),
});
const WireSuites = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ total_count: count, check_suites: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(WireSuite) });
const WireCheck = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    id,
    name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    conclusion: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    started_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    completed_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    details_url: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
});
const WireChecks = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ total_count: count, check_runs: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(WireCheck) });
const WireRun = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    id,
    event: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    conclusion: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    workflow_id: id,
    path: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    head_sha: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    run_attempt: id.optional(),
    created_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
});
const WireRuns = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ total_count: count, workflow_runs: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(WireRun) });
const WireJob = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    id,
    run_id: id,
    run_attempt: id.optional(),
    name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    conclusion: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    started_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    completed_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    runner_id: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().int().nullable(),
    steps: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()).optional(),
});
const WireJobs = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ total_count: count, jobs: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(WireJob) });
/** A rule of a branch; of all rules only this one is about statuses. */
const WireRule = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    parameters: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        required_status_checks: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ context: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), integration_id: id.nullish() }))
            .optional(),
    })
        .optional(),
});
/** A branch, as far as it says which commit it stands on. */
const WireTip = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    commit: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ sha: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[0-9a-f]{40,64}$/) }),
});
const WireBranch = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    protection: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        required_status_checks: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
            contexts: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()).optional(),
            checks: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ context: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), app_id: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().int().nullable() }))
                .optional(),
        })
            .optional(),
    })
        .optional(),
});
// GraphQL.
const NodeCheck = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    databaseId: id.nullable(),
    name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    conclusion: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    startedAt: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    completedAt: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    detailsUrl: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
});
const NodeSuite = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    databaseId: id.nullable(),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    conclusion: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
    app: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ databaseId: id.nullable(), slug: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }).nullable(),
    workflowRun: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        databaseId: id.nullable(),
        event: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        createdAt: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        workflow: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
            databaseId: id.nullable(),
            state: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
            resourcePath: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        }),
    })
        .nullable(),
    checkRuns: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ totalCount: count, nodes: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(NodeCheck.nullable()).nullable() })
        .nullable(),
});
const NodeSuites = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    totalCount: count,
    nodes: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(NodeSuite.nullable()).nullable(),
});
const NodePull = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    number: id,
    title: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    isDraft: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
    headRefOid: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    baseRefName: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    baseRefOid: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    commits: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        nodes: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
            commit: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
                oid: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
                status: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
                    context: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
                        context: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
                        state: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
                        description: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
                        targetUrl: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable(),
                        createdAt: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
                        creator: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ __typename: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), login: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }).nullable(),
                    })
                        .nullable(),
                })
                    .nullable(),
                checkSuites: NodeSuites.nullable(),
            }),
        })
            .nullable())
            .nullable(),
    }),
});
const NodePulls = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    pullRequests: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        pageInfo: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ hasNextPage: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(), endCursor: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable() }),
        nodes: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(NodePull.nullable()).nullable(),
    }),
});
const NodeCommit = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    oid: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ id: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }).nullable(),
    checkSuites: NodeSuites.nullable(),
});
/** An issue; a pull request is one that names it. */
const WireIssue = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    number: id,
    state: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    locked: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
    comments: count,
    created_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    pull_request: zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J().optional(),
});
const WireComment = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    id,
    user: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ login: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }).nullable(),
    body: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    created_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
});
/** Who asks, as GraphQL tells it. */
const NodeViewer = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ data: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ viewer: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ login: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }) }) });
/** What GraphQL answers, right or in part wrong. */
const GraphqlAnswer = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    data: zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J(),
    errors: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
        path: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig()])).optional(),
    }))
        .optional(),
});


/***/ })

};
