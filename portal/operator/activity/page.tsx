import { useInfiniteQuery } from '@tanstack/react-query'
import { listEvents } from '../../../src/messaging/events/schema'
import { t } from '../../../src/platform/messages/t'
import { Activity, type ActivityFilters } from '../../activity/activity'
import { kindOptions } from '../../activity/sentences'
import { endpointPages } from '../../endpoint-hooks'
import { useFilters } from '../../ui/use-filters'

export function OperatorActivityPage() {
  const [filters, change] = useFilters<ActivityFilters>()
  const query = useInfiniteQuery(endpointPages(listEvents, filters))
  return (
    <Activity
      lead={t('Who did what on this site, and when.')}
      query={query}
      filters={filters}
      onChange={change}
      kinds={kindOptions}
    />
  )
}
