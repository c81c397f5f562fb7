import { useInfiniteQuery } from '@tanstack/react-query'
import type { Event, EventKind } from '../../src/events/schema'
import type { Organization } from '../../src/organizations/schema'
import { rowsOf } from '../query-client'
import { WithOrganization } from '../session'
import { Choice, FilterBar, SearchField } from '../ui/filters'
import { List } from '../ui/list'
import { Page } from '../ui/page'
import { personName } from '../ui/person-name'
import { Empty } from '../ui/states'
import { useFilters } from '../ui/use-filters'
import { MemberSelect } from '../users-and-privileges/member-select'
import { DayFields } from './day-fields'
import { DownloadButton } from './download-button'
import { EventList } from './event-list'
import { organizationEventsQuery } from './queries'
import { organizationKindOptions } from './sentences'

export function ActivityPage() {
  return (
    <WithOrganization may="seeActivity">{(organization) => <Activity organization={organization} />}</WithOrganization>
  )
}

type Filters = { q?: string; kind?: EventKind; accountId?: string; from?: string; until?: string }

function Activity(props: { organization: Organization }) {
  const { organization } = props
  const [filters, change] = useFilters<Filters>()
  const query = useInfiniteQuery(organizationEventsQuery({ organizationId: organization.id, ...filters }))
  return (
    <Page
      title="Activity"
      lead="Who did what in your organization, and when."
      action={<DownloadButton organizationId={organization.id} filters={filters} />}
    >
      <FilterBar>
        <SearchField label="Search" value={filters.q} onChange={(q) => change({ q })} />
        <Choice
          label="Kind"
          all="Everything"
          searchable
          options={organizationKindOptions}
          value={filters.kind}
          onChange={(kind) => change({ kind })}
        />
        <MemberSelect
          label="Person"
          by="account"
          clearable
          organizationId={organization.id}
          value={filters.accountId ?? null}
          name={filters.accountId && nameOf(filters.accountId, rowsOf(query.data))}
          onChange={(accountId) => change({ accountId: accountId ?? undefined })}
        />
        <DayFields from={filters.from} until={filters.until} onChange={change} />
      </FilterBar>
      <List
        query={query}
        empty={<Empty title="Nothing found">Nothing like this has happened. Try to look at everything.</Empty>}
      >
        {(events, stale) => <EventList events={events} stale={stale} />}
      </List>
    </Page>
  )
}

/** Somebody's name, from what they did or had done to them. */
function nameOf(accountId: string, events: Event[]) {
  const person = events.flatMap(({ actor, subject }) => [actor, subject]).find((one) => one?.id === accountId)
  return person ? personName(person) : undefined
}
