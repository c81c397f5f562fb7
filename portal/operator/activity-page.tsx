import { useInfiniteQuery } from '@tanstack/react-query'
import type { EventKind } from '../../src/events/schema'
import { DayFields } from '../activity/day-fields'
import { DownloadButton } from '../activity/download-button'
import { EventList } from '../activity/event-list'
import { eventsQuery } from '../activity/queries'
import { kindOptions } from '../activity/sentences'
import { Choice, FilterBar, SearchField } from '../ui/filters'
import { List } from '../ui/list'
import { Page } from '../ui/page'
import { Empty } from '../ui/states'
import { useFilters } from '../ui/use-filters'

export function OperatorActivityPage() {
  const [filters, change] = useFilters<{ q?: string; kind?: EventKind; from?: string; until?: string }>()
  const query = useInfiniteQuery(eventsQuery(filters))
  return (
    <Page title="Activity" lead="Who did what on this site, and when." action={<DownloadButton filters={filters} />}>
      <FilterBar>
        <SearchField label="Search" value={filters.q} onChange={(q) => change({ q })} />
        <Choice
          label="Kind"
          all="Everything"
          searchable
          options={kindOptions}
          value={filters.kind}
          onChange={(kind) => change({ kind })}
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
