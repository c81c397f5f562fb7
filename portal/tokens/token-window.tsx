import { Stack, Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import codeWindow from '../invitations/code-window.module.css'
import { Callout } from '../ui/callout'
import { CopyButton } from '../ui/copy-button'
import { InfoDialog } from '../ui/info-dialog'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { exampleCall } from './example-call'
import type { MadeToken } from './queries'

/** A new token. It is shown only once and cannot be looked up again. */
export function TokenWindow(props: { made: MadeToken; organizationId: string | null; onClose: () => void }) {
  const { token, expiresAt, scopes } = props.made
  const example = exampleCall(token, scopes, props.organizationId)
  return (
    <InfoDialog
      title={t('Copy your token')}
      size="lg"
      stays
      closeLabel={t('I have saved the token')}
      onClose={props.onClose}
    >
      <Callout title={t('This token is shown only now')}>
        <Message
          text="Copy it and keep it in a safe place, such as a password manager. Anyone who has it can use it. It expires on {date}."
          values={{ date: <Moment at={expiresAt} as="day" /> }}
        />
      </Callout>
      <Stack gap="xs" align="flex-start">
        <output className={codeWindow.code} data-long aria-label={t('Token')}>
          {token}
        </output>
        <CopyButton text={token} label={t('Copy token')} primary />
      </Stack>
      {example && (
        <Stack gap="xs" align="flex-start">
          <Text>{t('To try it, run this command:')}</Text>
          <output className={codeWindow.code} data-command aria-label={t('Example command')}>
            {example}
          </output>
          <CopyButton text={example} label={t('Copy command')} />
        </Stack>
      )}
    </InfoDialog>
  )
}
