import { PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ProblemAlert } from '../ui/callout'
import { CountrySelect } from '../ui/country-select'
import { remaining, showFieldErrors } from '../ui/form'
import { SubmitButton } from '../ui/submit-button'
import { useRegisterAccount } from './queries'

const initialValues = { email: '', firstName: '', lastName: '', password: '', country: '' }

/** Registering signs in as well; the page around it sees the new session and goes on. */
export function RegisterForm() {
  const register = useRegisterAccount()
  const form = useForm({ mode: 'uncontrolled', initialValues })
  const submit = form.onSubmit((values) =>
    register.mutate(values, { onError: (refusal) => showFieldErrors(form, refusal) }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <TextInput
            label="First name"
            autoComplete="given-name"
            required
            key={form.key('firstName')}
            {...form.getInputProps('firstName')}
          />
          <TextInput
            label="Last name"
            autoComplete="family-name"
            required
            key={form.key('lastName')}
            {...form.getInputProps('lastName')}
          />
        </SimpleGrid>
        <PasswordInput
          label="Password"
          description="At least 15 characters. A few words in a row are easy to remember."
          autoComplete="new-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <CountrySelect key={form.key('country')} {...form.getInputProps('country')} />
        <ProblemAlert problem={remaining(register.error, Object.keys(initialValues))} />
        <SubmitButton busy={register.isPending}>Register</SubmitButton>
      </Stack>
    </form>
  )
}
