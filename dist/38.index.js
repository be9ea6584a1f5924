export const id = 38;
export const ids = [38];
export const modules = {

/***/ 2351:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DX: () => (/* binding */ NAMING),
/* harmony export */   GU: () => (/* binding */ rawFiles),
/* harmony export */   x: () => (/* binding */ workflowSource)
/* harmony export */ });
/* harmony import */ var _workflows_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3733);
/* harmony import */ var _schema_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4976);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1002);



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
    const { status, body } = await client.find(at, { ref });
    return status === 404 ? null : body;
};
/** The commit a branch stands on now. Throws `ForgeError`. */
async function commitOf({ client, root }, branch) {
    const path = `${root}/branches/${encodeURIComponent(branch)}`;
    const { body } = await client.get(path);
    return (0,_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .parseOne */ .EZ)(_wire_js__WEBPACK_IMPORTED_MODULE_2__/* .WireTip */ .Vq, body, `GET ${path}`).commit.sha;
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

/***/ 1002:
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
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9691);

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


/***/ }),

/***/ 38:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  diagnoseCheckout: () => (/* binding */ diagnoseCheckout),
  diagnoseRepository: () => (/* binding */ diagnoseRepository)
});

// EXTERNAL MODULE: ./src/core/plan/remedy.ts
var remedy = __webpack_require__(3935);
// EXTERNAL MODULE: ./src/forge/gitea/version.ts
var gitea_version = __webpack_require__(2222);
// EXTERNAL MODULE: ./src/forge/github/repository.ts
var repository = __webpack_require__(2351);
;// CONCATENATED MODULE: ./src/tools/doctor/server.ts


const FROM_1_26 = { actions: 'write', 'pull-requests': 'read', contents: 'write' };
const GITHUB = {
    name: 'github',
    folders: ['.github/workflows'],
    naming: repository/* NAMING */.DX,
    targetSharesContext: true,
    filesShareContext: true,
    onlyLiteralAlways: false,
    skippedIsEmpty: false,
    wildcardIsEmpty: false,
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
function forgejo(version) {
    const { major, minor, patch } = version;
    const fixedEleven = major === 11 && (minor > 0 || patch >= 10);
    return {
        folders: ['.forgejo/workflows', '.gitea/workflows', '.github/workflows'],
        targetSharesContext: !(0,gitea_version/* traitsOf */.JC)(version).targetSuffix,
        filesShareContext: true,
        onlyLiteralAlways: major < 8,
        skippedIsEmpty: major < 10,
        // Said of the runner of Gitea alone.
        wildcardIsEmpty: false,
        patternCountsFirst: major < 14 && !fixedEleven,
        rerunsUmbrella: false,
        permissions: { kind: major >= 16 ? 'ignored-with-warning' : 'ignored' },
    };
}
function gitea(version) {
    const before = (major, minor, patch = 0) => !(0,gitea_version/* atLeast */.jZ)(version, major, minor, patch);
    return {
        folders: ['.gitea/workflows', '.github/workflows'],
        targetSharesContext: !(0,gitea_version/* traitsOf */.JC)(version).targetSuffix,
        filesShareContext: before(1, 27),
        onlyLiteralAlways: before(1, 23),
        skippedIsEmpty: before(1, 23),
        wildcardIsEmpty: true,
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
function serverOf(text) {
    if (text === 'github')
        return GITHUB;
    const version = (0,gitea_version/* readVersion */.$4)(text);
    return {
        ...(version.kind === 'forgejo' ? forgejo(version) : gitea(version)),
        name: `${version.kind} ${version.text.replace(/\+gitea-.*$/, '')}`,
        naming: (0,gitea_version/* namingOf */.aI)(version),
        note: (0,gitea_version/* isUnknown */.t8)(version)
            ? 'newer than any version known here: read in the strictest way'
            : null,
    };
}
const GITEA_NEWEST = ['gitea-1.27', 1, 27];
const FORGEJO_NEWEST = ['forgejo-16', 16, 0];
/** The newest release of this kind that is known here; `null` where this one is not older. */
function newestOf({ name }) {
    const [kind, text = ''] = name.split(' ');
    if (kind === 'github')
        return null;
    const [newest, major, minor] = kind === 'forgejo' ? FORGEJO_NEWEST : GITEA_NEWEST;
    return (0,gitea_version/* atLeast */.jZ)((0,gitea_version/* readVersion */.$4)(text), major, minor, 0) ? null : readServer(newest);
}
/**
 * What `--server` gives: `gitea-1.22`, `forgejo-15`, `github`; `null` for anything else. A version
 * without its last part is its first release.
 */
function readServer(text) {
    if (text === 'github')
        return GITHUB;
    const match = /^(gitea|forgejo)-(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?$/.exec(text);
    if (match === null)
        return null;
    const [, kind, major = '0', minor = '0', patch = '0'] = match;
    const version = `${major}.${minor}.${patch}`;
    return serverOf(kind === 'forgejo' ? `${version}+gitea-1.22.0` : version);
}

// EXTERNAL MODULE: ./src/workflow/fields.ts
var fields = __webpack_require__(6168);
// EXTERNAL MODULE: ./src/workflow/parse.ts + 1 modules
var parse = __webpack_require__(2783);
;// CONCATENATED MODULE: ./src/tools/doctor/file.ts


/** Reads a file for its diagnosis; what cannot be read is said, and nothing is found in it. */
async function readSource(path, bytes) {
    if (bytes.includes(0))
        return { kind: 'unreadable', path, why: 'it holds a NUL' };
    const read = await (0,parse/* readYaml */.gM)(path, bytes);
    if (read.kind === 'unreadable')
        return read;
    const { value, text, lineOf } = read;
    // Here a file that runs nothing is a mistake.
    if (!(0,fields/* isFields */.Ce)(value))
        return { kind: 'unreadable', path, why: 'it is no workflow' };
    const workflow = (0,parse/* workflowOf */.B4)(path, value);
    if (workflow.kind === 'unreadable')
        return workflow;
    const lines = text.replace(/\n$/, '').split('\n');
    return { kind: 'source', workflow, path, lines, value, lineOf };
}
const fieldsOf = (value) => ((0,fields/* isFields */.Ce)(value) ? value : {});
/** A scalar as text; `''` for anything else. */
const wordOf = (value) => (0,fields/* wordOf */.aG)(value) ?? '';
/** A job as the file has it. */
const jobFields = ({ value }, id) => fieldsOf(fieldsOf(value['jobs'])[id]);
/** The steps of a job, as the file has them. */
function stepsOf(source, id) {
    const steps = jobFields(source, id)['steps'];
    return Array.isArray(steps) ? steps.map(fieldsOf) : [];
}
/** The key of the events, which YAML 1.1 reads as `true`, and what stands there. */
function eventsOf({ value }) {
    const key = value['on'] === undefined ? 'true' : 'on';
    return [key, fieldsOf(value[key])];
}
/** The line at a number, with its indent. */
const lineAt = ({ lines }, at) => lines[at - 1] ?? '';
const indentOf = (line) => line.length - line.trimStart().length;
/** The lines of a block, from its key to the next thing that is not indented below it. */
function blockOf(source, path) {
    const first = source.lineOf(path);
    if (first === null)
        return null;
    const indent = indentOf(lineAt(source, first));
    let last = first;
    for (let at = first + 1; at <= source.lines.length; at += 1) {
        const line = lineAt(source, at);
        if (line.trim() !== '' && indentOf(line) <= indent)
            break;
        if (line.trim() !== '')
            last = at;
    }
    return [first, last];
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
;// CONCATENATED MODULE: ./src/tools/doctor/rule.ts


/** The findings of a rule, in the order in which it found them. */
const findingsOf = (rule, target) => rule.on?.(target.server) === false
    ? []
    : rule.find(target).map(({ file, line, what, fix = null, advice = null }) => ({
        code: rule.code,
        severity: rule.severity,
        file,
        line,
        what,
        fix,
        advice: fix === null ? advice : null,
    }));
/** A rule that looks at each umbrella by itself. */
const eachUmbrella = (check) => target => target.umbrellas.flatMap(umbrella => check(umbrella, target) ?? []);
/** A rule that looks at each file; `before`: those that were looked at already. */
const eachSource = (check) => ({ sources }) => sources.flatMap((source, at) => check(source, sources.slice(0, at)) ?? []);
/** Where something stands in a file. */
const placeOf = (source, path) => ({
    file: source.path,
    line: source.lineOf(path),
});
/** Events by which a pull request's commit gets statuses that count for it. */
const OF_PULLS = ['pull_request', 'pull_request_target', 'push', 'merge_group'];
/** The contexts a job writes for pull requests; `null` where only a run tells. */
function contextsOf({ naming }, { workflow }, job) {
    const names = (0,contexts/* namesOf */.e)(job, naming);
    if (names.kind === 'unresolvable')
        return null;
    const events = workflow.events.filter(event => OF_PULLS.includes(event));
    const suffixes = naming.eventSuffix ? events.map(event => ` (${event})`) : [''];
    return suffixes.flatMap(suffix => names.names.map(name => `${naming.prefix(workflow)}${name}${suffix}`));
}
/** Names that people give to umbrellas. */
const LIKE_ONE = new RegExp(`^(?:${[
    'all[-_ ]?(?:required|green|good|checks|jobs|tests|passed|ok)?',
    'required|umbrella|success',
    '(?:merge[-_ ]?)?gate',
    'ci[-_ ]?(?:ok|passed|success|status)',
].join('|')})$`, 'i');
/**
 * The umbrellas among these jobs: with `needs`, and required; where nobody knows what is required,
 * or what a job is called, with a condition that lets it run always or a name that says so.
 */
function umbrellasAmong(server, sources, required) {
    return sources.flatMap(source => source.workflow.jobs.flatMap((job) => {
        const contexts = contextsOf(server, source, job);
        const isRequired = contexts?.some(one => required?.includes(one));
        // Where only a run tells its name, nobody can say that it is not the one required.
        const mayBe = required === null || contexts === null;
        const looks = LIKE_ONE.test(job.id) || LIKE_ONE.test(job.name ?? '');
        const condition = wordOf(jobFields(source, job.id)['if']);
        const always = job.runsAlways || /\bfailure\(\)/.test(condition);
        const isOne = isRequired === true || (mayBe && (always || looks));
        return job.needs.length > 0 && (isOne || (looks && always)) ? [{ source, job }] : [];
    }));
}
/** Text as a value of YAML, in quotes where it could be read as anything else. */
const scalar = (text) => /^[A-Za-z][\w./()-]*(?: [\w./()-]+)+$/.test(text) ? text : JSON.stringify(text);
/** A line as the first below a key; `null` where nothing is indented below it, as in flow style. */
function below(source, at, added) {
    const indent = indentOf(lineAt(source, at + 1));
    if (indent <= indentOf(lineAt(source, at)) || lineAt(source, at + 1).trim() === '')
        return null;
    return [{ at: at + 1, removed: 0, added: [`${' '.repeat(indent)}${added}`] }];
}
/** One line with a part of it replaced; `null` where there is no such line, or no such part. */
function edited(source, at, part, put) {
    if (at === null)
        return null;
    const line = lineAt(source, at);
    const added = line.replace(part, typeof put === 'string' ? () => put : put);
    return added === line ? null : [{ at, removed: 1, added: [added] }];
}

// EXTERNAL MODULE: ./src/core/model/context.ts
var model_context = __webpack_require__(9318);
;// CONCATENATED MODULE: ./src/tools/doctor/sweep-rules.ts



const PROTECTION = { file: 'branch protection', line: null };
/** Jobs that run this action. */
const sweepsOf = (source) => source.workflow.jobs
    .map(({ id }) => id)
    .filter(id => stepsOf(source, id).some(({ uses }) => /umbrella-reaper(?:\/|@|$)/.test(wordOf(uses))));
/** Every context that some job writes; `null` where that is not known of all of them. */
function written({ server, sources, whole }) {
    const all = sources.flatMap(source => source.workflow.jobs.map(job => contextsOf(server, source, job)));
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
/** A block with these permissions, and those that it had beside them. */
function permitted(source, path, wanted) {
    const [first, last] = blockOf(source, path) ?? [1, 1];
    const indent = ' '.repeat(indentOf(lineAt(source, first)));
    const lines = Object.entries(wanted).map(([right, level]) => `${indent}  ${right}: ${level}`);
    return [{ at: first, removed: last - first + 1, added: [`${indent}permissions:`, ...lines] }];
}
const LEVELS = ['none', 'read', 'write'];
const isLess = (given, needed) => LEVELS.indexOf(given ?? 'none') < LEVELS.indexOf(needed);
/** The block that counts for a job: its own, else that of its workflow; `null`: all rights. */
function permissionsOf(source, id) {
    const own = jobFields(source, id)['permissions'];
    const value = own === undefined ? source.value['permissions'] : own;
    if (value === undefined || value === 'write-all')
        return null;
    const given = Object.entries(fieldsOf(value)).map(([right, level]) => [right, wordOf(level)]);
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
                fix: permitted(source, path, { ...given, ...Object.fromEntries(short) }),
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
            const all = written(target);
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
            const [key, { schedule }] = eventsOf(source);
            return (Array.isArray(schedule) ? schedule : []).flatMap((entry, at) => {
                const cron = wordOf(fieldsOf(entry)['cron']);
                const minutes = everyMinutes(cron);
                if (minutes === null || minutes >= 5)
                    return [];
                const place = placeOf(source, [key, 'schedule', at, 'cron']);
                const often = minutes === 1 ? 'minute' : `${minutes} minutes`;
                return [
                    {
                        ...place,
                        what: `"${cron}" sweeps every ${often}: each asks for every open pull request`,
                        fix: edited(source, place.line, cron, cron.replace(/^\S+/, '*/10')),
                        advice: 'every ten minutes is enough',
                    },
                ];
            });
        }),
    },
    {
        code: 'missing-permission',
        severity: 'error',
        title: 'The sweep may not do here what it is for',
        source: 'docs/forge-facts.md, 5',
        find: target => {
            const { permissions } = target.server;
            return permissions.kind === 'counts' ? lacking(target, permissions.needed) : [];
        },
    },
    {
        code: 'permission-ahead',
        severity: 'note',
        title: 'From Gitea 1.26 on the sweep may not do what it is for',
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
            return owners.flatMap((owner) => {
                const block = blockOf(source, [...owner, 'permissions']);
                if (block === null)
                    return [];
                const [first, last] = block;
                return [
                    {
                        file: source.path,
                        line: first,
                        what: 'this block has no effect here, and every run warns about it',
                        fix: [{ at: first, removed: last - first + 1, added: [] }],
                    },
                ];
            });
        }),
    },
];

;// CONCATENATED MODULE: ./src/tools/doctor/matrix-rule.ts


/** More than one leg, or as many as only a run can tell. */
function isMatrix({ server }, job) {
    if (job.matrix.kind === 'none')
        return false;
    const names = (0,contexts/* namesOf */.e)(job, server.naming);
    return names.kind === 'unresolvable' || names.names.length > 1;
}
/** Does a merge wait for every leg by itself, so that none can hide behind another? */
function isRequiredWhole({ server, required }, { source }, job) {
    const contexts = contextsOf(server, source, job);
    if (required === null || contexts === null || contexts.length === 0)
        return false;
    // Not by a pattern: these servers count the first context that it matches, and no other.
    return contexts.every(context => required.includes(context));
}
/** A job of many legs is one result for whoever needs it: there, that of the last leg. */
const MATRIX_LAST_LEG = {
    code: 'matrix-last-leg',
    severity: 'error',
    title: 'Of a matrix the umbrella sees the last leg only',
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



/** A part of an umbrella's job, or the job where the file does not have that part. */
function partOf({ source, job }, ...part) {
    const place = placeOf(source, ['jobs', job.id, ...part]);
    return place.line === null ? placeOf(source, ['jobs', job.id]) : place;
}
const conditionOf = ({ source, job }) => {
    const value = jobFields(source, job.id)['if'];
    return value === undefined || value === null ? null : wordOf(value).trim();
};
/** Is it `always()`, bare or in an expression? */
const isAlways = (condition) => /^(?:\$\{\{\s*)?always\(\)(?:\s*\}\})?$/.test(condition);
/** The condition that skips an umbrella, with the one to write in its place. */
const conditioned = (umbrella, what) => ({
    ...partOf(umbrella, 'if'),
    what,
    fix: asAlways(umbrella),
    advice: 'write "if: always()" there',
});
/** The `if:` of a job as `always()`, where it stands on one line. */
const asAlways = ({ source, job }) => edited(source, source.lineOf(['jobs', job.id, 'if']), /^(\s*)(?!.*:\s*[|>])if:\s*\S.*$/, (_, indent = '') => `${indent}if: always()`);
const ALL_RESULTS = /needs\.\*\.result/;
const WILDCARD = /contains\(\s*needs\.\*\.result\s*,\s*'(\w+)'\s*\)/g;
/** A line that asks for `needs.*.result`, spelled out as far as it can be. */
function spelledOut({ source, job }, at) {
    const line = lineAt(source, at).replace(WILDCARD, (_, word) => {
        const each = job.needs.map(need => `needs.${need}.result == '${word}'`);
        return `(${each.join(' || ')})`;
    });
    return {
        file: source.path,
        line: at,
        what: `${job.id} reads needs.*.result, which is empty on the runner of Gitea: it is ` +
            'green over red jobs',
        fix: ALL_RESULTS.test(line) ? null : [{ at, removed: 1, added: [line] }],
        advice: 'read needs.<job>.result one by one',
    };
}
/** Scripts and actions that ask for statuses over and over. */
const POLLS = new RegExp([
    '/commits/\\S+/(?:status|check-runs)|/statuses/',
    '\\bgh (?:pr checks|run (?:list|watch))',
    'merge-gatekeeper|wait-on-check|wait-for-status',
].join('|'));
/** What is wrong with the umbrella's own job. */
const UMBRELLA_RULES = [
    {
        code: 'no-condition',
        severity: 'error',
        title: 'The umbrella is skipped when a job it needs fails',
        source: 'docs/forge-facts.md, 3',
        find: eachUmbrella(umbrella => {
            if (conditionOf(umbrella) !== null)
                return null;
            const place = partOf(umbrella);
            return {
                ...place,
                what: `${umbrella.job.id} has no "if: always()": a failed need skips it, and a skip may ` +
                    'read success',
                fix: below(umbrella.source, place.line ?? 1, 'if: always()'),
                advice: 'write "if: always()" there',
            };
        }),
    },
    {
        code: 'not-literally-always',
        severity: 'error',
        title: 'Any condition but always() skips the umbrella on this server',
        source: 'docs/forge-facts.md, 3',
        on: server => server.onlyLiteralAlways,
        find: eachUmbrella(umbrella => {
            const condition = conditionOf(umbrella);
            if (condition === null || isAlways(condition))
                return null;
            return conditioned(umbrella, `${umbrella.job.id} runs if "${condition}": this server skips it when a need fails, ` +
                'and writes success');
        }),
    },
    {
        code: 'skipped-on-failure',
        severity: 'error',
        title: 'The condition of the umbrella lets it be skipped',
        source: 'docs/forge-facts.md, 3',
        on: server => !server.onlyLiteralAlways,
        find: eachUmbrella(umbrella => {
            const condition = conditionOf(umbrella);
            if (condition === null)
                return null;
            if (umbrella.job.runsAlways && !/\bsuccess\(\)/.test(condition))
                return null;
            return conditioned(umbrella, `${umbrella.job.id} runs if "${condition}": without always() or !cancelled() it is ` +
                'skipped, and a skip satisfies a merge');
        }),
    },
    {
        code: 'wildcard-result',
        severity: 'error',
        title: 'contains(needs.*.result, …) is always false on this runner',
        source: 'docs/forge-facts.md, 0',
        on: server => server.wildcardIsEmpty,
        find: eachUmbrella(umbrella => {
            const { source, job } = umbrella;
            const [first, last] = blockOf(source, ['jobs', job.id]) ?? [1, 1];
            return source.lines
                .map((text, index) => ({ text, at: index + 1 }))
                .filter(({ at }) => at >= first && at <= last)
                .filter(({ text }) => ALL_RESULTS.test(text) && !/^\s*#/.test(text))
                .map(({ at }) => spelledOut(umbrella, at));
        }),
    },
    {
        code: 'empty-result',
        severity: 'warning',
        title: 'A job that the server skips has an empty result',
        source: 'docs/forge-facts.md, 3',
        on: server => server.skippedIsEmpty,
        find: eachUmbrella(umbrella => {
            const { source, job } = umbrella;
            const text = textsBelow(jobFields(source, job.id)).join('\n');
            const asksRed = /(?:==|=)\s*["']?(?:failure|cancelled)\b/.test(text);
            const asksGreen = /\bsuccess\b/.test(text);
            if (!asksRed || asksGreen || ALL_RESULTS.test(text))
                return null;
            return {
                ...partOf(umbrella, 'steps'),
                what: `${job.id} looks for failure, and takes the empty result of a job that this server ` +
                    'skipped for good',
                advice: 'ask that each result is success',
            };
        }),
    },
    MATRIX_LAST_LEG,
    {
        code: 'needs-itself',
        severity: 'error',
        title: 'The umbrella waits for itself',
        source: 'the file itself',
        find: eachSource(source => source.workflow.jobs
            .filter(({ id, needs }) => needs.includes(id))
            .map(({ id, needs }) => {
            const place = placeOf(source, ['jobs', id, 'needs']);
            const others = needs.filter(need => need !== id);
            const onOneLine = /needs:\s*\[/.test(lineAt(source, place.line ?? 0));
            return {
                ...place,
                what: `${id} is in its own needs: it never starts`,
                fix: onOneLine && others.length > 0
                    ? edited(source, place.line, /\[[^\]]*\]/, `[${others.join(', ')}]`)
                    : null,
                advice: `take ${id} out of its needs`,
            };
        })),
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
            const named = contextsOf(server, source, job)?.find(context => text.includes(context));
            if (named === undefined)
                return null;
            return {
                ...partOf(umbrella, 'steps'),
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
            const at = stepsOf(source, job.id).findIndex(({ run, uses }) => POLLS.test([run, uses].map(wordOf).join('\n')));
            if (at === -1)
                return null;
            return {
                ...placeOf(source, ['jobs', job.id, 'steps', at]),
                what: `${job.id} polls statuses: it starts before they end, holds a runner, and reads ` +
                    `other runs' rows`,
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
            advice: `let ${id} need the jobs themselves, or set rerun-dependents: true if it may run ` +
                'twice',
        }))),
    },
];

;// CONCATENATED MODULE: ./src/tools/doctor/workflow-rules.ts


const PULLS = ['pull_request', 'pull_request_target'];
const nameOf = ({ id, name }) => name ?? id;
/** Activities that start a run on a commit which has one already. */
const SAME_COMMIT = ['labeled', 'unlabeled', 'edited', 'assigned', 'unassigned', 'review_requested'];
/** The activities of an event by which a workflow runs. */
function typesOf(source, event) {
    const { types } = fieldsOf(eventsOf(source)[1][event]);
    return Array.isArray(types) ? types.map(String) : typeof types === 'string' ? [types] : [];
}
/** A file without its folders and its ending. */
const baseNameOf = ({ path }) => (path.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '');
/** What a file of both events of a pull request, or one beside it of the other, writes twice. */
function sharedByEvents(source, before) {
    const { events, name } = source.workflow;
    const place = placeOf(source, [eventsOf(source)[0]]);
    const areBoth = (all) => PULLS.every(event => all.includes(event));
    if (areBoth(events)) {
        // Only where the events are a list on one line.
        const list = /^(?=.*\[)(.*?)(?:,\s*pull_request_target|pull_request_target\s*,\s*)/;
        return {
            ...place,
            what: 'both events write "(pull_request)" here: two runs race for every status',
            fix: edited(source, place.line, list, (_, start = '') => start),
            advice: 'keep one of the two events',
        };
    }
    const twin = before.find(({ workflow }) => workflow.name === name && areBoth([...workflow.events, ...events]));
    if (twin === undefined)
        return null;
    return {
        ...place,
        what: `${twin.path} runs on the other of pull_request and pull_request_target ` +
            'under the same name: both write "(pull_request)"',
        advice: 'give one of them a name: of its own',
    };
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
            const names = jobs.map(nameOf);
            const twin = before.find(({ workflow }) => workflow.name === name &&
                workflow.events.some(event => events.includes(event)) &&
                workflow.jobs.some(job => names.includes(nameOf(job))));
            if (twin === undefined)
                return null;
            const place = placeOf(source, ['name']);
            const named = `name: ${scalar(`${name} ${baseNameOf(source)}`)}`;
            return {
                ...place,
                what: `${twin.path} has the same name and a job of the same name: whoever ends last writes ` +
                    'the one status of both',
                fix: edited(source, place.line, /^.*$/, named),
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
            if (!events.some(event => PULLS.includes(event)))
                return null;
            return jobs.flatMap((job, index) => {
                const twin = jobs.slice(0, index).find(other => nameOf(other) === nameOf(job));
                if (twin === undefined)
                    return [];
                const at = source.lineOf(['jobs', job.id, 'name']);
                const named = `name: ${scalar(`${nameOf(job)} ${job.id}`)}`;
                return [
                    {
                        file: source.path,
                        line: at ?? source.lineOf(['jobs', job.id]),
                        what: `${job.id} has the name of ${twin.id}: both write one status, and the last one ` +
                            'stands',
                        fix: edited(source, at, /^(\s*).*$/, (_, indent = '') => indent + named),
                        advice: `give ${twin.id} another name`,
                    },
                ];
            });
        }),
    },
    {
        code: 'nameless-umbrella',
        severity: 'note',
        title: 'The umbrella has no name of its own',
        source: 'docs/forge-facts.md, 2',
        find: eachUmbrella(({ source, job }) => {
            if (job.name !== null)
                return null;
            const line = source.lineOf(['jobs', job.id]) ?? 1;
            return {
                file: source.path,
                line,
                what: `the key ${job.id} is what is required: who renames it blocks every merge`,
                fix: below(source, line, `name: ${job.id}`),
                advice: `give it a name: ${job.id}`,
            };
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
        find: ({ umbrellas }) => [...new Set(umbrellas.map(({ source }) => source))].flatMap(source => PULLS.flatMap((event) => {
            const types = typesOf(source, event);
            const again = types.filter(type => SAME_COMMIT.includes(type));
            if (again.length === 0)
                return [];
            const place = placeOf(source, [eventsOf(source)[0], event, 'types']);
            const kept = types.filter(type => !again.includes(type)).join(', ');
            const list = /^(.*types:\s*)\[[^\]]*\]/;
            return [
                {
                    ...place,
                    what: `${again.join(', ')} starts a run on a commit that has one: the older one may ` +
                        'write last',
                    fix: kept === ''
                        ? null
                        : edited(source, place.line, list, (_, key = '') => `${key}[${kept}]`),
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
        find: eachUmbrella(({ source, job }) => {
            const cancels = ({ concurrency }) => !['', 'false'].includes(wordOf(fieldsOf(concurrency)['cancel-in-progress']));
            const owners = [
                ...(cancels(source.value) ? [[]] : []),
                ...job.needs.filter(id => cancels(jobFields(source, id))).map(id => ['jobs', id]),
            ];
            return owners.map(owner => {
                const place = placeOf(source, [...owner, 'concurrency', 'cancel-in-progress']);
                return {
                    ...place,
                    what: `a run that is cancelled leaves ${job.id} red over cancelled jobs; if the next run ` +
                        'is of the same commit, the red may stand',
                    fix: edited(source, place.line, /^(\s*)cancel-in-progress:.*/, (_, indent = '') => `${indent}cancel-in-progress: false`),
                    advice: 'set cancel-in-progress: false',
                };
            });
        }),
    },
];

;// CONCATENATED MODULE: ./src/tools/doctor/diagnose.ts





/** Every rule that is asked, in the order in which findings are told. */
const RULES = [...UMBRELLA_RULES, ...WORKFLOW_RULES, ...SWEEP_RULES];
/** A file that cannot be read is a finding of its own: what it hides is not known. */
const UNREADABLE = {
    code: 'unreadable-file',
    title: 'A workflow file cannot be read',
    source: 'the file itself',
};
/** Which findings are gone on the newest known version; `null` where that changes nothing. */
function upgradeOf(question, findings) {
    const to = newestOf(question.server);
    if (to === null)
        return null;
    const there = new Set(diagnose({ ...question, server: to }).findings.map(({ code }) => code));
    const cures = [...new Set(findings.map(({ code }) => code))].filter(code => !there.has(code));
    return cures.length === 0 ? null : { to: to.name, cures };
}
/** Asks every rule. Total: a file that cannot be read is a finding and never an exception. */
function diagnose({ server, files, required }) {
    const sources = files.filter(file => file.kind === 'source');
    const broken = files.filter(file => file.kind === 'unreadable');
    const umbrellas = umbrellasAmong(server, sources, required);
    const target = { server, sources, required, umbrellas, whole: broken.length === 0 };
    const unreadable = broken.map(({ path, why }) => ({
        code: UNREADABLE.code,
        severity: 'error',
        file: path,
        line: null,
        what: `${why}: what it writes is not known`,
        fix: null,
        advice: 'mend or remove it',
    }));
    return {
        target,
        findings: [...unreadable, ...RULES.flatMap(rule => findingsOf(rule, target))],
    };
}

// EXTERNAL MODULE: ./src/sweep/report/text.ts
var report_text = __webpack_require__(6844);
;// CONCATENATED MODULE: ./src/tools/doctor/finding.ts
/** How bad it is: an error makes umbrellas lie or merges wait for nothing. */
const SEVERITIES = ['error', 'warning', 'note'];
/** Lines around a change, so that a tool finds its place. */
const AROUND = 2;
/** A fix as a unified diff, which `git apply` takes. */
function diffOf(file, lines, edits) {
    const hunks = [];
    let moved = 0;
    for (const { at, removed, added } of [...edits].sort((a, b) => a.at - b.at)) {
        const from = Math.max(1, at - AROUND);
        const until = Math.min(lines.length, at - 1 + removed + AROUND);
        const shown = (first, last) => lines.slice(first - 1, last).map(line => ` ${line}`);
        const before = shown(from, at - 1);
        const after = shown(at + removed, until);
        const gone = lines.slice(at - 1, at - 1 + removed).map(line => `-${line}`);
        const old = before.length + removed + after.length;
        const now = before.length + added.length + after.length;
        hunks.push(`@@ -${from},${old} +${from + moved},${now} @@`, ...[...before, ...gone, ...added.map(line => `+${line}`), ...after]);
        moved += added.length - removed;
    }
    return [`--- a/${file}`, `+++ b/${file}`, ...hunks].join('\n');
}

;// CONCATENATED MODULE: ./src/tools/doctor/render.ts





const explained = new Map([...RULES, UNREADABLE].map(({ code, title, source }) => [code, { title, source }]));
/**
 * What an umbrella stands for, of the event that it answers for itself; `null` unless it is known
 * of every job it needs: with part of a list red jobs would count for nothing.
 */
function neededBy(server, { source, job }, umbrella) {
    const jobs = source.workflow.jobs.filter(({ id }) => job.needs.includes(id));
    if (jobs.length !== new Set(job.needs).size)
        return null;
    const event = server.naming.eventSuffix ? (/ \(\w+\)$/.exec(umbrella)?.[0] ?? '') : '';
    const contexts = [];
    for (const need of jobs) {
        const own = contextsOf(server, source, need)?.filter(context => context.endsWith(event)) ?? [];
        if (own.length === 0)
            return null;
        contexts.push(...own);
    }
    return contexts.length === 0 ? null : contexts;
}
/** The inputs that suit what was found: the umbrella, and what it stands for. */
function inputsOf({ target }) {
    const { server, umbrellas, required } = target;
    for (const { source, job } of umbrellas) {
        const own = contextsOf(server, source, job) ?? [];
        const one = own.length === 1 ? own[0] : own.find(context => required?.includes(context));
        if (one === undefined)
            continue;
        const contexts = neededBy(server, { source, job }, one);
        // Only where the file does not tell it to the sweep itself.
        return contexts === null || job.runsAlways
            ? { 'umbrella-context': one }
            : { 'umbrella-context': one, 'required-contexts': contexts.join('\n') };
    }
    return {};
}
/** A diagnosis as it is printed, by either form. */
function doctorReport(diagnosis, { place, token, upgrade }) {
    const { target, findings } = diagnosis;
    const lines = new Map(target.sources.map(source => [source.path, source.lines]));
    const count = (severity) => findings.filter(finding => finding.severity === severity).length;
    return {
        schema: 'umbrella-reaper/doctor/1',
        server: target.server.name,
        note: target.server.note,
        place,
        files: target.sources.map(({ path }) => path),
        findings: findings.map(({ fix, ...finding }) => ({
            ...finding,
            ...(explained.get(finding.code) ?? { title: finding.code, source: '' }),
            diff: fix === null ? null : diffOf(finding.file, lines.get(finding.file) ?? [], fix),
        })),
        counts: { error: count('error'), warning: count('warning'), note: count('note') },
        inputs: inputsOf(diagnosis),
        token,
        upgrade,
    };
}
/** A finding in the words of the log. Names and lines come from files: they are escaped. */
function linesOf(finding) {
    const { severity, code, file, line, title, what, source, advice, diff } = finding;
    return [
        `${severity} ${code}: ${title}`,
        `  ${(0,report_text/* plain */.pj)(file)}${line === null ? '' : `:${line}`}`,
        `  ${(0,report_text/* plain */.pj)(what, 600)}`,
        `  why: ${source}`,
        ...(advice === null ? [] : [`  do: ${(0,report_text/* plain */.pj)(advice, 600)}`]),
        ...(diff === null ? [] : diff.split('\n').map(text => `  ${(0,report_text/* plain */.pj)(text, 500)}`)),
        '',
    ];
}
/** What no finding means: only where something was looked at, health. */
function healthOf({ files, inputs }) {
    if (files.length === 0)
        return 'no workflow file was found: nothing was looked at';
    return Object.keys(inputs).length === 0
        ? 'nothing was found, and no umbrella to look into'
        : 'nothing here makes an umbrella lie';
}
/** The whole diagnosis, for people. */
function doctorLines(diagnosis) {
    const { server, note, place, files, findings, counts, inputs, token, upgrade } = diagnosis;
    const sums = SEVERITIES.map(severity => (0,report_text/* plural */.LS)(counts[severity], severity)).join(', ');
    return [
        `${(0,report_text/* plain */.pj)(server)}, ${(0,report_text/* plain */.pj)(place)}: ${(0,report_text/* plural */.LS)(files.length, 'workflow file')}`,
        ...(note === null ? [] : [(0,report_text/* plain */.pj)(note)]),
        '',
        ...findings.flatMap(linesOf),
        findings.length > 0 ? sums : healthOf(diagnosis),
        ...(upgrade === null ? [] : [`${upgrade.to} would cure: ${upgrade.cures.join(', ')}`]),
        ...(Object.keys(inputs).length === 0
            ? ['', 'no umbrella was found: name it in umbrella-context']
            : ['', 'inputs to use:']),
        ...Object.entries(inputs).flatMap(([name, value]) => value.includes('\n')
            ? [`  ${name}: |`, ...value.split('\n').map(line => `    ${(0,report_text/* plain */.pj)(line)}`)]
            : [`  ${name}: ${(0,report_text/* plain */.pj)(value)}`]),
        ...(token.length === 0
            ? []
            : ['', 'the token:', ...token.map(line => `  ${(0,report_text/* plain */.pj)(line, 500)}`)]),
    ];
}

// EXTERNAL MODULE: ./src/sweep/report/plan.ts
var plan = __webpack_require__(3444);
;// CONCATENATED MODULE: ./src/tools/doctor/command.ts







/** A file that cannot be read is a finding, not an absence. */
const sourceOf = async ({ path, bytes }) => bytes === null
    ? { kind: 'unreadable', path, why: 'it cannot be opened' }
    : readSource(path, bytes);
/** Prints the diagnosis; one with errors ends red. Nothing of this can write anything. */
async function tell(runner, json, seen) {
    const { server, required, about } = seen;
    const files = await Promise.all(seen.files.map(sourceOf));
    const question = { server, files, required };
    const found = diagnose(question);
    const upgrade = upgradeOf(question, found.findings);
    const diagnosis = doctorReport(found, { ...about, upgrade });
    for (const line of json ? (0,report_text/* jsonLines */.i7)(diagnosis) : doctorLines(diagnosis))
        runner.print(line);
    for (const { severity, code, title, what, file, line } of diagnosis.findings)
        if (severity !== 'note')
            runner.annotate({
                level: severity,
                title: `${code}: ${title}`,
                text: (0,report_text/* plain */.pj)(what, 500),
                ...(line === null ? {} : { file: (0,report_text/* plain */.pj)(file), line }),
            });
    const { error } = diagnosis.counts;
    if (error > 0)
        runner.fail(`doctor: what makes umbrellas lie here: ${(0,report_text/* plural */.LS)(error, 'error')}`);
}
/** Diagnoses a checkout, whose branch protection nobody knows. */
async function diagnoseCheckout(runner, { path, server: name, json }) {
    const server = readServer(name);
    if (server === null) {
        runner.fail(`server: given "${(0,report_text/* plain */.pj)(name)}"; allowed: gitea-1.22, forgejo-15, github, or another version`);
        return;
    }
    const found = server.folders
        .map(folder => ({ folder, files: runner.files(path, folder) }))
        .find(({ files }) => files !== null);
    if (found?.files == null) {
        runner.fail(`doctor: "${(0,report_text/* plain */.pj)(path)}" has none of ${server.folders.join(', ')}`);
        return;
    }
    const about = { place: path, token: [] };
    await tell(runner, json, { server, files: found.files, required: null, about });
}
/** Diagnoses a repository by its server's API. */
async function diagnoseRepository(runner, opened, { repo, json }) {
    const { kind, version, grade, gradeLimit } = opened.server;
    const { branch, files, required } = await opened.inspect();
    const token = [
        (0,plan/* planLine */.o)((0,remedy/* planOf */.XC)(opened.server, 'auto')),
        `evidence: ${grade}${gradeLimit === null ? '' : ` (${gradeLimit})`}`,
        required === null
            ? 'what a merge requires could not be read: the umbrella is guessed by its job'
            : `it may read what a merge into ${branch} requires`,
    ];
    await tell(runner, json, {
        server: serverOf(kind === 'github' ? 'github' : version),
        files,
        required: required?.length === 0 ? null : required,
        about: { place: `${repo}, ${branch}`, token },
    });
}


/***/ })

};
