import type { AnswerOf } from '../src/http/endpoint'
import { isolated } from '../src/isolated'
import type { getMe } from '../src/sessions/schema'

export type Me = AnswerOf<typeof getMe>

/** What to tell somebody whose own standing changed through what another person did. */
export function noticesBetween(before: Me, after: Me): string[] {
  const notices: string[] = []
  const [was, is] = [before.organization, after.organization]
  if (was && was.id !== is?.id) notices.push(ended(was, after))
  if (is && is.id !== was?.id) notices.push(`You are now a member of ${isolated(is.name)}.`)
  if (before.waiting && !after.waiting && !is)
    notices.push(`You no longer wait for ${isolated(before.waiting.organizationName)}.`)
  if (was && is && was.id === is.id) {
    if (was.state !== is.state) notices.push(stateNotice(is))
    if (was.mine && is.mine && was.mine.admin !== is.mine.admin) {
      notices.push(is.mine.admin ? 'You now have admin privileges.' : 'You no longer have admin privileges.')
    }
  }
  return notices
}

function ended(was: NonNullable<Me['organization']>, after: Me) {
  const rejected = after.rejected.some((organization) => organization.id === was.id)
  return rejected
    ? `${isolated(was.name)} was rejected. You can read why, and hand it in again.`
    : `You are no longer a member of ${isolated(was.name)}.`
}

function stateNotice(organization: NonNullable<Me['organization']>) {
  const sentences = {
    pending: 'now waits for an operator',
    changes_requested: 'was returned to you: an operator asks for changes',
    accepted: 'is now accepted',
    suspended: 'is now suspended',
    rejected: 'was rejected',
    dissolved: 'was dissolved',
  }
  return `${isolated(organization.name)} ${sentences[organization.state]}.`
}
