import { useState } from 'react'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { t } from '../../../src/platform/messages/t'
import { DialogButton } from '../../ui/dialog-button'
import { SmallButton } from '../../ui/small-button'
import { toast } from '../../ui/toast'
import { WebhookSecretWindow } from '../connections/webhook-secret-window'
import { ChangeWebhookAddressDialog } from './change-address-dialog'
import { type AttemptOutcome, OutcomeDialog } from './outcome-dialog'
import { useSendTest } from './queries'
import { ReplaceSecretDialog } from './replace-secret-dialog'

export function WebhookActions({ connection }: { connection: ConnectionItem }) {
  const [secret, setSecret] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<AttemptOutcome | null>(null)
  const test = useSendTest()
  const send = () =>
    test.mutate(
      { connectionId: connection.id },
      { onSuccess: setOutcome, onError: (refusal) => toast(refusal.message, 'bad') },
    )
  return (
    <>
      <SmallButton loading={test.isPending} onClick={send}>
        {t('Send test')}
      </SmallButton>
      <DialogButton
        size="xs"
        dialog={(onClose) => <ChangeWebhookAddressDialog connection={connection} onClose={onClose} />}
      >
        {t('Change address')}
      </DialogButton>
      <DialogButton
        size="xs"
        dialog={(onClose) => <ReplaceSecretDialog connection={connection} onMade={setSecret} onClose={onClose} />}
      >
        {t('Replace secret')}
      </DialogButton>
      {secret && <WebhookSecretWindow secret={secret} replaced onClose={() => setSecret(null)} />}
      {outcome && <OutcomeDialog title={t('Test')} outcome={outcome} onClose={() => setOutcome(null)} />}
    </>
  )
}
