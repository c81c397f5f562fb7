import type { SelectProps } from '@mantine/core'
import { ChoiceField } from './choice-field'
import { countryOptions } from './country-options'
import { saysNow } from './merge'

const options = countryOptions()

/** A country, found by typing its name, another one that people call it by, or its code. */
export function CountrySelect(props: Omit<SelectProps, 'data' | 'label'>) {
  return (
    <ChoiceField
      label="Country"
      placeholder="Type to search"
      data={options}
      searchable
      allowDeselect={false}
      required
      autoComplete="off"
      nothingFoundMessage="No such country"
      {...props}
      error={props.error && (saysNow(props.error) ? props.error : 'Choose a country.')}
    />
  )
}
