import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef } from 'react'
import type { S3KeysOfService } from '../../src/connections/s3-keys/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { EndDateField, endOf } from '../ui/end-date-field'
import { toast } from '../ui/toast'
import { type S3Secret, useCreateS3Key } from './queries'

export function AddS3KeyDialog(props: {
  service: S3KeysOfService['service']
  onMade: (made: S3Secret) => void
  onClose: () => void
}) {
  const create = useCreateS3Key()
  const end = useRef<HTMLInputElement>(null)
  const form = useForm({ initialValues: { name: '' } })
  return (
    <ConfirmDialog
      title={t('Add S3 key for {service}', { service: isolated(props.service.name) })}
      form={form}
      onClose={props.onClose}
      onConfirm={async () => {
        const name = form.values.name.trim()
        const expiresAt = endOf(end.current!) ?? null
        props.onMade({ ...(await create.mutateAsync({ service: props.service.key, name, expiresAt })), name })
        toast(t('S3 key added.'))
      }}
    >
      <TextInput
        label={t('Name')}
        description={t('What it is for, so that you recognize it later.')}
        data-autofocus
        maxLength={60}
        {...form.getInputProps('name')}
      />
      <EndDateField ref={end} about={t('Optional. The key stops working at the end of this day.')} />
    </ConfirmDialog>
  )
}
