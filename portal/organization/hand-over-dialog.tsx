import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { MemberSelect } from '../users-and-privileges/member-select'
import { useWhatEnds } from '../users-and-privileges/queries'
import { WhatEnds } from '../users-and-privileges/what-ends'
import { useLeaveOrganization } from './queries'

export function HandOverDialog(props: { organization: Organization; onBack: () => void; onClose: () => void }) {
  const { organization } = props
  const [successorId, setSuccessor] = useState<string | null>(null)
  const leave = useLeaveOrganization()
  const ends = useWhatEnds(organization.id, organization.mine?.membershipId ?? null, null)
  return (
    <ConfirmDialog
      title={t('Hand over and leave')}
      danger
      disabled={!successorId}
      onClose={props.onClose}
      cancelLabel={t('Back')}
      onCancel={props.onBack}
      onConfirm={async () => {
        if (!successorId) return
        await leave.mutateAsync({ organizationId: organization.id, successorId })
        toast(t('You handed over and left {organization}.', { organization: organization.name }), 'neutral')
      }}
    >
      <Text>
        {t('The person you choose gets admin privileges. Your own access through {organization} ends immediately.', {
          organization: organization.name,
        })}
      </Text>
      <MemberSelect
        label={t('Successor')}
        organizationId={organization.id}
        value={successorId}
        onChange={setSuccessor}
        withoutMe
        first
      />
      <WhatEnds {...ends} />
    </ConfirmDialog>
  )
}
