import { Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { type LedgerRowItem, rowStates } from '../../../src/connections/ledger-rows/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { personName } from '../../../src/platform/input/names'
import { message, t, translated } from '../../../src/platform/messages/t'
import { DataTable } from '../../ui/data-table'
import { Choice, FilterBar } from '../../ui/filters'
import { List } from '../../ui/list'
import { SmallButton } from '../../ui/small-button'
import { Empty } from '../../ui/states'
import { toast } from '../../ui/toast'
import { useFilters } from '../../ui/use-filters'
import { isSystem } from './columns'
import { ledgerColumns, rowStateTexts } from './ledger-columns'
import { ledgerRowsQuery, useObserveConnection, useRetryConnection } from './queries'

type Filters = { q?: string; state?: LedgerRowItem['state'] }

/** The accounts that a connection is about, and whether the service has what they hold. */
export function LedgerRows({ connection }: { connection: ConnectionItem }) {
  const [filters, change] = useFilters<Filters>()
  const { q, state } = filters
  const query = useInfiniteQuery(ledgerRowsQuery({ connectionId: connection.id, q, state }))
  const asks = useAsking(connection)
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end" gap="sm">
        <FilterBar filters={filters} onChange={change}>
          {connection.kind !== 'pull' && (
            <Choice
              label={t('State')}
              all={t('All states')}
              options={rowStates.map((value) => ({ value, label: translated(rowStateTexts[value]) }))}
              value={state}
              onChange={(state) => change({ state })}
            />
          )}
        </FilterBar>
        <Group gap="sm">
          {asks.mayRetry && connection.failed > 0 && (
            <SmallButton onClick={() => asks.retry()}>{t('Retry all')}</SmallButton>
          )}
          {asks.mayObserve && <SmallButton onClick={() => asks.observe()}>{t('Observe all now')}</SmallButton>}
        </Group>
      </Group>
      <List
        query={query}
        empty={
          q || state ? (
            <Empty title={t('No matching accounts')}>{t('No accounts match these filters.')}</Empty>
          ) : (
            <Empty title={t('No accounts yet')}>
              {connection.kind === 's3'
                ? t('Accounts appear here once the connection is on and they make their first S3 key.')
                : t('Accounts appear here once the connection is on and they get access.')}
            </Empty>
          )
        }
      >
        {(rows, stale) => (
          <DataTable
            label={t('Accounts')}
            columns={ledgerColumns(connection.kind)}
            rows={rows}
            stale={stale}
            actions={(row) => <RowActions row={row} asks={asks} />}
          />
        )}
      </List>
    </Stack>
  )
}

type Asks = ReturnType<typeof useAsking>

/** Retrying and looking, for one account or for all. */
function useAsking({ id: connectionId, kind, enabled, elsewhere }: ConnectionItem) {
  const retries = useRetryConnection()
  const observes = useObserveConnection()
  const on = enabled && !elsewhere
  const answers = (done: string) => ({
    onSuccess: () => toast(translated(done), 'neutral'),
    onError: (refusal: Error) => toast(refusal.message, 'bad'),
  })
  const input = (accountId?: string) => (accountId ? { connectionId, accountId } : { connectionId })
  return {
    mayRetry: on && kind !== 'pull',
    mayObserve: on && (kind === 's3' || isSystem(kind)),
    retry: (accountId?: string) =>
      retries.mutate(input(accountId), answers(message('What has failed is tried again now.'))),
    observe: (accountId?: string) =>
      observes.mutate(input(accountId), answers(message('The service is being looked at now.'))),
  }
}

function RowActions({ row: { id, person, error }, asks }: { row: LedgerRowItem; asks: Asks }) {
  const name = isolated(person ? personName(person) : t('Deleted account'))
  return (
    <>
      {asks.mayRetry && error && (
        <SmallButton aria-label={t('Retry {name}', { name })} onClick={() => asks.retry(id)}>
          {t('Retry')}
        </SmallButton>
      )}
      {asks.mayObserve && (
        <SmallButton aria-label={t('Observe {name} now', { name })} onClick={() => asks.observe(id)}>
          {t('Observe now')}
        </SmallButton>
      )}
      {!asks.mayRetry && !asks.mayObserve && <Text c="dimmed">–</Text>}
    </>
  )
}
