import type { Runner } from '../runner.js'
import { withoutUserinfo } from '../shown/secrets.js'

/**
 * A runner through which no secret leaves, whoever put it into a text: what is printed, what the
 * outputs, the summary and the report hold. Only the mask is told the token itself.
 */
export function hidden(runner: Runner, hide: (text: string) => string): Runner {
  const clean = (text: string): string => withoutUserinfo(hide(text))
  return {
    ...runner,
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
