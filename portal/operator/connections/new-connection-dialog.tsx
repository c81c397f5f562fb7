import { Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type ConnectionItem, connectionKinds } from '../../../src/connections/connection-settings/schema'
import { t, translated } from '../../../src/platform/messages/t'
import type { Service } from '../../../src/roles/services/schema'
import { ApiError } from '../../api'
import { ChoiceField } from '../../ui/choice-field'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { connectionKindTexts } from './columns'
import { useCreateConnection, useCreateWebhook } from './queries'

const initialValues = { service: null as string | null, kind: 'pull' as ConnectionItem['kind'], name: '', url: '' }

const noService = () =>
  new ApiError('invalid_input', t('Choose a service.'), 400, [{ path: 'service', message: t('Choose a service.') }])

/** Connects a service. A webhook gets a signing secret, which is shown next. */
export function NewConnectionDialog(props: {
  services: Service[]
  onSecret: (secret: string) => void
  onClose: () => void
}) {
  const feed = useCreateConnection()
  const webhook = useCreateWebhook()
  const form = useForm({ initialValues })
  const { kind } = form.values
  async function create() {
    const { service, name, url } = form.values
    if (service === null) throw noService()
    if (kind === 'pull') await feed.mutateAsync({ service, kind, name })
    else props.onSecret((await webhook.mutateAsync({ service, name, url })).secret)
    toast(t('Connection created. It is off until you switch it on.'))
  }
  return (
    <ConfirmDialog
      title={t('New connection')}
      confirmLabel={t('Create connection')}
      form={form}
      onClose={props.onClose}
      onConfirm={create}
    >
      <ChoiceField
        label={t('Service')}
        placeholder={t('Choose a service')}
        data={props.services.map(({ key, name }) => ({ value: key, label: name }))}
        data-autofocus
        {...form.getInputProps('service')}
      />
      <ChoiceField
        label={t('Kind')}
        data={connectionKinds.map((value) => ({ value, label: translated(connectionKindTexts[value]) }))}
        {...form.getInputProps('kind')}
      />
      <Text size="sm" c="dimmed" mt={-8}>
        {kind === 'pull'
          ? t('The service asks this site for changes, with a service key.')
          : t('This site sends each change to the service.')}
      </Text>
      <TextInput
        label={t('Name')}
        description={t('What it is for, so that you recognize it later.')}
        maxLength={60}
        {...form.getInputProps('name')}
      />
      {kind === 'webhook' && (
        <TextInput
          label={t('URL')}
          description={t('Where the service receives requests.')}
          type="url"
          placeholder="https://"
          {...form.getInputProps('url')}
        />
      )}
    </ConfirmDialog>
  )
}
