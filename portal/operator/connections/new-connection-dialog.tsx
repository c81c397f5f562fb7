import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type ConnectionItem, connectionKinds } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { message, t, translated } from '../../../src/platform/messages/t'
import type { Service } from '../../../src/roles/services/schema'
import { ApiError } from '../../api'
import { Callout } from '../../ui/callout'
import { ChoiceField } from '../../ui/choice-field'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { connectionKindTexts, isSystem } from './columns'
import { GatewayKeyFields, GatewayLimitFields, limitsToSend, noGatewayLimits } from './gateway-fields'
import { useConnectSystem, useCreateConnection, useCreateS3Gateway, useCreateWebhook } from './queries'
import { initialSettings, SystemFields, settingsToConnect } from './system-fields'
import { systemForms } from './system-forms'

/** The connections of applications come and go with these. */
const kinds = connectionKinds.filter(
  (kind): kind is Exclude<ConnectionItem['kind'], 'openid'> =>
    kind !== 'openid' && (!isSystem(kind) || kind in systemForms),
)

const initialValues = {
  service: null as string | null,
  kind: 'pull' as (typeof kinds)[number],
  name: '',
  url: '',
  accessKey: '',
  secretKey: '',
  settings: initialSettings(systemForms.jupyterhub!),
  secret: '',
  ...noGatewayLimits,
}

const aboutKind: Record<(typeof kinds)[number], string> = {
  pull: message('The service reads the changes from this site, with a service key.'),
  webhook: message('This site sends each change to the service.'),
  s3: message('This site makes users and keys on a Ceph RADOS gateway, and disables them when access ends.'),
  jupyterhub: message('This site puts people into a group of the hub. When access ends, it stops their servers.'),
  keystone: message(
    'This site puts people into groups of OpenStack projects. When access ends, it deletes their credentials.',
  ),
  keycloak: message('This site puts people into groups of a realm. When access ends, it ends their sessions there.'),
  ldap: message('This site writes groups and accounts into a directory.'),
  scim: message('This site writes people and groups into a service that speaks SCIM 2.0.'),
}

const entered = (settings: Record<string, string>) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))

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
  const connect = useConnectSystem()
  const form = useForm({ initialValues })
  const { kind } = form.values
  const system = systemForms[kind]
  const chosen = props.services.find(({ key }) => key === form.values.service)
  async function create() {
    const { service, name, url, accessKey, secretKey, settings, secret } = form.values
    if (service === null) throw noService()
    if (kind === 'pull') await feed.mutateAsync({ service, kind, name })
    else if (system)
      await connect.mutateAsync({ service, name, settings: settingsToConnect(kind, system, settings), secret })
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
        onChange={(chosen) => {
          form.setFieldValue('kind', chosen as (typeof kinds)[number])
          const other = systemForms[chosen as (typeof kinds)[number]]
          // What was entered for another kind stays where the fields are the same.
          if (other) form.setFieldValue('settings', initialSettings(other, entered(form.values.settings)))
        }}
      />
      <TextInput
        label={t('Name')}
        description={t('What it is for, so that you recognize it later.')}
        maxLength={60}
        {...form.getInputProps('name')}
      />
      {system && <SystemFields system={system} form={form} />}
      {kind !== 'pull' && !system && (
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
