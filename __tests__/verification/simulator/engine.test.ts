import { describe, expect, it } from '@jest/globals'
import { createForge } from '../../../verification/simulator/index.js'
import { CI, latest, opened, UMBRELLA } from './workflows.js'

describe('jobs write rows as the server does', () => {
  it('an older run ending last writes its states over the newer run', () => {
    const forge = createForge('gitea-1.22.6')
    const { sha, runs } = opened(forge, CI, {})
    const [older, newer] = runs
    if (older === undefined || newer === undefined) throw new Error('1.22.6 starts two runs')
    forge.runAll(older, { 'Platform (Go)': 'failure', 'all-required': 'never' })
    forge.runAll(newer)
    expect(latest(forge, sha, UMBRELLA).state).toBe('success')
    const umbrella = forge.job(older, 'all-required')
    forge.pick(umbrella)
    forge.complete(umbrella, 'failure')
    expect(latest(forge, sha, UMBRELLA)).toMatchObject({
      state: 'failure',
      targetUrl: '/acme/app/actions/runs/1/jobs/2',
    })
    expect(latest(forge, sha, 'CI / Platform (Go) (pull_request)').state).toBe('failure')
    expect(newer.index).toBe(2)
  })

  it('the emitter posts what it read, even if a re-run started in between', () => {
    const forge = createForge('gitea-1.22.6')
    const { sha, run } = opened(forge)
    forge.runAll(run, { 'all-required': 'failure' })
    const snapshot = forge.readForEmission(run)
    forge.rerun(forge.job(run, 'all-required'))
    expect(latest(forge, sha, UMBRELLA).state).toBe('pending')
    forge.postSnapshot(snapshot)
    expect(latest(forge, sha, UMBRELLA)).toMatchObject({ state: 'failure' })
  })

  it('a re-run of one job resets its dependents and leaves the others', () => {
    const forge = createForge('gitea-1.26.4')
    const { run } = opened(forge)
    forge.runAll(run, { 'Platform (Go)': 'failure' })
    forge.rerun(forge.job(run, 'Platform (Go)'))
    expect(forge.jobs(run).map(job => job.status)).toEqual(['waiting', 'success', 'blocked'])
    forge.runAll(run)
    expect(forge.jobs(run).map(job => [job.status, job.picks])).toEqual([
      ['success', 2],
      ['success', 1],
      ['success', 2],
    ])
  })

  it('1.27 inserts new rows for every job of a re-run', () => {
    const forge = createForge('gitea-1.27.0')
    const { run } = opened(forge)
    forge.runAll(run, { 'all-required': 'failure' })
    const before = forge.job(run, 'all-required').id
    forge.rerun(before)
    expect(forge.jobs(run).map(job => [job.id, job.attempt, job.status])).toEqual([
      [4, 2, 'success'],
      [5, 2, 'success'],
      [6, 2, 'waiting'],
    ])
    expect(forge.job(run, 'all-required').id).not.toBe(before)
  })

  it('a re-run waits for the whole run from 1.25 on, for its job alone before', () => {
    const [early, late] = [createForge('gitea-1.24.7'), createForge('gitea-1.25.5')]
    for (const forge of [early, late]) {
      const { run } = opened(forge)
      const job = forge.job(run, 'Lint')
      forge.pick(job)
      forge.complete(job, 'failure')
      if (forge === early) expect(forge.rerun(job).status).toBe('waiting')
      else expect(() => forge.rerun(job)).toThrow('this workflow run is not done')
    }
  })

  it(
    'a cancel posts at once for waiting jobs, and with the next report for ' + 'the running one',
    () => {
      const forge = createForge('gitea-1.22.6')
      const { sha, run } = opened(forge)
      const job = forge.job(run, 'Lint')
      forge.pick(job)
      forge.cancel(run)
      expect(latest(forge, sha, UMBRELLA)).toMatchObject({
        state: 'failure',
        description: 'Has been cancelled',
      })
      expect(latest(forge, sha, 'CI / Lint (pull_request)').state).toBe('pending')
      forge.heartbeat(job)
      expect(latest(forge, sha, 'CI / Lint (pull_request)')).toMatchObject({
        state: 'failure',
        description: 'Has been cancelled',
      })
    },
  )

  it.each([
    ['gitea-1.25.5', []],
    ['gitea-1.26.0', [1]],
  ] as const)('%s: zombie clean-up leaves these emissions due: %j', (name, due) => {
    const forge = createForge(name)
    const { run } = opened(forge)
    forge.pick(forge.job(run, 'Lint'))
    forge.endZombie(forge.job(run, 'Lint'))
    expect(forge.state.emissions).toEqual(due)
  })

  it('abandoned jobs are cancelled without an emission, so the umbrella stays blocked', () => {
    const forge = createForge('gitea-1.23.8')
    const { sha, run } = opened(forge)
    forge.abandon(forge.job(run, 'Lint'))
    expect(forge.state.emissions).toEqual([])
    expect(latest(forge, sha, UMBRELLA).description).toBe('Blocked by required conditions')
  })

  it('a run of a fork waits for approval, all its rows pending', () => {
    const forge = createForge('gitea-1.26.4')
    forge.push({ branch: 'fork', workflow: CI })
    const number = forge.openPull({ branch: 'fork', fork: true })
    const [run] = forge.runs(forge.head(number))
    if (run === undefined) throw new Error('no run')
    forge.emit(run)
    expect(forge.jobs(run).every(job => job.status === 'blocked')).toBe(true)
    forge.approve(run)
    expect(forge.jobs(run).map(job => job.status)).toEqual(['waiting', 'waiting', 'blocked'])
  })

  it('a phantom row names a job its run does not have, and only 1.26 writes one', () => {
    const forge = createForge('gitea-1.26.4')
    const { sha, run } = opened(forge)
    forge.runAll(run)
    forge.push({ branch: 'other', workflow: CI.replace('Lint', 'Foreign') })
    const [other] = forge.runs(forge.head(forge.openPull({ branch: 'other' })))
    if (other === undefined) throw new Error('no run')
    forge.postPhantom(run, forge.job(other, 'Foreign'))
    expect(latest(forge, sha, 'CI / Foreign (pull_request)')).toMatchObject({
      state: 'pending',
      targetUrl: '/acme/app/actions/runs/1/jobs/5',
    })
    expect(() => {
      createForge('gitea-1.27.0').postPhantom(1, 1)
    }).toThrow()
  })

  it('after a failed need 1.22 runs a job only for a literal always()', () => {
    const workflow = CI.replace('if: always()', 'if: "!cancelled()"')
    const statuses = (['gitea-1.22.6', 'gitea-1.23.8'] as const).map(name => {
      const forge = createForge(name)
      const { run, sha } = opened(forge, workflow)
      for (const job of ['Platform (Go)', 'Lint']) {
        forge.pick(forge.job(run, job))
        forge.complete(forge.job(run, job), 'failure')
      }
      return [forge.job(run, 'all-required').status, latest(forge, sha, UMBRELLA).state]
    })
    expect(statuses).toEqual([
      ['skipped', 'success'],
      ['waiting', 'pending'],
    ])
  })

  it('on 1.22 a need the server skipped reads as nothing', () => {
    const workflow = CI.replace('lint: {', 'lint: { needs: go,')
    const seen = (['gitea-1.22.6', 'gitea-1.23.8'] as const).map(name => {
      const forge = createForge(name)
      const { run } = opened(forge, workflow)
      forge.pick(forge.job(run, 'Platform (Go)'))
      forge.complete(forge.job(run, 'Platform (Go)'), 'failure')
      return forge.needs(forge.job(run, 'all-required'))
    })
    expect(seen).toEqual([
      { go: 'failure', lint: '' },
      { go: 'failure', lint: 'skipped' },
    ])
  })

  it('two workflow files of one name and job write one context, from 1.27 on two rows', () => {
    const counts = (['gitea-1.26.4', 'gitea-1.27.0'] as const).map(name => {
      const forge = createForge(name)
      forge.push({
        branch: 'topic',
        files: { '.gitea/workflows/a.yml': CI, '.gitea/workflows/b.yml': CI },
      })
      return forge.latest(forge.head(forge.openPull({ branch: 'topic' }))).length
    })
    expect(counts).toEqual([3, 6])
  })

  it(
    '1.27: a post stands beside the Actions row, is adopted by the next one, and the old ' +
      'failure is never superseded',
    () => {
      const forge = createForge('gitea-1.27.0')
      const { sha, run, number } = opened(forge)
      forge.protect('main', [UMBRELLA])
      forge.runAll(run, { 'all-required': 'failure' })
      forge.post(sha, { context: UMBRELLA, state: 'success' })
      expect(forge.gate(number)).toEqual({ state: 'failure', mergeable: false })
      forge.rerun(forge.job(run, 'all-required'))
      forge.runAll(run)
      expect(
        forge
          .latest(sha)
          .filter(row => row.context === UMBRELLA)
          .map(row => row.state),
      ).toEqual(['failure', 'success'])
      expect(forge.gate(number).mergeable).toBe(false)
    },
  )

  it('a heartbeat floods only where a workflow has no name and equal rows are not found', () => {
    const counts = (['gitea-1.24.7', 'gitea-1.25.5', 'forgejo-11'] as const).map(name => {
      const forge = createForge(name)
      const { run, sha } = opened(forge, CI.replace('name: CI', ''))
      forge.pick(forge.job(run, 'Lint'))
      const before = forge.history(sha).length
      for (let beat = 0; beat < 3; beat++) forge.heartbeat(forge.job(run, 'Lint'))
      return forge.history(sha).length - before
    })
    expect(counts).toEqual([3, 0, 0])
  })

  it('a forge can be cloned and the clone goes its own way', () => {
    const forge = createForge('gitea-1.26.4')
    const { run, sha } = opened(forge)
    const other = forge.clone()
    other.runAll(run)
    expect(other.history(sha).length).toBeGreaterThan(forge.history(sha).length)
    expect(forge.job(run, 'Lint').status).toBe('waiting')
  })
})
