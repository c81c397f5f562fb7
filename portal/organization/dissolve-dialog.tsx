import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { ReasonField } from '../ui/reason-field'
import { toast } from '../ui/toast'
import { useSnapshot } from '../ui/use-snapshot'
import { useWhatEnds } from '../users-and-privileges/queries'
import { WhatEnds } from '../users-and-privileges/what-ends'
import { useDissolveOrganization } from './queries'

export function DissolveDialog(props: { organization: Organization; onBack: () => void; onClose: () => void }) {
  const { seen: organization, lookAgain } = useSnapshot(props.organization)
  const dissolve = useDissolveOrganization()
  const [reason, setReason] = useState('')
  const ends = useWhatEnds(organization.id, organization.mine?.membershipId ?? null, null)
  // An organization with other members can only be dissolved by an operator, who gives a reason.
  const asOperator = organization.members > 1
  return (
    <ConfirmDialog
      title={t('Dissolve {organization}?', { organization: organization.name })}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      cancelLabel={t('Back')}
      onCancel={props.onBack}
      onConfirm={async () => {
        await dissolve.mutateAsync({
          organizationId: organization.id,
          stateVersion: organization.stateVersion,
          ...(asOperator ? { reason } : {}),
        })
        toast(t('{organization} was dissolved.', { organization: organization.name }), 'neutral')
      }}
    >
      <Text>{t('The organization and its pending invitations end permanently. This can’t be undone.')}</Text>
      <WhatEnds {...ends} />
      {asOperator && <ReasonField value={reason} onChange={setReason} />}
    </ConfirmDialog>
  )
}
