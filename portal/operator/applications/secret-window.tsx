import { Stack, Text } from '@mantine/core'
import { t } from '../../../src/platform/messages/t'
import { SecretWindow } from '../../tokens/secret-window'
import { CopyIcon } from '../../ui/copy-icon'
import { InfoDialog } from '../../ui/info-dialog'

export interface ShownClient {
  id: string
  secret: string | null
}

/** What an operator enters in the application. The secret is shown only now. */
export function ClientSecretWindow({ client, onClose }: { client: ShownClient; onClose: () => void }) {
  if (client.secret === null)
    return (
      <InfoDialog title={t('Application registered')} closeLabel={t('Done')} onClose={onClose}>
        <ClientId id={client.id} />
      </InfoDialog>
    )
  return (
    <SecretWindow
      title={t('Copy the client secret')}
      warning={t('This secret is shown only now')}
      secret={client.secret}
      label={t('Client secret')}
      copyLabel={t('Copy secret')}
      closeLabel={t('I have saved the secret')}
      below={<ClientId id={client.id} />}
      onClose={onClose}
    >
      {t('Enter it in the application, with the client ID and the address of this site as the issuer.')}
    </SecretWindow>
  )
}

function ClientId({ id }: { id: string }) {
  return (
    <Stack gap={2}>
      <Text size="sm" c="dimmed">
        {t('Client ID')}
      </Text>
      <Text ff="monospace" style={{ overflowWrap: 'anywhere' }}>
        {id} <CopyIcon text={id} label={t('Copy client ID')} />
      </Text>
    </Stack>
  )
}
