import { Button, Checkbox } from '@mantine/core'
import type { Membership } from '../../src/membership/memberships/schema'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import { type Column, DataTable } from '../ui/data-table'
import { Moment } from '../ui/moment'
import { Person } from '../ui/person'

interface MembersTableProps {
  members: Membership[]
  stale?: boolean
  /** Left out for readers who can’t change anything. */
  onPrivileges?: (member: Membership) => void
  onRemove?: (member: Membership) => void
}

export function MembersTable(props: MembersTableProps) {
  const { onPrivileges, onRemove } = props
  const columns: Column<Membership>[] = [
    { header: t('Name'), cell: ({ account, me }) => <Person account={account} tag={me && t('you')} /> },
    { header: t('Since'), cell: (member) => <Moment at={member.since} as="day" /> },
    {
      header: t('Admin privileges'),
      align: 'center',
      cell: (member) => (
        <Checkbox
          aria-label={t('Admin privileges of {name}', { name: personName(member.account) })}
          checked={member.admin}
          disabled={!onPrivileges}
          onChange={() => onPrivileges?.(member)}
        />
      ),
    },
  ]
  const actions = (member: Membership) => (
    <Button
      variant="default"
      size="xs"
      aria-label={t('Remove user {name}', { name: personName(member.account) })}
      onClick={() => onRemove?.(member)}
    >
      {t('Remove user')}
    </Button>
  )
  return (
    <DataTable
      label={t('Users')}
      columns={columns}
      rows={props.members}
      actions={onRemove && actions}
      stale={props.stale}
    />
  )
}
