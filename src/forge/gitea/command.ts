import type { Write } from '../../core/plan/remedy.js'
import type { RepositoryAddress } from '../repository-address.js'

/** A command for a POSIX shell; the token stays a variable, the one that `explain` reads. */
function shellCommand(url: string, body: object | null): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
  const json = " -H 'Content-Type: application/json' -d "
  const data = body === null ? '' : json + quote(JSON.stringify(body))
  return `curl -fsS -X POST -H "Authorization: token $UMBRELLA_REAPER_TOKEN"${data} ${quote(url)}`
}

/** The command by which a person could send exactly this write. */
export function commandOf({ apiUrl, repo }: RepositoryAddress, write: Write): string {
  const root = `${apiUrl}/repos/${repo}`
  switch (write.kind) {
    case 'status': {
      const { sha, context, state, description, targetUrl } = write.post
      const body = { context, state, description, target_url: targetUrl }
      return shellCommand(`${root}/statuses/${sha}`, body)
    }
    case 'rerun':
      return shellCommand(`${root}/actions/runs/${write.run}/jobs/${write.job}/rerun`, null)
  }
}
