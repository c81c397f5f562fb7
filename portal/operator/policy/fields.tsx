import { Radio, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { t } from '../../../src/platform/messages/t'
import { Section } from '../../ui/page'
import type { PolicyValues } from './form'
import { LengthField } from './length-field'

type Form = UseFormReturnType<PolicyValues>

export function PolicyFields(props: { form: Form }) {
  return (
    <>
      <SecondFactor {...props} />
      <Sessions {...props} />
      <Registration {...props} />
      <IdentityChanges {...props} />
      <Terms {...props} />
    </>
  )
}

const factorChoices = [
  ['off', t('Off'), t('People can’t set it up. Existing setups keep working.')],
  ['optional', t('Optional'), t('Two-factor authentication is optional.')],
  ['operators', t('Required for operators'), t('Operators must use two-factor authentication.')],
  [
    'admins',
    t('Required for admins and operators'),
    t('Operators, and everyone with admin privileges in an organization.'),
  ],
  ['all', t('Required for everyone'), t('Everyone must use two-factor authentication.')],
] as const

function SecondFactor({ form }: { form: Form }) {
  return (
    <Section
      title={t('Two-factor authentication')}
      lead={t(
        'People who need two-factor authentication must set it up before they can continue, including you. A passkey counts as a second factor. Identity providers handle it themselves.',
      )}
    >
      <Choices
        name={t('Who must use two-factor authentication')}
        choices={factorChoices}
        {...form.getInputProps('secondFactor')}
      />
    </Section>
  )
}

function Sessions({ form }: { form: Form }) {
  return (
    <Section title={t('Sessions')} lead={t('When people have to sign in again.')}>
      <SimpleGrid className="surface" cols={{ base: 1, xs: 2 }} spacing="lg">
        <LengthField
          label={t('Sign out after inactivity')}
          description={t('5 minutes to 30 days.')}
          units={['minutes', 'hours', 'days']}
          {...form.getInputProps('idle')}
        />
        <LengthField
          label={t('Maximum session length')}
          description={t('1 hour to 90 days, even while active.')}
          units={['hours', 'days']}
          {...form.getInputProps('whole')}
        />
      </SimpleGrid>
    </Section>
  )
}

const registrationChoices = [
  ['open', t('Anyone'), t('Anyone who can reach this site.')],
  [
    'invitation',
    t('People with an invitation code'),
    t('They need the code of an organization. Registering does not use it up; accepting the invitation does.'),
  ],
  ['domain', t('E-mail addresses at certain domains'), t('Only addresses at the domains below.')],
] as const

function Registration({ form }: { form: Form }) {
  return (
    <Section title={t('Registration')} lead={t('Who can register. Existing accounts are not affected.')}>
      <Choices name={t('Who can register')} choices={registrationChoices} {...form.getInputProps('registration')}>
        {form.values.registration === 'domain' && (
          <Textarea
            label={t('Domains')}
            description={t('One per line, for example example.org. Subdomains are not included.')}
            autosize
            minRows={2}
            maxRows={10}
            maw={420}
            {...form.getInputProps('domains')}
          />
        )}
      </Choices>
    </Section>
  )
}

const identityChoices = [
  ['tell', t('Takes effect immediately'), t('Operators are notified.')],
  [
    'accept',
    t('Needs acceptance'),
    t('The current name or tax ID stays in effect until an operator accepts the new one.'),
  ],
] as const

function IdentityChanges({ form }: { form: Form }) {
  return (
    <Section
      title={t('Organization details')}
      lead={t('When an admin of an accepted organization changes its name or tax ID.')}
    >
      <Choices
        name={t('New name or tax ID of an organization')}
        choices={identityChoices}
        {...form.getInputProps('identityChanges')}
      />
    </Section>
  )
}

function Terms({ form }: { form: Form }) {
  return (
    <Section
      title={t('Terms')}
      lead={t(
        'People accept the terms when they register. When the version changes, everyone must accept the terms again before they can continue. If there are no terms, leave both fields empty.',
      )}
    >
      <SimpleGrid className="surface" cols={{ base: 1, xs: 2 }} spacing="lg">
        <TextInput
          label={t('Version')}
          description={t('For example, a date.')}
          maxLength={40}
          {...form.getInputProps('termsVersion')}
        />
        <TextInput
          label={t('Address')}
          description={t('The URL of the terms.')}
          type="url"
          placeholder="https://example.org/terms"
          maxLength={500}
          {...form.getInputProps('termsAddress')}
        />
      </SimpleGrid>
    </Section>
  )
}

interface ChoicesProps {
  name: string
  choices: readonly (readonly [value: string, label: string, description: string])[]
  value?: string
  onChange: (value: string) => void
  error?: React.ReactNode
  children?: React.ReactNode
}

function Choices({ name, choices, children, ...input }: ChoicesProps) {
  return (
    <Stack className="surface" gap="lg">
      <Radio.Group aria-label={name} {...input}>
        <Stack gap="sm">
          {choices.map(([value, label, description]) => (
            <Radio key={value} value={value} label={label} description={description} />
          ))}
        </Stack>
      </Radio.Group>
      {children}
    </Stack>
  )
}
