export const id = 806;
export const ids = [806];
export const modules = {

/***/ 2806:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGithub: () => (/* binding */ openGithub)
});

// EXTERNAL MODULE: ./src/forge/workflow-cache.ts
var workflow_cache = __webpack_require__(7349);
// EXTERNAL MODULE: ./src/forge/umbrellas.ts
var umbrellas = __webpack_require__(18);
// EXTERNAL MODULE: ./src/forge/answer.ts
var answer = __webpack_require__(8201);
// EXTERNAL MODULE: ./src/forge/exchange.ts + 3 modules
var exchange = __webpack_require__(7769);
// EXTERNAL MODULE: ./src/forge/http.ts + 1 modules
var forge_http = __webpack_require__(602);
// EXTERNAL MODULE: ./src/forge/port.ts
var port = __webpack_require__(6944);
;// CONCATENATED MODULE: ./src/forge/github/permissions.ts
/** What a call asks of a token, by method and path in the repository (docs/permissions.md). */
const OF_PATH = [
    [/^POST \/statuses\//, 'statuses: write'],
    [/^POST \/actions\//, 'actions: write'],
    [/^GET \/actions\//, 'actions: read'],
    [/^GET \/(?:commits\/[^/]+\/)?check-(?:suites|runs)\b/, 'checks: read'],
    [/^GET \/commits\/[^/]+\/status(?:es)?\b/, 'statuses: read'],
    [/^GET \/(?:contents|branches|git)\b/, 'contents: read'],
    [/^GET \/(?:commits\/[^/]+\/)?pulls\b/, 'pull-requests: read'],
];
/** A call without what stands before the repository and the repository itself. */
const belowRepository = (what) => what.replace(/^(\w+) \S*?\/repos\/[^/\s]+\/[^/\s]+/, '$1 ');
/** The same by the fields of a query that an error names. */
const OF_FIELD = {
    checkSuites: 'checks: read',
    checkRuns: 'checks: read',
    workflowRun: 'actions: read',
    status: 'statuses: read',
    pullRequests: 'pull-requests: read',
};
const needs = (permission) => permission === undefined ? '' : `: the token needs "${permission}"`;
/** The permission that a refused call wants, as the end of a sentence; `''` where none is known. */
const permissionOfCall = (what) => needs(OF_PATH.find(([path]) => path.test(belowRepository(what)))?.[1]);
/** The same for a part of a query, by the path of its error. */
const permissionOfPath = (path) => needs(path.flatMap(step => OF_FIELD[step] ?? []).at(-1));

;// CONCATENATED MODULE: ./src/forge/github/client.ts





/** The version of the REST API this is written for (docs/github-facts.md, 2). */
const HEADERS = { 'x-github-api-version': '2022-11-28' };
/** Where the GraphQL API of this REST API is: beside it on Enterprise, below it on github.com. */
const graphqlUrl = (apiUrl) => `${apiUrl.replace(/\/api\/v3$/, '/api')}/graphql`;
/** Does the server name another page? Its link is not followed, only counted with. */
const hasNextPage = ({ headers }) => /rel="next"/.test([headers['link']].flat().join());
/** How GitHub says that a limit is met, where nothing else does. */
const LIMIT_MESSAGE = /rate limit|abuse detection/i;
/**
 * A rate limit comes as 403 too, and is no missing right: by what is left, by `Retry-After`, or by
 * the message (docs/github-facts.md, 4).
 */
const isRateLimit = ({ status, headers, message }) => status === 429 ||
    (status === 403 &&
        (headers['x-ratelimit-remaining'] === '0' ||
            headers['retry-after'] !== undefined ||
            LIMIT_MESSAGE.test(message)));
/**
 * GitHub says no to a re-run with 403 in two ways that are no missing right (docs/github-facts.md,
 * 2).
 */
const isRerunRefused = ({ what, message }) => /^POST \S*\/actions\/(?:jobs|runs)\/\d+\/rerun\b/.test(what) &&
    /already running|cannot be (?:retried|rerun|re-run)|unable to retry|too old/i.test(message);
/** The longest wait for a limit that a sweep sits out (milliseconds). */
const LONGEST_WAIT = 60_000;
/** What GitHub means by its answers. To a re-run it may answer 201 and nothing. */
const GITHUB_ANSWERS = {
    mayBeEmpty: true,
    meaningOf: refusal => {
        // Without a time to wait for, an hour's limit is used up: waiting within a sweep is no use.
        if (isRateLimit(refusal))
            return {
                code: 'rate-limited',
                retry: refusal.wait !== null && refusal.wait <= LONGEST_WAIT,
            };
        if (refusal.status === 403 && isRerunRefused(refusal))
            return { code: 'rejected', retry: false };
        const code = (0,answer/* codeOfStatus */.RZ)(refusal.status);
        const hint = code === 'forbidden' ? permissionOfCall(refusal.what) : '';
        return { code, retry: code === 'server-error', hint };
    },
};
function note(remaining, { headers }) {
    const left = headers['x-ratelimit-remaining'];
    if (typeof left !== 'string' || !/^\d{1,9}$/.test(left))
        return;
    const graphql = headers['x-ratelimit-resource'] === 'graphql';
    remaining[graphql ? 'graphql' : 'rest'] = Number(left);
}
function openClient({ place, ...options }, exchangesTo = exchange/* openExchanges */.n) {
    const to = { ...options, apiUrl: place.apiUrl };
    const remaining = { rest: null, graphql: null };
    const exchanges = exchangesTo(to, HEADERS);
    const noting = {
        close: () => {
            exchanges.close();
        },
        send: async (method, path, body) => {
            const raw = await exchanges.send(method, path, body);
            note(remaining, raw);
            return raw;
        },
    };
    const http = (0,forge_http/* openHttp */.f)(to, noting, GITHUB_ANSWERS);
    /** What the first write that met a limit was told. */
    let limit = null;
    return {
        ...http,
        remaining,
        graphqlPath: new URL(graphqlUrl(place.apiUrl)).pathname,
        post: async (path, body) => {
            if (limit !== null)
                throw new port/* ForgeError */.Q('rate-limited', `POST ${path}: not sent: ${limit}`);
            try {
                return await http.post(path, body);
            }
            catch (error) {
                if (error instanceof port/* ForgeError */.Q && error.code === 'rate-limited')
                    limit = error.message;
                throw error;
            }
        },
    };
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 15 modules
var schemas = __webpack_require__(9691);
// EXTERNAL MODULE: ./src/forge/closed-pulls.ts
var closed_pulls = __webpack_require__(3102);
// EXTERNAL MODULE: ./src/forge/commits.ts
var commits = __webpack_require__(4137);
// EXTERNAL MODULE: ./src/forge/needs.ts
var forge_needs = __webpack_require__(9294);
// EXTERNAL MODULE: ./src/forge/past-files.ts
var past_files = __webpack_require__(9261);
// EXTERNAL MODULE: ./src/forge/reading.ts
var reading = __webpack_require__(9795);
// EXTERNAL MODULE: ./src/forge/schema.ts
var schema = __webpack_require__(4976);
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
function webRoot(apiUrl) {
    const { protocol, host } = new URL(apiUrl);
    if (host === 'api.github.com')
        return 'https://github.com';
    if (/^api\..+\.ghe\.com$/.test(host))
        return `${protocol}//${host.slice('api.'.length)}`;
    return `${protocol}//${host}`;
}

// EXTERNAL MODULE: ./src/core/model/evidence.ts
var model_evidence = __webpack_require__(5112);
// EXTERNAL MODULE: ./src/forge/retry.ts
var retry = __webpack_require__(6885);
;// CONCATENATED MODULE: ./src/forge/github/wire.ts

// What is read of GitHub's answers, and no more. Unknown words of enumerations stay text here and
// become `unknown` where they are read (docs/github-facts.md, 2).
const id = schemas/* number */.aig().int().nonnegative();
const count = schemas/* number */.aig().int().nonnegative();
const WireRepository = schemas/* object */.Ikc({ default_branch: schemas/* string */.YjP().min(1) });
const WirePull = schemas/* object */.Ikc({
    number: id,
    state: schemas/* string */.YjP(),
    head: schemas/* object */.Ikc({ sha: schemas/* string */.YjP() }),
});
/** A pull request as a list of them tells it. */
const WireListedPull = schemas/* object */.Ikc({
    number: id,
    title: schemas/* string */.YjP(),
    draft: schemas/* boolean */.zMY().optional(),
    head: schemas/* object */.Ikc({ sha: schemas/* string */.YjP() }),
    base: schemas/* object */.Ikc({ ref: schemas/* string */.YjP(), sha: schemas/* string */.YjP() }),
});
const WireStatus = schemas/* object */.Ikc({
    id,
    state: schemas/* string */.YjP(),
    context: schemas/* string */.YjP(),
    description: schemas/* string */.YjP().nullish(),
    target_url: schemas/* string */.YjP().nullish(),
    created_at: schemas/* string */.YjP(),
    creator: schemas/* object */.Ikc({ login: schemas/* string */.YjP(), type: schemas/* string */.YjP() }).nullish(),
});
const WireSuite = schemas/* object */.Ikc({
    id,
    status: schemas/* string */.YjP().nullable(),
    conclusion: schemas/* string */.YjP().nullable(),
    app: schemas/* object */.Ikc({ id, slug: schemas/* string */.YjP().optional() }).nullable(),
});
const WireSuites = schemas/* object */.Ikc({ total_count: count, check_suites: schemas/* array */.YOg(WireSuite) });
const WireCheck = schemas/* object */.Ikc({
    id,
    name: schemas/* string */.YjP(),
    status: schemas/* string */.YjP(),
    conclusion: schemas/* string */.YjP().nullable(),
    started_at: schemas/* string */.YjP().nullable(),
    completed_at: schemas/* string */.YjP().nullable(),
    details_url: schemas/* string */.YjP().nullable(),
});
const WireChecks = schemas/* object */.Ikc({ total_count: count, check_runs: schemas/* array */.YOg(WireCheck) });
const WireRun = schemas/* object */.Ikc({
    id,
    event: schemas/* string */.YjP(),
    status: schemas/* string */.YjP().nullable(),
    conclusion: schemas/* string */.YjP().nullable(),
    workflow_id: id,
    check_suite_id: id.nullish(),
    path: schemas/* string */.YjP(),
    head_sha: schemas/* string */.YjP(),
    run_attempt: id.optional(),
    created_at: schemas/* string */.YjP(),
    head_branch: schemas/* string */.YjP().nullish(),
    head_repository: schemas/* object */.Ikc({ full_name: schemas/* string */.YjP() }).nullish(),
});
const WireRuns = schemas/* object */.Ikc({ total_count: count, workflow_runs: schemas/* array */.YOg(WireRun) });
const WireJob = schemas/* object */.Ikc({
    id,
    run_id: id,
    run_attempt: id.optional(),
    name: schemas/* string */.YjP(),
    status: schemas/* string */.YjP(),
    conclusion: schemas/* string */.YjP().nullable(),
    started_at: schemas/* string */.YjP().nullable(),
    completed_at: schemas/* string */.YjP().nullable(),
    runner_id: schemas/* number */.aig().int().nullable(),
    steps: schemas/* array */.YOg(schemas/* unknown */.L5J()).optional(),
});
const WireJobs = schemas/* object */.Ikc({ total_count: count, jobs: schemas/* array */.YOg(WireJob) });
/** A rule of a branch; of all rules only this one is about statuses. */
const WireRule = schemas/* object */.Ikc({
    type: schemas/* string */.YjP(),
    parameters: schemas/* object */.Ikc({
        required_status_checks: schemas/* array */.YOg(schemas/* object */.Ikc({ context: schemas/* string */.YjP(), integration_id: id.nullish() }))
            .optional(),
    })
        .optional(),
});
/** A branch, as far as it says which commit it stands on. */
const WireTip = schemas/* object */.Ikc({
    commit: schemas/* object */.Ikc({ sha: schemas/* string */.YjP().regex(/^[0-9a-f]{40,64}$/) }),
});
const WireBranch = schemas/* object */.Ikc({
    protection: schemas/* object */.Ikc({
        required_status_checks: schemas/* object */.Ikc({
            contexts: schemas/* array */.YOg(schemas/* string */.YjP()).optional(),
            checks: schemas/* array */.YOg(schemas/* object */.Ikc({ context: schemas/* string */.YjP(), app_id: schemas/* number */.aig().int().nullable() }))
                .optional(),
        })
            .optional(),
    })
        .optional(),
});
// GraphQL.
const NodeCheck = schemas/* object */.Ikc({
    databaseId: id.nullable(),
    name: schemas/* string */.YjP(),
    status: schemas/* string */.YjP(),
    conclusion: schemas/* string */.YjP().nullable(),
    startedAt: schemas/* string */.YjP().nullable(),
    completedAt: schemas/* string */.YjP().nullable(),
    detailsUrl: schemas/* string */.YjP().nullable(),
});
const NodeSuite = schemas/* object */.Ikc({
    databaseId: id.nullable(),
    status: schemas/* string */.YjP(),
    conclusion: schemas/* string */.YjP().nullable(),
    app: schemas/* object */.Ikc({ databaseId: id.nullable(), slug: schemas/* string */.YjP() }).nullable(),
    workflowRun: schemas/* object */.Ikc({
        databaseId: id.nullable(),
        event: schemas/* string */.YjP(),
        createdAt: schemas/* string */.YjP(),
        workflow: schemas/* object */.Ikc({
            databaseId: id.nullable(),
            state: schemas/* string */.YjP(),
            resourcePath: schemas/* string */.YjP(),
        }),
    })
        .nullable(),
    checkRuns: schemas/* object */.Ikc({ totalCount: count, nodes: schemas/* array */.YOg(NodeCheck.nullable()).nullable() })
        .nullable(),
});
const NodeSuites = schemas/* object */.Ikc({
    totalCount: count,
    nodes: schemas/* array */.YOg(NodeSuite.nullable()).nullable(),
});
const NodePull = schemas/* object */.Ikc({
    number: id,
    title: schemas/* string */.YjP(),
    isDraft: schemas/* boolean */.zMY(),
    headRefOid: schemas/* string */.YjP(),
    baseRefName: schemas/* string */.YjP(),
    baseRefOid: schemas/* string */.YjP(),
    commits: schemas/* object */.Ikc({
        nodes: schemas/* array */.YOg(schemas/* object */.Ikc({
            commit: schemas/* object */.Ikc({
                oid: schemas/* string */.YjP(),
                status: schemas/* object */.Ikc({
                    context: schemas/* object */.Ikc({
                        context: schemas/* string */.YjP(),
                        state: schemas/* string */.YjP(),
                        description: schemas/* string */.YjP().nullable(),
                        targetUrl: schemas/* string */.YjP().nullable(),
                        createdAt: schemas/* string */.YjP(),
                        creator: schemas/* object */.Ikc({ __typename: schemas/* string */.YjP(), login: schemas/* string */.YjP() }).nullable(),
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
const NodePulls = schemas/* object */.Ikc({
    pullRequests: schemas/* object */.Ikc({
        pageInfo: schemas/* object */.Ikc({ hasNextPage: schemas/* boolean */.zMY(), endCursor: schemas/* string */.YjP().nullable() }),
        nodes: schemas/* array */.YOg(NodePull.nullable()).nullable(),
    }),
});
const NodeCommit = schemas/* object */.Ikc({
    oid: schemas/* string */.YjP(),
    status: schemas/* object */.Ikc({ id: schemas/* string */.YjP() }).nullable(),
    checkSuites: NodeSuites.nullable(),
});
/** An issue; a pull request is one that names it. */
const WireIssue = schemas/* object */.Ikc({
    number: id,
    state: schemas/* string */.YjP(),
    locked: schemas/* boolean */.zMY(),
    comments: count,
    created_at: schemas/* string */.YjP(),
    pull_request: schemas/* unknown */.L5J().optional(),
});
const WireComment = schemas/* object */.Ikc({
    id,
    user: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }).nullable(),
    body: schemas/* string */.YjP(),
    created_at: schemas/* string */.YjP(),
});
/** Who asks, as GraphQL tells it. */
const NodeViewer = schemas/* object */.Ikc({ data: schemas/* object */.Ikc({ viewer: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }) }) });
/**
 * What GraphQL answers, right or in part wrong. A query that it does not understand, or that broke
 * off at its root, has no data at all.
 */
const GraphqlAnswer = schemas/* object */.Ikc({
    data: schemas/* unknown */.L5J().optional(),
    errors: schemas/* array */.YOg(schemas/* object */.Ikc({
        message: schemas/* string */.YjP(),
        type: schemas/* string */.YjP().nullish(),
        path: schemas/* array */.YOg(schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()])).nullish(),
        extensions: schemas/* object */.Ikc({ code: schemas/* unknown */.L5J() }).partial().nullish(),
    }))
        .optional(),
});

;// CONCATENATED MODULE: ./src/forge/github/graphql.ts







const WithRepository = schemas/* object */.Ikc({ repository: schemas/* unknown */.L5J() });
/** How GitHub says no and means it; of every other error nothing is known but that it came. */
const SURE = {
    NOT_FOUND: 'not-found',
    FORBIDDEN: 'forbidden',
    INSUFFICIENT_SCOPES: 'forbidden',
};
const sureCode = ({ type }) => SURE[type ?? ''] ?? null;
/** A query that took too much is cut off somewhere, and not only where its error points. */
const isOfAll = ({ type, path }) => type === 'RESOURCE_LIMITS_EXCEEDED' || (path ?? []).length === 0;
/**
 * Why an answer is none. GitHub says 200 where a query broke off, with no data or with a part of
 * it: that is no missing repository (docs/github-facts.md, 2).
 */
function brokenOff(errors, all, client) {
    const told = all ?? errors[0];
    const said = `POST /graphql: ${(0,retry/* excerpt */.Kb)(client.hide(told?.message ?? 'no repository was given'))}`;
    const codes = errors.map(sureCode);
    const sure = told === undefined || codes.includes(null) ? null : sureCode(told);
    const hint = sure === 'forbidden' ? permissionOfPath(told?.path ?? []) : '';
    if (sure !== null)
        return new port/* ForgeError */.Q(sure, `${said}${hint}`);
    // A query that does not fit the schema of an older server never will.
    if (errors.some(({ extensions }) => typeof extensions?.code === 'string'))
        return new port/* ForgeError */.Q('rejected', said);
    return new retry/* RetryableError */.dw('server-error', said, null);
}
/** The repository in an answer. Throws `ForgeError` where no part of it can be believed. */
function repositoryIn({ body, at }, client) {
    const { data, errors = [] } = (0,schema/* parseOne */.EZ)(GraphqlAnswer, body, 'POST /graphql');
    const repository = WithRepository.safeParse(data).data?.repository ?? null;
    const all = errors.find(isOfAll);
    if (repository === null || all !== undefined)
        throw brokenOff(errors, all, client);
    const told = errors.map(error => ({
        message: (0,retry/* excerpt */.Kb)(client.hide(error.message)) +
            (sureCode(error) === 'forbidden' ? permissionOfPath(error.path ?? []) : ''),
        path: error.path ?? [],
        isSure: sureCode(error) !== null,
    }));
    return { data: repository, at, errors: told };
}
const Limited = schemas/* object */.Ikc({
    errors: schemas/* array */.YOg(schemas/* object */.Ikc({ type: schemas/* string */.YjP().nullish(), message: schemas/* string */.YjP().nullish() })),
});
/**
 * GraphQL says 200 where a limit is used up, and where one of the secondary limits is met: its
 * answer tells (docs/github-facts.md, 2).
 */
function refuseLimited({ body, headers }) {
    const { data } = Limited.safeParse(body);
    const limit = data?.errors.find(({ type, message }) => type === 'RATE_LIMITED' || (type == null && LIMIT_MESSAGE.test(message ?? '')));
    if (limit === undefined)
        return;
    const said = 'POST /graphql: the rate limit is used up';
    const wait = (0,retry/* retryAfter */.P9)([headers['retry-after']].flat()[0], null);
    if (wait === null || wait > LONGEST_WAIT)
        throw new port/* ForgeError */.Q('rate-limited', said);
    throw new retry/* RetryableError */.dw('rate-limited', said, wait);
}
/**
 * Asks one query. As a read, it may be sent again, also where `read` throws because a good answer
 * is none. Throws `ForgeError`.
 */
function askGraphql(client, query, variables, read) {
    return client.ask(client.graphqlPath, '/graphql', { query, variables }, answer => {
        refuseLimited(answer);
        return read(answer);
    });
}
/** Asks one query of the repository; what broke off is asked again. Throws `ForgeError`. */
const graphqlData = (client, query, variables) => askGraphql(client, query, variables, answer => repositoryIn(answer, client));
/** A server that has no time for one large query may have it for two smaller ones. */
const tooLarge = ({ code }) => code === 'server-error' || code === 'timeout';

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
/** What tells whether a head must be studied: its pull, and all that has the umbrella's name. */
const CANDIDATES = `
query candidates(
  $owner: String!, $name: String!, $umbrella: String!, $first: Int!, $after: String
) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: $first, after: $after) {
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
/** How many heads are asked for at once that only the umbrella's jobs are read of. */
const LIGHT_CHUNK = 100;
/** What the newest jobs of the umbrella's name say on so many commits, and no more. */
function progressQuery(count) {
    const at = Array.from({ length: count }, (_, index) => index);
    const variables = at.map(index => `$c${index}: GitObjectID!`).join(', ');
    const fields = at.map(index => `${aliasOf(index)}: object(oid: $c${index}) { ...progress }`);
    return ('query progress($owner: String!, $name: String!, $umbrella: String!, ' +
        `${variables}) {\n` +
        `  repository(owner: $owner, name: $name) {\n    ${fields.join('\n    ')}\n  }\n}\n${PROGRESS}`);
}
const PROGRESS = `
fragment progress on Commit {
  checkSuites(last: 20, filterBy: { checkName: $umbrella }) {
    nodes {
      workflowRun { databaseId }
      checkRuns(last: 5, filterBy: { checkName: $umbrella, checkType: LATEST }) {
        nodes { status startedAt }
      }
    }
  }
}`;
/** Under which name a token writes. */
const VIEWER = 'query viewer { viewer { login } }';
/** Which of these pull requests stand in the merge queue. Asked where a rule says there is one. */
function queueQuery(numbers) {
    const fields = numbers.map(one => `p${one}: pullRequest(number: ${one}) { isInMergeQueue }`);
    return ('query queue($owner: String!, $name: String!) {\n' +
        `  repository(owner: $owner, name: $name) {\n    ${fields.join('\n    ')}\n  }\n}`);
}
/**
 * What GitHub itself says of a merge, and what a rule of the base branch asks for, by the half that
 * anybody may read and the one that only an administrator may.
 */
const CONDITIONS = `
query conditions($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    viewerPermission
    pullRequest(number: $number) {
      state isDraft mergeable mergeStateStatus reviewDecision isInMergeQueue isMergeQueueEnabled
      reviewThreads(first: 100) { totalCount nodes { isResolved } }
      commits(last: 100) { totalCount nodes { commit { oid signature { isValid } } } }
      baseRef {
        refUpdateRule { requiresConversationResolution requiresSignatures }
        branchProtectionRule {
          requiresConversationResolution
          requiresSignatures: requiresCommitSignatures
          requiresStrictStatusChecks
        }
      }
    }
  }
}`;

// EXTERNAL MODULE: ./src/forge/pager.ts
var pager = __webpack_require__(1708);
// EXTERNAL MODULE: ./src/core/model/time.ts
var time = __webpack_require__(5220);
;// CONCATENATED MODULE: ./src/forge/github/states.ts
/** Words for what has not ended; GraphQL writes them in capitals (docs/github-facts.md, 2). */
const OPEN = ['queued', 'in_progress', 'waiting', 'pending', 'requested'];
/** How a check run or a suite may have ended. What is not here is not known, and never green. */
const CHECK_ENDS = {
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
    return end === null ? 'unknown' : (CHECK_ENDS[end] ?? 'unknown');
}
/** What a suite says of itself. */
const suiteStates = (status, conclusion) => ({
    state: checkState(status, conclusion),
    neverStarted: neverStarted(conclusion),
    ...(isWaiting(status) ? { waitsWith: null } : {}),
});
/** Does a run wait for somebody to approve a deployment (docs/github-facts.md, 2)? */
const isWaiting = (status) => status?.toLowerCase() === 'waiting';
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
        throw new port/* ForgeError */.Q('unexpected-shape', `${what}: a time cannot be read`);
    return at;
}
/** The run and job that a check run of Actions links to; `null` for any other check run. */
function jobOfLink(link) {
    const found = /\/actions\/runs\/(\d{1,15})\/job\/(\d{1,15})(?:[?#]|$)/.exec(link ?? '');
    return found === null ? null : { run: Number(found[1]), job: Number(found[2]) };
}
/** Links of before 2022 name the check run alone: `/runs/<id>` (docs/github-facts.md, 7). */
const linksItself = (link, id) => id !== null && /\/runs\/(\d{1,15})(?:[?#]|$)/.exec(link ?? '')?.[1] === String(id);
/** The slug of Actions is the same on every server, its id is not. */
const appOf = (id, slug) => ({
    id: id ?? 0,
    slug: slug ?? '',
    isActions: slug === 'github-actions',
});
/**
 * An app's `neutral` passes, as a merge takes it, and is no job that somebody skipped
 * (docs/github-facts.md, 1).
 */
const isNeutral = ({ status, conclusion }) => status.toLowerCase() === 'completed' && conclusion?.toLowerCase() === 'neutral';
/** A check run of a suite; `null` where it cannot be named. */
function toCheck(json, suite) {
    const job = jobOfLink(json.link);
    // A job's id is its check run's; a link that says otherwise is somebody else's.
    const isJob = suite.run !== null &&
        (job === null
            ? linksItself(json.link, json.id)
            : job.run === Number(suite.run.id) && (json.id === null || json.id === job.job));
    const id = json.id ?? (isJob ? (job?.job ?? null) : null);
    if (id === null)
        return null;
    return {
        id: id,
        suite: suite.id,
        name: json.name,
        state: isJob || !isNeutral(json) ? checkState(json.status, json.conclusion) : 'success',
        startedAt: (0,time/* parseInstant */.nV)(json.startedAt),
        completedAt: (0,time/* parseInstant */.nV)(json.completedAt),
        attempt: null,
        isJob,
        isListed: false,
        taken: null,
    };
}
/** What is said of a suite whose check runs were not all given. */
const shortSuite = (id) => `check runs of suite ${id}`;
/** What is not complete is not known. */
const overflow = (what, seen, total) => (0,model_evidence/* gap */.rQ)(what, 'incomplete', `${seen} of ${total} were given`);
/** The details of a commit of which nothing could be read. */
const lostDetails = (missing, at) => ({
    suites: [],
    checks: [],
    gaps: [missing],
    at,
    hasStatus: true,
});
const unreadableGap = (what, detail) => (0,model_evidence/* gap */.rQ)(what, 'unreadable', detail);
/** Did tokens make everything a suite shows: is all of it over, and nothing of it a job? */
const isMadeByTokens = (checks, total) => checks.length > 0 &&
    checks.length >= total &&
    checks.every(({ status, link }) => status.toLowerCase() === 'completed' && jobOfLink(link) === null);
/**
 * Without its run nothing tells what a suite of Actions is of, or what it may still become. One
 * that holds nothing but what tokens made has none.
 */
function withoutRun({ id, app, run, state }, checks, total) {
    const isWhole = (state === 'success' && total > 0) || isMadeByTokens(checks, total);
    return app.isActions && run === null && !isWhole
        ? [unreadableGap(`check suite ${id}`, 'it names no workflow run')]
        : [];
}
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
        id: databaseId,
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
        return { suites: [], checks: [], gaps: [unreadableGap(what, 'it has no id or no check runs')] };
    const run = runOfNode(node);
    const known = appOf(app?.databaseId, app?.slug);
    const gaps = [];
    if (known.isActions && node.workflowRun !== null && run === null)
        gaps.push(unreadableGap(what, 'its workflow run has no id'));
    const suite = {
        id: databaseId,
        app: known,
        run,
        ...suiteStates(node.status, node.conclusion),
    };
    const nodes = (checkRuns.nodes ?? []).filter(one => one !== null);
    if (nodes.length < checkRuns.totalCount)
        gaps.push(overflow(shortSuite(databaseId), nodes.length, checkRuns.totalCount));
    const told = nodes.map(checkOfNode);
    const checks = told.map(one => toCheck(one, suite));
    if (checks.includes(null))
        gaps.push(unreadableGap(what, 'one of its check runs has no id'));
    gaps.push(...withoutRun(suite, told, checkRuns.totalCount));
    return { suites: [suite], checks: checks.filter(one => one !== null), gaps };
}
/** The suites of a commit as GraphQL gives them. */
function seenOfNodes(suites) {
    if (suites === null)
        return { suites: [], checks: [], gaps: [unreadableGap('check suites', 'they were not given')] };
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

;// CONCATENATED MODULE: ./src/forge/github/rest-details.ts








/** A hundred suites of a hundred check runs: no commit anybody judges has more. */
const PAGE = 100;
const toRun = (row) => ({
    id: row.id,
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
    const [only, ...more] = (0,schema/* parseOne */.EZ)(WireRuns, body, `GET ${path}`).workflow_runs;
    // A second one could be the newest: which of them the check runs are of is not known.
    if (more.length > 0)
        throw new port/* ForgeError */.Q('unexpected-shape', `GET ${path}: suite ${suite.id} has several runs`);
    if (only === undefined)
        return null;
    (0,schema/* requireSame */.qb)(`GET ${path}: run ${only.id}`, 'suite', only.check_suite_id, suite.id);
    return toRun(only);
}
async function rest_details_seenOfSuite(repository, row) {
    const run = await runOfSuite(repository, row);
    const suite = {
        id: row.id,
        app: appOf(row.app?.id, row.app?.slug),
        run,
        ...suiteStates(row.status, row.conclusion),
    };
    return { suite, ...(await checksOfSuite(repository, suite)) };
}
/** Ten pages hold a thousand check runs, executions of before included. */
const MAX_PAGES = 10;
/** Every check run of a suite, page by page. Throws `ForgeError`. */
async function checksOfSuite({ client, root }, suite) {
    const path = `${root}/check-suites/${suite.id}/check-runs`;
    const read = async (page, limit) => {
        const { body, at } = await client.get(path, { filter: 'all', per_page: limit, page });
        const { check_runs: found, total_count: total } = (0,schema/* parseOne */.EZ)(WireChecks, body, `GET ${path}`);
        return { rows: found.map(checkOfRow), unreadable: 0, total, at };
    };
    const { rows, gap: missing } = await (0,pager/* readPages */.n4)(read, {
        keyed: checks => checks.map(check => [check.id ?? '', check]),
        most: MAX_PAGES,
        limit: PAGE,
        once: true,
    });
    const short = missing === null ? [] : [(0,model_evidence/* gap */.rQ)(shortSuite(suite.id), missing.cause, missing.detail)];
    return {
        checks: rows.flatMap(one => toCheck(one, suite) ?? []),
        gaps: [...short, ...withoutRun(suite, rows, rows.length)],
    };
}
const checkOfRow = (row) => ({
    id: row.id,
    name: row.name,
    status: row.status,
    conclusion: row.conclusion,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    link: row.details_url,
});
/** The details of one commit by REST: more requests, and never too much at once. */
async function detailsByRest(repository, sha) {
    const { client, root } = repository;
    const path = `${root}/commits/${sha}/check-suites`;
    let at = null;
    const found = await (0,reading/* attempt */.CD)(async () => {
        const answer = await client.get(path, { per_page: PAGE });
        at = answer.at;
        const { check_suites: rows, total_count: total } = (0,schema/* parseOne */.EZ)(WireSuites, answer.body, `GET ${path}`);
        const short = rows.length < total ? [overflow('check suites', rows.length, total)] : [];
        const each = await Promise.all(rows.map(row => rest_details_seenOfSuite(repository, row)));
        return {
            at,
            hasStatus: true,
            suites: each.map(({ suite }) => suite),
            checks: each.flatMap(({ checks }) => checks),
            gaps: [...short, ...each.flatMap(({ gaps }) => gaps)],
        };
    });
    return found.ok ? found.value : lostDetails((0,reading/* gapOf */.iT)('check suites', found.why), at);
}

;// CONCATENATED MODULE: ./src/forge/github/details.ts










const lostSuites = (detail) => lostDetails((0,model_evidence/* gap */.rQ)('check suites', 'unreadable', detail), null);
const WireFields = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J());
/**
 * The details of a chunk of commits by one query; `null` for a commit that it did not give, or not
 * whole. Throws `ForgeError`.
 */
async function askChunk({ client, owner, name }, shas) {
    const asked = shas.map((sha, at) => ({ sha, alias: aliasOf(at) }));
    const variables = Object.fromEntries(asked.map(({ sha, alias }) => [alias, sha]));
    const query = detailsQuery(shas.length);
    const { data, at, errors } = await graphqlData(client, query, { owner, name, ...variables });
    const what = 'POST /graphql (details)';
    const fields = (0,schema/* parseOne */.EZ)(WireFields, data, what);
    const ofNone = errors.find(({ path }) => !Object.hasOwn(variables, String(path[1])));
    if (ofNone !== undefined)
        throw new port/* ForgeError */.Q('server-error', `${what}: ${ofNone.message}`);
    return asked.map(({ sha, alias }) => {
        // An error below a commit leaves a hole in its data.
        const found = errors.filter(({ path }) => path[1] === alias);
        const sure = found.find(({ isSure }) => isSure);
        if (sure !== undefined)
            return lostSuites(sure.message);
        const commit = NodeCommit.safeParse(fields[alias]);
        if (found.length > 0 || !commit.success || commit.data.oid !== sha)
            return null;
        const { checkSuites, status } = commit.data;
        return { ...seenOfNodes(checkSuites), at, hasStatus: status !== null };
    });
}
/**
 * The details of commits in chunks. What a chunk did not give is asked for in smaller ones, for
 * GitHub may run out of time, and read by REST where even one commit is too much. What cannot be
 * read at all is a gap of its commit.
 */
async function chunkDetails(repository, shas) {
    const found = await (0,reading/* attempt */.CD)(askChunk(repository, shas));
    if (!found.ok && !tooLarge(found.why))
        return shas.map(() => lostDetails((0,reading/* gapOf */.iT)('check suites', found.why), null));
    const given = found.ok ? found.value : [];
    const missing = shas.filter((_, at) => given[at] == null);
    const [only] = shas;
    const size = Math.min(missing.length, Math.ceil(shas.length / 2));
    const again = shas.length === 1 && only !== undefined && missing.length > 0
        ? [await detailsByRest(repository, only)]
        : await inChunks(repository, missing, size);
    const read = new Map(missing.map((sha, at) => [sha, again[at]]));
    return shas.map((sha, at) => given[at] ?? read.get(sha) ?? lostSuites('it was not given'));
}
/** The details of these commits, in their order, so many in one query. */
async function inChunks(repository, shas, size) {
    const found = [];
    for (let from = 0; from < shas.length; from += size)
        found.push(...(await chunkDetails(repository, shas.slice(from, from + size))));
    return found;
}
/** The details of these commits, by their SHA. */
async function readDetails(repository, shas) {
    const details = await inChunks(repository, shas, CHUNK);
    return new Map(shas.flatMap((sha, at) => {
        const one = details[at];
        return one === undefined ? [] : [[sha, one]];
    }));
}
/** Nothing more may be sent before the limit of requests is used up. */
const limited = (left) => (0,model_evidence/* gap */.rQ)('check suites', 'rate-limited', `only ${left} requests are left in this hour; the next sweep goes on`);

// EXTERNAL MODULE: ./src/forge/workflows.ts
var workflows = __webpack_require__(3733);
// EXTERNAL MODULE: ./src/forge/versions.ts
var versions = __webpack_require__(8602);
;// CONCATENATED MODULE: ./src/forge/github/repository.ts




const PLACES = { folders: ['.github/workflows'], recursive: false };
/** Reads paths of the repository at a branch or commit. */
const contentsOf = ({ client, root }, ref) => async (path) => {
    const at = `${root}/contents/${path.split('/').map(encodeURIComponent).join('/')}`;
    const { status, body } = await client.find(at, { ref });
    return status === 404 ? null : body;
};
/** The commit a branch stands on now. Throws `ForgeError`. */
async function commitOf({ client, root }, branch) {
    const path = `${root}/branches/${encodeURIComponent(branch)}`;
    const { body } = await client.get(path);
    return (0,schema/* parseOne */.EZ)(WireTip, body, `GET ${path}`).commit.sha;
}
/** The branch on which schedules run. Throws `ForgeError`. */
async function defaultBranch({ client, root }) {
    const { body } = await client.get(root);
    return (0,schema/* parseOne */.EZ)(WireRepository, body, `GET ${root}`).default_branch;
}
/** The workflow files of a repository. */
function workflowSource(repository) {
    return {
        server: repository.server,
        naming: versions/* GITHUB_NAMING */.B3,
        sweepFile: repository.sweepFile,
        defaultBranch: () => defaultBranch(repository),
        commitOf: branch => commitOf(repository, branch),
        workflows: (commit) => (0,workflows/* readWorkflows */.L9)(PLACES, contentsOf(repository, commit), repository.contents),
        workflow: (path, commit) => (0,workflows/* readWorkflow */.S6)(path, contentsOf(repository, commit), repository.contents),
    };
}
/** The same files unread. */
const rawFiles = (repository, ref) => (0,workflows/* rawWorkflows */.Fq)(PLACES, contentsOf(repository, ref));

// EXTERNAL MODULE: ./src/core/view/checks/result.ts
var result = __webpack_require__(7738);
// EXTERNAL MODULE: ./src/workflow/contexts.ts
var contexts = __webpack_require__(1293);
;// CONCATENATED MODULE: ./src/workflow/job-names.ts

/** Is this name, as a run shows it, one of the job's? */
function isNameOf(job, shown, naming) {
    const names = (0,contexts/* jobNames */.s)(job, naming);
    if (names.kind === 'names')
        return names.names.includes(shown);
    const name = (0,contexts/* literalNameOf */.$)(job);
    return name !== null && (shown === name || shown.startsWith(`${name} (`));
}
/** The names that jobs of these files have; `null` where only a run tells one of them. */
function jobNamesIn(workflows, naming) {
    const found = workflows.flatMap(({ jobs }) => jobs.map(job => (0,contexts/* jobNames */.s)(job, naming)));
    return found.some(({ kind }) => kind === 'unresolvable')
        ? null
        : found.flatMap(one => (one.kind === 'names' ? one.names : []));
}
/**
 * `continue-on-error` of the job that shows this name. Its check run is red all the same, while
 * `needs.<job>.result` is `success` (docs/github-facts.md, 7). A name that no job, or more than
 * one, can have is no reason to let it fail.
 */
function mayFailIn(workflow, shown, naming) {
    const [job, ...more] = workflow.jobs.filter(one => isNameOf(one, shown, naming));
    return job === undefined || more.length > 0 ? 'no' : job.mayFail;
}
/** Every job that this one needs, directly or through others. */
function neededJobs({ jobs }, job) {
    const found = new Set();
    const add = (one) => {
        for (const need of jobs.filter(({ id }) => one.needs.includes(id)))
            if (!found.has(need)) {
                found.add(need);
                add(need);
            }
    };
    add(job);
    return [...found];
}
/**
 * Which of these failed jobs the skipped one needs, so that it was skipped for it; `null` where the
 * file does not show it.
 */
function skippedFor(workflow, skipped, failed, naming) {
    const [job, ...more] = workflow.jobs.filter(one => isNameOf(one, skipped, naming));
    if (job === undefined || more.length > 0)
        return null;
    const needed = neededJobs(workflow, job);
    return failed.find(name => needed.some(one => isNameOf(one, name, naming))) ?? null;
}

;// CONCATENATED MODULE: ./src/forge/github/run-files.ts




/** GraphQL names a workflow by its file alone. */
const pathOf = ({ run: { path } }) => path.includes('/') ? path : `.github/workflows/${path}`;
/** May this job fail by the run's file at a commit? What cannot be read is not known. */
async function mayFailAt(reads, at, name, commit) {
    const readFile = async () => (0,workflow_cache/* fileAt */.Wd)(reads, pathOf(at), await commit);
    const file = await (0,reading/* attempt */.CD)(readFile());
    if (!file.ok || file.value?.kind === 'unreadable')
        return 'unknown';
    return file.value === null ? 'no' : mayFailIn(file.value, name, reads.api.naming);
}
/**
 * A run of a pull request is made from the merge of its head with the base branch, so both must let
 * the job fail. The base is asked first: it is read once for all heads, and mostly says no.
 */
async function jobMayFail(reads, head, suite, { name }) {
    const found = new Set();
    for (const base of new Set(head.pulls.map(pull => pull.base))) {
        found.add(base === null ? 'unknown' : await mayFailAt(reads, suite, name, (0,workflow_cache/* tipOf */.nM)(reads, base)));
    }
    if (found.has('no'))
        return 'no';
    // It was made from the base as it was then, and no server tells that commit.
    if (suite.run.event === 'pull_request_target')
        return 'unknown';
    found.add(await mayFailAt(reads, suite, name, head.sha));
    // The head alone forbids what every base allows: which of the two its run went by is not known.
    return found.size === 1 && found.has('yes') ? 'yes' : 'unknown';
}
/** The head with its failed jobs told apart: those that hold back, and those that may fail. */
async function withMayFail(reads, head) {
    const asks = ({ isJob, state, name }) => isJob && state === 'failure' && name !== reads.policy.umbrella;
    if (!head.checks.some(asks))
        return head;
    const suites = new Map((0,result/* readChecks */.wf)(head).runs.map(suite => [suite.id, suite]));
    const checks = await Promise.all(head.checks.map(async (check) => {
        const suite = suites.get(check.suite);
        if (suite === undefined || !asks(check))
            return check;
        return { ...check, mayFail: await jobMayFail(reads, head, suite, check) };
    }));
    return { ...head, checks };
}
/** The names of a waiting run's jobs, by its file at the head and on the bases; `null`: unknown. */
async function jobNamesOf(reads, head, suite) {
    const found = await (0,reading/* attempt */.CD)(async () => {
        const bases = new Set(head.pulls.map(reading/* knownBase */.d8));
        const tips = await Promise.all([...bases].map(base => (0,workflow_cache/* tipOf */.nM)(reads, base)));
        const commits = [...new Set([head.sha, ...tips])];
        return Promise.all(commits.map(commit => (0,workflow_cache/* fileAt */.Wd)(reads, pathOf(suite), commit)));
    });
    if (!found.ok || found.value.some(file => file?.kind === 'unreadable'))
        return null;
    const files = found.value.filter(file => file?.kind === 'workflow');
    return files.length === 0 ? null : jobNamesIn(files, reads.api.naming);
}
/** The head with what its runs that wait for the approval of a deployment may still write. */
async function withWaiting(reads, head) {
    if (!head.suites.some(({ waitsWith }) => waitsWith === null))
        return head;
    const waiting = (0,result/* readChecks */.wf)(head).runs.filter(({ waitsWith }) => waitsWith === null);
    if (waiting.length === 0)
        return head;
    const names = new Map(await Promise.all(waiting.map(async (suite) => [suite.id, await jobNamesOf(reads, head, suite)])));
    const suites = head.suites.map(suite => names.has(suite.id) ? { ...suite, waitsWith: names.get(suite.id) ?? null } : suite);
    return { ...head, suites };
}
/**
 * The head with every skipped job that was skipped for a failed one of its run, by the run's file
 * at the head: GitHub lets a merge pass over a skipped job (docs/github-facts.md, 7).
 */
async function withSkippedFor(reads, head) {
    if (!head.checks.some(({ state }) => state === 'skipped'))
        return head;
    const { legs } = (0,result/* readChecks */.wf)(head);
    const why = new Map();
    for (const { suite, name, check } of legs.filter(({ state }) => state === 'skipped')) {
        const failed = legs
            .filter(leg => leg.suite.id === suite.id && leg.state === 'failure')
            .filter(leg => leg.check.mayFail !== 'yes')
            .map(leg => leg.name);
        if (failed.length === 0)
            continue;
        const file = await (0,reading/* attempt */.CD)((0,workflow_cache/* fileAt */.Wd)(reads, pathOf(suite), head.sha));
        if (!file.ok || file.value?.kind !== 'workflow')
            continue;
        const found = skippedFor(file.value, name, failed, reads.api.naming);
        if (found !== null)
            why.set(check.id, found);
    }
    if (why.size === 0)
        return head;
    const checks = head.checks.map(check => {
        const found = why.get(check.id);
        return found === undefined ? check : { ...check, skippedFor: found };
    });
    return { ...head, checks };
}

// EXTERNAL MODULE: ./src/core/view/checks/legs.ts
var legs = __webpack_require__(4390);
// EXTERNAL MODULE: ./src/core/view/checks/listed.ts
var listed = __webpack_require__(1342);
// EXTERNAL MODULE: ./src/core/view/read.ts + 4 modules
var read = __webpack_require__(8802);
// EXTERNAL MODULE: ./src/forge/absence.ts
var absence = __webpack_require__(344);
;// CONCATENATED MODULE: ./src/forge/github/jobs.ts








/** Ten pages hold a thousand jobs. */
const jobs_MAX_PAGES = 10;
/** Every job of a run in all its attempts: the newest alone once forgot what was not re-run. */
function readJobs({ client, root }, run) {
    const path = `${root}/actions/runs/${run}/jobs`;
    const read = async (page, limit) => {
        const { body, at } = await client.get(path, { filter: 'all', per_page: limit, page });
        const { jobs, total_count: total } = (0,schema/* parseOne */.EZ)(WireJobs, body, `GET ${path}`);
        for (const job of jobs)
            (0,schema/* requireSame */.qb)(`GET ${path}: job ${job.id}`, 'run', job.run_id, run);
        return { rows: jobs, unreadable: 0, total, at };
    };
    return (0,pager/* readPages */.n4)(read, { keyed: pager/* byId */.$H, most: jobs_MAX_PAGES, limit: 100, once: true });
}
/** A run by itself: what tells of another one is no answer. Throws `ForgeError`. */
function parseRun(body, path, run) {
    const row = (0,schema/* parseOne */.EZ)(WireRun, body, `GET ${path}`);
    (0,schema/* requireSame */.qb)(`GET ${path}`, 'run', row.id, run);
    return row;
}
/** A job as a check run. An attempt that is not told stays unknown, and is never the first. */
const jobToCheck = (row, suite) => ({
    id: row.id,
    suite,
    name: row.name,
    state: checkState(row.status, row.conclusion),
    startedAt: (0,time/* parseInstant */.nV)(row.started_at),
    completedAt: (0,time/* parseInstant */.nV)(row.completed_at),
    attempt: row.run_attempt ?? null,
    isJob: true,
    isListed: true,
    taken: row.status === 'completed' ? !neverTaken(row) : null,
});
/** A job that no runner ever took: it has no steps, and no runner (docs/github-facts.md, 1). */
const neverTaken = ({ runner_id: runner, steps }) => (runner === null || runner === 0) && (steps ?? []).length === 0;
/** The run's own word and its jobs by attempt, in place of what the check runs told. */
function merged(known, jobs, suite) {
    const ids = new Set(jobs.map(({ id }) => id));
    // What its file says of a job is kept.
    const before = new Map(known.checks.map(check => [Number(check.id), check]));
    // What one list shows and the other does not is kept, for it may be what stands red. But it is no
    // job of this run, whatever its link says.
    const rest = known.checks
        .filter(check => !ids.has(check.id))
        .map(check => ({ ...check, isJob: false }));
    const told = jobs.map(job => ({ ...before.get(job.id), ...jobToCheck(job, suite.id) }));
    return { suite, checks: [...rest, ...told], gaps: known.gaps };
}
/**
 * Reads a run and its jobs by themselves: how often it was started, and which execution of a job is
 * the newest. Needed only for a run in which the umbrella is red or was executed more than once,
 * and for one whose jobs prove something.
 */
async function readRun(repository, known) {
    const { suite } = known;
    if (suite.run === null)
        return known;
    const { client, root } = repository;
    const { id } = suite.run;
    const path = `${root}/actions/runs/${id}`;
    const found = await (0,reading/* attempt */.CD)(async () => {
        const { body } = await client.get(path);
        const row = parseRun(body, path, id);
        repository.origins.set(row.id, row);
        return { row, run: toRun(row), jobs: await readJobs(repository, row.id) };
    });
    const without = (missing) => ({ ...known, gaps: [...known.gaps, missing] });
    if (!found.ok)
        return without((0,reading/* gapOf */.iT)(`run ${id}`, found.why));
    const { row, run, jobs } = found.value;
    if (jobs.gap !== null)
        return without((0,model_evidence/* gap */.rQ)(`jobs of run ${id}`, jobs.gap.cause, jobs.gap.detail));
    const disabled = suite.run.disabled ?? null;
    const { state, neverStarted } = suiteStates(row.status, row.conclusion);
    return merged(known, jobs.rows, {
        ...suite,
        state,
        neverStarted: suite.neverStarted || neverStarted,
        run: { ...run, disabled },
    });
}

// EXTERNAL MODULE: ./src/workflow/needs.ts
var workflow_needs = __webpack_require__(4136);
;// CONCATENATED MODULE: ./src/forge/github/merge-queue.ts









const Places = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* object */.Ikc({ isInMergeQueue: schemas/* boolean */.zMY() }));
/** Which of these pull requests stand in the queue; `null` where that cannot be read. */
async function queuedOf({ client, owner, name }, numbers) {
    const found = await (0,reading/* attempt */.CD)(async () => {
        const { data, errors } = await graphqlData(client, queueQuery(numbers), { owner, name });
        if (errors.length > 0)
            return null;
        const places = (0,schema/* parseOne */.EZ)(Places, data, 'POST /graphql (merge queue)');
        if (numbers.some(number => places[`p${number}`] === undefined))
            return null;
        return numbers.filter(number => places[`p${number}`]?.isInMergeQueue === true);
    });
    return found.ok ? found.value : null;
}
/**
 * Does the workflow of the umbrella start for the queue? Where it does not, the queue waits for a
 * check that nobody makes. Only what is shown is told.
 */
async function stallsOn(reads, base) {
    const found = await (0,workflow_cache/* treeOf */.g7)(reads, base);
    if (!found.ok)
        return false;
    const writers = (0,workflow_needs/* writersOf */.kO)(found.value, (0,forge_needs/* questionOf */.YH)(reads));
    return (writers.length > 0 && !writers.some(({ workflow }) => workflow.events.includes('merge_group')));
}
/** The queue of these base branches, as far as it concerns a head. */
async function mergeQueueOf(repository, reads, { pulls }, bases) {
    const mine = pulls
        .filter(pull => (0,model_evidence/* hasBase */.UY)(pull) && bases.includes(pull.base))
        .map(({ number }) => number);
    const stalls = [];
    for (const base of bases)
        if (await stallsOn(reads, base))
            stalls.push(base);
    return { queued: await queuedOf(repository, mine), stalls };
}

;// CONCATENATED MODULE: ./src/forge/github/rules.ts







/** GitHub writes -1 and 0 for "any app". */
const appIdOf = (id) => id == null || id <= 0 ? null : id;
/** What rulesets demand; readable with any token (docs/github-facts.md, 2). */
async function byRules({ client, root }, branch) {
    const path = `${root}/rules/branches/${encodeURIComponent(branch)}`;
    let queue = false;
    const read = async (page, limit) => {
        const answer = await client.find(path, { per_page: limit, page });
        const { status, body, at } = answer;
        // Servers that are too old for rulesets have none.
        const rules = status === 404 ? [] : (0,schema/* parseOne */.EZ)(schemas/* array */.YOg(WireRule), body, `GET ${path}`);
        queue ||= rules.some(({ type }) => type === 'merge_queue');
        const rows = rules
            .filter(({ type }) => type === 'required_status_checks')
            .flatMap(({ parameters }) => parameters?.required_status_checks ?? [])
            .map(check => ({ context: check.context, app: appIdOf(check.integration_id) }));
        return { rows, unreadable: 0, total: null, more: hasNextPage(answer), at };
    };
    const keyed = (checks) => checks.map(check => [`${check.app ?? ''} ${check.context}`, check]);
    const { rows, gap } = await (0,pager/* readPages */.n4)(read, { keyed, most: 10, limit: 100, once: true });
    if (gap !== null)
        throw new port/* ForgeError */.Q('unexpected-shape', `GET ${path}: ${gap.detail}`);
    return { checks: rows, queue };
}
/** What classic branch protection demands, as far as a branch tells without admin rights. */
async function byProtection({ client, root }, branch) {
    const path = `${root}/branches/${encodeURIComponent(branch)}`;
    const { status, body } = await client.find(path);
    if (status === 404)
        return { checks: [], queue: false };
    const { protection } = (0,schema/* parseOne */.EZ)(WireBranch, body, `GET ${path}`);
    const required = protection?.required_status_checks;
    const pinned = (required?.checks ?? []).map(({ context, app_id: app }) => ({
        context,
        app: appIdOf(app),
    }));
    const known = new Set(pinned.map(({ context }) => context));
    const plain = (required?.contexts ?? [])
        .filter(context => !known.has(context))
        .map(context => ({ context, app: null }));
    return { checks: [...pinned, ...plain], queue: false };
}
/**
 * Every check that a merge into this branch requires. Where a plan has no rulesets for private
 * repositories GitHub refuses to tell them, with 403 (docs/github-facts.md, 2): then it is not
 * known what else is required. Throws `ForgeError` for whatever the next try may tell.
 */
async function protectionOf(on, branch) {
    const read = [byRules, byProtection].map(by => (0,reading/* attempt */.CD)(by(on, branch)));
    const checks = [];
    let hidden = null;
    let queue = false;
    for (const found of await Promise.all(read)) {
        if (found.ok) {
            checks.push(...found.value.checks);
            queue ||= found.value.queue;
        }
        else if (found.why.code === 'forbidden')
            hidden ??= found.why.message;
        else
            throw found.why;
    }
    return { checks, hidden, queue };
}
/** The contexts that a merge into this branch requires, all of them. Throws `ForgeError`. */
async function requiredCheckNames(on, branch) {
    const { checks, hidden } = await protectionOf(on, branch);
    if (hidden !== null)
        throw new port/* ForgeError */.Q('forbidden', hidden);
    return checks.map(({ context }) => context);
}

// EXTERNAL MODULE: ./src/core/model/marker.ts
var marker = __webpack_require__(8303);
;// CONCATENATED MODULE: ./src/forge/github/statuses.ts









/** The login of what a workflow's own token writes, in REST and in GraphQL. */
const ACTIONS_LOGINS = ['github-actions[bot]', 'github-actions'];
/**
 * Who wrote a status: us by our mark, Actions by its app and a link to a run, else somebody.
 * Whether that run is one of this pull request is asked where its runs are known.
 */
function authorOf({ description, creator, targetUrl }, state) {
    const mark = (0,marker/* readMarker */.t)(description);
    if (mark !== null)
        return { kind: 'us', mark };
    const run = /\/actions\/runs\/(\d{1,15})(?:[/?#]|$)/.exec(targetUrl)?.[1];
    if (creator === null || !creator.bot || !ACTIONS_LOGINS.includes(creator.login))
        return { kind: 'foreign' };
    if (run === undefined)
        return { kind: 'foreign' };
    return {
        kind: 'actions',
        run: Number(run),
        job: 0,
        phase: state === 'success' ? 'success' : state === 'pending' ? 'running' : 'failure',
        took: null,
    };
}
function signedRow(row) {
    const state = statusState(row.state);
    return {
        id: row.id,
        context: row.context,
        state,
        description: row.description,
        targetUrl: row.targetUrl,
        creator: row.creator?.login ?? null,
        createdAt: row.createdAt,
        author: authorOf(row, state),
        phantom: false,
    };
}
/** A status that links to a run which is none of these is somebody's: a veto, if it is red. */
function ofThese(rows, runs) {
    return rows.map(row => row.author.kind === 'actions' && !runs.has(row.author.run)
        ? { ...row, author: { kind: 'foreign' } }
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
const readStatus = (body, what) => signedRow(plainOf((0,schema/* parseOne */.EZ)(WireStatus, body, what)));
/** Of so many pages no commit has more that anybody reads: GitHub keeps 1,000 a context. */
const statuses_MAX_PAGES = 20;
const statuses_PAGE = 100;
/** Every status of a commit above a mark, newest first. Throws `ForgeError`. */
async function readStatuses(client, root, { sha, above }) {
    const path = `${root}/commits/${sha}/statuses`;
    const read = async (page, limit) => {
        const answer = await client.get(path, { per_page: limit, page });
        const rows = (0,schema/* parseOne */.EZ)(schemas/* array */.YOg(WireStatus), answer.body, `GET ${path}`);
        return {
            rows: rows.map(json => signedRow(plainOf(json))),
            unreadable: 0,
            total: null,
            // A full page has another one behind it, whether or not a proxy passed the link on.
            more: hasNextPage(answer) || rows.length >= statuses_PAGE,
            at: answer.at,
        };
    };
    const found = await (0,pager/* readPages */.n4)(read, {
        keyed: pager/* byId */.$H,
        enough: rows => rows.some(({ id }) => id <= above),
        most: statuses_MAX_PAGES,
        limit: statuses_PAGE,
        once: true,
    });
    const value = found.rows.filter(({ id }) => id > above);
    const gaps = found.gap === null ? [] : [(0,model_evidence/* gap */.rQ)('statuses', found.gap.cause, found.gap.detail)];
    return { value, gaps, at: found.at };
}

;// CONCATENATED MODULE: ./src/forge/github/study.ts

















/** How many requests the study of one head may take: its run and jobs, statuses, needs, rules. */
const COST = 9;
/** Requests that are left for whoever else uses this token, and for our own writes. */
const RESERVE = 50;
/** How many requests may still be sent, and how many heads may be studied by them. */
function studyRoom({ remaining: { rest, graphql } }) {
    const left = Math.min(rest ?? Infinity, graphql ?? Infinity);
    return { left, room: Math.max(0, Math.floor((left - RESERVE) / COST)) };
}
/**
 * The runs in which the umbrella is red or has more than one execution: only their jobs tell which
 * of those is the newest, and only they may be run again.
 */
function runsAsked({ repository }, head) {
    const { umbrella } = repository.policy;
    const asked = (0,result/* readChecks */.wf)(head).legs.filter(leg => leg.executions > 1 ||
        leg.state === 'unknown' ||
        (leg.name === umbrella && leg.state !== 'success' && leg.state !== 'skipped'));
    const ids = new Set(asked.map(({ suite }) => suite.id));
    return head.suites.filter(({ id }) => ids.has(id));
}
/** The runs whose jobs a proof rests on and were not read: a link alone names no job. */
function provingRuns({ repository }, head) {
    const legs = head.pulls.flatMap(({ number }) => (0,listed/* unlistedProof */.b)((0,read/* viewOf */.du)(repository.policy, head, number)));
    const ids = new Set(legs.map(({ suite }) => suite.id));
    return head.suites.filter(({ id }) => ids.has(id));
}
async function withRuns(kept, head, asked) {
    if (asked.length === 0)
        return head;
    let { suites, checks, gaps } = head;
    for (const suite of asked) {
        const mine = checks.filter(check => check.suite === suite.id);
        const found = await readRun(kept.repository, { suite, checks: mine, gaps: [] });
        suites = suites.map(one => (one.id === suite.id ? found.suite : one));
        checks = [...checks.filter(check => check.suite !== suite.id), ...found.checks];
        gaps = [...gaps, ...found.gaps];
    }
    return { ...head, suites, checks, gaps };
}
/** Suites that GraphQL cut off after a page of check runs, read page by page. */
async function withWholeSuites({ repository }, head) {
    if (!head.gaps.some(({ cause }) => cause === 'incomplete'))
        return head;
    let { checks, gaps } = head;
    for (const suite of head.suites) {
        const what = shortSuite(suite.id);
        if (!gaps.some(one => one.what === what && one.cause === 'incomplete'))
            continue;
        const found = await (0,reading/* attempt */.CD)(checksOfSuite(repository, suite));
        if (!found.ok)
            continue;
        checks = [...checks.filter(check => check.suite !== suite.id), ...found.value.checks];
        gaps = [...gaps.filter(one => one.what !== what), ...found.value.gaps];
    }
    return { ...head, checks, gaps };
}
/** Every status of a commit that has any, with those of our runs told from others. */
async function withStatuses({ repository: { client, root } }, head, hasStatus) {
    if (!hasStatus)
        return { ...head, latest: [], history: [] };
    const found = await (0,reading/* attempt */.CD)(readStatuses(client, root, { sha: head.sha, above: 0 }));
    const { value, gaps } = found.ok
        ? found.value
        : { value: [], gaps: [(0,reading/* gapOf */.iT)('statuses', found.why)] };
    const rows = ofThese(value, runsOfHead(head));
    return { ...head, latest: rows, history: rows, gaps: [...head.gaps, ...gaps] };
}
/** A run that somebody dispatched is none of a pull request, whatever commit it ran on. */
const runsOfHead = (head) => new Set(head.suites.filter(legs/* isRunForPulls */.Bz).map(({ run }) => Number(run.id)));
/**
 * What merges into the base branches require, which may name the one app that counts. Where that is
 * hidden from the token, an umbrella that the user names is judged all the same, and one that was
 * chosen is not: it may gate nothing.
 */
async function withRequired(kept, head) {
    const { repository, protection, isNamed } = kept;
    const rulesOn = async (base) => {
        const rules = await (0,workflow_cache/* once */.Oo)(protection, base, () => protectionOf(repository, base));
        return { ...rules, base };
    };
    const found = await (0,reading/* attempt */.CD)(() => Promise.all([...new Set(head.pulls.map(reading/* knownBase */.d8))].map(rulesOn)));
    const without = (missing) => ({ ...head, gaps: [...head.gaps, missing] });
    if (!found.ok)
        return without((0,reading/* gapOf */.iT)(REQUIRED, found.why));
    const hidden = found.value.find(one => one.hidden !== null)?.hidden ?? null;
    if (hidden !== null && !isNamed)
        return without((0,model_evidence/* gap */.rQ)(REQUIRED, 'forbidden', `${hidden}; name the umbrella in umbrella-context`));
    const required = found.value.flatMap(({ checks }) => checks);
    const rules = { ...head, required, ...(hidden !== null && { requiredHidden: hidden }) };
    const queued = found.value.flatMap(({ queue, base }) => (queue ? [base] : []));
    if (queued.length === 0)
        return rules;
    return { ...rules, queue: await mergeQueueOf(repository, kept.reads, rules, queued) };
}
const REQUIRED = 'what a merge requires';
/** A head as its details show it, with all that a verdict rests on. */
async function studied(kept, before, details) {
    const { suites, checks, at } = details;
    const head = {
        ...before,
        suites,
        checks,
        studied: true,
        required: [],
        needs: new Map(),
        gaps: [...details.gaps, ...(at === null ? [(0,reading/* noClock */.M5)('clock')] : [])],
        observedAt: at ?? before.observedAt,
    };
    const whole = await withWholeSuites(kept, head);
    const withJobs = await withRuns(kept, whole, runsAsked(kept, whole));
    const withRows = await withStatuses(kept, withJobs, details.hasStatus);
    const withRules = await withRequired(kept, withRows);
    const { reads } = kept;
    const withFiles = await withMayFail(reads, (await (0,forge_needs/* withNeeds */.Y)(reads, withRules)));
    const withSkips = await withSkippedFor(reads, withFiles);
    const withNames = await withWaiting(reads, await (0,absence/* withUmbrellaWriters */.t)(reads, withSkips));
    return withRuns(kept, withNames, provingRuns(kept, withNames));
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
async function study(kept, heads, onStudied = () => undefined) {
    const { left, room } = studyRoom(kept.repository.client);
    const now = heads.slice(0, room);
    const details = await readDetails(kept.repository, now.map(({ sha }) => sha));
    const done = await Promise.all(now.map(async (head) => {
        const found = details.get(head.sha);
        if (found === undefined)
            throw new Error('every head that is asked for has its details');
        return studied(kept, head, found).finally(onStudied);
    }));
    return [...done, ...heads.slice(room).map(head => unstudied(head, left))];
}

;// CONCATENATED MODULE: ./src/forge/github/wire-merged.ts

/** A closed pull request, merged or not. A list does not tell who merged it. */
const WireMerged = schemas/* object */.Ikc({
    number: schemas/* number */.aig().int().positive(),
    title: schemas/* string */.YjP(),
    updated_at: schemas/* string */.YjP(),
    merged_at: schemas/* string */.YjP().nullable(),
    merged_by: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }).nullish(),
    head: schemas/* object */.Ikc({ sha: schemas/* string */.YjP() }),
    base: schemas/* object */.Ikc({ ref: schemas/* string */.YjP(), sha: schemas/* string */.YjP() }),
});

;// CONCATENATED MODULE: ./src/forge/github/commits.ts















const commits_PAGE = 100;
const pullOf = ({ number, title, head, base }) => ({
    number,
    title,
    head: head.sha,
    base: base.ref,
    baseSha: base.sha,
    draft: false,
});
const toClosed = (row) => ({
    number: row.number,
    updatedAt: instantOf(row.updated_at, 'a pull request'),
    merged: row.merged_at === null
        ? null
        : {
            ...pullOf(row),
            mergedAt: instantOf(row.merged_at, 'a pull request'),
            mergedBy: row.merged_by?.login ?? null,
        },
});
async function closedPage({ client, root }, page) {
    const asked = { state: 'closed', sort: 'updated', direction: 'desc', per_page: commits_PAGE, page };
    const answer = await client.get(`${root}/pulls`, asked);
    const rows = (0,schema/* parseOne */.EZ)(schemas/* array */.YOg(WireMerged), answer.body, `GET ${root}/pulls`).map(toClosed);
    const more = hasNextPage(answer) || rows.length >= commits_PAGE;
    return { rows, unreadable: 0, total: null, more, at: answer.at };
}
async function onePull({ client, root }, number) {
    const path = `${root}/pulls/${number}`;
    return (0,schema/* parseNumbered */.GQ)(WireMerged, (await client.get(path)).body, `GET ${path}`, number);
}
async function pullsAt({ client, root }, sha) {
    const path = `${root}/commits/${sha}/pulls`;
    const { body } = await client.get(path, { per_page: commits_PAGE });
    const rows = (0,schema/* parseOne */.EZ)(schemas/* array */.YOg(WireMerged), body, `GET ${path}`);
    return rows.filter(({ head }) => head.sha === sha).map(pullOf);
}
const WireRef = schemas/* object */.Ikc({ object: schemas/* object */.Ikc({ type: schemas/* string */.YjP(), sha: schemas/* string */.YjP() }) });
/** A tag may be an object of its own, which names the commit. */
async function commits_commitOf(repository, name) {
    const { client, root } = repository;
    if (!name.startsWith('refs/tags/'))
        return workflowSource(repository).commitOf(name);
    const ref = name.replace('refs/', '').split('/').map(encodeURIComponent).join('/');
    const read = async (path) => (0,schema/* parseOne */.EZ)(WireRef, (await client.get(path)).body, `GET ${path}`).object;
    const found = await read(`${root}/git/ref/${ref}`);
    return found.type === 'tag' ? (await read(`${root}/git/tags/${found.sha}`)).sha : found.sha;
}
/** A commit as its details show it. */
function seen(kept, { sha, pulls }, details) {
    const { suites, checks, at, gaps } = details;
    return {
        kind: 'checks',
        sha,
        pulls,
        traits: kept.repository.server.traits,
        runs: [],
        observedAt: at ?? reading/* EPOCH */.wI,
        latest: [],
        history: [],
        writers: { kind: 'not-read' },
        others: { kind: 'not-read' },
        work: new Map(),
        bases: {},
        needs: new Map(),
        studied: true,
        required: [],
        suites,
        checks,
        gaps: [...gaps, ...(at === null ? [(0,reading/* noClock */.M5)('clock')] : [])],
    };
}
/** Without what pull requests ran on the same commit: those are judged by themselves. */
function ofPushes(head) {
    const events = ['push', 'merge_group'];
    const suites = head.suites.filter(({ run }) => run === null || events.includes(run.event));
    const known = new Set(suites.map(({ id }) => id));
    return { ...head, suites, checks: head.checks.filter(({ suite }) => known.has(suite)) };
}
/** A commit with all that a proof rests on; what merges require now is no matter of the past. */
async function commits_studied(kept, head, details) {
    const whole = await withWholeSuites(kept, seen(kept, head, details));
    const withJobs = await withRuns(kept, whole, runsAsked(kept, whole));
    const withRows = await withStatuses(kept, withJobs, details.hasStatus);
    const [pull] = head.pulls;
    if (pull.number === commits/* NO_PULL */.u)
        return ofPushes(withRows);
    const then = (0,past_files/* asOfBase */.D)(kept.reads, pull);
    const withFiles = await withMayFail(then, (await (0,forge_needs/* withNeeds */.Y)(then, withRows)));
    return withSkippedFor(then, withFiles);
}
async function commits_study(kept, heads) {
    const { left, room } = studyRoom(kept.repository.client);
    if (room < heads.length) {
        const none = { suites: [], checks: [], gaps: [limited(left)], at: null, hasStatus: false };
        return heads.map(head => seen(kept, head, none));
    }
    const shas = heads.map(({ sha }) => sha);
    const details = await readDetails(kept.repository, shas);
    return Promise.all(heads.map(head => {
        const found = details.get(head.sha);
        if (found === undefined)
            throw new Error('every commit that is asked for has its details');
        return commits_studied(kept, head, found);
    }));
}
/** Commits of a GitHub repository, whoever stands on them. */
function githubCommits(kept, { apiUrl, repo }) {
    const { repository } = kept;
    const pages = `${webRoot(apiUrl)}/${repo}`;
    return {
        server: repository.server,
        mergedSince: since => (0,closed_pulls/* mergedIn */.w)(page => closedPage(repository, page), since),
        mergedBy: async (number) => (await onePull(repository, number)).merged_by?.login ?? null,
        pullsAt: sha => pullsAt(repository, sha),
        commitOf: name => commits_commitOf(repository, name),
        study: heads => commits_study(kept, heads),
        addressOf: (run, job) => `${pages}/actions/runs/${run}${job === undefined ? '' : `/job/${job}`}`,
        addressOfPull: number => `${pages}/pull/${number}`,
        addressOfCommit: sha => `${pages}/commit/${sha}`,
    };
}

;// CONCATENATED MODULE: ./src/forge/github/rest-pulls.ts






const rest_pulls_PAGE = 100;
const rest_pulls_MAX_PAGES = 100;
/** A pull request where it stands. */
const placeOf = ({ number, head }) => `${number} ${head}`;
const byPlace = (pulls) => pulls.map(pull => [placeOf(pull), pull]);
const toPull = (row) => ({
    number: row.number,
    title: row.title,
    head: row.head.sha,
    base: row.base.ref,
    baseSha: row.base.sha,
    draft: row.draft ?? false,
});
async function listOnce({ client, root }) {
    const path = `${root}/pulls`;
    const read = async (page, limit) => {
        const asked = { state: 'open', sort: 'created', direction: 'asc', per_page: limit, page };
        const answer = await client.get(path, asked);
        const rows = (0,schema/* parseOne */.EZ)(schemas/* array */.YOg(WireListedPull), answer.body, `GET ${path}`).map(toPull);
        // A full page has another one behind it, whether or not a proxy passed the link on.
        const more = hasNextPage(answer) || rows.length >= limit;
        return { rows, unreadable: 0, total: null, more, at: answer.at };
    };
    const found = await (0,pager/* readPages */.n4)(read, { keyed: byPlace, most: rest_pulls_MAX_PAGES, limit: rest_pulls_PAGE, once: true });
    if (found.gap !== null)
        throw new port/* ForgeError */.Q('unexpected-shape', `GET ${path}: ${found.gap.detail}`);
    return found.rows;
}
/**
 * Every open pull request, without a word of its checks. Pages by number lose a row where one
 * before it is closed between two of them, so that a list of several pages is read twice, and both
 * readings must agree. Throws `ForgeError`.
 */
async function pullsByRest(repository) {
    const first = await listOnce(repository);
    if (first.length < rest_pulls_PAGE)
        return first;
    const again = await listOnce(repository);
    const known = new Set(first.map(placeOf));
    const agree = again.length === first.length && again.every(pull => known.has(placeOf(pull)));
    if (!agree)
        throw new port/* ForgeError */.Q('unexpected-shape', 'the open pull requests changed while they were listed');
    return again;
}

;// CONCATENATED MODULE: ./src/forge/github/candidates.ts











/** Ten thousand open pull requests; no repository has more. */
const MAX_PULLS = 10_000;
/** So many are asked for at a time: fewer, where GitHub has no time for a page. */
const SIZES = [100, 50, 25, 10];
const openPace = () => ({ size: SIZES[0], why: '' });
const candidates_toPull = (node) => ({
    number: node.number,
    title: node.title,
    head: node.headRefOid,
    base: node.baseRefName,
    baseSha: node.baseRefOid,
    draft: node.isDraft,
});
/** Nothing of a commit but why it is not known: what is missing may be what stands red. */
const unseenPreview = (at, detail) => ({
    at,
    suites: [],
    checks: [],
    status: null,
    gaps: [(0,model_evidence/* gap */.rQ)('the newest commit', 'incomplete', detail)],
});
/** The last commit of a pull, which must be its head: else another commit was looked at. */
function toPreview(node, at) {
    const commit = (node.commits.nodes ?? []).find(one => one !== null)?.commit;
    if (commit === undefined)
        return unseenPreview(at, 'it was not given');
    if (commit.oid !== node.headRefOid)
        return unseenPreview(at, 'it is not the head of the pull request');
    const seen = seenOfNodes(commit.checkSuites);
    const context = commit.status?.context ?? null;
    if (context === null)
        return { ...seen, at, status: null };
    const { creator } = context;
    const row = signedRow({
        id: 0,
        context: context.context,
        state: context.state,
        description: context.description ?? '',
        targetUrl: context.targetUrl ?? '',
        creator: creator === null ? null : { login: creator.login, bot: creator.__typename === 'Bot' },
        createdAt: instantOf(context.createdAt, 'a status'),
    });
    return { ...seen, at, status: row };
}
/** The index of the pull request an error beside a page is about; `null`: it may be about any. */
function pullIndexOf({ path }) {
    const [repository, pulls, nodes, at] = path;
    const about = repository === 'repository' && pulls === 'pullRequests' && nodes === 'nodes';
    return about && typeof at === 'number' ? at : null;
}
/** So many pull requests behind a cursor. Throws `ForgeError`. */
async function askPage({ client, owner, name, policy }, after, first) {
    const variables = { owner, name, umbrella: policy.umbrella, first, after };
    const { data, at, errors } = await graphqlData(client, CANDIDATES, variables);
    const what = 'POST /graphql (candidates)';
    const { nodes: all, pageInfo } = (0,schema/* parseOne */.EZ)(NodePulls, data, what).pullRequests;
    const nodes = all?.filter(node => node !== null);
    // A pull request that was withheld could stand on any head.
    if (nodes === undefined || nodes.length < (all ?? []).length)
        throw new port/* ForgeError */.Q('unexpected-shape', `${what}: a pull request is missing`);
    const about = new Map(errors.map(error => [pullIndexOf(error), error.message]));
    const ofAny = about.get(null);
    if (ofAny !== undefined)
        throw new port/* ForgeError */.Q('server-error', `${what}: ${ofAny}`);
    if ([...about.keys()].some(index => index !== null && !(index in nodes)))
        throw new port/* ForgeError */.Q('unexpected-shape', `${what}: an error is about no pull request of it`);
    const rows = nodes.map((node, index) => {
        const error = about.get(index);
        return {
            pull: candidates_toPull(node),
            // The pull request's own fields are all there; of its checks some may have been left out.
            preview: error === undefined ? toPreview(node, at) : unseenPreview(at, error),
        };
    });
    const { hasNextPage, endCursor } = pageInfo;
    if (hasNextPage && (endCursor === null || endCursor === after))
        throw new port/* ForgeError */.Q('unexpected-shape', `${what}: another page follows, and nothing names it`);
    return { rows, cursor: hasNextPage ? endCursor : null };
}
/** The same with as many as GitHub has time for. Throws `ForgeError` where that is none. */
async function pageBehind(context, after, pace) {
    for (let size = pace.size ?? SIZES[3];;) {
        const found = await (0,reading/* attempt */.CD)(askPage(context, after, size));
        if (found.ok)
            return found.value;
        const smaller = SIZES.find(one => one < size);
        if (!tooLarge(found.why) || smaller === undefined)
            throw found.why;
        size = smaller;
        Object.assign(pace, { size, why: found.why.message });
    }
}
/** Every page there is, its heads told as they come. Throws `ForgeError`. */
async function pages(context, pace, tell) {
    let after = null;
    const read = async () => {
        const { rows, cursor } = await pageBehind(context, after, pace);
        after = cursor;
        tell(rows);
        const pulls = rows.map(({ pull }) => pull);
        return { rows: pulls, unreadable: 0, total: null, more: cursor !== null, at: null };
    };
    const most = MAX_PULLS / SIZES[3];
    const found = await (0,pager/* readPages */.n4)(read, { keyed: byPlace, most, once: true });
    if (found.gap !== null)
        throw new port/* ForgeError */.Q('unexpected-shape', `the open pull requests: ${found.gap.detail}`);
    return found.rows;
}
/** What ends a list by GraphQL may be no more than GraphQL's own trouble. */
const REST_MAY_TELL = [
    'server-error',
    'timeout',
    'unexpected-shape',
    'rejected',
    'not-json',
];
/**
 * Every open pull request with a preview of its head: one query for a hundred of them. Where GitHub
 * gives no page however small, REST lists them, and every head that no page told of is studied.
 */
async function listPulls(context, pace) {
    const previews = new Map();
    const tell = (rows) => {
        for (const { pull, preview } of rows)
            // Of two pull requests on one commit, the one that could not be seen whole decides.
            if ((previews.get(pull.head)?.gaps.length ?? 0) === 0)
                previews.set(pull.head, preview);
    };
    if (pace.size !== null) {
        const found = await (0,reading/* attempt */.CD)(pages(context, pace, tell));
        if (found.ok)
            return { pulls: found.value, previews, untold: pace.why };
        if (!REST_MAY_TELL.includes(found.why.code))
            throw found.why;
        Object.assign(pace, { size: null, why: found.why.message });
    }
    return { pulls: await pullsByRest(context), previews, untold: pace.why };
}
/** What a page told of a head: no more than whether it needs a study. */
function previewOf({ server }, { sha, pulls }, { previews, untold }) {
    const preview = previews.get(sha);
    const { at, status, suites, checks, gaps } = preview ?? unseenPreview(null, '');
    const runs = new Set(suites.flatMap(({ run }) => (run === null ? [] : [run.id])));
    const evidence = {
        kind: 'checks',
        sha,
        pulls,
        traits: server.traits,
        runs: [],
        observedAt: at ?? reading/* EPOCH */.wI,
        // Which runs are of this pull request is not known yet: a link is believed until it is.
        latest: status === null ? [] : ofThese([status], new Set([...runs, rowRun(status)])),
        history: null,
        writers: { kind: 'not-read' },
        others: { kind: 'not-read' },
        work: new Map(),
        bases: {},
        needs: new Map(),
        studied: false,
        required: [],
        suites,
        checks,
        gaps: preview === undefined
            ? [(0,model_evidence/* gap */.rQ)('the head', 'incomplete', `no page told of it${untold && `: ${untold}`}`)]
            : [...gaps, ...(at === null ? [(0,reading/* noClock */.M5)('clock')] : [])],
    };
    return { evidence, rows: null };
}
const rowRun = ({ author }) => (author.kind === 'actions' ? author.run : 0);

// EXTERNAL MODULE: ./src/core/model/ids.ts
var model_ids = __webpack_require__(3359);
// EXTERNAL MODULE: ./src/forge/gate.ts
var gate = __webpack_require__(7368);
// EXTERNAL MODULE: ./src/core/model/merge.ts
var merge = __webpack_require__(4289);
;// CONCATENATED MODULE: ./src/forge/github/merge-rules.ts





/** Classic protection as anybody may read it (`refUpdateRule`), or an administrator. */
const ClassicRule = (0,schema/* lazy */.RZ)(() => schemas/* object */.Ikc({
    requiresConversationResolution: schemas/* boolean */.zMY(),
    requiresSignatures: schemas/* boolean */.zMY(),
    requiresStrictStatusChecks: schemas/* boolean */.zMY().nullish(),
}));
/** What GraphQL tells of a merge. */
const NodeMerge = (0,schema/* lazy */.RZ)(() => schemas/* object */.Ikc({
    viewerPermission: schemas/* string */.YjP().nullish(),
    pullRequest: schemas/* object */.Ikc({
        state: schemas/* string */.YjP(),
        isDraft: schemas/* boolean */.zMY(),
        mergeable: schemas/* string */.YjP(),
        mergeStateStatus: schemas/* string */.YjP(),
        reviewDecision: schemas/* string */.YjP().nullish(),
        isInMergeQueue: schemas/* boolean */.zMY().nullish(),
        isMergeQueueEnabled: schemas/* boolean */.zMY().nullish(),
        reviewThreads: schemas/* object */.Ikc({
            totalCount: schemas/* number */.aig(),
            nodes: schemas/* array */.YOg(schemas/* object */.Ikc({ isResolved: schemas/* boolean */.zMY() }).nullable()).nullish(),
        }),
        commits: schemas/* object */.Ikc({
            totalCount: schemas/* number */.aig(),
            nodes: schemas/* array */.YOg(schemas/* object */.Ikc({
                commit: schemas/* object */.Ikc({
                    oid: schemas/* string */.YjP(),
                    signature: schemas/* object */.Ikc({ isValid: schemas/* boolean */.zMY() }).nullish(),
                }),
            })
                .nullable())
                .nullish(),
        }),
        baseRef: schemas/* object */.Ikc({
            refUpdateRule: ClassicRule().nullish(),
            branchProtectionRule: ClassicRule().nullish(),
        })
            .nullish(),
    }),
}));
const WireMergeRule = (0,schema/* lazy */.RZ)(() => schemas/* object */.Ikc({
    type: schemas/* string */.YjP(),
    parameters: schemas/* object */.Ikc({
        required_review_thread_resolution: schemas/* boolean */.zMY().nullish(),
        strict_required_status_checks_policy: schemas/* boolean */.zMY().nullish(),
    })
        .nullish(),
}));
async function rulesetsOf({ client, root }, branch) {
    const path = `${root}/rules/branches/${encodeURIComponent(branch)}`;
    const found = await (0,reading/* attempt */.CD)(async () => {
        const answer = await client.find(path, { per_page: 100, page: 1 });
        if (answer.status === 404)
            return [];
        const rules = (0,schema/* parseOne */.EZ)(schemas/* array */.YOg(WireMergeRule()), answer.body, `GET ${path}`);
        return hasNextPage(answer) ? null : rules;
    });
    return found.ok ? found.value : null;
}
const WireProtected = (0,schema/* lazy */.RZ)(() => schemas/* object */.Ikc({ protected: schemas/* boolean */.zMY() }));
/** Has the branch any classic rule? What is not told is taken for one. */
async function isProtected({ client, root }, branch) {
    const path = `${root}/branches/${encodeURIComponent(branch)}`;
    const found = await (0,reading/* attempt */.CD)(async () => (0,schema/* parseOne */.EZ)(WireProtected(), (await client.get(path)).body, `GET ${path}`));
    return !found.ok || found.value.protected;
}
/** The rules of the base branch of a pull request, as far as this token may read them. */
async function rulesOf(on, pull, merge) {
    const rulesets = await rulesetsOf(on, pull.base);
    const base = merge.pullRequest.baseRef;
    const classic = base?.branchProtectionRule ?? base?.refUpdateRule ?? null;
    const isTold = classic !== null || merge.viewerPermission === 'ADMIN';
    return {
        rulesets,
        classic,
        isWhole: rulesets !== null && (isTold || !(await isProtected(on, pull.base))),
    };
}
/** Do the rules ask for it? `null`: no rule that could be read does, and there may be others. */
function rulesAsk({ rulesets, classic, isWhole }, byRule, byClassic) {
    if ((rulesets ?? []).some(byRule))
        return true;
    const said = classic === null ? false : (byClassic(classic) ?? null);
    if (said === true)
        return true;
    return said === null || !isWhole ? null : false;
}
const RULES_HIDDEN = 'whether a rule asks for that could not be read';
/** Met where there is nothing to hold back, whatever the rules ask. */
function ifAsked(name, asked, said) {
    if (!said.is)
        return (0,merge/* condition */.u)(name, 'met', said.none);
    if (asked === null)
        return (0,merge/* condition */.u)(name, 'unknown', `${said.some}; ${RULES_HIDDEN}`);
    return asked
        ? (0,merge/* condition */.u)(name, 'unmet', said.some)
        : (0,merge/* condition */.u)(name, 'met', `${said.some}, and no rule asks for more`);
}

;// CONCATENATED MODULE: ./src/forge/github/conditions.ts






/** Rules that are judged here, or that hold back pushes and no merge of a pull request. */
const KNOWN_RULES = [
    'required_status_checks',
    'pull_request',
    'required_signatures',
    'merge_queue',
    'deletion',
    'non_fast_forward',
    'creation',
    'required_linear_history',
];
function conflicts({ mergeable, mergeStateStatus }) {
    if (mergeable === 'CONFLICTING' || mergeStateStatus === 'DIRTY')
        return (0,merge/* condition */.u)('conflicts', 'unmet', 'GitHub says that it has conflicts');
    return mergeable === 'MERGEABLE'
        ? (0,merge/* condition */.u)('conflicts', 'met', 'GitHub says that it has none')
        : (0,merge/* condition */.u)('conflicts', 'unknown', 'GitHub is still looking for them');
}
/** GitHub's own word for the whole, which depends on who asks (docs/github-facts.md, 1). */
const PASSES = ['CLEAN', 'HAS_HOOKS', 'UNSTABLE'];
/** GitHub names one reason alone: where another holds it back, it does not tell of this one. */
function outdated({ mergeStateStatus: said }, rules) {
    const name = 'outdated-branch';
    if (said === 'BEHIND')
        return (0,merge/* condition */.u)(name, 'unmet', 'GitHub says that it is behind its base branch');
    if (PASSES.includes(said))
        return (0,merge/* condition */.u)(name, 'met', 'GitHub says that it can be merged');
    const asked = rulesAsk(rules, ({ parameters }) => parameters?.strict_required_status_checks_policy === true, ({ requiresStrictStatusChecks: strict }) => strict);
    return asked === false
        ? (0,merge/* condition */.u)(name, 'met', 'no rule asks for the newest base branch')
        : (0,merge/* condition */.u)(name, 'unknown', `GitHub says ${said}, which names another reason first`);
}
function reviews({ reviewDecision }) {
    switch (reviewDecision ?? null) {
        case null:
            return [
                (0,merge/* condition */.u)('requested-changes', 'met', 'GitHub asks for no review'),
                (0,merge/* condition */.u)('approvals', 'met', 'GitHub asks for no review'),
            ];
        case 'APPROVED':
            return [
                (0,merge/* condition */.u)('requested-changes', 'met', 'GitHub says that it is approved'),
                (0,merge/* condition */.u)('approvals', 'met', 'GitHub says that it is approved'),
            ];
        case 'CHANGES_REQUESTED':
            return [(0,merge/* condition */.u)('requested-changes', 'unmet', 'GitHub says that changes are requested')];
        case 'REVIEW_REQUIRED':
            return [
                (0,merge/* condition */.u)('requested-changes', 'met', 'nobody requests changes'),
                (0,merge/* condition */.u)('approvals', 'unmet', 'GitHub says that a review is required'),
            ];
        default:
            return [
                (0,merge/* condition */.u)('approvals', 'unknown', 'GitHub tells it in a way this version does not know'),
            ];
    }
}
function conversations({ reviewThreads }, rules) {
    const read = (reviewThreads.nodes ?? []).flatMap(node => node ?? []);
    const open = read.filter(({ isResolved }) => !isResolved).length;
    const asked = rulesAsk(rules, ({ parameters }) => parameters?.required_review_thread_resolution === true, rule => rule.requiresConversationResolution);
    const { totalCount: total } = reviewThreads;
    if (open === 0 && total > read.length && asked !== false)
        return (0,merge/* condition */.u)('conversations', 'unknown', `${read.length} of ${total} could be read`);
    return ifAsked('conversations', asked, {
        is: open > 0,
        none: 'none is unresolved',
        some: `${open} unresolved`,
    });
}
function signatures({ commits }, rules) {
    const read = (commits.nodes ?? []).flatMap(node => node?.commit ?? []);
    const bare = read.filter(({ signature }) => signature?.isValid !== true);
    const asked = rulesAsk(rules, ({ type }) => type === 'required_signatures', rule => rule.requiresSignatures);
    if (bare.length === 0 && commits.totalCount > read.length && asked !== false)
        return (0,merge/* condition */.u)('signed-commits', 'unknown', `${read.length} of ${commits.totalCount} commits could be read`);
    const [first] = bare;
    return ifAsked('signed-commits', asked, {
        is: first !== undefined,
        none: 'every commit has a valid signature',
        some: `${first?.oid.slice(0, 10) ?? ''} has no valid signature`,
    });
}
function queue({ isInMergeQueue, isMergeQueueEnabled }) {
    if (isMergeQueueEnabled == null)
        return (0,merge/* condition */.u)('merge-queue', 'unknown', 'whether there is one is not told');
    if (!isMergeQueueEnabled)
        return (0,merge/* condition */.u)('merge-queue', 'met', 'there is none');
    return isInMergeQueue === true
        ? (0,merge/* condition */.u)('merge-queue', 'pending', 'it stands in the queue')
        : (0,merge/* condition */.u)('merge-queue', 'unmet', 'merges go through the queue, and it does not stand there');
}
/** Rules of a kind that is judged nowhere here: they are named, and nothing is said of them. */
function others({ rulesets }) {
    if (rulesets === null)
        return [(0,merge/* condition */.u)('other-rules', 'unknown', 'the rules of this branch could not be read')];
    const kinds = [...new Set(rulesets.map(({ type }) => type))].filter(type => !KNOWN_RULES.includes(type));
    if (kinds.length === 0)
        return [];
    const said = `${kinds.join(', ')}: only GitHub says whether they are met`;
    const name = kinds.includes('file_path_restriction') ? 'protected-files' : 'other-rules';
    return [(0,merge/* condition */.u)(name, 'unknown', said)];
}
const MAY_MERGE = ['ADMIN', 'MAINTAIN', 'WRITE'];
function permission(viewer) {
    if (viewer == null)
        return (0,merge/* condition */.u)('permission', 'unknown', 'what this token may is not told');
    return MAY_MERGE.includes(viewer)
        ? (0,merge/* condition */.u)('permission', 'met', 'this token may merge')
        : (0,merge/* condition */.u)('permission', 'unmet', `whoever this token is of may not merge (${viewer})`);
}
/**
 * Every condition of a merge but the required contexts, as GitHub states it. Rules that only an
 * administrator may read are asked for and not counted on.
 */
async function mergeConditions(on, pull) {
    const { client, owner, name } = on;
    const found = await (0,reading/* attempt */.CD)(async () => {
        const asked = { owner, name, number: pull.number };
        const { data, errors } = await graphqlData(client, CONDITIONS, asked);
        // Classic protection may be hidden and is asked for again; what else is missing would be told
        // as nothing: no review asked for, no queue.
        const lost = errors.find(({ path }) => !path.includes('branchProtectionRule'));
        return { lost, told: (0,schema/* parseOne */.EZ)(NodeMerge(), data, 'POST /graphql (merge)') };
    });
    const unknown = (why) => [(0,merge/* condition */.u)('other-rules', 'unknown', why)];
    if (!found.ok)
        return unknown(found.why.message);
    const { lost, told } = found.value;
    if (lost !== undefined)
        return unknown(lost.message);
    const { pullRequest: node, viewerPermission } = told;
    const rules = await rulesOf(on, pull, told);
    const open = node.state === 'OPEN';
    return [
        (0,merge/* condition */.u)('open', open ? 'met' : 'unmet', `it is ${node.state.toLowerCase()}`),
        conflicts(node),
        outdated(node, rules),
        signatures(node, rules),
        node.isDraft
            ? (0,merge/* condition */.u)('draft', 'unmet', 'it is a draft')
            : (0,merge/* condition */.u)('draft', 'met', 'it is no draft'),
        ...reviews(node),
        conversations(node, rules),
        ...others(rules),
        queue(node),
        permission(viewerPermission),
    ];
}

;// CONCATENATED MODULE: ./src/forge/github/gate.ts







/** What judging the whole merge gate reads of GitHub: the rules that a study has read are kept. */
function gateReads(kept) {
    const { repository, protection } = kept;
    return {
        required: async (branch) => {
            const { checks, hidden } = await (0,workflow_cache/* once */.Oo)(protection, branch, () => protectionOf(repository, branch));
            if (hidden !== null)
                throw new port/* ForgeError */.Q('forbidden', hidden);
            return checks.map(({ context }) => context);
        },
        writersOf: (contexts, branch) => (0,gate/* contextWriters */.A)(kept.reads, contexts, branch),
        // Check runs are told with their workflow and event, and no ref is asked.
        around: head => Promise.resolve(head),
        withJobs: async (head, runs) => {
            if (head.kind !== 'checks')
                return head;
            const ids = new Set(runs.map(run => (0,model_ids/* asRunId */.p1)(Number(run))));
            const suites = head.suites.filter(({ run }) => run !== null && ids.has(run.id));
            return withRuns(kept, head, suites);
        },
        conditions: pull => mergeConditions(repository, pull),
    };
}

;// CONCATENATED MODULE: ./src/forge/github/progress.ts






/** What the umbrella's newest jobs on a commit say. */
const NodeProgress = schemas/* object */.Ikc({
    checkSuites: schemas/* object */.Ikc({
        nodes: schemas/* array */.YOg(schemas/* object */.Ikc({
            workflowRun: schemas/* object */.Ikc({ databaseId: schemas/* number */.aig().nullable() }).nullable(),
            checkRuns: schemas/* object */.Ikc({
                nodes: schemas/* array */.YOg(schemas/* object */.Ikc({ status: schemas/* string */.YjP(), startedAt: schemas/* string */.YjP().nullable() }).nullable()),
            })
                .nullable(),
        })
            .nullable()),
    }),
});
const progress_WireFields = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J());
/** When jobs of the umbrella's name had started in a run, before it was run again. */
function umbrellaStarts({ suites, checks }, run, umbrella) {
    const mine = new Set(suites.filter(one => one.run?.id === run).map(({ id }) => id));
    return checks
        .filter(({ suite, name }) => mine.has(suite) && name === umbrella)
        .map(({ startedAt }) => startedAt);
}
/** What the jobs of the umbrella's name tell of a re-run; `null`: nothing new. */
function progressIn(field, { evidence, run }, umbrella) {
    const commit = NodeProgress.safeParse(field);
    if (!commit.success || evidence.kind !== 'checks')
        return null;
    const suites = commit.data.checkSuites.nodes.filter(one => one?.workflowRun?.databaseId === run);
    const jobs = suites.flatMap(one => one?.checkRuns?.nodes ?? []).filter(one => one !== null);
    if (jobs.some(({ status }) => status !== 'COMPLETED'))
        return 'going';
    // Until GitHub shows the new execution, the old one is the newest.
    const known = umbrellaStarts(evidence, run, umbrella);
    return jobs.some(({ startedAt }) => !known.includes((0,time/* parseInstant */.nV)(startedAt))) ? 'ended' : null;
}
async function progress_askChunk({ client, owner, name, policy: { umbrella } }, reruns) {
    const asked = reruns.map((one, at) => ({ one, sha: one.evidence.sha, alias: aliasOf(at) }));
    const shas = Object.fromEntries(asked.map(({ alias, sha }) => [alias, sha]));
    const variables = { owner, name, umbrella, ...shas };
    const { data } = await graphqlData(client, progressQuery(reruns.length), variables);
    const fields = (0,schema/* parseOne */.EZ)(progress_WireFields, data, 'POST /graphql (progress)');
    return asked.flatMap(({ one, sha, alias }) => {
        const told = progressIn(fields[alias], one, umbrella);
        return told === null ? [] : [[sha, told]];
    });
}
/** How far these re-runs have come. What cannot be read is asked for by the next look. */
async function rerunsNow(context, reruns) {
    const told = [];
    for (let from = 0; from < reruns.length; from += LIGHT_CHUNK) {
        const chunk = reruns.slice(from, from + LIGHT_CHUNK);
        const found = await (0,reading/* attempt */.CD)(progress_askChunk(context, chunk));
        if (found.ok)
            told.push(...found.value);
    }
    return new Map(told);
}

// EXTERNAL MODULE: ./src/forge/reach.ts + 3 modules
var reach = __webpack_require__(8265);
;// CONCATENATED MODULE: ./src/forge/github/reruns.ts








/** Runs one job with what depends on it again, or its whole run; once. Throws `ForgeError`. */
async function postRerun({ client, root }, { run, job, wholeRun }) {
    const path = wholeRun ? `${root}/actions/runs/${run}/rerun` : `${root}/actions/jobs/${job}/rerun`;
    await client.post(path, null);
}
/** Every word by which GitHub lists runs that have not ended. */
const NOT_ENDED = ['queued', 'in_progress', 'waiting', 'pending', 'requested'];
/** The branch a run is of; the fork that held it may be gone. */
function headOf({ head_branch: branch, head_repository: fork, }) {
    return branch == null || fork == null ? null : { repository: fork.full_name, branch };
}
/** The runs of a workflow that have not ended, in the whole repository. Throws `ForgeError`. */
async function openRuns({ client, root }, workflow, file) {
    const path = `${root}/actions/workflows/${workflow}/runs`;
    const found = new Map();
    for (const status of NOT_ENDED) {
        const { body } = await client.get(path, { status, per_page: 100 });
        const { workflow_runs: runs, total_count: total } = (0,schema/* parseOne */.EZ)(WireRuns, body, `GET ${path}`);
        if (total > runs.length)
            throw new port/* ForgeError */.Q('unexpected-shape', `${total} runs are ${status}, more than one page`);
        for (const run of runs)
            found.set(run.id, { run: (0,model_ids/* asRunKey */.FY)(run.id), file, head: headOf(run) });
    }
    return [...found.values()];
}
/**
 * The run's workflow file wherever its text may come from: a run of `pull_request` is made from the
 * merge of its pull request with the base branch, so that either side may have added a job
 * (docs/github-facts.md, 2). A side that has no such file adds nothing. The base as this
 * sweep last saw it will do, for the run was made from an older one.
 */
async function filesOf(reads, { path, head_sha: sha }, bases) {
    const file = path.split('@')[0] ?? path;
    const tips = await Promise.all([...new Set(bases)].map(base => (0,workflow_cache/* tipOf */.nM)(reads, base)));
    const commits = [...new Set([sha, ...tips])];
    const files = await Promise.all(commits.map(commit => (0,workflow_cache/* fileAt */.Wd)(reads, file, commit)));
    return files.filter(one => one !== null);
}
/** What a run was made from; `null` where there is no such run. Throws `ForgeError`. */
async function runOrigin({ client, root, origins }, run) {
    const known = origins.get(run);
    if (known !== undefined)
        return known;
    const path = `${root}/actions/runs/${run}`;
    const { status, body } = await client.find(path);
    return status === 404 ? null : parseRun(body, path, run);
}
/**
 * What a re-run of this run's umbrella job would touch beside that job, by the workflow file at the
 * run's own commit and on the base branches of the pull requests that stand on it.
 */
async function rerunReach({ repository, reads }, { pulls }, key) {
    const unreadable = (why) => ({ kind: 'unreadable', why });
    const found = await (0,reading/* attempt */.CD)(async () => {
        const run = await runOrigin(repository, key);
        if (run === null)
            return unreadable(`there is no run ${key}`);
        const bases = pulls.map(reading/* knownBase */.d8);
        const [first, ...more] = await filesOf(reads, run, bases);
        if (first === undefined)
            return unreadable(`the commit of run ${key} has no ${run.path}`);
        const source = { event: run.event, files: [first, ...more], head: headOf(run) };
        return await (0,reach/* reachBy */.Z)(source, reads, () => openRuns(repository, run.workflow_id, run.path));
    });
    return found.ok ? found.value : unreadable(found.why.message);
}

;// CONCATENATED MODULE: ./src/forge/github/forge.ts












async function readPull({ client, root }, number) {
    const path = `${root}/pulls/${number}`;
    const { body } = await client.get(path);
    const { state, head } = (0,schema/* parseNumbered */.GQ)(WirePull, body, `GET ${path}`, number);
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
/** Everything about a head that can have changed, read anew. */
async function lookAgain(kept, before) {
    kept.reads.cache.tips.clear();
    const [after] = await study(kept, [checksOf(before)]);
    if (after === undefined)
        throw new Error('a head that is studied is answered');
    return after;
}
const AUDIT = 'on GitHub only heads with a red umbrella are read whole';
/** GitHub as a sweep needs it. The pages of pull requests tell of their heads, too. */
function openGithubForge(repository, { apiUrl, repo }, { policy, cache, isNamed }) {
    const { client, root, server } = repository;
    const reads = { api: workflowSource(repository), policy, cache };
    const kept = {
        repository: { ...repository, policy },
        reads,
        isNamed,
        protection: new Map(),
    };
    const pages = `${webRoot(apiUrl)}/${repo}`;
    const pace = openPace();
    let listed = { pulls: [], previews: new Map(), untold: '' };
    const openPulls = async () => {
        listed = await listPulls(kept.repository, pace);
        return { pulls: listed.pulls };
    };
    return {
        server,
        listsTips: false,
        listPulls: openPulls,
        openPulls,
        pull: number => readPull(repository, number),
        preview: head => Promise.resolve(previewOf(repository, head, listed)),
        // Every list of pull requests tells all of them.
        atCurrentHead: preview => Promise.resolve(preview),
        failedHeads: () => Promise.resolve({ shas: new Set(), why: AUDIT }),
        study: (heads, studied) => study(kept, heads.map(checksOf), studied),
        // What decides about check runs is all read by the study.
        withGateRows: head => Promise.resolve(head),
        withSurroundings: head => Promise.resolve(head),
        pullsOn: async (sha) => (await openPulls()).pulls.filter(({ head }) => head === sha),
        surroundings: (head, pulls) => {
            cache.tips.clear();
            return (0,forge_needs/* withNeeds */.Y)(reads, { ...head, pulls, gaps: [] });
        },
        secondLook: before => lookAgain(kept, before),
        hasUmbrella: branch => (0,forge_needs/* hasUmbrella */.l9)(reads, branch),
        rowsSince: (sha, mark) => readStatuses(client, root, { sha, above: mark }),
        gateRows: sha => gateRows(repository, sha),
        requiredToMerge: branch => requiredCheckNames(repository, branch),
        rerunReach: (head, run) => rerunReach(kept, head, run),
        gate: gateReads(kept),
        rerunsNow: reruns => rerunsNow(kept.repository, reruns),
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
const COMMENTS = { keyed: pager/* byId */.$H, most: MOST_PAGES, limit: tracker_PAGE, once: true };
/** The tracking issue by GitHub's API. */
function githubTracker({ client, root }) {
    const pathOf = (number) => `${root}/issues/${number}/comments`;
    /** Pages from one on; cut off where they never end. */
    async function from(number, first, since) {
        const path = pathOf(number);
        const query = since === null ? {} : { since: (0,time/* formatInstant */.r4)(since) };
        const read = async (page, limit) => {
            const asked = { ...query, per_page: limit, page: first - 1 + page };
            const answer = await client.get(path, asked);
            const rows = (0,schema/* parseOne */.EZ)(schemas/* array */.YOg(WireComment), answer.body, `GET ${path}`).map(row => ({
                id: row.id,
                author: row.user?.login ?? null,
                body: row.body,
                createdAt: instantOf(row.created_at, 'a comment'),
            }));
            return { rows, unreadable: 0, total: null, more: hasNextPage(answer), at: answer.at };
        };
        const { rows, gap } = await (0,pager/* readPages */.n4)(read, COMMENTS);
        return { rows, whole: gap === null && (first === 1 || since !== null) };
    }
    return {
        issue: async (number) => {
            const path = `${root}/issues/${number}`;
            const { body, at } = await client.get(path);
            const row = (0,schema/* parseNumbered */.GQ)(WireIssue, body, `GET ${path}`, number);
            return {
                number,
                open: row.state === 'open',
                locked: row.locked,
                isPull: row.pull_request != null,
                createdAt: instantOf(row.created_at, 'an issue'),
                comments: row.comments,
                at,
            };
        },
        comments: ({ number, comments }, since) => {
            const pages = Math.max(1, Math.ceil(comments / tracker_PAGE));
            return from(number, since === null ? Math.max(1, pages - MOST_PAGES + 2) : 1, since);
        },
        self: async () => {
            try {
                const { body } = await askGraphql(client, VIEWER, {}, answer => answer);
                const { login } = (0,schema/* parseOne */.EZ)(NodeViewer, body, 'POST /graphql (viewer)').data.viewer;
                return { logins: [login], certain: true };
            }
            catch (error) {
                if (!(error instanceof port/* ForgeError */.Q) || !MAY_NOT_ASK.includes(error.code))
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
function serverOf({ headers }) {
    const version = headers['x-github-enterprise-version'];
    return {
        kind: 'github',
        version: typeof version === 'string' ? `Enterprise Server ${version}` : '(github.com)',
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
async function openGithub(options, exchangesTo) {
    const { place } = options;
    const client = openClient(options, exchangesTo);
    const root = `/repos/${place.repo}`;
    const probe = await client.get(root).catch((error) => {
        client.close();
        throw error;
    });
    const [owner = '', name = ''] = place.repo.split('/');
    const repository = {
        client,
        server: serverOf(probe),
        owner,
        name,
        root,
        contents: (0,workflows/* openContents */.h1)(),
        sweepFile: options.sweepFile,
        origins: new Map(),
    };
    const cache = (0,workflow_cache/* openCache */.bp)();
    const protection = {
        defaultBranch: () => defaultBranch(repository),
        requiredToMerge: (branch) => requiredCheckNames(repository, branch),
        hasQueue: async (branch) => (await protectionOf(repository, branch)).queue,
    };
    return {
        server: repository.server,
        defaultUmbrella: 'all-required',
        umbrellas: () => (0,umbrellas/* searchUmbrellas */.m)({ api: workflowSource(repository), cache, ...protection }),
        inspect: () => (0,umbrellas/* inspect */.N)(protection, branch => rawFiles(repository, branch)),
        tracker: githubTracker(repository),
        forgeFor: (policy, isNamed) => openGithubForge(repository, place, { policy, cache, isNamed }),
        commitsFor: policy => githubCommits({
            repository: { ...repository, policy },
            reads: { api: workflowSource(repository), policy, cache },
            isNamed: true,
            protection: new Map(),
        }, place),
        requests: () => client.requests(),
        close: () => {
            client.close();
        },
    };
}


/***/ })

};
