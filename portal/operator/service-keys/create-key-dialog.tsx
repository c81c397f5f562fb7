import { Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { createServiceKey } from '../../../src/connections/service-keys/schema'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { t } from '../../../src/platform/messages/t'
import { ExpiryField } from '../../tokens/expiry-field'
import { ConfirmDialog } from '../../ui/dialog'
import { useCreateServiceKey } from './queries'

export type MadeServiceKey = AnswerOf<typeof createServiceKey>

export function CreateServiceKeyDialog(props: {
  serviceKey: string
  onMade: (made: MadeServiceKey) => void
  onClose: () => void
}) {
  const create = useCreateServiceKey()
  const form = useForm({ initialValues: { name: '', days: 366 } })
  return (
    <ConfirmDialog
      title={t('Create service key')}
      confirmLabel={t('Create service key')}
      form={form}
      onClose={props.onClose}
      onConfirm={async () => props.onMade(await create.mutateAsync({ key: props.serviceKey, ...form.values }))}
    >
      <Text>{t('With this key, the service can read who has access to it and what has changed.')}</Text>
      <TextInput
        label={t('Name')}
        description={t('What it is for, so that you recognize it later.')}
        data-autofocus
        maxLength={60}
        {...form.getInputProps('name')}
      />
      <ExpiryField value={form.values.days} onChange={(days) => form.setFieldValue('days', days)} />
    </ConfirmDialog>
  )
}
