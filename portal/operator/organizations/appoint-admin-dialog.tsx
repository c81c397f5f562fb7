import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import type { ApiError } from '../../api'
import { ConfirmDialog } from '../../ui/dialog'
import { ReasonField } from '../../ui/reason-field'
import { toast } from '../../ui/toast'
import { useAppointAdmin } from '../queries'

/** Where an organization has lost its last admin: somebody else gets admin privileges. */
export function AppointAdminDialog(props: { organization: Organization; onClose: () => void }) {
  const { organization } = props
  const [email, setEmail] = useState('')
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const appoint = useAppointAdmin()
  return (
    <ConfirmDialog
      title={`Appoint admin: ${organization.name}`}
      onClose={props.onClose}
      onConfirm={async () => {
        setRefusal(null)
        const { addressConfirmed } = await appoint.mutateAsync({ organizationId: organization.id, email, reason })
        const appointed = `${email.trim()} is now an admin of ${organization.name}.`
        if (addressConfirmed) toast(appointed)
        else
          toast(
            `${appointed} Nobody has confirmed this address: make sure that the account belongs to whom you mean.`,
            'bad',
          )
      }}
      onRefusal={(refusal) => {
        setRefusal(refusal)
        return refusal.errors.length > 0
      }}
    >
      <Text>The account becomes a member with admin privileges. It is one of the members, or in no organization.</Text>
      <Text>
        Anybody can register with somebody else’s address. Whether it is confirmed, the list of accounts says.
      </Text>
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="off"
        required
        value={email}
        error={refusal?.errorAt('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-autofocus
      />
      <ReasonField value={reason} onChange={setReason} error={refusal?.errorAt('reason')} />
    </ConfirmDialog>
  )
}
