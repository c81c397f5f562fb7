import { useInfiniteQuery } from '@tanstack/react-query'
import type { Organization } from '../../src/membership/organizations/schema'
import type { EventItem } from '../../src/messaging/events/schema'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import { loadedRows } from '../query-client'
import { WithOrganization } from '../session'
import { useFilters } from '../ui/use-filters'
import { MemberSelect } from '../users-and-privileges/member-select'
import { Activity, type ActivityFilters } from './activity'
import { organizationEventsQuery } from './queries'
import { organizationKindOptions } from './sentences'

export function ActivityPage() {
  return (
    <WithOrganization may="seeActivity">
      {(organization) => <OrganizationActivity organization={organization} />}
    </WithOrganization>
  )
}

function OrganizationActivity(props: { organization: Organization }) {
  const { id: organizationId } = props.organization
  const [filters, change] = useFilters<ActivityFilters>()
  const query = useInfiniteQuery(organizationEventsQuery({ organizationId, ...filters }))
  return (
    <Activity
      lead={t('Who did what in your organization, and when.')}
      query={query}
      filters={filters}
      onChange={change}
      kinds={organizationKindOptions}
      organizationId={organizationId}
    >
      <MemberSelect
        label={t('Person')}
        by="account"
        clearable
        organizationId={organizationId}
        value={filters.accountId ?? null}
        name={filters.accountId && nameOf(filters.accountId, loadedRows(query.data))}
        onChange={(accountId) => change({ accountId: accountId ?? undefined })}
      />
    </Activity>
  )
}

/** The person's name, if it occurs in the loaded events. */
function nameOf(accountId: string, events: EventItem[]) {
  const person = events.flatMap(({ actor, subject }) => [actor, subject]).find((one) => one?.id === accountId)
  return person ? personName(person) : undefined
}
