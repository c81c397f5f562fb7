import { Stack, Text, Title } from '@mantine/core'
import type { InheritedRoles, previewInvitation } from '../../src/membership/invitations/schema'
import type { AnswerOf } from '../../src/platform/http/endpoint'
import { formatCountry } from '../../src/platform/messages/intl'
import { Moment } from '../ui/moment'
import { personName } from '../ui/person-name'
import classes from './invitation-preview.module.css'

/** What accepting would do, before it is done. */
export function InvitationPreview(props: { preview: AnswerOf<typeof previewInvitation> }) {
  const { organization, inviter, grantsAdmin, needsApproval, expiresAt, roles } = props.preview
  return (
    <Stack gap={6} className={classes.preview} aria-live="polite">
      <Title order={3}>{organization.name}</Title>
      <Text c="dimmed">
        {formatCountry(organization.country)} · invited by {personName(inviter)} · valid until{' '}
        <Moment at={expiresAt} as="exact" />
      </Text>
      {organization.description && (
        <Text className="prose" lineClamp={4}>
          {organization.description}
        </Text>
      )}
      <ul className={classes.effects}>
        <li>
          {needsApproval
            ? 'An admin of the organization has to approve you before you are a member.'
            : 'You become a member at once.'}
        </li>
        <li>
          {grantsAdmin
            ? 'You will have admin privileges: you may invite and remove people.'
            : 'You will be a member without admin privileges.'}
        </li>
        <li>
          You will hold the same access and quota roles as its other members{roles.length > 0 ? ':' : '.'}
          {roles.length > 0 && <Roles roles={roles} />}
        </li>
      </ul>
    </Stack>
  )
}

function Roles(props: { roles: InheritedRoles[] }) {
  return (
    <ul className={classes.effects} aria-label="Roles to be inherited">
      {props.roles.map(({ service, usable, access, quota }) => (
        <li key={service.key}>
          {service.name}: {[access, quota].flatMap((role) => role?.name ?? []).join(' · ')}
          {!usable && (
            <Text span c="dimmed">{` (not usable without ${access ? 'a quota role' : 'an access role'})`}</Text>
          )}
        </li>
      ))}
    </ul>
  )
}
