import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Entitlement } from '../../src/roles/entitlements/schema'
import { type Column, DataTable } from '../ui/data-table'
import { List, type Pages } from '../ui/list'
import { Moment } from '../ui/moment'
import { Person } from '../ui/person'
import { personName } from '../ui/person-name'
import { Empty } from '../ui/states'
import type { MemberEntitlements } from './queries'
import { RolesDialog } from './roles-dialog'
import { missingFrom, RolesTable } from './roles-table'

/** Every member of an organization with what they hold: in a line here, in full and with the reasons in a window. */
export function MemberRoles(props: { query: Pages<MemberEntitlements>; past: boolean }) {
  const [shown, setShown] = useState<MemberEntitlements | null>(null)
  return (
    <>
      <List
        query={props.query}
        empty={
          <Empty title="No members">{`Nobody ${props.past ? 'was in this organization then' : 'is in this organization'}.`}</Empty>
        }
      >
        {(members, stale) => (
          <DataTable
            label="Active roles of members"
            columns={columns(setShown)}
            rows={members.map((member) => ({ ...member, id: member.account.id }))}
            stale={stale}
          />
        )}
      </List>
      {shown && (
        <RolesDialog name={personName(shown.account)} onClose={() => setShown(null)}>
          {(onAsk) => <RolesTable entitlements={shown.entitlements} onAsk={onAsk} />}
        </RolesDialog>
      )}
    </>
  )
}

const columns = (onShow: (member: MemberEntitlements) => void): Column<MemberEntitlements & { id: string }>[] => [
  { header: 'Name', cell: ({ account, admin }) => <Person account={account} tag={admin && 'admin'} /> },
  { header: 'Member since', cell: ({ since }) => <Moment at={since} as="day" /> },
  { header: 'Roles', cell: ({ entitlements }) => <InShort entitlements={entitlements} /> },
  {
    header: 'Actions',
    quiet: true,
    align: 'right',
    cell: (member) =>
      member.entitlements.length > 0 && (
        <Button
          variant="default"
          size="xs"
          aria-label={`Show roles of ${personName(member.account)}`}
          onClick={() => onShow(member)}
        >
          Show roles
        </Button>
      ),
  },
]

function InShort(props: { entitlements: Entitlement[] }) {
  if (props.entitlements.length === 0) return <Text c="dimmed">None</Text>
  return (
    <Stack gap={4}>
      {props.entitlements.map((entitlement) => (
        <div key={entitlement.service.id}>
          {entitlement.service.name}
          <Text size="sm" c="dimmed">
            {[entitlement.access?.name, entitlement.quota?.name].filter(Boolean).join(' · ')}
            {!entitlement.usable && ` (not usable: ${missingFrom(entitlement)} is missing)`}
          </Text>
        </div>
      ))}
    </Stack>
  )
}
