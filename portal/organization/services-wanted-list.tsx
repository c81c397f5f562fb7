import { List, Stack, Title } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { numbersInLine } from '../roles/numbers'
import { kindLabels } from '../roles/queries'

/** What an organization asks for of services with its own request. */
export function ServicesWantedList(props: { organization: Organization }) {
  const { servicesWanted } = props.organization
  if (servicesWanted.length === 0) return null
  return (
    <Stack gap="xs" component="section" aria-label="Services wanted">
      <Title order={3}>Services wanted</Title>
      <List spacing={4}>
        {servicesWanted.flatMap(({ requestId, service, roles }) =>
          roles.map((role) => (
            <List.Item key={requestId + role.kind}>
              <b>{service.name}</b>, {kindLabels[role.kind].toLowerCase()}: {role.name}
              {role.limits.length > 0 && ` (${numbersInLine(role.limits)})`}
            </List.Item>
          )),
        )}
      </List>
    </Stack>
  )
}
