import { useForm } from '@mantine/form'
import type { createOpenIdClient } from '../../../src/connections/openid-clients/schema'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { message, t, translated } from '../../../src/platform/messages/t'
import type { Service } from '../../../src/roles/services/schema'
import { ChoiceField } from '../../ui/choice-field'
import { ConfirmDialog } from '../../ui/dialog'
import { useCreateOpenIdClient } from './queries'
import { ClientNameField, ClientSettingsFields, noClientValues, settingsToSend } from './settings-fields'

export type RegisteredClient = AnswerOf<typeof createOpenIdClient>

/** The value of the choice for an application of no service. */
const everyone = '*'

const authentications = {
  client_secret_basic: message('A secret, in a header (usual)'),
  client_secret_post: message('A secret, in the form'),
  none: message('No secret: it runs in a browser or an app'),
}

export function RegisterDialog(props: {
  services: Service[]
  onMade: (made: RegisteredClient) => void
  onClose: () => void
}) {
  const create = useCreateOpenIdClient()
  const form = useForm({
    initialValues: {
      ...noClientValues,
      service: everyone,
      authentication: 'client_secret_basic' as keyof typeof authentications,
    },
  })
  const services = props.services.filter(({ retired }) => !retired)
  return (
    <ConfirmDialog
      title={t('Register application')}
      confirmLabel={t('Register')}
      size="lg"
      form={form}
      onClose={props.onClose}
      onConfirm={async () => {
        const { service, authentication } = form.values
        const settings = settingsToSend(form.values)
        props.onMade(
          await create.mutateAsync({ ...settings, authentication, service: service === everyone ? null : service }),
        )
      }}
    >
      <ClientNameField form={form} />
      <ChoiceField
        label={t('Who may sign in')}
        data={[
          { value: everyone, label: t('Everyone with an account') },
          ...services.map(({ key, name }) => ({
            value: key,
            label: t('People who may use {service}', { service: name }),
          })),
        ]}
        {...form.getInputProps('service')}
      />
      <ChoiceField
        label={t('How it identifies itself')}
        data={Object.entries(authentications).map(([value, text]) => ({ value, label: translated(text) }))}
        {...form.getInputProps('authentication')}
      />
      <ClientSettingsFields form={form} />
    </ConfirmDialog>
  )
}
