import {
  type ComboboxParsedItem,
  Input,
  type OptionsFilter,
  Select,
  type SelectProps,
  VisuallyHidden,
} from '@mantine/core'
import { useId } from '@mantine/hooks'
import { hasWords } from './fold'

/**
 * Mantine's Select gives the open list the same name as the field, and then two things answer to one label. Here
 * the label belongs to the field alone, and the list has a name of its own.
 */
export function ChoiceField({
  label,
  hiddenLabel,
  ...props
}: Omit<SelectProps, 'label' | 'id'> & { label: string; hiddenLabel?: boolean }) {
  const id = useId()
  return (
    <Select
      id={id}
      inputContainer={(input) => (
        <>
          {hiddenLabel ? (
            <VisuallyHidden>
              <label htmlFor={id}>{label}</label>
            </VisuallyHidden>
          ) : (
            <Input.Label htmlFor={id}>{label}</Input.Label>
          )}
          {input}
        </>
      )}
      attributes={{ options: { 'aria-label': 'Choices' } }}
      // The list itself scrolls: a frame around it that does would be out of the keyboard's reach.
      withScrollArea={false}
      styles={{ options: { maxHeight: 250, overflowY: 'auto' } }}
      checkIconPosition="right"
      // Passing by with the Tab key is not asking for the list.
      openOnFocus={false}
      filter={foldedFilter}
      {...props}
    />
  )
}

const foldedFilter: OptionsFilter = ({ options, search }) =>
  options.flatMap<ComboboxParsedItem>((option) => {
    if (!('group' in option)) return hasWords(option.label, search) ? [option] : []
    const items = option.items.filter(({ label }) => hasWords(label, search))
    return items.length > 0 ? [{ ...option, items }] : []
  })
