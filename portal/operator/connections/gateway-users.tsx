import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GatewayUserItem } from '../../../src/connections/s3-gateways/schema'
import { t } from '../../../src/platform/messages/t'
import { type Column, DataTable } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { Choice } from '../../ui/filters'
import { List } from '../../ui/list'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { Section } from '../../ui/page'
import { Person } from '../../ui/person'
import { Badge } from '../../ui/state-badge'
import { Empty } from '../../ui/states'
import { gatewayUsersQuery } from './queries'

type Shown = 'current' | 'left'

/** The users made at a gateway. Those of ended memberships stay, suspended, with their buckets. */
export function GatewayUsers({ connectionId }: { connectionId: string }) {
  const [users, setUsers] = useState<Shown | undefined>('left')
  const query = useInfiniteQuery(gatewayUsersQuery({ connectionId, users }))
  return (
    <Section
      title={t('Gateway users')}
      lead={t('This site deletes no data. Users of former members stay at the gateway, suspended, with their buckets.')}
    >
      <Stack gap="md">
        <Choice
          label={t('Show')}
          all={t('All users')}
          options={[
            { value: 'left', label: t('Left behind') },
            { value: 'current', label: t('Current') },
          ]}
          value={users}
          onChange={setUsers}
        />
        <List
          query={query}
          empty={
            <Empty title={t('No gateway users')}>
              {users === 'left' ? t('No former member has left a user at the gateway.') : undefined}
            </Empty>
          }
        >
          {(rows, stale) => <DataTable label={t('Gateway users')} columns={columns()} rows={rows} stale={stale} />}
        </List>
      </Stack>
    </Section>
  )
}

const columns = (): Column<GatewayUserItem>[] => [
  {
    header: t('User'),
    wide: true,
    cell: ({ uid }) => (
      <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {uid}
      </Text>
    ),
  },
  {
    header: t('Account'),
    wide: true,
    cell: ({ person, organization }) => (
      <>
        {person ? <Person account={person} /> : <Text c="dimmed">{t('Deleted account')}</Text>}
        {organization && <Detail>{organization.name}</Detail>}
      </>
    ),
  },
  { header: t('Created'), cell: ({ createdAt }) => <Moment at={createdAt} as="day" /> },
  {
    header: t('State'),
    cell: ({ confirmed, offAt }) =>
      !confirmed ? (
        <Badge tone="amber">{t('Not confirmed')}</Badge>
      ) : offAt ? (
        <Stack gap={4} align="flex-start">
          <Badge tone="grey">{t('Suspended')}</Badge>
          <Detail>
            <Message text="Since {moment}" values={{ moment: <Moment at={offAt} as="time" /> }} />
          </Detail>
        </Stack>
      ) : (
        <Badge tone="green">{t('Active')}</Badge>
      ),
  },
]
