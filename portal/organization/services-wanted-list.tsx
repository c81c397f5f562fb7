import { List, Stack, Title } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { message, t } from '../../src/platform/messages/t'
import { Message } from '../ui/message'
import { roleLimitsInLine } from '../ui/role-limits'

const texts = {
  access: message('{service}, access role: {role}'),
  quota: message('{service}, quota role: {role}'),
}

/** The roles that are requested together with an organization. */
export function ServicesWantedList(props: { organization: Organization }) {
  const { servicesWanted } = props.organization
  if (servicesWanted.length === 0) return null
  return (
    <Stack gap="xs" component="section" aria-label={t('Requested services')}>
      <Title order={3}>{t('Requested services')}</Title>
      <List spacing={4}>
        {servicesWanted.flatMap(({ requestId, service, roles }) =>
          roles.map((role) => (
            <List.Item key={requestId + role.kind}>
              <Message
                text={texts[role.kind]}
                values={{
                  service: <b>{service.name}</b>,
                  role: role.limits.length > 0 ? `${role.name} (${roleLimitsInLine(role.limits)})` : role.name,
                }}
              />
            </List.Item>
          )),
        )}
      </List>
    </Stack>
  )
}
