import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { SmallButton } from '../../ui/small-button'
import { toast } from '../../ui/toast'
import { type AttemptOutcome, OutcomeDialog } from './outcome-dialog'
import { useRedeliver } from './queries'

/** Sends the newest state of the account once more, now. */
export function RedeliverButton(props: { connectionId: string; deliveryId: string }) {
  const [outcome, setOutcome] = useState<AttemptOutcome | null>(null)
  const redeliver = useRedeliver()
  const again = () =>
    redeliver.mutate(props, { onSuccess: setOutcome, onError: (refusal) => toast(refusal.message, 'bad') })
  return (
    <>
      <SmallButton loading={redeliver.isPending} onClick={again}>
        {t('Redeliver')}
      </SmallButton>
      {outcome && <OutcomeDialog title={t('Redelivery')} outcome={outcome} onClose={() => setOutcome(null)} />}
    </>
  )
}
