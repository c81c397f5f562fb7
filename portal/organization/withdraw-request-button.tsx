import { Button, type ButtonProps, Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useDissolveOrganization } from './queries'

/** The way out for whoever waits for an organization of their own. */
export function WithdrawRequestButton(props: { organization: Organization; size?: ButtonProps['size'] }) {
  const { id, name, can, stateVersion } = props.organization
  const [asking, setAsking] = useState(false)
  const dissolve = useDissolveOrganization()
  if (!can.dissolve) return null
  return (
    <>
      <Button variant="default" size={props.size} onClick={() => setAsking(true)}>
        Withdraw request
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Withdraw the request for ${name}?`}
          danger
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await dissolve.mutateAsync({ organizationId: id, stateVersion })
            toast(`The request for ${name} is withdrawn.`)
          }}
        >
          <Text>No operator decides about it any more. You can create or join another organization then.</Text>
        </ConfirmDialog>
      )}
    </>
  )
}
