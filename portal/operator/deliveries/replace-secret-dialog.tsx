import { Text } from '@mantine/core'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { useRotateWebhookSecret } from './queries'

export function ReplaceSecretDialog(props: {
  connection: ConnectionItem
  onMade: (secret: string) => void
  onClose: () => void
}) {
  const { id: connectionId, name } = props.connection
  const rotate = useRotateWebhookSecret()
  return (
    <ConfirmDialog
      title={t('Replace the secret of {name}?', { name: isolated(name) })}
      confirmLabel={t('Replace secret')}
      onClose={props.onClose}
      onConfirm={async () => props.onMade((await rotate.mutateAsync({ connectionId })).secret)}
    >
      <Text>{t('You get a new secret. For 24 hours, requests are signed with both, so nothing is lost.')}</Text>
    </ConfirmDialog>
  )
}
