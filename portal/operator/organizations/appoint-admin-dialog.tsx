import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ReasonDialog } from '../../ui/reason-dialog'
import { TextField } from '../../ui/text-fields'
import { toast } from '../../ui/toast'
import { useAppointAdmin } from './queries'

/** Gives an organization that has lost its last admin another one. */
export function AppointAdminDialog(props: { organization: Organization; onClose: () => void }) {
  const { organization } = props
  const name = isolated(organization.name)
  const [email, setEmail] = useState('')
  const appoint = useAppointAdmin()
  return (
    <ReasonDialog
      title={t('Appoint an admin for {organization}', { organization: name })}
      onClose={props.onClose}
      onConfirm={async (reason) => {
        const { addressConfirmed } = await appoint.mutateAsync({ organizationId: organization.id, email, reason })
        const appointed = { email: email.trim(), organization: name }
        if (addressConfirmed) toast(t('{email} is now an admin of {organization}.', appointed))
        else
          toast(
            t(
              '{email} is now an admin of {organization}. This address is not confirmed: make sure that the account belongs to the right person.',
              appointed,
            ),
            'bad',
          )
      }}
    >
      <Text>
        {t(
          'The account becomes a member with admin privileges. It must already be a member, or not be in any organization.',
        )}
      </Text>
      <Text>
        {t(
          'Anyone can register with someone else’s address. The list of accounts shows which addresses are confirmed.',
        )}
      </Text>
      <TextField
        path="email"
        label={t('E-mail')}
        type="email"
        autoComplete="off"
        value={email}
        onChange={setEmail}
        data-autofocus
      />
    </ReasonDialog>
  )
}
