import { useRef } from 'react'
import type { S3Key } from '../../src/connections/s3-keys/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { EndDateField, endOf } from '../ui/end-date-field'
import { dayOf } from '../ui/local-time'
import { toast } from '../ui/toast'
import { useSetS3KeyEnd } from './queries'

export function ChangeS3KeyEndDialog(props: { item: S3Key; onClose: () => void }) {
  const { id: keyId, name, expiresAt } = props.item
  const change = useSetS3KeyEnd()
  const end = useRef<HTMLInputElement>(null)
  return (
    <ConfirmDialog
      title={t('Change end of {name}', { name: isolated(name) })}
      confirmLabel={t('Save')}
      onClose={props.onClose}
      onConfirm={async () => {
        await change.mutateAsync({ keyId, expiresAt: endOf(end.current!) ?? null })
        toast(t('End date changed.'))
      }}
    >
      <EndDateField
        ref={end}
        about={t('The key stops working at the end of this day. Clear the field for no end.')}
        current={expiresAt ? dayOf(new Date(expiresAt)) : undefined}
      />
    </ConfirmDialog>
  )
}
