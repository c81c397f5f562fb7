import { Button, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Me } from '../standing-changes'
import { ConfirmDialog } from '../ui/dialog'
import { Moment } from '../ui/moment'
import { toast } from '../ui/toast'
import { useSeen } from '../ui/use-seen'
import { useWithdrawAcceptance } from './queries'

/** An invitation was accepted, and an admin has yet to approve it. */
export function Waiting(props: { waiting: NonNullable<Me['waiting']> }) {
  const { organizationName, since } = props.waiting
  const [asking, setAsking] = useState(false)
  return (
    <Stack className="surface" gap="sm" align="flex-start">
      <Title order={2}>Waiting for {organizationName}</Title>
      <Text>
        You accepted its invitation <Moment at={since} />. An admin of {organizationName} now decides. This page changes
        by itself when it is done.
      </Text>
      <Button variant="default" onClick={() => setAsking(true)}>
        Withdraw
      </Button>
      {asking && <WithdrawDialog waiting={props.waiting} onClose={() => setAsking(false)} />}
    </Stack>
  )
}

function WithdrawDialog(props: { waiting: NonNullable<Me['waiting']>; onClose: () => void }) {
  const { seen } = useSeen(props.waiting)
  const withdraw = useWithdrawAcceptance()
  return (
    <ConfirmDialog
      title={`Withdraw from ${seen.organizationName}?`}
      onClose={props.onClose}
      onConfirm={async () => {
        await withdraw.mutateAsync({ acceptanceId: seen.acceptanceId })
        toast(`You no longer wait for ${seen.organizationName}.`, 'neutral')
      }}
    >
      <Text>You stop waiting. To join later you need a new invitation.</Text>
    </ConfirmDialog>
  )
}
