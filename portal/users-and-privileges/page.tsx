import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Membership } from '../../src/membership/memberships/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { WithOrganization } from '../session'
import { Choice, FilterBar, SortChoice } from '../ui/filters'
import { LinkButton } from '../ui/link'
import { List } from '../ui/list'
import { Page } from '../ui/page'
import { Empty } from '../ui/states'
import { useFilters } from '../ui/use-filters'
import { MembersTable } from './members-table'
import { PrivilegesDialog } from './privileges-dialog'
import { membershipsQuery } from './queries'
import { RemoveUserDialog } from './remove-user-dialog'
import { UsersLimit } from './users-limit'

export function UsersPage() {
  return <WithOrganization>{(organization) => <Users organization={organization} />}</WithOrganization>
}

type Filters = { q?: string; sort?: 'newest' | 'oldest' | 'name'; admins?: 'only' }

function Users(props: { organization: Organization }) {
  const { organization } = props
  const [filters, change] = useFilters<Filters>()
  const [privileges, setPrivileges] = useState<Membership | null>(null)
  const [removing, setRemoving] = useState<Membership | null>(null)
  const query = useInfiniteQuery(membershipsQuery({ organizationId: organization.id, ...filters }))
  const lead = organization.can.manageMembers
    ? 'Everybody in your organization. Whoever has admin privileges may invite and remove people.'
    : 'Everybody in your organization. People with admin privileges may change this list.'
  return (
    <Page
      title="Users & privileges"
      lead={lead}
      action={
        organization.can.manageMembers && (
          <LinkButton variant="default" to="/active-roles">
            Active roles of members
          </LinkButton>
        )
      }
    >
      <UsersLimit organization={organization} />
      <FilterBar filters={filters} onChange={change}>
        <SortChoice by={['newest', 'oldest', 'name']} filters={filters} onChange={change} />
        <Choice
          label="Show"
          all="Everybody"
          options={[{ value: 'only', label: 'Admins only' }]}
          value={filters.admins}
          onChange={(admins) => change({ admins })}
        />
      </FilterBar>
      <List query={query} empty={<Empty title="Nobody found">Try another name, or show everybody.</Empty>}>
        {(members, stale) => (
          <MembersTable
            members={members}
            stale={stale}
            {...(organization.can.manageMembers ? { onPrivileges: setPrivileges, onRemove: setRemoving } : {})}
          />
        )}
      </List>
      {privileges && (
        <PrivilegesDialog organization={organization} member={privileges} onClose={() => setPrivileges(null)} />
      )}
      {removing && <RemoveUserDialog organization={organization} member={removing} onClose={() => setRemoving(null)} />}
    </Page>
  )
}
