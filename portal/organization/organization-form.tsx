import { Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatCountry } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import type { ApiError } from '../api'
import { ProblemAlert } from '../ui/callout'
import { CountrySelect } from '../ui/country-select'
import { currentValueHint } from '../ui/current-value'
import { DiscardQuestion } from '../ui/dialog'
import { asFormProblem, problemToShow, showFieldErrors } from '../ui/form'
import { LinkButton } from '../ui/link'
import { merge } from '../ui/merge'
import { SubmitButton } from '../ui/submit-button'
import { useUnsaved } from '../ui/unsaved'
import { useChanged } from '../ui/use-changed'
import { emptyForm, type OrganizationValues } from './organization-values'

interface FormProps {
  /** The values before anything is entered. Changes that someone else makes to them are merged in. */
  initialValues: OrganizationValues
  /** The button's label. */
  action: string
  notice?: ReactNode
  /** More fields. */
  children?: ReactNode
  /** Whether these further fields were changed. */
  changed?: boolean
  refusal: ApiError | null
  busy: boolean
  /** Called when someone else changed what the form is about. */
  onChanged?: () => void
  /** Saves, with a toast. The first page follows. */
  onSubmit: (values: OrganizationValues) => Promise<unknown>
}

const inWords = (field: keyof OrganizationValues, value: string) => (field === 'country' ? formatCountry(value) : value)

/** A name that is taken is an error of the name field, which then gets the focus. */
const atField = (refusal: ApiError | null) =>
  refusal?.code === 'organization_name_taken' ? refusal.at('name') : refusal

/** An organization's details, to create, edit or resubmit it. */
export function OrganizationForm(props: FormProps) {
  const form = useForm({ mode: 'uncontrolled', initialValues: props.initialValues })
  const field = (name: keyof OrganizationValues) => ({ key: form.key(name), ...form.getInputProps(name) })
  const { watch, finish, leaving } = useUnsaved({ changed: props.changed })
  const navigate = useNavigate()
  useChanged(props.initialValues, (before, now) => {
    const { values, both } = merge(before, form.getValues(), now)
    form.setInitialValues(now)
    for (const name of Object.keys(now) as (keyof OrganizationValues)[])
      if (values[name] !== form.getValues()[name]) form.setFieldValue(name, values[name])
    showFieldErrors(form, {
      errors: both.map((path) => ({ path, message: currentValueHint(inWords(path, now[path])) })),
    })
  })
  async function save(values: OrganizationValues) {
    await props.onSubmit(values)
    finish()
    await navigate({ to: '/organization', replace: true })
  }
  const submit = form.onSubmit((values) =>
    save(values).catch((refusal: ApiError) => {
      if (refusal.code === 'changed_meanwhile') props.onChanged?.()
      showFieldErrors(form, atField(refusal) ?? refusal)
    }),
  )
  return (
    <form ref={watch} className="surface" noValidate onSubmit={submit}>
      {leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
      <Stack gap="lg" maw={680}>
        {props.notice}
        <TextInput
          label={t('Name')}
          description={t('Up to 200 characters. Must not be the name of another organization.')}
          required
          {...field('name')}
        />
        <CountrySelect {...field('country')} />
        <Textarea
          label={t('Description of planned activities')}
          description={t('What the organization does, and what it plans to do here. Up to 2,000 characters.')}
          required
          autosize
          minRows={4}
          maxRows={14}
          {...field('description')}
        />
        <TextInput
          label={t('Address')}
          description={t('Optional.')}
          autoComplete="street-address"
          {...field('address')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t('City')} description={t('Optional.')} {...field('city')} />
          <TextInput label={t('Postal code')} description={t('Optional.')} {...field('postalCode')} />
        </SimpleGrid>
        <TextInput label={t('Website')} description={t('Optional.')} type="url" inputMode="url" {...field('website')} />
        <TextInput label={t('Tax ID')} description={t('Optional.')} {...field('taxId')} />
        {props.children}
        <ProblemAlert problem={problemToShow(atField(asFormProblem(props.refusal)), Object.keys(emptyForm))} />
        <Group gap="sm">
          <SubmitButton busy={props.busy}>{props.action}</SubmitButton>
          <LinkButton variant="default" to="/organization">
            {t('Cancel')}
          </LinkButton>
        </Group>
      </Stack>
    </form>
  )
}
