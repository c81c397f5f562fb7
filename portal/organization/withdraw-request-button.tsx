import { Button, type ButtonProps, Text } from '@mantine/core'
import { useState } from 'react'
import { dissolveOrganization, type Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { useEndpoint } from '../endpoint-hooks'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'

/** Withdraws the request for an organization of one's own. */
export function WithdrawRequestButton(props: { organization: Organization; size?: ButtonProps['size'] }) {
  const { id, name, can, stateVersion } = props.organization
  const [asking, setAsking] = useState(false)
  const dissolve = useEndpoint(dissolveOrganization)
  if (!can.dissolve) return null
  return (
    <>
      <Button variant="default" size={props.size} onClick={() => setAsking(true)}>
        {t('Withdraw request')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('Withdraw the request for {organization}?', { organization: name })}
          danger
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await dissolve.mutateAsync({ organizationId: id, stateVersion })
            toast(t('Request for {organization} withdrawn.', { organization: name }))
          }}
        >
          <Text>{t('Operators will no longer review it. You can then create or join another organization.')}</Text>
        </ConfirmDialog>
      )}
    </>
  )
}
