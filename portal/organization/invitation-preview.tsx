import { Stack, Text, Title } from '@mantine/core'
import type { InheritedRoles, previewInvitation } from '../../src/membership/invitations/schema'
import type { AnswerOf } from '../../src/platform/http/endpoint'
import { personName } from '../../src/platform/input/names'
import { formatCountry } from '../../src/platform/messages/intl'
import { message, t } from '../../src/platform/messages/t'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import classes from './invitation-preview.module.css'

/** What accepting the invitation will do. */
export function InvitationPreview(props: { preview: AnswerOf<typeof previewInvitation> }) {
  const { organization, inviter, grantsAdmin, needsApproval, removedAt, expiresAt, roles } = props.preview
  return (
    <Stack gap={6} className={classes.preview} aria-live="polite">
      <Title order={3}>{organization.name}</Title>
      <Text c="dimmed">
        <Message
          text="{country} · invited by {person} · valid until {date}"
          values={{
            country: formatCountry(organization.country),
            person: personName(inviter),
            date: <Moment at={expiresAt} as="exact" />,
          }}
        />
      </Text>
      {organization.description && (
        <Text className="prose" lineClamp={4}>
          {organization.description}
        </Text>
      )}
      <ul className={classes.effects}>
        <li>
          {removedAt ? (
            <Message
              text="You were removed from this organization on {date}, so an admin has to approve you before you become a member again."
              values={{ date: <Moment at={removedAt} as="day" /> }}
            />
          ) : needsApproval ? (
            t('An admin has to approve you before you become a member.')
          ) : (
            t('You become a member immediately.')
          )}
        </li>
        <li>
          {grantsAdmin
            ? t('You get admin privileges: you can invite and remove people.')
            : t('You join without admin privileges.')}
        </li>
        <li>
          {roles.length > 0
            ? t('You get the same access and quota roles as the other members:')
            : t('You get the same access and quota roles as the other members.')}
          {roles.length > 0 && <Roles roles={roles} />}
        </li>
      </ul>
    </Stack>
  )
}

const usableRoles = message('{service}: {roles}')
const withoutQuota = message('{service}: {roles} <dim>(not usable without a quota role)</dim>')
const withoutAccess = message('{service}: {roles} <dim>(not usable without an access role)</dim>')

function Roles(props: { roles: InheritedRoles[] }) {
  return (
    <ul className={classes.effects} aria-label={t('Roles you’ll get')}>
      {props.roles.map(({ service, usable, access, quota }) => (
        <li key={service.key}>
          <Message
            text={usable ? usableRoles : access ? withoutQuota : withoutAccess}
            values={{
              service: service.name,
              roles: [access, quota].flatMap((role) => role?.name ?? []).join(' · '),
              dim: <Text span c="dimmed" />,
            }}
          />
        </li>
      ))}
    </ul>
  )
}
