import type { SelectProps } from '@mantine/core'
import { ChoiceField } from './choice-field'
import { countryOptions } from './countries'
import { saysNow } from './merge'

/** A country, found by typing the first letters of its name. */
export function CountrySelect(props: Omit<SelectProps, 'data' | 'label'>) {
  return (
    <ChoiceField
      label="Country"
      placeholder="Type to search"
      data={countryOptions}
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
