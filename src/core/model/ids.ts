declare const row: unique symbol
declare const runKey: unique symbol
declare const runId: unique symbol
declare const jobKey: unique symbol
declare const jobId: unique symbol

/** A commit status as it was written. The order of ids is the order of writing on one commit. */
export type RowId = number & { readonly [row]: true }

/**
 * What a status calls the run that wrote it: the run's number in its repository or its id, by
 * server version (docs/forge-facts.md, 2.6). The highest of a group is its newest.
 */
export type RunKey = number & { readonly [runKey]: true }

/** What the API calls a run. */
export type RunId = number & { readonly [runId]: true }

/**
 * What a status calls the job that wrote it: its place in the run or its id, by server version
 * (docs/forge-facts.md, 2.6).
 */
export type JobKey = number & { readonly [jobKey]: true }

/** What the API calls a job. */
export type JobId = number & { readonly [jobId]: true }

// Numbers become ids at the edge only: where an answer, a link or a marker is read.
export const asRowId = (value: number): RowId => value as RowId
export const asRunKey = (value: number): RunKey => value as RunKey
export const asRunId = (value: number): RunId => value as RunId
export const asJobKey = (value: number): JobKey => value as JobKey
export const asJobId = (value: number): JobId => value as JobId
