import type { ReactNode } from 'react'
import type { EventItem, EventKind } from '../../src/messaging/events/schema'
import { t } from '../../src/platform/messages/t'
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
  /** Left out, it is the whole site’s activity. */
  organizationId?: string
  /** More filters. */
  children?: ReactNode
}

/** The list of events, its filters and its download. */
export function Activity(props: ActivityProps) {
  const { query, filters, onChange } = props
  return (
    <Page
      title={t('Activity')}
      lead={props.lead}
      action={<DownloadButton organizationId={props.organizationId} filters={filters} />}
    >
      <FilterBar filters={filters} onChange={onChange}>
        <Choice
          label={t('Event type')}
          all={t('All events')}
          searchable
          options={props.kinds}
          value={filters.kind}
          onChange={(kind) => onChange({ kind })}
        />
        {props.children}
        <DayFields from={filters.from} until={filters.until} onChange={onChange} />
      </FilterBar>
      <List query={query} empty={<Empty title={t('No activity found')}>{t('No events match these filters.')}</Empty>}>
        {(events, stale) => <EventList events={events} stale={stale} />}
      </List>
    </Page>
  )
}
