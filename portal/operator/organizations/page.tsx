import { useInfiniteQuery } from '@tanstack/react-query'
import { type OrganizationState, organizationStates } from '../../../src/platform/access/organization-state'
import { personName } from '../../../src/platform/input/names'
import { formatCountry, formatNumber } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { type Column, DataTable } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { Choice, FilterBar, SortChoice } from '../../ui/filters'
import { TextLink } from '../../ui/link'
import { List } from '../../ui/list'
import { Moment } from '../../ui/moment'
import { Page } from '../../ui/page'
import { StateBadge, stateOptions } from '../../ui/state-badge'
import { Empty } from '../../ui/states'
import { useFilters } from '../../ui/use-filters'
import { DefaultLimit } from './default-limit'
import { type ListedOrganization, organizationsQuery } from './queries'

type Filters = { q?: string; sort?: 'newest' | 'oldest' | 'name'; state?: OrganizationState }

export function OperatorOrganizationsPage() {
  const [filters, change] = useFilters<Filters>()
  const query = useInfiniteQuery(organizationsQuery(filters))
  return (
    <Page
      title={t('Organizations')}
      lead={t('All organizations on this site. Pending ones are waiting for an operator.')}
      action={<DefaultLimit />}
    >
      <FilterBar filters={filters} onChange={change}>
        <SortChoice by={['newest', 'oldest', 'name']} filters={filters} onChange={change} />
        <Choice
          label={t('State')}
          all={t('All states')}
          options={stateOptions(organizationStates)}
          value={filters.state}
          onChange={(state) => change({ state })}
        />
      </FilterBar>
      <List
        query={query}
        empty={
          filters.q || filters.state ? (
            <Empty title={t('No organizations found')}>{t('No organizations match these filters.')}</Empty>
          ) : (
            <Empty title={t('No organizations yet')}>{t('Organizations that people create appear here.')}</Empty>
          )
        }
      >
        {(organizations, stale) => (
          <DataTable label={t('Organizations')} columns={columns} rows={organizations} stale={stale} />
        )}
      </List>
    </Page>
  )
}

const columns: Column<ListedOrganization>[] = [
  {
    header: t('Name'),
    cell: ({ id, name, country }) => (
      <>
        <TextLink to="/operator/organizations/$organizationId" params={{ organizationId: id }} fw={600}>
          {name}
        </TextLink>
        <Detail>{formatCountry(country)}</Detail>
      </>
    ),
  },
  { header: t('State'), cell: ({ state }) => <StateBadge state={state} /> },
  { header: t('Members'), align: 'right', cell: ({ members }) => formatNumber(members) },
  { header: t('Admins'), align: 'right', cell: ({ admins }) => formatNumber(admins) },
  { header: t('Requested by'), cell: ({ author }) => personName(author) },
  { header: t('Created'), cell: ({ createdAt }) => <Moment at={createdAt} as="day" /> },
]
