import { Checkbox, SimpleGrid, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { type createInvitation, defaultDays } from '../../src/membership/invitations/schema'
import type { InputOf } from '../../src/platform/http/endpoint'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { ChoiceField } from '../ui/choice-field'
import { NumberField } from '../ui/number-field'
import { type NumberValue, numberToSend } from '../ui/read-number'

export const noOptions = {
  note: '',
  days: defaultDays as NumberValue,
  uses: 1 as NumberValue,
  bound: 'anyone' as 'anyone' | 'email' | 'domain',
  boundText: '',
  grantsAdmin: false,
  needsApproval: false,
  sendTo: '',
}
type Options = typeof noOptions

/** An empty number field means the default, which is its placeholder, not zero. */
const numberOf = (value: NumberValue) => (value === '' ? undefined : numberToSend(value))

export function invitationInputOf({
  bound,
  boundText,
  days,
  uses,
  sendTo,
  ...rest
}: Options): Omit<InputOf<typeof createInvitation>, 'organizationId'> {
  const boundTo = { anyone: null, email: { email: boundText }, domain: { domain: boundText } }[bound]
  return { ...rest, days: numberOf(days), uses: numberOf(uses), boundTo, sendTo: sendTo.trim() || null }
}

/** An address, or @ and a domain, as the list of invitations shows them. */
export function asListed(boundTo: InputOf<typeof createInvitation>['boundTo']): string | null {
  if (!boundTo) return null
  return 'email' in boundTo ? boundTo.email.trim() : `@${boundTo.domain.trim().replace(/^@/, '')}`
}

export function OptionFields(props: { form: UseFormReturnType<Options> }) {
  const { form } = props
  const { mail } = useMe()
  return (
    <Stack gap="md" pt="sm">
      <TextInput
        label={t('Note')}
        description={t('Who it is for. Only admins see it.')}
        maxLength={200}
        {...form.getInputProps('note')}
      />
      {mail && (
        <TextInput
          label={t('Send by e-mail to')}
          type="email"
          description={t('They get the link. You can still see the code.')}
          placeholder="ana@example.org"
          {...form.getInputProps('sendTo')}
        />
      )}
      <SimpleGrid cols={2}>
        <NumberField label={t('Valid for (days)')} placeholder={`${noOptions.days}`} {...form.getInputProps('days')} />
        <NumberField label={t('Number of uses')} placeholder={`${noOptions.uses}`} {...form.getInputProps('uses')} />
      </SimpleGrid>
      <ChoiceField
        label={t('Only for')}
        data={[
          { value: 'anyone', label: t('Anyone with the code') },
          { value: 'email', label: t('One e-mail address') },
          { value: 'domain', label: t('One domain') },
        ]}
        {...form.getInputProps('bound')}
      />
      {form.values.bound === 'email' && (
        <TextInput
          label={t('E-mail address')}
          type="email"
          placeholder="ana@example.org"
          {...form.getInputProps('boundText')}
        />
      )}
      {form.values.bound === 'domain' && (
        <TextInput label={t('Domain')} placeholder="example.org" {...form.getInputProps('boundText')} />
      )}
      <Checkbox
        label={t('Grants admin privileges')}
        description={t('People who join with it can invite and remove people.')}
        {...form.getInputProps('grantsAdmin', { type: 'checkbox' })}
      />
      <Checkbox
        label={t('Needs an admin’s approval')}
        description={t('People who accept it join once an admin approves them.')}
        {...form.getInputProps('needsApproval', { type: 'checkbox' })}
      />
    </Stack>
  )
}
