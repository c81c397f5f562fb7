import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { formatMessage } from '../../src/platform/messages/format-message'
import { t } from '../../src/platform/messages/t'
import { useKeysOfMembership } from '../s3-keys/queries'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useWhatEnds } from '../users-and-privileges/queries'
import { WhatEnds } from '../users-and-privileges/what-ends'
import { DissolveDialog } from './dissolve-dialog'
import { HandOverDialog } from './hand-over-dialog'
import { LeaveAlternativesDialog } from './leave-alternatives-dialog'
import { useLeaveOrganization } from './queries'

type Step = 'leave' | 'ways_out' | 'hand_over' | 'dissolve'

/** Leaves the organization. Its only admin is offered to hand over or to dissolve it. */
export function LeaveDialog(props: { organization: Organization; onClose: () => void }) {
  const { organization, onClose } = props
  const [step, setStep] = useState<Step>(organization.can.leave ? 'leave' : 'ways_out')
  const back = () => setStep('ways_out')
  if (step === 'ways_out') {
    return (
      <LeaveAlternativesDialog
        organization={organization}
        onHandOver={() => setStep('hand_over')}
        onDissolve={() => setStep('dissolve')}
        onClose={onClose}
      />
    )
  }
  if (step === 'hand_over') return <HandOverDialog organization={organization} onBack={back} onClose={onClose} />
  if (step === 'dissolve') return <DissolveDialog organization={organization} onBack={back} onClose={onClose} />
  return <PlainLeaving organization={organization} onLastAdmin={back} onClose={onClose} />
}

function PlainLeaving(props: { organization: Organization; onLastAdmin: () => void; onClose: () => void }) {
  const { organization } = props
  const leave = useLeaveOrganization()
  const s3Keys = useKeysOfMembership()
  const ends = useWhatEnds(organization.id, organization.mine?.membershipId ?? null, null)
  return (
    <ConfirmDialog
      title={t('Leave {organization}?', { organization: organization.name })}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await leave.mutateAsync({ organizationId: organization.id })
        toast(t('You left {organization}.', { organization: organization.name }), 'neutral')
      }}
      onRefusal={(refusal) => {
        // Another admin lost their privileges while this window was open.
        if (refusal.code !== 'last_admin') return refusal
        props.onLastAdmin()
        return null
      }}
    >
      <Text>
        {t('Your access through this organization ends immediately. To come back, you need a new invitation.')}
      </Text>
      <WhatEnds {...ends} />
      {s3Keys > 0 && <Text>{yourKeys(s3Keys)}</Text>}
    </ConfirmDialog>
  )
}

const yourKeys = (count: number) =>
  formatMessage('{count, plural, one {Your S3 key ends too.} other {Your # S3 keys end too.}}', { count })
