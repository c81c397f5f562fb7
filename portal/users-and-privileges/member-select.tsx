import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Membership } from '../../src/membership/memberships/schema'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import { loadedRows } from '../query-client'
import { ChoiceField } from '../ui/choice-field'
import { membershipsQuery } from './queries'

interface MemberSelectProps {
  label: string
  organizationId: string
  value: string | null
  /** The name of a member who was not chosen here but came with the page's address. */
  name?: string | undefined
  onChange: (id: string | null) => void
  /** Whether the value is the id of a membership or of its account. */
  by?: 'membership' | 'account'
  withoutMe?: boolean
  clearable?: boolean
  /** Gets the focus when its dialog opens. */
  first?: true
}

/** Chooses one of many members. The server does the searching. */
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
  // The chosen member stays in the list when the search no longer matches them.
  if (props.value && known && !options.some((option) => option.value === props.value)) {
    options.unshift({ value: props.value, label: known })
  }
  return (
    <ChoiceField
      label={props.label}
      placeholder={t('Type a name')}
      data={options}
      searchable
      searching={typed !== settled || isFetching}
      clearable={props.clearable ?? false}
      clearButtonProps={{ 'aria-label': t('Clear selection') }}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={props.value}
      onChange={(id, option) => {
        setChosen(option?.label ?? null)
        props.onChange(id)
      }}
      nothingFoundMessage={isFetching ? t('Searching…') : t('No members found')}
      w={props.by === 'account' ? 240 : undefined}
      data-autofocus={props.first}
    />
  )
}

const optionLabel = ({ account }: Membership) =>
  account.email ? `${personName(account)} (${account.email})` : personName(account)
