import { TextInput } from '@mantine/core'
import { dayOf } from '../ui/local-time'

interface DayFieldsProps {
  from: string | undefined
  until: string | undefined
  onChange: (days: { from?: string | undefined; until?: string | undefined }) => void
}

/** The first and the last day to look at, where the reader is. Filters are moments. */
export function DayFields(props: DayFieldsProps) {
  return (
    <>
      <TextInput
        type="date"
        label="From"
        value={props.from ? dayOf(new Date(props.from)) : ''}
        onChange={(event) => props.onChange({ from: startOf(event.currentTarget.value, 0) })}
      />
      <TextInput
        type="date"
        label="To"
        value={props.until ? dayOf(new Date(Date.parse(props.until) - 1)) : ''}
        onChange={(event) => props.onChange({ until: startOf(event.currentTarget.value, 1) })}
      />
    </>
  )
}

/** Midnight at which a day begins, or another so many days later. */
function startOf(day: string, later: number) {
  if (!day) return undefined
  const midnight = new Date(`${day}T00:00:00`)
  midnight.setDate(midnight.getDate() + later)
  return midnight.toISOString()
}
