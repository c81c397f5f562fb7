import { Checkbox, Fieldset, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { OpenIdClient } from '../../../src/connections/openid-clients/schema'
import { t } from '../../../src/platform/messages/t'
import { everyScope, scopeText } from '../../applications/scope-texts'
import { UrlLines, urlsOf } from './url-lines'

/** What an operator enters about an application, as the fields hold it. */
export interface ClientValues {
  name: string
  redirectUris: string
  postLogoutRedirectUris: string
  backchannelLogoutUri: string
  scopes: OpenIdClient['scopes']
  asksConsent: boolean
}

export const noClientValues: ClientValues = {
  name: '',
  redirectUris: '',
  postLogoutRedirectUris: '',
  backchannelLogoutUri: '',
  scopes: [],
  asksConsent: false,
}

export const valuesOf = (client: OpenIdClient): ClientValues => ({
  name: client.name,
  redirectUris: client.redirectUris.join('\n'),
  postLogoutRedirectUris: client.postLogoutRedirectUris.join('\n'),
  backchannelLogoutUri: client.backchannelLogoutUri ?? '',
  scopes: client.scopes,
  asksConsent: client.asksConsent,
})

export const settingsToSend = (values: ClientValues) => ({
  name: values.name,
  redirectUris: urlsOf(values.redirectUris),
  postLogoutRedirectUris: urlsOf(values.postLogoutRedirectUris),
  backchannelLogoutUri: values.backchannelLogoutUri.trim() || null,
  scopes: values.scopes,
  asksConsent: values.asksConsent,
})

type SettingsForm<Values extends ClientValues> = Pick<
  UseFormReturnType<Values>,
  'values' | 'setFieldValue' | 'getInputProps'
>

export function ClientNameField({ form }: { form: Pick<UseFormReturnType<ClientValues>, 'getInputProps'> }) {
  return (
    <TextInput
      label={t('Name')}
      description={t('As people see it when they sign in.')}
      maxLength={60}
      data-autofocus
      {...form.getInputProps('name')}
    />
  )
}

export function ClientSettingsFields<Values extends ClientValues>({ form }: { form: SettingsForm<Values> }) {
  const { values } = form
  const set = form.setFieldValue as (field: keyof ClientValues, value: unknown) => void
  return (
    <>
      <UrlLines
        path="redirectUris"
        label={t('Redirect URIs')}
        description={t('Where people return with a code, exactly as the application sends it. One per line.')}
        value={values.redirectUris}
        onChange={(value) => set('redirectUris', value)}
      />
      <Fieldset
        variant="unstyled"
        legend={t('What it may learn about people')}
        styles={{ legend: { fontWeight: 600, fontSize: 'var(--mantine-font-size-sm)' } }}
      >
        <Stack gap={6} mt={6}>
          {everyScope.map((scope) => (
            <Checkbox
              key={scope}
              label={scopeText(scope)}
              description={scope}
              checked={values.scopes.includes(scope)}
              onChange={({ currentTarget: { checked } }) =>
                set(
                  'scopes',
                  everyScope.filter((one) => (one === scope ? checked : values.scopes.includes(one))),
                )
              }
            />
          ))}
        </Stack>
      </Fieldset>
      <Checkbox
        label={t('Ask each person whether they agree')}
        description={t('For applications that are not your own.')}
        checked={values.asksConsent}
        onChange={({ currentTarget: { checked } }) => set('asksConsent', checked)}
      />
      <TextInput
        label={t('Logout URI')}
        description={t('Where this site reports that a sign-in has ended (back-channel logout). Optional.')}
        type="url"
        placeholder="https://"
        {...form.getInputProps('backchannelLogoutUri')}
      />
      <UrlLines
        path="postLogoutRedirectUris"
        label={t('Redirect URIs after signing out')}
        description={t('Where the application may send people after they sign out. One per line. Optional.')}
        value={values.postLogoutRedirectUris}
        onChange={(value) => set('postLogoutRedirectUris', value)}
      />
    </>
  )
}
