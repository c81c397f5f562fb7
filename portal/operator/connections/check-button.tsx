import { useState } from 'react'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { SmallButton } from '../../ui/small-button'
import { toast } from '../../ui/toast'
import { type AttemptOutcome, OutcomeDialog } from '../deliveries/outcome-dialog'
import { useCheckConnection } from './queries'

/** Finds out whether the service can be reached and accepts this site. */
export function CheckButton({ connection: { id, name } }: { connection: ConnectionItem }) {
  const [outcome, setOutcome] = useState<AttemptOutcome | null>(null)
  const check = useCheckConnection()
  const ask = () =>
    check.mutate({ connectionId: id }, { onSuccess: setOutcome, onError: (refusal) => toast(refusal.message, 'bad') })
  return (
    <>
      <SmallButton aria-label={t('Check {name}', { name: isolated(name) })} loading={check.isPending} onClick={ask}>
        {t('Check')}
      </SmallButton>
      {outcome && <OutcomeDialog title={t('Check')} outcome={outcome} onClose={() => setOutcome(null)} />}
    </>
  )
}
