import { useForm } from '@mantine/form'
import type { OpenIdClient } from '../../../src/connections/openid-clients/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useChangeOpenIdClient } from './queries'
import { ClientNameField, ClientSettingsFields, settingsToSend, valuesOf } from './settings-fields'

export function ChangeDialog(props: { client: OpenIdClient; onClose: () => void }) {
  const { client } = props
  const change = useChangeOpenIdClient()
  const form = useForm({ initialValues: valuesOf(client) })
  return (
    <ConfirmDialog
      title={t('Change {application}', { application: isolated(client.name) })}
      confirmLabel={t('Save')}
      size="lg"
      form={form}
      onClose={props.onClose}
      onConfirm={async () => {
        await change.mutateAsync({ clientId: client.id, ...settingsToSend(form.values) })
        toast(t('Application changed.'))
      }}
    >
      <ClientNameField form={form} />
      <ClientSettingsFields form={form} />
    </ConfirmDialog>
  )
}
