import { Button, Checkbox, Group, Text } from '@mantine/core'
import type { Membership } from '../../src/memberships/schema'
import { type Column, DataTable } from '../ui/data-table'
import { EmailAddress } from '../ui/email-address'
import { Moment } from '../ui/moment'
import { personName } from '../ui/person-name'
import { Tag } from '../ui/state-badge'

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
    { header: 'Name', cell: (member) => <Name member={member} /> },
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

function Name(props: { member: Membership }) {
  const { account, me } = props.member
  return (
    <>
      <Group gap={8}>
        <Text fw={600} component="span">
          {personName(account)}
        </Text>
        {me && <Tag>you</Tag>}
      </Group>
      {account.email && (
        <Text size="sm" c="dimmed">
          <EmailAddress address={account.email} />
        </Text>
      )}
    </>
  )
}
