import { Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { Callout } from '../ui/callout'
import { LinkButton } from '../ui/link'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { counted } from '../ui/person-name'
import { StateBadge } from '../ui/state-badge'
import { OrganizationFacts } from './facts'
import { IdentityChange } from './identity-change'
import { LeaveDialog } from './leave-dialog'
import { ServicesWantedList } from './services-wanted-list'
import { WithdrawRequestButton } from './withdraw-request-button'

const whatNext: Partial<Record<Organization['state'], { title: string; next: string }>> = {
  pending: {
    title: 'Waiting for an operator',
    next: 'An operator of this site looks at your request. You are told here when it is decided. Until then nobody can be invited.',
  },
  changes_requested: {
    title: 'An operator asks for changes',
    next: 'Correct the request and hand it in again. It is decided after that.',
  },
  suspended: {
    title: 'Nothing is passed on while it is suspended',
    next: 'Nobody can be invited, and the access through it has ended. Ask an operator when it will be reinstated.',
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
              {counted(organization.members, 'member')}, {organization.admins} with admin privileges
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
              Edit details
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
      {organization.stateReason && <Text className="prose">Reason: {organization.stateReason}</Text>}
      {organization.can.resubmit && (
        <LinkButton mt="sm" to="/organization/resubmit/$organizationId" params={{ organizationId: organization.id }}>
          Correct and resubmit
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

function ManageAssignment(props: { organization: Organization }) {
  const { organization } = props
  const [leaving, setLeaving] = useState(false)
  if (!organization.mine) return null
  return (
    <Section title="Manage assignment">
      <Group className="surface" justify="space-between" gap="md">
        <Text>
          You are {organization.mine.admin ? 'a member with admin privileges' : 'a member'} since{' '}
          <Moment at={organization.mine.since} as="day" />.
        </Text>
        <Button variant="default" onClick={() => setLeaving(true)}>
          Leave
        </Button>
      </Group>
      {leaving && <LeaveDialog organization={organization} onClose={() => setLeaving(false)} />}
    </Section>
  )
}
