import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Membership } from '../../src/membership/memberships/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { loadedRows } from '../query-client'
import { WithOrganization } from '../session'
import { Choice, FilterBar, SortChoice } from '../ui/filters'
import { LinkButton } from '../ui/link'
import { List } from '../ui/list'
import { Page } from '../ui/page'
import { Empty } from '../ui/states'
import { useFilters } from '../ui/use-filters'
import { AccessEnds } from './access-ends'
import { type AccessOfMembers, useAccessOfMembers, useGoneMembers, useS3KeysOfMembers } from './access-queries'
import { MembersTable, numberOfKeys } from './members-table'
import { PrivilegesDialog } from './privileges-dialog'
import { membershipsQuery } from './queries'
import { RemoveUserDialog } from './remove-user-dialog'
import { UsersLimit } from './users-limit'

export function UsersPage() {
  return <WithOrganization>{(organization) => <Users organization={organization} />}</WithOrganization>
}

const none: AccessOfMembers['ends'] = []

type Filters = { q?: string; sort?: 'newest' | 'oldest' | 'name'; admins?: 'only' }

function Users(props: { organization: Organization }) {
  const { organization } = props
  const [filters, change] = useFilters<Filters>()
  const [privileges, setPrivileges] = useState<Membership | null>(null)
  const [removing, setRemoving] = useState<Membership | null>(null)
  const query = useInfiniteQuery(membershipsQuery({ organizationId: organization.id, ...filters }))
  const may = organization.can.manageMembers
  const access = useAccessOfMembers(organization.id, may)
  const s3Keys = useS3KeysOfMembers(organization.id, may)
  const { data, isPlaceholderData } = query
  const members = useMemo(() => (data && !isPlaceholderData ? loadedRows(data) : undefined), [data, isPlaceholderData])
  const [gone, forget] = useGoneMembers(may ? members : undefined, JSON.stringify(filters), access?.ends ?? none)
  const lead = organization.can.manageMembers
    ? t('The members of your organization. Those with admin privileges can invite and remove people.')
    : t('The members of your organization. Those with admin privileges can change this list.')
  return (
    <Page
      title={t('Users & privileges')}
      lead={lead}
      action={
        organization.can.manageMembers && (
          <LinkButton variant="default" to="/active-roles">
            {t('Active roles of members')}
          </LinkButton>
        )
      }
    >
      <UsersLimit organization={organization} />
      <AccessEnds organizationId={organization.id} gone={gone} onClose={forget} />
      <FilterBar filters={filters} onChange={change}>
        <SortChoice by={['newest', 'oldest', 'name']} filters={filters} onChange={change} />
        <Choice
          label={t('Show')}
          all={t('All members')}
          options={[{ value: 'only', label: t('Admins only') }]}
          value={filters.admins}
          onChange={(admins) => change({ admins })}
        />
      </FilterBar>
      <List
        query={query}
        empty={<Empty title={t('No matching members')}>{t('No members match these filters.')}</Empty>}
      >
        {(members, stale) => (
          <MembersTable
            members={members}
            stale={stale}
            access={access}
            s3Keys={s3Keys}
            {...(organization.can.manageMembers ? { onPrivileges: setPrivileges, onRemove: setRemoving } : {})}
          />
        )}
      </List>
      {privileges && (
        <PrivilegesDialog organization={organization} member={privileges} onClose={() => setPrivileges(null)} />
      )}
      {removing && (
        <RemoveUserDialog
          organization={organization}
          member={removing}
          s3Keys={numberOfKeys(s3Keys.get(removing.account.id))}
          onClose={() => setRemoving(null)}
        />
      )}
    </Page>
  )
}
