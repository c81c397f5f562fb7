import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { ConfirmDialog } from '../../ui/dialog'
import { ReasonField } from '../../ui/reason-field'
import { TextField } from '../../ui/text-fields'
import { toast } from '../../ui/toast'
import { useAppointAdmin } from '../queries'

/** Where an organization has lost its last admin: somebody else gets admin privileges. */
export function AppointAdminDialog(props: { organization: Organization; onClose: () => void }) {
  const { organization } = props
  const [email, setEmail] = useState('')
  const [reason, setReason] = useState('')
  const appoint = useAppointAdmin()
  return (
    <ConfirmDialog
      title={`Appoint admin: ${organization.name}`}
      onClose={props.onClose}
      onConfirm={async () => {
        const { addressConfirmed } = await appoint.mutateAsync({ organizationId: organization.id, email, reason })
        const appointed = `${email.trim()} is now an admin of ${organization.name}.`
        if (addressConfirmed) toast(appointed)
        else
          toast(
            `${appointed} Nobody has confirmed this address: make sure that the account belongs to whom you mean.`,
            'bad',
          )
      }}
    >
      <Text>The account becomes a member with admin privileges. It is one of the members, or in no organization.</Text>
      <Text>
        Anybody can register with somebody else’s address. Whether it is confirmed, the list of accounts says.
      </Text>
      <TextField
        path="email"
        label="E-mail"
        type="email"
        autoComplete="off"
        value={email}
        onChange={setEmail}
        data-autofocus
      />
      <ReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  )
}
