import { isolated } from '../src/platform/input/isolated'
import { fill, message, t } from '../src/platform/messages/t'
import type { Me, MyOrganization } from './session'
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
    const { sentence, tone } = states[is.state]
    if (was.state !== is.state) tell(fill(sentence, { organization: isolated(is.name) }), tone)
    if (was.mine && is.mine && was.mine.admin !== is.mine.admin) {
      if (is.mine.admin) tell(t('You now have admin privileges.'), 'good')
      else tell(t('You no longer have admin privileges.'), 'bad')
    }
  }
  return notices
}

function ended(was: MyOrganization, after: Me) {
  const rejected = after.rejected.some(({ id }) => id === was.id)
  const organization = isolated(was.name)
  return rejected
    ? t('{organization} was rejected. You can read the reason and resubmit the request.', { organization })
    : t('You are no longer a member of {organization}.', { organization })
}

const states: Record<MyOrganization['state'], Notice> = {
  pending: { sentence: message('{organization} is now waiting for review.'), tone: 'neutral' },
  changes_requested: { sentence: message('An operator requested changes to {organization}.'), tone: 'neutral' },
  accepted: { sentence: message('{organization} is now accepted.'), tone: 'good' },
  suspended: { sentence: message('{organization} is now suspended.'), tone: 'bad' },
  rejected: { sentence: message('{organization} was rejected.'), tone: 'bad' },
  dissolved: { sentence: message('{organization} was dissolved.'), tone: 'bad' },
}
