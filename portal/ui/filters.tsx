import { Group, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ChoiceField } from './choice-field'
import classes from './filters.module.css'

interface Filtered {
  filters: { q?: string | undefined }
  onChange: (change: { q?: string | undefined }) => void
}

/** The row above a list: a search, and what else narrows it. */
export function FilterBar(props: Filtered & { children?: ReactNode }) {
  return (
    <Group gap="sm" align="flex-end" role="search" className={classes.bar}>
      <SearchField value={props.filters.q} onChange={(q) => props.onChange({ q })} />
      {props.children}
    </Group>
  )
}

/** Asks the server a moment after the last key. It shows what the list is narrowed to, whatever changed that. */
function SearchField(props: { value: string | undefined; onChange: (q: string | undefined) => void }) {
  const { value = '' } = props
  const [text, setText] = useState(value)
  const known = useRef(value)
  const tell = useDebouncedCallback((q: string) => {
    known.current = q.trim()
    props.onChange(q.trim() || undefined)
  }, 250)
  // It is another one without having been typed here: the menu, the way back, a link.
  useEffect(() => {
    if (value === known.current) return
    known.current = value
    tell.cancel()
    setText(value)
  }, [value, tell])
  return (
    <TextInput
      type="search"
      label="Search"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      maxLength={500}
      onChange={(event) => {
        setText(event.currentTarget.value)
        tell(event.currentTarget.value)
      }}
      flex="1 1 220px"
      maw={360}
    />
  )
}

const orders = { newest: 'Newest', oldest: 'Oldest', name: 'Name' }
type Order = keyof typeof orders

/** In which order; the first is the one that the server takes by itself. */
export function SortChoice<Sort extends Order>(props: {
  by: readonly Sort[]
  filters: { sort?: Sort | undefined }
  onChange: (change: { sort?: Sort | undefined }) => void
}) {
  return (
    <Choice
      label="Sort"
      options={props.by.map((sort) => ({ value: sort, label: orders[sort] }))}
      value={props.filters.sort}
      onChange={(sort) => props.onChange({ sort })}
    />
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  all?: string
  options: { value: Value; label: string }[]
  value: Value | undefined
  onChange: (value: Value | undefined) => void
  searchable?: boolean
}

/** One choice out of a few; `all` is the choice of not choosing. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const all = props.all ? [{ value: '', label: props.all }] : []
  return (
    <ChoiceField
      label={props.label}
      data={[...all, ...props.options]}
      value={props.value ?? (props.all ? '' : (props.options[0]?.value ?? null))}
      onChange={(value) => props.onChange((value || undefined) as Value | undefined)}
      allowDeselect={false}
      searchable={props.searchable ?? false}
      w={props.searchable ? 240 : 170}
    />
  )
}
