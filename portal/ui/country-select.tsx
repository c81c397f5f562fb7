import type { SelectProps } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import { ChoiceField } from './choice-field'
import { countryOptions } from './country-options'
import { isCurrentValueHint } from './current-value'

const options = countryOptions()

/** A country, found by its name, another name for it, or its code. */
export function CountrySelect(props: Omit<SelectProps, 'data' | 'label'>) {
  return (
    <ChoiceField
      label={t('Country')}
      placeholder={t('Type to search')}
      data={options}
      searchable
      required
      autoComplete="off"
      nothingFoundMessage={t('No country found')}
      {...props}
      error={props.error && (isCurrentValueHint(props.error) ? props.error : t('Choose a country.'))}
    />
  )
}
