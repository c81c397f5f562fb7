import {
  getOptionsLockup,
  getParsedComboboxData,
  Input,
  type OptionsFilter,
  Select,
  type SelectProps,
  VisuallyHidden,
} from '@mantine/core'
import { useId, useUncontrolled } from '@mantine/hooks'
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { fitting, writtenOut } from './option-matching'

type ChoiceFieldProps = Omit<SelectProps, 'label' | 'id'> & {
  label: string
  hiddenLabel?: boolean
  /** The options for the typed text are still loading. */
  searching?: boolean
}

/**
 * Mantine’s Select gives the open list the field’s name, so that two elements have one label. Here the label belongs to the
 * field alone, and the list has its own name.
 */
export function ChoiceField({ label, hiddenLabel, searching, ...props }: ChoiceFieldProps) {
  const id = useId()
  const search = useSearch(props, searching ?? false)
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
      attributes={{ options: { 'aria-label': t('Options') } }}
      // The list itself scrolls: the keyboard could not reach a scrolling frame around it.
      withScrollArea={false}
      styles={{ options: { maxHeight: 250, overflowY: 'auto' } }}
      checkIconPosition="right"
      // The Tab key alone does not open the list.
      openOnFocus={false}
      filter={foldedFilter}
      allowDeselect={false}
      {...props}
      {...(props.searchable ? search : {})}
    />
  )
}

/** The options that match the typed text, the best first, because Enter chooses it. */
const foldedFilter: OptionsFilter = ({ options, search }) => [
  ...fitting(
    options.flatMap((option) => ('group' in option ? [] : [option])),
    search,
  ),
  ...options.flatMap((option) => {
    if (!('group' in option)) return []
    const items = fitting(option.items, search)
    return items.length > 0 ? [{ ...option, items }] : []
  }),
]

/**
 * For searchable fields: Enter chooses the selected option, or else the best match, and does not submit the form while the
 * text is incomplete. Text that matches nothing stays to be corrected and is not a choice.
 */
function useSearch(props: SelectProps, searching: boolean) {
  const options = getOptionsLockup(getParsedComboboxData(props.data))
  const { value: given, defaultValue, onChange, searchValue, defaultSearchValue, onSearchChange } = props
  const [value, setValue] = useUncontrolled({ value: given, defaultValue, finalValue: null, onChange })
  const label = (value !== null && options[`${value}`]?.label) || ''
  const [typed, setTyped] = useUncontrolled({
    value: searchValue,
    defaultValue: defaultSearchValue ?? label,
    finalValue: '',
    onChange: onSearchChange,
  })
  const [unknown, setUnknown] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  /** On blur, Mantine would restore the choice or clear the field; this keeps the text. */
  const keeps = useRef(false)
  /** Enter was pressed before the options arrived. */
  const enterPressed = useRef(false)
  const halfTyped = typed.trim() !== '' && typed !== label

  function chooseFirst() {
    const option = firstOption(field.current)
    if (option) option.click()
    else setUnknown(true)
  }
  const latest = useRef(chooseFirst)
  latest.current = chooseFirst
  useEffect(() => {
    if (searching || !enterPressed.current) return
    enterPressed.current = false
    latest.current()
  }, [searching])

  function enter(event: KeyboardEvent<HTMLInputElement>) {
    const isOpen = event.currentTarget.getAttribute('aria-expanded') === 'true'
    if (halfTyped || isOpen) event.preventDefault()
    if (!halfTyped) return
    // Mantine would choose the previous option, where that matches, too.
    event.stopPropagation()
    if (searching) enterPressed.current = true
    else chooseFirst()
  }

  function leave() {
    const written = writtenOut(Object.values(options), typed)
    if (written) {
      setTyped(written.label)
      setValue(`${written.value}`, written)
    } else {
      setUnknown(true)
      if (value !== null) setValue(null, null)
    }
  }

  return {
    ref: field,
    value,
    searchValue: typed,
    error: props.error || (unknown && t('Choose an option from the list.')),
    onSearchChange(next: string) {
      if (keeps.current && document.activeElement !== field.current) return
      setUnknown(false)
      setTyped(next)
    },
    onChange: setValue,
    /** Also called for the option that is already chosen. */
    onOptionSubmit(chosen: string) {
      keeps.current = false
      setUnknown(false)
      setTyped(options[chosen]?.label ?? '')
      props.onOptionSubmit?.(chosen)
    },
    onKeyDownCapture(event: KeyboardEvent<HTMLInputElement>) {
      enterPressed.current = false
      if (event.key === 'Enter' && !event.nativeEvent.isComposing) enter(event)
    },
    onFocus(event: FocusEvent<HTMLInputElement>) {
      keeps.current = false
      props.onFocus?.(event)
    },
    onBlurCapture() {
      enterPressed.current = false
      keeps.current = halfTyped
      if (keeps.current) leave()
    },
  }
}

/** The option selected with the arrow keys, or the first. */
function firstOption(field: HTMLElement | null) {
  const list = document.getElementById(field?.getAttribute('aria-controls') ?? '')
  return (
    list?.querySelector<HTMLElement>('[data-combobox-selected]') ??
    list?.querySelector<HTMLElement>('[data-combobox-option]:not([data-combobox-disabled])')
  )
}
