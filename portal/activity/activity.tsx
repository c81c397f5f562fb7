import type { ReactNode } from 'react'
import type { EventItem, EventKind } from '../../src/messaging/events/schema'
import { Choice, FilterBar } from '../ui/filters'
import { List, type Pages } from '../ui/list'
import { Page } from '../ui/page'
import { Empty } from '../ui/states'
import { DayFields } from './day-fields'
import { DownloadButton } from './download-button'
import { EventList } from './event-list'

export type ActivityFilters = { q?: string; kind?: EventKind; accountId?: string; from?: string; until?: string }

interface ActivityProps {
  lead: string
  query: Pages<EventItem>
  filters: ActivityFilters
  onChange: (change: Partial<ActivityFilters>) => void
  kinds: { value: EventKind; label: string }[]
  /** Whose activity; the site's, where it is left out. */
  organizationId?: string
  /** What else narrows it. */
  children?: ReactNode
}

/** What happened: the list, what narrows it, and the file of it. */
export function Activity(props: ActivityProps) {
  const { query, filters, onChange } = props
  return (
    <Page
      title="Activity"
      lead={props.lead}
      action={<DownloadButton organizationId={props.organizationId} filters={filters} />}
    >
      <FilterBar filters={filters} onChange={onChange}>
        <Choice
          label="Kind"
          all="Everything"
          searchable
          options={props.kinds}
          value={filters.kind}
          onChange={(kind) => onChange({ kind })}
        />
        {props.children}
        <DayFields from={filters.from} until={filters.until} onChange={onChange} />
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
