import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Membership } from '../../src/memberships/schema'
import { rowsOf } from '../query-client'
import { ChoiceField } from '../ui/choice-field'
import { personName } from '../ui/person-name'
import { membershipsQuery } from './queries'

interface MemberSelectProps {
  label: string
  organizationId: string
  value: string | null
  onChange: (id: string | null) => void
  /** What the choice is: a membership, or the account behind it. */
  by?: 'membership' | 'account'
  withoutMe?: boolean
  clearable?: boolean
}

/** One member out of many; the server does the searching. */
export function MemberSelect(props: MemberSelectProps) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [settled] = useDebouncedValue(typed, 250)
  const q = settled === chosen ? undefined : settled.trim() || undefined
  const { data, isFetching } = useInfiniteQuery(
    membershipsQuery({ organizationId: props.organizationId, q, sort: 'name', limit: 20 }),
  )
  const members = rowsOf(data).filter((member) => !(props.withoutMe && member.me))
  const idOf = (member: Membership) => (props.by === 'account' ? member.account.id : member.id)
  const options = members.map((member) => ({ value: idOf(member), label: optionLabel(member) }))
  // The choice stays in the list, also when the search has moved on.
  if (props.value && chosen && !options.some((option) => option.value === props.value)) {
    options.unshift({ value: props.value, label: chosen })
  }
  return (
    <ChoiceField
      label={props.label}
      placeholder="Type a name"
      data={options}
      searchable
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
    />
  )
}

const optionLabel = ({ account }: Membership) =>
  account.email ? `${personName(account)} (${account.email})` : personName(account)
