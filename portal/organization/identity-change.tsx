import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { Callout } from '../ui/callout'
import { ConfirmDialog } from '../ui/dialog'
import { Moment } from '../ui/moment'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { useSeen } from '../ui/use-seen'
import { useWithdrawIdentityChange } from './queries'

/** The new name or tax id that waits for an operator: Current → Requested. */
export function IdentityChange(props: { organization: Organization; children?: React.ReactNode }) {
  const { name, taxId, identityChange } = props.organization
  const [withdrawing, setWithdrawing] = useState(false)
  if (!identityChange) return null
  return (
    <Callout title="A new name or tax id is waiting for an operator">
      <IdentityChangeFacts current={{ name, taxId }} requested={identityChange} />
      <Text c="dimmed" size="sm">
        Requested by {personName(identityChange.by)}, <Moment at={identityChange.at} />
      </Text>
      <Group gap="sm" mt="sm">
        {props.children}
        {props.organization.can.withdrawIdentityChange && (
          <Button variant="default" size="xs" onClick={() => setWithdrawing(true)}>
            Withdraw
          </Button>
        )}
      </Group>
      {withdrawing && <WithdrawDialog organization={props.organization} onClose={() => setWithdrawing(false)} />}
    </Callout>
  )
}

export function IdentityChangeFacts(props: {
  current: { name: string; taxId: string }
  requested: { name: string | null; taxId: string | null }
}) {
  const { current, requested } = props
  const line = (what: string, from: string, to: string | null) =>
    to !== null && (
      <Text className="prose">
        {what}: {from || 'none'} → <b>{to || 'none'}</b>
      </Text>
    )
  return (
    <>
      {line('Name', current.name, requested.name)}
      {line('Tax id', current.taxId, requested.taxId)}
    </>
  )
}

function WithdrawDialog(props: { organization: Organization; onClose: () => void }) {
  const { seen: organization, lookAgain } = useSeen(props.organization)
  const withdraw = useWithdrawIdentityChange()
  return (
    <ConfirmDialog
      title="Withdraw this change?"
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        const { id: organizationId, detailsVersion } = organization
        await withdraw.mutateAsync({ organizationId, detailsVersion })
        toast('The change is withdrawn.', 'neutral')
      }}
    >
      <Text>The current name and tax id stay.</Text>
    </ConfirmDialog>
  )
}
