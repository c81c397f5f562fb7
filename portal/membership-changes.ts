import { isolated } from '../src/platform/input/isolated'
import { fill, message, t } from '../src/platform/messages/t'
import type { Me } from './session'
import type { Tone } from './ui/toast'

interface Notice {
  sentence: string
  tone: Tone
}

/** What to tell you when someone else changed your own membership, privileges or organization. */
export function membershipChanges(before: Me, after: Me): Notice[] {
  const notices: Notice[] = []
  const tell = (sentence: string, tone: Tone) => notices.push({ sentence, tone })
  const [was, is] = [before.organization, after.organization]
  if (was && was.id !== is?.id) tell(ended(was, after), 'bad')
  if (is && is.id !== was?.id)
    tell(t('You are now a member of {organization}.', { organization: isolated(is.name) }), 'good')
  if (before.waiting && !after.waiting && !is)
    tell(
      t('You are no longer waiting to join {organization}.', {
        organization: isolated(before.waiting.organizationName),
      }),
      'neutral',
    )
  if (was && is && was.id === is.id) {
    if (was.state !== is.state) tell(stateSentence(is), tones[is.state])
    if (was.mine && is.mine && was.mine.admin !== is.mine.admin) {
      if (is.mine.admin) tell(t('You now have admin privileges.'), 'good')
      else tell(t('You no longer have admin privileges.'), 'bad')
    }
  }
  return notices
}

function ended(was: NonNullable<Me['organization']>, after: Me) {
  const rejected = after.rejected.some(({ id }) => id === was.id)
  const organization = isolated(was.name)
  return rejected
    ? t('{organization} was rejected. You can read the reason and resubmit the request.', { organization })
    : t('You are no longer a member of {organization}.', { organization })
}

const tones: Record<NonNullable<Me['organization']>['state'], Tone> = {
  pending: 'neutral',
  changes_requested: 'neutral',
  accepted: 'good',
  suspended: 'bad',
  rejected: 'bad',
  dissolved: 'bad',
}

const stateSentence = ({ name, state }: NonNullable<Me['organization']>) =>
  fill(stateSentences[state], { organization: isolated(name) })

const stateSentences = {
  pending: message('{organization} is now waiting for review.'),
  changes_requested: message('An operator requested changes to {organization}.'),
  accepted: message('{organization} is now accepted.'),
  suspended: message('{organization} is now suspended.'),
  rejected: message('{organization} was rejected.'),
  dissolved: message('{organization} was dissolved.'),
}
