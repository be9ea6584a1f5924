import type { Runner } from '../runner.js'
import { hidingAll } from '../shown/secrets.js'

/** A runner that hides what it was told to hide. */
export interface HiddenRunner extends Runner {
  /** The same runner, hiding these secrets too. */
  readonly hidingToo: (secrets: readonly string[]) => Runner
}

/**
 * A runner through which no secret leaves, whoever put it into a text: what is printed, what the
 * outputs, the summary and the report hold. Only the mask is told the token itself.
 */
export function hidden(runner: Runner, secrets: readonly string[]): HiddenRunner {
  const clean = hidingAll(secrets)
  return {
    ...runner,
    hidingToo: more => hidden(runner, [...secrets, ...more]),
    info: line => runner.info(clean(line)),
    warning: line => runner.warning(clean(line)),
    annotate: annotation => {
      const { title, text, file } = annotation
      const place = file === undefined ? {} : { file: clean(file) }
      runner.annotate({ ...annotation, ...place, title: clean(title), text: clean(text) })
    },
    group: (title, lines, foldable) => runner.group(clean(title), lines.map(clean), foldable),
    output: (name, value) => runner.output(name, clean(value)),
    summary: markdown => runner.summary(clean(markdown)),
    report: (json, path) => runner.report(clean(json), path),
    print: line => runner.print(clean(line)),
    printRaw: text => runner.printRaw(clean(text)),
    fail: message => runner.fail(clean(message)),
  }
}
