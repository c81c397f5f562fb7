import { ActionIcon } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import type { S3Key } from '../../src/connections/s3-keys/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { ApiError } from '../api'
import { DialogButton } from '../ui/dialog-button'
import { toast } from '../ui/toast'
import { ChangeS3KeyEndDialog } from './change-end-dialog'
import { DeleteS3KeyDialog, ResetS3SecretDialog } from './key-dialogs'
import { type S3Secret, useShowS3Secret } from './queries'

export function S3KeyActions({ item, onShown }: { item: S3Key; onShown: (shown: S3Secret) => void }) {
  const name = isolated(item.name)
  const showSecret = t('Show secret of {name}', { name })
  const shows = useShowS3Secret()
  async function show() {
    // Each time a secret is shown is an event, so a second click while it loads does nothing.
    if (shows.isPending) return
    try {
      onShown({ ...(await shows.mutateAsync({ keyId: item.id })), name: item.name })
    } catch (error) {
      if (error instanceof ApiError) toast(error.message, 'bad')
    }
  }
  return (
    <>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={showSecret}
        title={t('Show secret')}
        onClick={() => void show()}
      >
        <IconEye size={18} aria-hidden />
      </ActionIcon>
      <DialogButton
        size="xs"
        aria-label={t('Reset secret of {name}', { name })}
        dialog={(onClose) => <ResetS3SecretDialog item={item} onMade={onShown} onClose={onClose} />}
      >
        {t('Reset secret')}
      </DialogButton>
      <DialogButton
        size="xs"
        aria-label={t('Change end of {name}', { name })}
        dialog={(onClose) => <ChangeS3KeyEndDialog item={item} onClose={onClose} />}
      >
        {t('Change end')}
      </DialogButton>
      <DialogButton
        size="xs"
        aria-label={t('Delete {name}', { name })}
        dialog={(onClose) => <DeleteS3KeyDialog item={item} onClose={onClose} />}
      >
        {t('Delete')}
      </DialogButton>
    </>
  )
}
