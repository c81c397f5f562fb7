import { defaultTokenDays } from '../../src/membership/tokens/schema'
import { formatMessage } from '../../src/platform/messages/format-message'
import { formatDate } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import { ChoiceField } from '../ui/choice-field'

const choices = [7, 30, defaultTokenDays, 366]
const dayMilliseconds = 86_400_000

/** “90 days (until 20 Jun 2026)”. */
const choiceOf = (days: number) => ({
  value: String(days),
  label: formatMessage('{days, plural, one {# day} other {# days}} (until {date})', {
    days,
    date: formatDate(new Date(Date.now() + days * dayMilliseconds), { dateStyle: 'medium' }),
  }),
})

/** After how many days a token expires. */
export function ExpiryField(props: { value: number; onChange: (days: number) => void }) {
  return (
    <ChoiceField
      label={t('Expires after')}
      data={choices.map(choiceOf)}
      value={String(props.value)}
      onChange={(days) => props.onChange(Number(days))}
    />
  )
}
