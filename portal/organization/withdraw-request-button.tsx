import { type ButtonProps, Text } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { DialogButton } from '../ui/dialog-button'
import { toast } from '../ui/toast'
import { useDissolveOrganization } from './queries'

/** Withdraws the request for an organization of one's own. */
export function WithdrawRequestButton(props: { organization: Organization; size?: ButtonProps['size'] }) {
  const { id, name, can, stateVersion } = props.organization
  const dissolve = useDissolveOrganization()
  if (!can.dissolve) return null
  return (
    <DialogButton
      size={props.size}
      dialog={(onClose) => (
        <ConfirmDialog
          title={t('Withdraw the request for {organization}?', { organization: name })}
          danger
          onClose={onClose}
          onConfirm={async () => {
            await dissolve.mutateAsync({ organizationId: id, stateVersion })
            toast(t('Request for {organization} withdrawn.', { organization: name }))
          }}
        >
          <Text>{t('Operators will no longer review it. You can then create or join another organization.')}</Text>
        </ConfirmDialog>
      )}
    >
      {t('Withdraw request')}
    </DialogButton>
  )
}
