import { workOf } from '../../src/workflow/classify.js'
import { NEEDS, readUmbrella, script, steps, withEnv } from './umbrella-jobs.js'

/** What `test` ended with. */
export const RESULT = '${{ needs.test.result }}'

const RESULTS = `  R: ${RESULT}\n  L: \${{ needs.lint.result }}\n`

/** A script with a result in `$R` and another in `$L`. */
export const ofResults = (run: string): string => script(run, `env:\n${RESULTS}`)

/** The same with an output of a job in `$C` besides. */
export const withOutput = (run: string): string =>
  script(run, `env:\n${RESULTS}  C: \${{ needs.changes.outputs.go }}\n`).replace(
    '[lint, test]',
    '[lint, test, changes]',
  )

/** A script with `toJSON(needs)` in `$NEEDS`, in which there are no outputs. */
export const ofNeeds = (run: string): string => withEnv(NEEDS, run)

/** The same with outputs in it. */
export const ofNeedsWithOutputs = (run: string): string =>
  ofNeeds(run).replace('[lint, test]', '[lint, test, changes]')

/** A script that sh runs. */
export const inSh = (run: string): string =>
  steps(`- shell: sh\n  run: |\n${run.replaceAll(/^/gm, '    ')}`)

/** What an umbrella judges by, or why it is other work. */
export async function saidOf(body: string, others?: string, path?: string): Promise<string> {
  const work = workOf(...(await readUmbrella(body, others, path)))
  return work.kind === 'only-judges' ? `judges by ${work.by}` : work.why
}
