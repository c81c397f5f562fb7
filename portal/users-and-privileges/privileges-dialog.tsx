import { Text } from '@mantine/core'
import type { Membership } from '../../src/membership/memberships/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import { Callout } from '../ui/callout'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useSetAdminPrivileges, useWhatEnds } from './queries'
import { WhatEnds } from './what-ends'

/** Grants admin privileges to a member, or revokes theirs. */
export function PrivilegesDialog(props: { organization: Organization; member: Membership; onClose: () => void }) {
  const { organization, member } = props
  const name = personName(member.account)
  const grant = !member.admin
  const soleAdmin = !grant && organization.admins === 1
  const setPrivileges = useSetAdminPrivileges()
  const ends = useWhatEnds(organization.id, grant ? null : member.id, member.me ? null : name)
  return (
    <ConfirmDialog
      title={
        grant ? t('Grant admin privileges to {name}?', { name }) : t('Revoke admin privileges from {name}?', { name })
      }
      danger={!grant}
      disabled={soleAdmin}
      onClose={props.onClose}
      onConfirm={async () => {
        await setPrivileges.mutateAsync({ organizationId: organization.id, membershipId: member.id, admin: grant })
        toast(
          grant
            ? t('{name} now has admin privileges.', { name })
            : t('{name} no longer has admin privileges.', { name }),
          grant ? 'good' : 'bad',
        )
      }}
    >
      {grant && (
        <Text>
          {t('{name} can then invite and remove people, and grant or revoke admin privileges, including yours.', {
            name,
          })}
        </Text>
      )}
      {!grant && !soleAdmin && !member.me && (
        <Text>{t('{name} stays a member, but can no longer invite or remove people.', { name })}</Text>
      )}
      {soleAdmin && (
        <Callout title={member.me ? t('You are the only admin') : t('{name} is the only admin', { name })}>
          {organization.members === 1
            ? t(
                'Every organization needs an admin. Grant admin privileges to another member first, or dissolve the organization under Organization → Leave.',
              )
            : t('Every organization needs an admin. Grant admin privileges to another member first.')}
        </Callout>
      )}
      {!grant && !soleAdmin && member.me && (
        <Callout title={t('These are your own admin privileges')}>
          {t('You stay a member. Only another admin can give them back to you.')}
        </Callout>
      )}
      {!grant && !soleAdmin && <WhatEnds {...ends} />}
    </ConfirmDialog>
  )
}
