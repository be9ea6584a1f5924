// The files of the doctor's corpus with every change that is offered for them made, for all
// servers: what a checker of workflows must find nothing in.
import { examined, filesIn, SERVERS } from '../__tests__/tools/doctor/examined.js'

/** Each text once, with a name of its own. */
export async function changedWorkflows(): Promise<readonly { name: string; text: string }[]> {
  const texts = new Map<string, string>()
  for (const folder of ['public', 'faulty', 'odd', 'adverse'])
    for (const file of filesIn(folder))
      for (const server of SERVERS) {
        const { changed } = await examined([file], server)
        for (const { text } of changed)
          if (!texts.has(text))
            texts.set(text, `${folder}-${file.name.replace('.yml', '')}-${texts.size}`)
      }
  return [...texts].map(([text, name]) => ({ name, text }))
}
