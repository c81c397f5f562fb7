import { Radio, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
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
  ['off', 'Off', 'Nobody can set one up. Whoever has one keeps it.'],
  ['optional', 'Optional', 'Whoever wants one sets it up.'],
  ['operators', 'Operators need one', 'Operators of this site.'],
  ['admins', 'Admins and operators need one', 'Also whoever has admin privileges in an organization.'],
  ['all', 'Everybody needs one', 'Every account.'],
] as const

function SecondFactor({ form }: { form: Form }) {
  return (
    <Section
      title="Second factor"
      lead="Whoever needs one and has none is asked to set it up before going on, you too. A passkey is one, and an identity provider has its own."
    >
      <Choices name="Who needs a second factor" choices={factorChoices} {...form.getInputProps('secondFactor')} />
    </Section>
  )
}

function Sessions({ form }: { form: Form }) {
  return (
    <Section title="Sessions" lead="When people have to sign in again.">
      <SimpleGrid className="surface" cols={{ base: 1, xs: 2 }} spacing="lg">
        <LengthField
          path="idle"
          label="Signed out when unused for"
          description="5 minutes to 30 days."
          units={['minutes', 'hours', 'days']}
          value={form.values.idle}
          error={form.errors.idle}
          onChange={(idle) => form.setFieldValue('idle', idle)}
        />
        <LengthField
          path="whole"
          label="Signed out at the latest after"
          description="An hour to 90 days, used or not."
          units={['hours', 'days']}
          value={form.values.whole}
          error={form.errors.whole}
          onChange={(whole) => form.setFieldValue('whole', whole)}
        />
      </SimpleGrid>
    </Section>
  )
}

const registrationChoices = [
  ['open', 'Everybody', 'Whoever finds this site.'],
  ['invitation', 'Whoever has an invitation code', 'Of an organization. It is used when it is accepted.'],
  ['domain', 'Addresses of certain domains', 'Of those below, and of no others.'],
] as const

function Registration({ form }: { form: Form }) {
  return (
    <Section title="Registration" lead="Who can register. Accounts that are there already stay as they are.">
      <Choices name="Who can register" choices={registrationChoices} {...form.getInputProps('registration')}>
        {form.values.registration === 'domain' && (
          <Textarea
            label="Domains"
            description="One in a line, like example.org. Their subdomains are not among them."
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
  ['tell', 'Takes effect immediately', 'Operators are notified.'],
  ['accept', 'Needs acceptance', 'The current name or tax id holds until an operator accepts the new one.'],
] as const

function IdentityChanges({ form }: { form: Form }) {
  return (
    <Section title="Organization details" lead="When the admins of an accepted organization change its name or tax id.">
      <Choices
        name="A new name or tax id of an organization"
        choices={identityChoices}
        {...form.getInputProps('identityChanges')}
      />
    </Section>
  )
}

function Terms({ form }: { form: Form }) {
  return (
    <Section
      title="Terms"
      lead="What people accept when they register. With a new version, everybody has to accept it before going on. Leave both empty for none."
    >
      <SimpleGrid className="surface" cols={{ base: 1, xs: 2 }} spacing="lg">
        <TextInput
          label="Version"
          description="A date, for instance."
          maxLength={40}
          {...form.getInputProps('termsVersion')}
        />
        <TextInput
          label="Address"
          description="Where the terms can be read."
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
