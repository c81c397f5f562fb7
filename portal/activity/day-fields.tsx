import { Group } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import { DateField } from '../ui/date-field'
import { dayOf } from '../ui/local-time'

interface DayFieldsProps {
  from: string | undefined
  until: string | undefined
  onChange: (days: { from?: string | undefined; until?: string | undefined }) => void
}

/** The first and last day, in the reader’s time zone. The filters themselves are moments. */
export function DayFields(props: DayFieldsProps) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-end" grow miw="min(100%, 294px)">
      <DateField
        type="date"
        label={t('From')}
        miw={0}
        value={props.from ? dayOf(new Date(props.from)) : ''}
        onChange={(day) => props.onChange({ from: startOf(day, 0) })}
      />
      <DateField
        type="date"
        label={t('To')}
        miw={0}
        value={props.until ? dayOf(new Date(Date.parse(props.until) - 1)) : ''}
        onChange={(day) => props.onChange({ until: startOf(day, 1) })}
      />
    </Group>
  )
}

/** The midnight at which a day begins, or one some days later. */
function startOf(day: string, later: number) {
  if (!day) return undefined
  const midnight = new Date(`${day}T00:00:00`)
  midnight.setDate(midnight.getDate() + later)
  return midnight.toISOString()
}
