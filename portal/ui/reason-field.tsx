import { t } from '../../src/platform/messages/t'
import { LongTextField } from './text-fields'

/** The reason for a change. The people affected can read it. */
export function ReasonField(props: { value: string; onChange: (reason: string) => void; description?: string }) {
  return (
    <LongTextField
      path="reason"
      label={t('Reason')}
      description={props.description ?? t('The people affected will see this. Up to 1,000 characters.')}
      value={props.value}
      onChange={props.onChange}
      data-autofocus
    />
  )
}
