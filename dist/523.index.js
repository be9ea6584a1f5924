export const id = 523;
export const ids = [523];
export const modules = {

/***/ 8523:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   umbrellaWork: () => (/* binding */ umbrellaWork),
/* harmony export */   writtenByUmbrella: () => (/* binding */ writtenByUmbrella)
/* harmony export */ });
/* harmony import */ var _classify_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6675);
/* harmony import */ var _needs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4136);


/**
 * What the umbrella's job does by the workflow files of one tree. Where no single job writes it, or
 * a file that may write it cannot be read, nobody knows what it does: that is other work.
 */
function umbrellaWork(files, question) {
    const other = (why) => ({ kind: 'other-work', why });
    const broken = files.find(file => file.kind === 'unreadable');
    if (broken !== undefined)
        return other(`${broken.path} cannot be read: ${broken.why}`);
    const [only, ...more] = (0,_needs_js__WEBPACK_IMPORTED_MODULE_1__/* .writersOf */ .kO)(files, question);
    if (only === undefined)
        return other(`no workflow file has a job that writes it`);
    const { workflow, job } = only;
    if (more.length > 0)
        return other(`more than one job writes it`);
    const work = (0,_classify_js__WEBPACK_IMPORTED_MODULE_0__/* .workOf */ .LT)(workflow, job);
    return work.kind === 'only-judges' ? work : other(`${job.id} in ${workflow.path}: ${work.why}`);
}
/**
 * Does a job write this context that answers for others? A job that works on what others built, or
 * that has a verdict of its own, needs them too: its failure must never be taken for a stale one.
 */
function writtenByUmbrella(files, question) {
    return (0,_needs_js__WEBPACK_IMPORTED_MODULE_1__/* .writersOf */ .kO)(files, question).some(({ workflow, job }) => (0,_classify_js__WEBPACK_IMPORTED_MODULE_0__/* .isUmbrellaLike */ .Am)(workflow, job));
}


/***/ })

};
