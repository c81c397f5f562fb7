import { Button, Checkbox } from '@mantine/core'
import type { S3KeysOfMember } from '../../src/connections/s3-keys/schema'
import type { Membership } from '../../src/membership/memberships/schema'
import { personName } from '../../src/platform/input/names'
import { formatNumber } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import { type Column, DataTable } from '../ui/data-table'
import { Moment } from '../ui/moment'
import { Person } from '../ui/person'
import { AccessCell } from './access-cell'
import type { AccessOfMembers } from './access-queries'

interface MembersTableProps {
  members: Membership[]
  stale?: boolean
  /** Left out for readers who can’t change anything. */
  onPrivileges?: (member: Membership) => void
  onRemove?: (member: Membership) => void
  /** Left out for readers who may not know, or if no service is connected. */
  access?: AccessOfMembers | undefined
  /** How many S3 keys each member has, by account. */
  s3Keys?: Map<string, S3KeysOfMember> | undefined
}

export function MembersTable(props: MembersTableProps) {
  const { onPrivileges, onRemove, access, s3Keys } = props
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
  if (access)
    columns.push({ header: t('Access'), cell: ({ account }) => <AccessCell access={access} accountId={account.id} /> })
  if (s3Keys && s3Keys.size > 0)
    columns.push({
      header: t('S3 keys'),
      align: 'right',
      cell: ({ account }) => formatNumber(numberOfKeys(s3Keys.get(account.id))),
    })
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

export const numberOfKeys = (member: S3KeysOfMember | undefined): number =>
  member?.services.reduce((sum, { keys }) => sum + keys, 0) ?? 0
