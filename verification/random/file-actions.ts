import type { Act } from './act.js'
import type { Chance } from './chance.js'
import type { FileSpec, JobSpec } from './files.js'
import type { World } from './world.js'

const EXTRA: JobSpec = { key: 'audit', name: 'Audit' }

/** The umbrella needs a job more, or one less. */
function otherNeeds(spec: FileSpec, chance: Chance): FileSpec {
  const { umbrella, jobs } = spec
  if (umbrella === null) return spec
  const needs = umbrella.needs ?? []
  if (chance.is(0.5) && needs.length > 1) {
    const gone = chance.of(needs)
    return {
      ...spec,
      jobs: chance.is(0.7) ? jobs.filter(({ key }) => key !== gone) : jobs,
      umbrella: { ...umbrella, needs: needs.filter(key => key !== gone) },
    }
  }
  if (umbrella.needs === null || needs.includes(EXTRA.key)) return spec
  return {
    ...spec,
    jobs: [...jobs.filter(({ key }) => key !== EXTRA.key), EXTRA],
    umbrella: { ...umbrella, needs: [...needs, EXTRA.key] },
  }
}

/** A second file of the same workflow name, which writes some of the same contexts. */
const twinOf = (spec: FileSpec, chance: Chance): FileSpec => ({
  ...spec,
  path: chance.of(['twin.yml', 'mac/ci.yml']),
  event: chance.is(0.8) ? 'pull_request' : 'pull_request_target',
  jobs: chance.is(0.6) ? spec.jobs : spec.jobs.slice(0, 1),
  umbrella: chance.is(0.4) && spec.umbrella?.kind !== 'own' ? spec.umbrella : null,
})

function wholeNeeds(spec: FileSpec): FileSpec {
  const { umbrella, jobs } = spec
  if (umbrella === null || umbrella.needs === null) return spec
  const there = jobs.map(({ key }) => key)
  return {
    ...spec,
    umbrella: { ...umbrella, needs: umbrella.needs.filter(key => there.includes(key)) },
  }
}

const edited = (world: World, sha: string, chance: Chance): FileSpec | null => {
  const file = world.files(sha).find(({ path }) => path === 'ci.yml')
  if (file === undefined) return null
  return chance.is(0.4) ? wholeNeeds(twinOf(file, chance)) : otherNeeds(file, chance)
}

export const editBase: Act = (world, chance) => {
  const branch = chance.is(0.7) ? 'main' : 'release'
  const spec = edited(world, world.state.branches[branch] ?? '', chance)
  if (spec === null) return null
  world.write(branch, [spec])
  const needs = (spec.umbrella?.needs ?? []).join('+')
  return `${branch}: ${spec.path} (${spec.event}) now needs ${needs}`
}

export const editHead: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  const spec = pull === null ? null : edited(world, world.forge.head(pull.number), chance)
  if (pull === null || spec === null) return null
  world.write(pull.branch, [spec])
  return `#${pull.number} changes ${spec.path}: needs ${(spec.umbrella?.needs ?? []).join('+')}`
}
