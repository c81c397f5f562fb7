import type { getMe } from '../src/membership/me/schema'
import type { AnswerOf } from '../src/platform/http/endpoint'
import { isolated } from '../src/platform/input/isolated'
import type { Tone } from './ui/toast'

export type Me = AnswerOf<typeof getMe>

interface Told {
  sentence: string
  tone: Tone
}

/** What to tell somebody whose own standing changed through what another person did. */
export function standingChanges(before: Me, after: Me): Told[] {
  const notices: Told[] = []
  const tell = (sentence: string, tone: Tone) => notices.push({ sentence, tone })
  const [was, is] = [before.organization, after.organization]
  if (was && was.id !== is?.id) tell(ended(was, after), 'bad')
  if (is && is.id !== was?.id) tell(`You are now a member of ${isolated(is.name)}.`, 'good')
  if (before.waiting && !after.waiting && !is)
    tell(`You no longer wait for ${isolated(before.waiting.organizationName)}.`, 'neutral')
  if (was && is && was.id === is.id) {
    if (was.state !== is.state) tell(stateSentence(is), tones[is.state])
    if (was.mine && is.mine && was.mine.admin !== is.mine.admin) {
      if (is.mine.admin) tell('You now have admin privileges.', 'good')
      else tell('You no longer have admin privileges.', 'bad')
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

const tones: Record<NonNullable<Me['organization']>['state'], Tone> = {
  pending: 'neutral',
  changes_requested: 'neutral',
  accepted: 'good',
  suspended: 'bad',
  rejected: 'bad',
  dissolved: 'bad',
}

function stateSentence(organization: NonNullable<Me['organization']>) {
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
