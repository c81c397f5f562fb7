import { Fieldset, Input, SimpleGrid, TextInput, type TextInputProps } from '@mantine/core'
import { useId } from 'react'
import { t } from '../../../src/platform/messages/t'

type Field = Omit<TextInputProps, 'label'>

/** First and last name. Some people have only one. */
export function NameFields(props: { firstName: Field; lastName: Field }) {
  const hint = useId()
  return (
    <Fieldset variant="unstyled" aria-label={t('Name')} aria-describedby={hint}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <TextInput label={t('First name')} autoComplete="given-name" {...props.firstName} />
        <TextInput label={t('Last name')} autoComplete="family-name" {...props.lastName} />
      </SimpleGrid>
      <Input.Description id={hint} mt={4}>
        {t('If you have only one name, leave the other field empty.')}
      </Input.Description>
    </Fieldset>
  )
}
