import {
  type Abilities,
  acceptOrganization,
  dissolveOrganization,
  reinstateOrganization,
  rejectOrganization,
  requestChanges,
  suspendOrganization,
} from '../../../src/membership/organizations/schema'
import { t } from '../../../src/platform/messages/t'
import type { Tone } from '../../ui/toast'

export interface OrganizationDecision {
  ability: keyof Abilities
  label: string
  title: (organization: string) => string
  /** What it means for the people affected. */
  effect: string
  done: (organization: string) => string
  /** Whether the organization's tokens end with it. */
  endsTokens?: true
  /** Whether the dialog warns. */
  danger?: true
  /** Of the toast. */
  tone?: Tone
  /** All but accepting take a reason. */
  endpoint: typeof acceptOrganization | typeof rejectOrganization | typeof dissolveOrganization
}

export const decisions: OrganizationDecision[] = [
  {
    ability: 'accept',
    label: t('Accept'),
    title: (organization) => t('Accept {organization}?', { organization }),
    effect: t('The organization can then invite people and pass its roles on to members.'),
    done: (organization) => t('{organization} accepted.', { organization }),
    endpoint: acceptOrganization,
  },
  {
    ability: 'requestChanges',
    label: t('Request changes'),
    title: (organization) => t('Request changes to {organization}?', { organization }),
    effect: t('Admins see your reason, and can correct and resubmit the request.'),
    done: (organization) => t('Changes to {organization} requested.', { organization }),
    tone: 'neutral',
    endpoint: requestChanges,
  },
  {
    ability: 'reject',
    label: t('Reject'),
    title: (organization) => t('Reject {organization}?', { organization }),
    effect: t(
      'All memberships end and the name becomes available again. The requester sees your reason and can resubmit the request.',
    ),
    done: (organization) => t('{organization} rejected.', { organization }),
    danger: true,
    tone: 'bad',
    endpoint: rejectOrganization,
  },
  {
    ability: 'suspend',
    label: t('Suspend'),
    title: (organization) => t('Suspend {organization}?', { organization }),
    effect: t(
      'All members lose access through the organization immediately, until it is reinstated. Members see your reason.',
    ),
    done: (organization) => t('{organization} suspended.', { organization }),
    endsTokens: true,
    danger: true,
    tone: 'neutral',
    endpoint: suspendOrganization,
  },
  {
    ability: 'reinstate',
    label: t('Reinstate'),
    title: (organization) => t('Reinstate {organization}?', { organization }),
    effect: t('Members regain access through the organization immediately.'),
    done: (organization) => t('{organization} reinstated.', { organization }),
    endpoint: reinstateOrganization,
  },
  {
    ability: 'dissolve',
    label: t('Dissolve'),
    title: (organization) => t('Dissolve {organization}?', { organization }),
    effect: t(
      'The organization ends permanently, with all its memberships, the tokens that members made under them, and pending invitations. This can’t be undone.',
    ),
    done: (organization) => t('{organization} dissolved.', { organization }),
    endsTokens: true,
    danger: true,
    tone: 'neutral',
    endpoint: dissolveOrganization,
  },
]
