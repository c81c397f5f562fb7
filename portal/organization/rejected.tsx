import { Group, Stack, Text, Title } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { Callout } from '../ui/callout'
import { Detail } from '../ui/detail'
import { LinkButton } from '../ui/link'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { StateBadge } from '../ui/state-badge'
import { OrganizationFacts } from './facts'
import { ServicesWantedList } from './services-wanted-list'

/** Rejected requests stay readable, and can be corrected and resubmitted. */
export function Rejected(props: { organizations: Organization[] }) {
  if (props.organizations.length === 0) return null
  return (
    <Section title={t('Your rejected requests')}>
      {props.organizations.map((organization) => (
        <Stack key={organization.id} className="surface" gap="md">
          <Group justify="space-between">
            <Title order={3}>{organization.name}</Title>
            <StateBadge state={organization.state} />
          </Group>
          <Callout title={t('Reason')}>
            <Text className="prose">{organization.stateReason ?? t('No reason was given.')}</Text>
            <Detail>
              <Message text="Decided {date}" values={{ date: <Moment at={organization.stateSince} /> }} />
            </Detail>
          </Callout>
          <details>
            <summary>{t('What you submitted')}</summary>
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
                {t('Resubmit')}
              </LinkButton>
            </div>
          )}
        </Stack>
      ))}
    </Section>
  )
}
