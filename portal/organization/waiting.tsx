import { Stack, Text, Title } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import type { Me } from '../session'
import { ConfirmDialog } from '../ui/dialog'
import { DialogButton } from '../ui/dialog-button'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { toast } from '../ui/toast'
import { useSnapshot } from '../ui/use-snapshot'
import { useWithdrawAcceptance } from './queries'

/** The person accepted an invitation and is waiting for an admin’s approval. */
export function Waiting(props: { waiting: NonNullable<Me['waiting']> }) {
  const { organizationName, since, removedAt } = props.waiting
  return (
    <Stack className="surface" gap="sm" align="flex-start">
      <Title order={2}>{t('Waiting for {organization}', { organization: organizationName })}</Title>
      <Text>
        <Message
          text="You accepted the invitation {time}. An admin of {organization} will review your request. This page updates when they decide."
          values={{ time: <Moment at={since} />, organization: organizationName }}
        />
      </Text>
      {removedAt && (
        <Text>
          <Message
            text="You were removed from {organization} on {date}, so an admin has to approve you before you become a member again."
            values={{ organization: organizationName, date: <Moment at={removedAt} as="day" /> }}
          />
        </Text>
      )}
      <DialogButton dialog={(onClose) => <WithdrawDialog waiting={props.waiting} onClose={onClose} />}>
        {t('Withdraw')}
      </DialogButton>
    </Stack>
  )
}

function WithdrawDialog(props: { waiting: NonNullable<Me['waiting']>; onClose: () => void }) {
  const { seen } = useSnapshot(props.waiting)
  const withdraw = useWithdrawAcceptance()
  return (
    <ConfirmDialog
      title={t('Withdraw your request to join {organization}?', { organization: seen.organizationName })}
      onClose={props.onClose}
      onConfirm={async () => {
        await withdraw.mutateAsync({ acceptanceId: seen.acceptanceId })
        toast(t('Request to join {organization} withdrawn.', { organization: seen.organizationName }), 'neutral')
      }}
    >
      <Text>{t('To join later, you need a new invitation.')}</Text>
    </ConfirmDialog>
  )
}
