import { Group, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { t } from '../../src/platform/messages/t'
import { ChoiceField } from './choice-field'
import classes from './filters.module.css'
import { useFilterText } from './use-filter-text'

interface Filtered {
  filters: { q?: string | undefined }
  onChange: (change: { q?: string | undefined }) => void
}

/** The row above a list: a search field and more filters. */
export function FilterBar(props: Filtered & { children?: ReactNode }) {
  return (
    <Group gap="sm" align="flex-end" role="search" className={classes.bar}>
      <SearchField value={props.filters.q} onChange={(q) => props.onChange({ q })} />
      {props.children}
    </Group>
  )
}

/** Searches shortly after the last key. It always shows the current filter, whatever changed it. */
function SearchField(props: { value: string | undefined; onChange: (q: string | undefined) => void }) {
  const { text, setText, report } = useFilterText(props.value ?? '', (q) => props.onChange(q || undefined), 250)
  return (
    <TextInput
      type="search"
      label={t('Search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      maxLength={500}
      onChange={(event) => {
        setText(event.currentTarget.value)
        report(event.currentTarget.value.trim())
      }}
      flex="1 1 220px"
      maw={360}
    />
  )
}

const orders = { newest: t('Newest'), oldest: t('Oldest'), name: t('Name') }
type Order = keyof typeof orders

/** The order; the first is the server’s default. */
export function SortChoice<Sort extends Order>(props: {
  by: readonly Sort[]
  filters: { sort?: Sort | undefined }
  onChange: (change: { sort?: Sort | undefined }) => void
}) {
  return (
    <Choice
      label={t('Sort')}
      options={props.by.map((sort) => ({ value: sort, label: orders[sort] }))}
      value={props.filters.sort}
      onChange={(sort) => props.onChange({ sort })}
    />
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  all?: string
  options: readonly { value: Value; label: string }[]
  value: Value | undefined
  onChange: (value: Value | undefined) => void
  searchable?: boolean
}

/** One choice out of a few; `all` stands for no filter. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const all = props.all ? [{ value: '', label: props.all }] : []
  return (
    <ChoiceField
      label={props.label}
      data={[...all, ...props.options]}
      value={props.value ?? (props.all ? '' : (props.options[0]?.value ?? null))}
      onChange={(value) => props.onChange((value || undefined) as Value | undefined)}
      searchable={props.searchable ?? false}
      w={props.searchable ? 240 : 170}
    />
  )
}
