import { Group, Text } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { personName } from '../../src/platform/input/names'
import { message, t } from '../../src/platform/messages/t'
import { Callout } from '../ui/callout'
import { Detail } from '../ui/detail'
import { ConfirmDialog } from '../ui/dialog'
import { DialogButton } from '../ui/dialog-button'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { toast } from '../ui/toast'
import { useSnapshot } from '../ui/use-snapshot'
import { useWithdrawIdentityChange } from './queries'

/** The new name or tax ID that is waiting for an operator. */
export function IdentityChange(props: { organization: Organization; children?: React.ReactNode }) {
  const { name, taxId, identityChange } = props.organization
  if (!identityChange) return null
  return (
    <Callout title={t('A new name or tax ID is waiting for review')}>
      <IdentityChangeFacts current={{ name, taxId }} requested={identityChange} />
      <Detail>
        <Message
          text="Requested by {person}, {date}"
          values={{ person: personName(identityChange.by), date: <Moment at={identityChange.at} /> }}
        />
      </Detail>
      <Group gap="sm" mt="sm">
        {props.children}
        <DialogButton
          offered={props.organization.can.withdrawIdentityChange}
          size="xs"
          dialog={(onClose) => <WithdrawDialog organization={props.organization} onClose={onClose} />}
        >
          {t('Withdraw')}
        </DialogButton>
      </Group>
    </Callout>
  )
}

export function IdentityChangeFacts(props: {
  current: { name: string; taxId: string }
  requested: { name: string | null; taxId: string | null }
}) {
  const { current, requested } = props
  const line = (text: string, from: string, to: string | null) =>
    to !== null && (
      <Text className="prose">
        <Message text={text} values={{ current: from || t('none'), requested: <b>{to || t('none')}</b> }} />
      </Text>
    )
  return (
    <>
      {line(message('Name: {current} → {requested}'), current.name, requested.name)}
      {line(message('Tax ID: {current} → {requested}'), current.taxId, requested.taxId)}
    </>
  )
}

function WithdrawDialog(props: { organization: Organization; onClose: () => void }) {
  const { seen: organization, lookAgain } = useSnapshot(props.organization)
  const withdraw = useWithdrawIdentityChange()
  return (
    <ConfirmDialog
      title={t('Withdraw this change?')}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        const { id: organizationId, detailsVersion } = organization
        await withdraw.mutateAsync({ organizationId, detailsVersion })
        toast(t('Change withdrawn.'), 'neutral')
      }}
    >
      <Text>{t('The organization keeps its current name and tax ID.')}</Text>
    </ConfirmDialog>
  )
}
