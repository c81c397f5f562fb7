import { Text } from '@mantine/core'
import type { Membership } from '../../src/membership/memberships/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { personName } from '../../src/platform/input/names'
import { formatMessage } from '../../src/platform/messages/format-message'
import { t } from '../../src/platform/messages/t'
import { LeaveDialog } from '../organization/leave-dialog'
import { Callout } from '../ui/callout'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useRemoveMember, useWhatEnds } from './queries'
import { WhatEnds } from './what-ends'

interface RemoveUserProps {
  organization: Organization
  member: Membership
  /** How many they made under this membership. */
  s3Keys: number
  onClose: () => void
}

/** Removing yourself is leaving. */
export function RemoveUserDialog(props: RemoveUserProps) {
  const { organization, onClose } = props
  return props.member.me ? <LeaveDialog organization={organization} onClose={onClose} /> : <Removal {...props} />
}

function Removal({ organization, member, s3Keys, onClose }: RemoveUserProps) {
  const name = personName(member.account)
  const remove = useRemoveMember()
  const ends = useWhatEnds(organization.id, member.id, name)
  return (
    <ConfirmDialog
      title={t('Remove {name}?', { name })}
      danger
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ organizationId: organization.id, membershipId: member.id })
        toast(t('{name} was removed from {organization}.', { name, organization: organization.name }), 'neutral')
      }}
    >
      {member.admin && (
        <Callout title={t('{name} has admin privileges', { name })}>{t('They end when the membership ends.')}</Callout>
      )}
      <Text>
        {t(
          '{name} loses all access through {organization} immediately. To come back, they need an admin’s approval, or a new invitation that only their e-mail address can use.',
          { name, organization: organization.name },
        )}
      </Text>
      <WhatEnds {...ends} />
      {s3Keys > 0 && <Text>{alsoKeys(s3Keys)}</Text>}
    </ConfirmDialog>
  )
}

const alsoKeys = (count: number) =>
  formatMessage('{count, plural, one {Their S3 key ends too.} other {Their # S3 keys end too.}}', { count })
