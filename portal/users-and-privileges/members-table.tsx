import { Button, Checkbox } from '@mantine/core'
import type { Membership } from '../../src/membership/memberships/schema'
import { type Column, DataTable } from '../ui/data-table'
import { Moment } from '../ui/moment'
import { Person } from '../ui/person'
import { personName } from '../ui/person-name'

interface MembersTableProps {
  members: Membership[]
  stale?: boolean
  /** Left out where the reader may only look. */
  onPrivileges?: (member: Membership) => void
  onRemove?: (member: Membership) => void
}

export function MembersTable(props: MembersTableProps) {
  const { onPrivileges, onRemove } = props
  const columns: Column<Membership>[] = [
    { header: 'Name', cell: ({ account, me }) => <Person account={account} tag={me && 'you'} /> },
    { header: 'Since', cell: (member) => <Moment at={member.since} as="day" /> },
    {
      header: 'Admin privileges',
      align: 'center',
      cell: (member) => (
        <Checkbox
          aria-label={`Admin privileges of ${personName(member.account)}`}
          checked={member.admin}
          disabled={!onPrivileges}
          onChange={() => onPrivileges?.(member)}
        />
      ),
    },
  ]
  if (onRemove) {
    columns.push({
      header: 'Actions',
      quiet: true,
      align: 'right',
      cell: (member) => (
        <Button
          variant="default"
          size="xs"
          aria-label={`Remove user ${personName(member.account)}`}
          onClick={() => onRemove(member)}
        >
          Remove user
        </Button>
      ),
    })
  }
  return <DataTable label="Users" columns={columns} rows={props.members} stale={props.stale} />
}
