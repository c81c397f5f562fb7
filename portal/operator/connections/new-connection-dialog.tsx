import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { connectionKinds } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { message, t, translated } from '../../../src/platform/messages/t'
import type { Service } from '../../../src/roles/services/schema'
import { ApiError } from '../../api'
import { Callout } from '../../ui/callout'
import { ChoiceField } from '../../ui/choice-field'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { connectionKindTexts } from './columns'
import { GatewayKeyFields, GatewayLimitFields, limitsToSend, noGatewayLimits } from './gateway-fields'
import { useCreateConnection, useCreateS3Gateway, useCreateWebhook } from './queries'

/** The connections of applications come and go with these. */
const kinds = connectionKinds.filter((kind) => kind !== 'openid')

const initialValues = {
  service: null as string | null,
  kind: 'pull' as (typeof kinds)[number],
  name: '',
  url: '',
  accessKey: '',
  secretKey: '',
  ...noGatewayLimits,
}

const aboutKind: Record<(typeof kinds)[number], string> = {
  pull: message('The service reads the changes from this site, with a service key.'),
  webhook: message('This site sends each change to the service.'),
  s3: message('This site makes users and keys on a Ceph RADOS gateway, and disables them when access ends.'),
}

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
  const gateway = useCreateS3Gateway()
  const form = useForm({ initialValues })
  const { kind } = form.values
  const chosen = props.services.find(({ key }) => key === form.values.service)
  async function create() {
    const { service, name, url, accessKey, secretKey } = form.values
    if (service === null) throw noService()
    if (kind === 'pull') await feed.mutateAsync({ service, kind, name })
    else if (kind === 's3')
      await gateway.mutateAsync({ service, name, url, accessKey, secretKey, ...limitsToSend(form.values) })
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
      {kind === 's3' && chosen?.s3Keys === null && (
        <Callout>
          {t(
            'People get no S3 keys for {service} yet. To change that, edit the service under Services and roles and enter S3 keys per person.',
            { service: isolated(chosen.name) },
          )}
        </Callout>
      )}
      <ChoiceField
        label={t('Kind')}
        description={translated(aboutKind[kind])}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={kinds.map((value) => ({ value, label: translated(connectionKindTexts[value]) }))}
        {...form.getInputProps('kind')}
      />
      <TextInput
        label={t('Name')}
        description={t('What it is for, so that you recognize it later.')}
        maxLength={60}
        {...form.getInputProps('name')}
      />
      {kind !== 'pull' && (
        <TextInput
          label={t('URL')}
          description={
            kind === 's3'
              ? t('The address of the gateway, for its S3 API and its admin API.')
              : t('Where the service receives requests.')
          }
          type="url"
          placeholder="https://"
          {...form.getInputProps('url')}
        />
      )}
      {kind === 's3' && (
        <>
          <GatewayKeyFields form={form} />
          <GatewayLimitFields form={form} service={chosen} />
        </>
      )}
    </ConfirmDialog>
  )
}
