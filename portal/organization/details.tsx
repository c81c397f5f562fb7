import { Box, Group, Stack, Text, Title } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { formatMessage } from '../../src/platform/messages/format-message'
import { message, t } from '../../src/platform/messages/t'
import { Callout } from '../ui/callout'
import { DialogButton } from '../ui/dialog-button'
import { LinkButton } from '../ui/link'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { StateBadge } from '../ui/state-badge'
import { OrganizationFacts } from './facts'
import { IdentityChange } from './identity-change'
import { LeaveDialog } from './leave-dialog'
import { ServicesWantedList } from './services-wanted-list'
import { WithdrawRequestButton } from './withdraw-request-button'

const whatNext: Partial<Record<Organization['state'], { title: string; next: string }>> = {
  pending: {
    title: t('Waiting for review'),
    next: t(
      'Your request is under review. We’ll notify you here when it is decided. You can invite people once it is accepted.',
    ),
  },
  changes_requested: {
    title: t('An operator requested changes'),
    next: t('Correct your request and resubmit it. An operator will review it again.'),
  },
  suspended: {
    title: t('This organization is suspended'),
    next: t(
      'You can’t invite people, and all access through this organization has ended. Ask an operator when it will be reinstated.',
    ),
  },
}

export function OrganizationDetailsSection(props: { organization: Organization }) {
  const { organization } = props
  return (
    <>
      <Stack className="surface" gap="lg">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2}>
            <Title order={2} fz="1.6rem">
              {organization.name}
            </Title>
            <Text c="dimmed">
              {formatMessage(
                '{members, plural, one {# member} other {# members}}, {admins, plural, one {# admin} other {# admins}}',
                { members: organization.members, admins: organization.admins },
              )}
            </Text>
          </Stack>
          <StateBadge state={organization.state} />
        </Group>
        <StateNotice organization={organization} />
        <IdentityChange organization={organization} />
        <OrganizationFacts organization={organization} />
        <ServicesWantedList organization={organization} />
        {organization.can.editDetails && (
          <div>
            <LinkButton variant="default" to="/organization/edit">
              {t('Edit details')}
            </LinkButton>
          </div>
        )}
      </Stack>
      <ManageAssignment organization={organization} />
    </>
  )
}

function StateNotice(props: { organization: Organization }) {
  const { organization } = props
  const what = whatNext[organization.state]
  if (!what) return null
  return (
    <Callout title={what.title}>
      <Text>{what.next}</Text>
      {organization.stateReason && (
        <Text className="prose">{t('Reason: {reason}', { reason: organization.stateReason })}</Text>
      )}
      {organization.can.resubmit && (
        <LinkButton mt="sm" to="/organization/resubmit/$organizationId" params={{ organizationId: organization.id }}>
          {t('Correct and resubmit')}
        </LinkButton>
      )}
      {organization.state === 'pending' && (
        <Box mt="sm">
          <WithdrawRequestButton organization={organization} />
        </Box>
      )}
    </Callout>
  )
}

const memberSince = message('You have been a member since {date}.')
const adminSince = message('You have been a member since {date}, and you have admin privileges.')

function ManageAssignment(props: { organization: Organization }) {
  const { organization } = props
  if (!organization.mine) return null
  return (
    <Section title={t('Manage assignment')}>
      <Group className="surface" justify="space-between" gap="md">
        <Text>
          <Message
            text={organization.mine.admin ? adminSince : memberSince}
            values={{ date: <Moment at={organization.mine.since} as="day" /> }}
          />
        </Text>
        <DialogButton dialog={(onClose) => <LeaveDialog organization={organization} onClose={onClose} />}>
          {t('Leave')}
        </DialogButton>
      </Group>
    </Section>
  )
}
