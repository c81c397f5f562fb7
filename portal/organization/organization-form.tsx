import { Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { formatCountry } from '../../src/platform/messages/intl'
import type { ApiError } from '../api'
import { ProblemAlert } from '../ui/callout'
import { CountrySelect } from '../ui/country-select'
import { DiscardQuestion } from '../ui/dialog'
import { remaining, saidOfForm, showFieldErrors } from '../ui/form'
import { LinkButton } from '../ui/link'
import { merge, nowIs, useChanged } from '../ui/merge'
import { SubmitButton } from '../ui/submit-button'
import { useUnsaved } from '../ui/unsaved'

export const emptyForm = {
  name: '',
  country: '',
  description: '',
  address: '',
  city: '',
  postalCode: '',
  website: '',
  taxId: '',
}
export type OrganizationValues = typeof emptyForm

interface FormProps {
  /** As it is before anything is entered. What somebody else changes of it is taken over. */
  initialValues: OrganizationValues
  /** The word on the button. */
  action: string
  notice?: ReactNode
  /** What is asked for besides. */
  children?: ReactNode
  /** Whether something is asked for besides that was not at first. */
  changed?: boolean
  refusal: ApiError | null
  busy: boolean
  onSubmit: (values: OrganizationValues) => Promise<unknown>
}

const inWords = (field: keyof OrganizationValues, value: string) => (field === 'country' ? formatCountry(value) : value)

/** What is wrong with the name is said there, where the eye and the keyboard are led. */
const atField = (refusal: ApiError | null) =>
  refusal?.code === 'organization_name_taken' ? refusal.at('name') : refusal

/** What an operator decides on. The same form creates, corrects and hands in again. */
export function OrganizationForm(props: FormProps) {
  const form = useForm({ mode: 'uncontrolled', initialValues: props.initialValues })
  const field = (name: keyof OrganizationValues) => ({ key: form.key(name), ...form.getInputProps(name) })
  const { watch, leaving } = useUnsaved({ changed: props.changed })
  useChanged(props.initialValues, (before, now) => {
    const { values, both } = merge(before, form.getValues(), now)
    form.setInitialValues(now)
    for (const name of Object.keys(now) as (keyof OrganizationValues)[])
      if (values[name] !== form.getValues()[name]) form.setFieldValue(name, values[name])
    showFieldErrors(form, { errors: both.map((path) => ({ path, message: nowIs(inWords(path, now[path])) })) })
  })
  const submit = form.onSubmit((values) =>
    props.onSubmit(values).catch((refusal: ApiError) => showFieldErrors(form, atField(refusal) ?? refusal)),
  )
  return (
    <form ref={watch} className="surface" noValidate onSubmit={submit}>
      {leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
      <Stack gap="lg" maw={680}>
        {props.notice}
        <TextInput
          label="Name"
          description="At most 200 characters, and not the name of another organization."
          required
          {...field('name')}
        />
        <CountrySelect {...field('country')} />
        <Textarea
          label="Description of planned activities"
          description="What the organization does, and what it wants to do here. At most 2000 characters."
          required
          autosize
          minRows={4}
          maxRows={14}
          {...field('description')}
        />
        <TextInput label="Address" description="Optional." autoComplete="street-address" {...field('address')} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="City" description="Optional." {...field('city')} />
          <TextInput label="Postal code" description="Optional." {...field('postalCode')} />
        </SimpleGrid>
        <TextInput label="Website" description="Optional." type="url" inputMode="url" {...field('website')} />
        <TextInput label="Tax id" description="Optional." {...field('taxId')} />
        {props.children}
        <ProblemAlert problem={remaining(atField(saidOfForm(props.refusal)), Object.keys(emptyForm))} />
        <Group gap="sm">
          <SubmitButton busy={props.busy}>{props.action}</SubmitButton>
          <LinkButton variant="default" to="/organization">
            Cancel
          </LinkButton>
        </Group>
      </Stack>
    </form>
  )
}
