import { Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { personName } from '../../../src/platform/input/names'
import { formatCountry } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { loadedRows } from '../../query-client'
import { type Column, DataTable } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { EmailAddress } from '../../ui/email-address'
import { FilterBar } from '../../ui/filters'
import { TextLink } from '../../ui/link'
import { List } from '../../ui/list'
import { Moment } from '../../ui/moment'
import { Page } from '../../ui/page'
import { Badge, Tag } from '../../ui/state-badge'
import { Empty } from '../../ui/states'
import { useFilters } from '../../ui/use-filters'
import { type AccountAction, AccountActionDialog } from './action-dialog'
import { AccountActions } from './actions'
import { accountsQuery, type ListedAccount } from './queries'

export function OperatorAccountsPage() {
  const [filters, change] = useFilters<{ q?: string }>()
  const query = useInfiniteQuery(accountsQuery({ q: filters.q }))
  const [chosen, setChosen] = useState<{ action: AccountAction; account: ListedAccount } | null>(null)
  // Its current state, while it is still in the list.
  const account = loadedRows(query.data).find(({ id }) => id === chosen?.account.id) ?? chosen?.account
  return (
    <Page title={t('Accounts')} lead={t('All accounts on this site, newest first.')}>
      <FilterBar filters={filters} onChange={change} />
      <List
        query={query}
        empty={<Empty title={t('No accounts found')}>{t('Try another name or e-mail address.')}</Empty>}
      >
        {(accounts, stale) => (
          <DataTable
            label={t('Accounts')}
            columns={columns}
            rows={accounts}
            actions={(account) => (
              <AccountActions account={account} onChoose={(action) => setChosen({ action, account })} />
            )}
            stale={stale}
          />
        )}
      </List>
      {chosen && account && (
        <AccountActionDialog action={chosen.action} account={account} onClose={() => setChosen(null)} />
      )}
    </Page>
  )
}

const columns: Column<ListedAccount>[] = [
  { header: t('Name'), cell: (account) => <Name account={account} /> },
  {
    header: t('E-mail'),
    wide: true,
    cell: ({ email, emailConfirmed }) => <Address email={email} confirmed={emailConfirmed} />,
  },
  { header: t('Organization'), cell: ({ organization }) => <InOrganization organization={organization} /> },
  { header: t('Registered'), cell: ({ createdAt }) => <Moment at={createdAt} as="day" /> },
]

function Name(props: { account: ListedAccount }) {
  return (
    <>
      <Group gap={8}>
        <Text fw={600} component="span">
          {personName(props.account)}
        </Text>
        {props.account.operator && <Tag>{t('operator')}</Tag>}
        {props.account.secondFactor && <Tag>{t('two-factor')}</Tag>}
      </Group>
      <Detail>{formatCountry(props.account.country)}</Detail>
      {props.account.disabledAt && (
        <Group gap={8} mt={4}>
          <Badge tone="red">{t('Disabled')}</Badge>
          <Detail>
            <Moment at={props.account.disabledAt} />
          </Detail>
        </Group>
      )}
    </>
  )
}

function Address(props: { email: string; confirmed: boolean }) {
  return (
    <>
      <EmailAddress address={props.email} />
      <Detail>{props.confirmed ? t('Confirmed') : t('Not confirmed')}</Detail>
    </>
  )
}

function InOrganization(props: { organization: ListedAccount['organization'] }) {
  if (!props.organization) return <Text c="dimmed">{t('None')}</Text>
  return (
    <Group gap={8}>
      <TextLink to="/operator/organizations/$organizationId" params={{ organizationId: props.organization.id }}>
        {props.organization.name}
      </TextLink>
      {props.organization.admin && <Tag>{t('admin')}</Tag>}
    </Group>
  )
}
