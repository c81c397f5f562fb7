import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import type { Entitlement } from '../../src/roles/entitlements/schema'
import { type Column, DataTable } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { List, type Pages } from '../ui/list'
import { Moment } from '../ui/moment'
import { Person } from '../ui/person'
import { Empty } from '../ui/states'
import type { MemberEntitlements } from './queries'
import { RolesDialog } from './roles-dialog'
import { RolesTable } from './roles-table'

/** The roles of every member of an organization: a summary here, all details and reasons in a window. */
export function MemberRoles(props: { query: Pages<MemberEntitlements>; past: boolean }) {
  const [shown, setShown] = useState<MemberEntitlements | null>(null)
  return (
    <>
      <List
        query={props.query}
        empty={
          <Empty title={t('No members')}>
            {props.past ? t('This organization had no members at that time.') : t('This organization has no members.')}
          </Empty>
        }
      >
        {(members, stale) => (
          <DataTable
            label={t('Active roles of members')}
            columns={columns}
            rows={members.map((member) => ({ ...member, id: member.account.id }))}
            actions={(member) =>
              member.entitlements.length > 0 && (
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t('Show roles of {name}', { name: personName(member.account) })}
                  onClick={() => setShown(member)}
                >
                  {t('Show roles')}
                </Button>
              )
            }
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

const columns: Column<MemberEntitlements & { id: string }>[] = [
  { header: t('Name'), cell: ({ account, admin }) => <Person account={account} tag={admin && t('admin')} /> },
  { header: t('Member since'), cell: ({ since }) => <Moment at={since} as="day" /> },
  { header: t('Roles'), cell: ({ entitlements }) => <InShort entitlements={entitlements} /> },
]

function inLine({ access, quota, usable }: Entitlement): string {
  const roles = [access?.name, quota?.name].filter(Boolean).join(' · ')
  if (usable) return roles
  return access
    ? t('{roles} (not usable without a quota role)', { roles })
    : t('{roles} (not usable without an access role)', { roles })
}

function InShort(props: { entitlements: Entitlement[] }) {
  if (props.entitlements.length === 0) return <Text c="dimmed">{t('None')}</Text>
  return (
    <Stack gap={4}>
      {props.entitlements.map((entitlement) => (
        <div key={entitlement.service.id}>
          {entitlement.service.name}
          <Detail>{inLine(entitlement)}</Detail>
        </div>
      ))}
    </Stack>
  )
}
