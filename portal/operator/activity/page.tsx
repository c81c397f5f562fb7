import { useInfiniteQuery } from '@tanstack/react-query'
import { t } from '../../../src/platform/messages/t'
import { Activity, type ActivityFilters } from '../../activity/activity'
import { eventsQuery } from '../../activity/queries'
import { kindOptions } from '../../activity/sentences'
import { useFilters } from '../../ui/use-filters'

export function OperatorActivityPage() {
  const [filters, change] = useFilters<ActivityFilters>()
  const query = useInfiniteQuery(eventsQuery(filters))
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
