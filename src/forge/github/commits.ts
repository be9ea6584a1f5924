import { z } from 'zod'
import type { CheckEvidence, Evidence, Pull } from '../../core/model/evidence.js'
import type { ClosedPull } from '../closed-pulls.js'
import { mergedIn } from '../closed-pulls.js'
import type { CommitReads } from '../commits.js'
import { NO_PULL } from '../commits.js'
import { withNeeds } from '../needs.js'
import type { Page } from '../pager.js'
import { asOfBase } from '../past-files.js'
import type { Head } from '../port.js'
import { EPOCH, noClock } from '../reading.js'
import { parseOne, parseNumbered } from '../schema.js'
import type { RepositoryAddress } from '../repository-address.js'
import { hasNextPage } from './client.js'
import { webRoot } from './command.js'
import { limited, readDetails } from './details.js'
import type { Repository } from './repository.js'
import { workflowSource } from './repository.js'
import { withMayFail, withSkippedFor } from './run-files.js'
import { instantOf } from './sightings.js'
import type { Details } from './sightings.js'
import type { SweepCache } from './study.js'
import { runsAsked, studyRoom, withRuns, withStatuses, withWholeSuites } from './study.js'
import { WireMerged } from './wire-merged.js'

const PAGE = 100

type Row = z.infer<typeof WireMerged>

const pullOf = ({ number, title, head, base }: Row): Pull => ({
  number,
  title,
  head: head.sha,
  base: base.ref,
  baseSha: base.sha,
  draft: false,
})

const toClosed = (row: Row): ClosedPull => ({
  number: row.number,
  updatedAt: instantOf(row.updated_at, 'a pull request'),
  merged:
    row.merged_at === null
      ? null
      : {
          ...pullOf(row),
          mergedAt: instantOf(row.merged_at, 'a pull request'),
          mergedBy: row.merged_by?.login ?? null,
        },
})

async function closedPage({ client, root }: Repository, page: number): Promise<Page<ClosedPull>> {
  const asked = { state: 'closed', sort: 'updated', direction: 'desc', per_page: PAGE, page }
  const answer = await client.get(`${root}/pulls`, asked)
  const rows = parseOne(z.array(WireMerged), answer.body, `GET ${root}/pulls`).map(toClosed)
  const more = hasNextPage(answer) || rows.length >= PAGE
  return { rows, unreadable: 0, total: null, more, at: answer.at }
}

async function onePull({ client, root }: Repository, number: number): Promise<Row> {
  const path = `${root}/pulls/${number}`
  return parseNumbered(WireMerged, (await client.get(path)).body, `GET ${path}`, number)
}

async function pullsAt({ client, root }: Repository, sha: string): Promise<readonly Pull[]> {
  const path = `${root}/commits/${sha}/pulls`
  const { body } = await client.get(path, { per_page: PAGE })
  const rows = parseOne(z.array(WireMerged), body, `GET ${path}`)
  return rows.filter(({ head }) => head.sha === sha).map(pullOf)
}

const WireRef = z.object({ object: z.object({ type: z.string(), sha: z.string() }) })

/** A tag may be an object of its own, which names the commit. */
async function commitOf(repository: Repository, name: string): Promise<string> {
  const { client, root } = repository
  if (!name.startsWith('refs/tags/')) return workflowSource(repository).commitOf(name)
  const ref = name.replace('refs/', '').split('/').map(encodeURIComponent).join('/')
  const read = async (path: string) =>
    parseOne(WireRef, (await client.get(path)).body, `GET ${path}`).object
  const found = await read(`${root}/git/ref/${ref}`)
  return found.type === 'tag' ? (await read(`${root}/git/tags/${found.sha}`)).sha : found.sha
}

/** A commit as its details show it. */
function seen(kept: SweepCache, { sha, pulls }: Head, details: Details): CheckEvidence {
  const { suites, checks, at, gaps } = details
  return {
    kind: 'checks',
    sha,
    pulls,
    traits: kept.repository.server.traits,
    runs: [],
    observedAt: at ?? EPOCH,
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
    gaps: [...gaps, ...(at === null ? [noClock('clock')] : [])],
  }
}

/** Without what pull requests ran on the same commit: those are judged by themselves. */
function ofPushes(head: CheckEvidence): CheckEvidence {
  const events = ['push', 'merge_group']
  const suites = head.suites.filter(({ run }) => run === null || events.includes(run.event))
  const known = new Set(suites.map(({ id }) => id))
  return { ...head, suites, checks: head.checks.filter(({ suite }) => known.has(suite)) }
}

/** A commit with all that a proof rests on; what merges require now is no matter of the past. */
async function studied(kept: SweepCache, head: Head, details: Details): Promise<Evidence> {
  const whole = await withWholeSuites(kept, seen(kept, head, details))
  const withJobs = await withRuns(kept, whole, runsAsked(kept, whole))
  const withRows = await withStatuses(kept, withJobs, details.hasStatus)
  const [pull] = head.pulls
  if (pull.number === NO_PULL) return ofPushes(withRows)
  const then = asOfBase(kept.reads, pull)
  const withFiles = await withMayFail(then, (await withNeeds(then, withRows)) as CheckEvidence)
  return withSkippedFor(then, withFiles)
}

async function study(kept: SweepCache, heads: readonly Head[]): Promise<readonly Evidence[]> {
  const { left, room } = studyRoom(kept.repository.client)
  if (room < heads.length) {
    const none = { suites: [], checks: [], gaps: [limited(left)], at: null, hasStatus: false }
    return heads.map(head => seen(kept, head, none))
  }
  const shas = heads.map(({ sha }) => sha)
  const details = await readDetails(kept.repository, shas)
  return Promise.all(
    heads.map(head => {
      const found = details.get(head.sha)
      if (found === undefined) throw new Error('every commit that is asked for has its details')
      return studied(kept, head, found)
    }),
  )
}

/** Commits of a GitHub repository, whoever stands on them. */
export function githubCommits(kept: SweepCache, { apiUrl, repo }: RepositoryAddress): CommitReads {
  const { repository } = kept
  const pages = `${webRoot(apiUrl)}/${repo}`
  return {
    server: repository.server,
    mergedSince: since => mergedIn(page => closedPage(repository, page), since),
    mergedBy: async number => (await onePull(repository, number)).merged_by?.login ?? null,
    pullsAt: sha => pullsAt(repository, sha),
    commitOf: name => commitOf(repository, name),
    study: heads => study(kept, heads),
    addressOf: (run, job) =>
      `${pages}/actions/runs/${run}${job === undefined ? '' : `/job/${job}`}`,
    addressOfPull: number => `${pages}/pull/${number}`,
    addressOfCommit: sha => `${pages}/commit/${sha}`,
  }
}
