import { TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { SystemSettings } from '../../../src/connections/connected-systems/schema'
import { translated } from '../../../src/platform/messages/t'
import { ChoiceField } from '../../ui/choice-field'
import type { SystemField, SystemForm } from './system-forms'

/** The values of the fields of a system, by their keys. */
export interface SystemValues {
  settings: Record<string, string>
  secret: string
}

export const initialSettings = ({ fields }: SystemForm, known: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(fields.map(({ key, initial = '' }) => [key, known[key] ?? initial]))

/** As the server takes them: it checks them. */
export const settingsToConnect = (kind: string, { fields }: SystemForm, values: Record<string, string>) =>
  ({
    kind,
    ...Object.fromEntries(
      fields.flatMap(({ key, optional }) => (optional && !values[key] ? [] : [[key, values[key] ?? '']])),
    ),
  }) as SystemSettings

export function SystemFields(props: {
  system: SystemForm
  form: Pick<UseFormReturnType<SystemValues>, 'getInputProps'>
  /** Whether the secret may stay as it is. */
  keepsSecret?: boolean
}) {
  const { system, form, keepsSecret = false } = props
  return (
    <>
      {system.fields.map((field) => (
        <Field key={field.key} field={field} given={form.getInputProps(`settings.${field.key}`)} />
      ))}
      <TextInput
        label={translated(system.secret.label)}
        description={translated(system.secret.description)}
        type="password"
        autoComplete="new-password"
        maxLength={4096}
        placeholder={keepsSecret ? '••••••••' : ''}
        {...form.getInputProps('secret')}
      />
    </>
  )
}

function Field({ field, given }: { field: SystemField; given: object }) {
  const { label, description, type, choices } = field
  const texts = { label: translated(label), description: description && translated(description) }
  if (choices)
    return (
      <ChoiceField
        {...texts}
        data={Object.entries(choices).map(([value, text]) => ({ value, label: translated(text) }))}
        {...given}
      />
    )
  return (
    <TextInput
      {...texts}
      autoComplete="off"
      spellCheck={false}
      maxLength={500}
      {...(type === 'url' ? { type, placeholder: 'https://' } : {})}
      {...given}
    />
  )
}
