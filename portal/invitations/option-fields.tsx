import { Checkbox, SimpleGrid, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { createInvitation } from '../../src/membership/invitations/schema'
import type { InputOf } from '../../src/platform/http/endpoint'
import { useMe } from '../session'
import { ChoiceField } from '../ui/choice-field'
import { NumberField } from '../ui/number-field'
import { type NumberValue, numberToSend } from '../ui/read-number'

export const noOptions = {
  note: '',
  days: 7 as NumberValue,
  uses: 1 as NumberValue,
  bound: 'anybody' as 'anybody' | 'email' | 'domain',
  boundText: '',
  grantsAdmin: false,
  needsApproval: false,
  sendTo: '',
}
type Options = typeof noOptions

/** An emptied number field means the default, which it shows in grey, not zero. */
const numberOf = (value: NumberValue) => (value === '' ? undefined : numberToSend(value))

export function invitationInputOf({
  bound,
  boundText,
  days,
  uses,
  sendTo,
  ...rest
}: Options): Omit<InputOf<typeof createInvitation>, 'organizationId'> {
  const boundTo = { anybody: null, email: { email: boundText }, domain: { domain: boundText } }[bound]
  return { ...rest, days: numberOf(days), uses: numberOf(uses), boundTo, sendTo: sendTo.trim() || null }
}

/** An address, or @ and a domain, as in the list of invitations. */
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
        label="Note"
        description="Whom it is for. Only admins see it."
        maxLength={200}
        {...form.getInputProps('note')}
      />
      {mail && (
        <TextInput
          label="Send by e-mail to"
          type="email"
          description="They get the link. You see the code all the same."
          placeholder="ana@example.org"
          {...form.getInputProps('sendTo')}
        />
      )}
      <SimpleGrid cols={2}>
        <NumberField label="Valid for (days)" placeholder={`${noOptions.days}`} {...form.getInputProps('days')} />
        <NumberField label="Number of uses" placeholder={`${noOptions.uses}`} {...form.getInputProps('uses')} />
      </SimpleGrid>
      <ChoiceField
        label="Only for"
        data={[
          { value: 'anybody', label: 'Anybody with the code' },
          { value: 'email', label: 'One e-mail address' },
          { value: 'domain', label: 'One domain' },
        ]}
        allowDeselect={false}
        {...form.getInputProps('bound')}
      />
      {form.values.bound === 'email' && (
        <TextInput
          label="E-mail address"
          type="email"
          placeholder="ana@example.org"
          {...form.getInputProps('boundText')}
        />
      )}
      {form.values.bound === 'domain' && (
        <TextInput label="Domain" placeholder="example.org" {...form.getInputProps('boundText')} />
      )}
      <Checkbox
        label="Grants admin privileges"
        description="Whoever accepts may invite and remove people."
        {...form.getInputProps('grantsAdmin', { type: 'checkbox' })}
      />
      <Checkbox
        label="Needs an admin's approval"
        description="Whoever accepts waits until an admin approves."
        {...form.getInputProps('needsApproval', { type: 'checkbox' })}
      />
    </Stack>
  )
}
