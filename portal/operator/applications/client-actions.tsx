import { Text } from '@mantine/core'
import type { OpenIdClient } from '../../../src/connections/openid-clients/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { DialogButton } from '../../ui/dialog-button'
import { toast } from '../../ui/toast'
import { ChangeDialog } from './change-dialog'
import { useEndOpenIdClient, useReplaceOpenIdSecret } from './queries'
import type { ShownClient } from './secret-window'

export function ClientActions(props: { client: OpenIdClient; onSecret: (shown: ShownClient) => void }) {
  const { client, onSecret } = props
  const name = isolated(client.name)
  return (
    <>
      <DialogButton
        size="xs"
        aria-label={t('Change {application}', { application: name })}
        dialog={(onClose) => <ChangeDialog client={client} onClose={onClose} />}
      >
        {t('Change')}
      </DialogButton>
      <DialogButton
        size="xs"
        offered={client.authentication !== 'none'}
        aria-label={t('Replace the secret of {name}', { name })}
        dialog={(onClose) => <ReplaceSecretDialog client={client} onSecret={onSecret} onClose={onClose} />}
      >
        {t('Replace secret')}
      </DialogButton>
      <DialogButton
        size="xs"
        aria-label={t('End {name}', { name })}
        dialog={(onClose) => <EndDialog client={client} onClose={onClose} />}
      >
        {t('End')}
      </DialogButton>
    </>
  )
}

function ReplaceSecretDialog(props: {
  client: OpenIdClient
  onSecret: (shown: ShownClient) => void
  onClose: () => void
}) {
  const { id, name } = props.client
  const replace = useReplaceOpenIdSecret()
  return (
    <ConfirmDialog
      title={t('Replace the secret of {name}?', { name: isolated(name) })}
      confirmLabel={t('Replace secret')}
      danger
      onClose={props.onClose}
      onConfirm={async () => props.onSecret({ id, ...(await replace.mutateAsync({ clientId: id })) })}
    >
      <Text>
        {t(
          'The former secret stops working at once. Until you enter the new one in the application, people can’t sign in to it.',
        )}
      </Text>
    </ConfirmDialog>
  )
}

function EndDialog(props: { client: OpenIdClient; onClose: () => void }) {
  const { id, name, backchannelLogoutUri } = props.client
  const end = useEndOpenIdClient()
  return (
    <ConfirmDialog
      title={t('End {name}?', { name: isolated(name) })}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await end.mutateAsync({ clientId: id })
        toast(t('Application ended.'), 'neutral')
      }}
    >
      <Text>
        {t('People can no longer sign in to it with this site, and its tokens stop working. This can’t be undone.')}
      </Text>
      {backchannelLogoutUri && <Text>{t('Everyone who is signed in to it is signed out.')}</Text>}
    </ConfirmDialog>
  )
}
