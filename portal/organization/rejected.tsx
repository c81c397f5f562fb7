import { Group, Stack, Text, Title } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { Callout } from '../ui/callout'
import { LinkButton } from '../ui/link'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { StateBadge } from '../ui/state-badge'
import { OrganizationFacts } from './facts'
import { ServicesWantedList } from './services-wanted-list'

/** Requests that were not accepted stay readable, and can be corrected and handed in again. */
export function Rejected(props: { organizations: Organization[] }) {
  if (props.organizations.length === 0) return null
  return (
    <Section title="Your rejected requests">
      {props.organizations.map((organization) => (
        <Stack key={organization.id} className="surface" gap="md">
          <Group justify="space-between">
            <Title order={3}>{organization.name}</Title>
            <StateBadge state={organization.state} />
          </Group>
          <Callout title="Reason">
            <Text className="prose">{organization.stateReason ?? 'No reason was given.'}</Text>
            <Text c="dimmed" size="sm">
              Decided <Moment at={organization.stateSince} />
            </Text>
          </Callout>
          <details>
            <summary>What you handed in</summary>
            <Stack pt="md">
              <OrganizationFacts organization={organization} />
              <ServicesWantedList organization={organization} />
            </Stack>
          </details>
          {organization.can.resubmit && (
            <div>
              <LinkButton
                variant="default"
                to="/organization/resubmit/$organizationId"
                params={{ organizationId: organization.id }}
              >
                Resubmit
              </LinkButton>
            </div>
          )}
        </Stack>
      ))}
    </Section>
  )
}
