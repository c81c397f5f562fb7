import { Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { DialogButton } from '../../ui/dialog-button'
import { toast } from '../../ui/toast'
import { AdoptButton } from './adopt-dialog'
import { ModeButton } from './mode-dialog'
import { PreviewButton } from './preview-button'
import { useChangeSystem } from './queries'
import { initialSettings, SystemFields, settingsToConnect } from './system-fields'
import { type SystemForm, systemForms } from './system-forms'

export function SystemActions({ connection }: { connection: ConnectionItem }) {
  const system = systemForms[connection.kind]
  return (
    system && (
      <>
        {connection.everEnabled && (
          <>
            <PreviewButton connection={connection} />
            <AdoptButton connection={connection} />
            <ModeButton connection={connection} />
          </>
        )}
        <DialogButton
          size="xs"
          dialog={(onClose) => <ChangeSystemDialog connection={connection} system={system} onClose={onClose} />}
        >
          {t('Change settings')}
        </DialogButton>
      </>
    )
  )
}

function ChangeSystemDialog(props: { connection: ConnectionItem; system: SystemForm; onClose: () => void }) {
  const { connection, system, onClose } = props
  const { id, kind, settings } = connection
  const change = useChangeSystem()
  const form = useForm({ initialValues: { settings: initialSettings(system, settings ?? {}), secret: '' } })
  return (
    <ConfirmDialog
      title={t('Change settings')}
      confirmLabel={t('Save')}
      form={form}
      onClose={onClose}
      onConfirm={async () => {
        const { settings: entered, secret } = form.values
        const changed = settingsToConnect(kind, system, entered)
        await change.mutateAsync({ connectionId: id, settings: changed, secret: secret || null })
        toast(t('Settings changed.'))
      }}
    >
      <Text>{t('Leave the secret empty to keep it. What has failed is tried again at once.')}</Text>
      <SystemFields system={system} form={form} keepsSecret />
    </ConfirmDialog>
  )
}
