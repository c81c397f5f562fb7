import { Text } from '@mantine/core'
import { useRef } from 'react'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { EndDateField, endOf } from '../../ui/end-date-field'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { PartsList, toDecide } from './parts-list'
import { useDecideRoleRequests } from './queries'
import type { DecidablePart } from './request-card'

export function AcceptDialog(props: { parts: DecidablePart[]; onClose: () => void }) {
  const { seen: parts, lookAgain } = useSnapshot(props.parts)
  const end = useRef<HTMLInputElement>(null)
  const decide = useDecideRoleRequests()
  return (
    <ConfirmDialog
      title={formatMessage('{count, plural, one {Accept # role?} other {Accept # roles?}}', { count: parts.length })}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        const expiresAt = endOf(end.current!)
        await decide.mutateAsync({ decisions: parts.map((part) => ({ ...toDecide(part), accept: true, expiresAt })) })
        toast(
          formatMessage('{count, plural, one {# role accepted.} other {# roles accepted.}}', { count: parts.length }),
        )
      }}
    >
      <Text>
        {t('Members get these roles immediately. They replace the organization’s current roles for this service.')}
      </Text>
      <PartsList parts={parts} />
      <EndDateField ref={end} about={t('Optional. The role ends at the end of this day.')} />
    </ConfirmDialog>
  )
}
