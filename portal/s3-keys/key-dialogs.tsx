import { Text } from '@mantine/core'
import type { S3Key } from '../../src/connections/s3-keys/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { type S3Secret, useDeleteS3Key, useResetS3Secret } from './queries'

export function ResetS3SecretDialog(props: { item: S3Key; onMade: (made: S3Secret) => void; onClose: () => void }) {
  const { id: keyId, name } = props.item
  const reset = useResetS3Secret()
  return (
    <ConfirmDialog
      title={t('Reset the secret of {name}?', { name: isolated(name) })}
      danger
      onClose={props.onClose}
      onConfirm={async () => props.onMade({ ...(await reset.mutateAsync({ keyId })), name })}
    >
      <Text>
        {t('You get a new secret. The access key stays the same. Programs that use the old secret stop working.')}
      </Text>
    </ConfirmDialog>
  )
}

export function DeleteS3KeyDialog(props: { item: S3Key; onClose: () => void }) {
  const { id: keyId, name } = props.item
  const remove = useDeleteS3Key()
  return (
    <ConfirmDialog
      title={t('Delete {name}?', { name: isolated(name) })}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ keyId })
        toast(t('S3 key deleted.'), 'neutral')
      }}
    >
      <Text>
        {t(
          'Programs that use this key stop working as soon as the service confirms that the key is gone. Your data stays. This can’t be undone.',
        )}
      </Text>
    </ConfirmDialog>
  )
}
