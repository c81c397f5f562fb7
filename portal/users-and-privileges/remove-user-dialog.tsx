import { Skeleton, Text } from '@mantine/core'
import { useState } from 'react'
import type { Membership } from '../../src/membership/memberships/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { LeaveDialog } from '../organization/leave-dialog'
import { Callout } from '../ui/callout'
import { ConfirmDialog } from '../ui/dialog'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { usePendingInvitations, useRemoveMember } from './queries'

interface RemoveUserProps {
  organization: Organization
  member: Membership
  onClose: () => void
}

/** Removing yourself is leaving: the only admin gets the same ways out. */
export function RemoveUserDialog(props: RemoveUserProps) {
  const { organization, member, onClose } = props
  const [onlyAdmin, setOnlyAdmin] = useState(member.me && !organization.can.leave)
  if (onlyAdmin) return <LeaveDialog organization={organization} onClose={onClose} onlyAdmin />
  return <Removal {...props} onOnlyAdmin={() => setOnlyAdmin(true)} />
}

function Removal(props: RemoveUserProps & { onOnlyAdmin: () => void }) {
  const { organization, member } = props
  const name = personName(member.account)
  const remove = useRemoveMember()
  const pending = usePendingInvitations(organization.id, member.id, member.me ? null : name)
  return (
    <ConfirmDialog
      title={t('Remove {name}?', { name })}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ organizationId: organization.id, membershipId: member.id })
        toast(
          member.me
            ? t('You left {organization}.', { organization: organization.name })
            : t('{name} was removed from {organization}.', { name, organization: organization.name }),
          member.me ? 'neutral' : 'bad',
        )
      }}
      onRefusal={(refusal) => {
        // Another admin lost their privileges while this window was open.
        if (!member.me || refusal.code !== 'last_admin') return refusal
        props.onOnlyAdmin()
        return null
      }}
    >
      {member.me && (
        <Callout title={t('This is you')}>
          {t('You lose your own access immediately, and need a new invitation to come back.')}
        </Callout>
      )}
      {!member.me && member.admin && (
        <Callout title={t('{name} has admin privileges', { name })}>
          {t('They end together with the membership.')}
        </Callout>
      )}
      {!member.me && (
        <Text>
          {t('{name} loses all access through {organization} immediately. To come back, they need a new invitation.', {
            name,
            organization: organization.name,
          })}
        </Text>
      )}
      {pending.isPending && <Skeleton height={22} />}
      {pending.sentence && <Text>{pending.sentence}</Text>}
    </ConfirmDialog>
  )
}
