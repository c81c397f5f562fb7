import { Button, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Me } from '../notices'
import { ConfirmDialog } from '../ui/dialog'
import { Moment } from '../ui/moment'
import { toast } from '../ui/toast'
import { useWithdrawAcceptance } from './queries'

/** An invitation was accepted, and an admin has yet to approve it. */
export function Waiting(props: { waiting: NonNullable<Me['waiting']> }) {
  const { organizationName, since } = props.waiting
  const [asking, setAsking] = useState(false)
  const withdraw = useWithdrawAcceptance()
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
      {asking && (
        <ConfirmDialog
          title={`Withdraw from ${organizationName}?`}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await withdraw.mutateAsync({})
            toast(`You no longer wait for ${organizationName}.`, 'neutral')
          }}
        >
          <Text>You stop waiting. To join later you need a new invitation.</Text>
        </ConfirmDialog>
      )}
    </Stack>
  )
}
