import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useSetWebhookAddress } from './queries'

export function ChangeWebhookAddressDialog(props: { connection: ConnectionItem; onClose: () => void }) {
  const { id: connectionId, url } = props.connection
  const change = useSetWebhookAddress()
  const form = useForm({ initialValues: { url: url ?? '' } })
  return (
    <ConfirmDialog
      title={t('Change address')}
      confirmLabel={t('Save')}
      form={form}
      onClose={props.onClose}
      onConfirm={async () => {
        await change.mutateAsync({ connectionId, ...form.values })
        toast(t('Address changed.'))
      }}
    >
      <TextInput
        label={t('URL')}
        description={t('Where the service receives requests.')}
        type="url"
        data-autofocus
        {...form.getInputProps('url')}
      />
    </ConfirmDialog>
  )
}
