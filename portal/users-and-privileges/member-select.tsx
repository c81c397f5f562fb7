import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Membership } from '../../src/membership/memberships/schema'
import { loadedRows } from '../query-client'
import { ChoiceField } from '../ui/choice-field'
import { personName } from '../ui/person-name'
import { membershipsQuery } from './queries'

interface MemberSelectProps {
  label: string
  organizationId: string
  value: string | null
  /** Who that is, where it was not chosen here: it came with the address of the page. */
  name?: string | undefined
  onChange: (id: string | null) => void
  /** What the choice is: a membership, or the account behind it. */
  by?: 'membership' | 'account'
  withoutMe?: boolean
  clearable?: boolean
  /** Where the keyboard begins in a dialog. */
  first?: true
}

/** One member out of many; the server does the searching. */
export function MemberSelect(props: MemberSelectProps) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [settled] = useDebouncedValue(typed, 250)
  const known = chosen ?? props.name
  const q = settled === known ? undefined : settled.trim() || undefined
  const { data, isFetching } = useInfiniteQuery(
    membershipsQuery({ organizationId: props.organizationId, q, sort: 'name', limit: 20 }),
  )
  const members = loadedRows(data).filter((member) => !(props.withoutMe && member.me))
  const idOf = (member: Membership) => (props.by === 'account' ? member.account.id : member.id)
  const options = members.map((member) => {
    const value = idOf(member)
    return { value, label: value === props.value && known ? known : optionLabel(member) }
  })
  // The choice stays in the list, also when the search has moved on.
  if (props.value && known && !options.some((option) => option.value === props.value)) {
    options.unshift({ value: props.value, label: known })
  }
  return (
    <ChoiceField
      label={props.label}
      placeholder="Type a name"
      data={options}
      searchable
      searching={typed !== settled || isFetching}
      clearable={props.clearable ?? false}
      clearButtonProps={{ 'aria-label': 'Clear the choice' }}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={props.value}
      onChange={(id, option) => {
        setChosen(option?.label ?? null)
        props.onChange(id)
      }}
      nothingFoundMessage={isFetching ? 'Searching…' : 'Nobody found'}
      w={props.by === 'account' ? 240 : undefined}
      data-autofocus={props.first}
    />
  )
}

const optionLabel = ({ account }: Membership) =>
  account.email ? `${personName(account)} (${account.email})` : personName(account)
