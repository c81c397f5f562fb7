import { Stack, Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import codeWindow from '../invitations/code-window.module.css'
import { useMe } from '../session'
import { CopyButton } from '../ui/copy-button'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { exampleCall } from './example-call'
import type { MadeToken } from './queries'
import { SecretWindow } from './secret-window'

/** A new token. It is shown only once and cannot be looked up again. */
export function TokenWindow(props: { made: MadeToken; organizationId: string | null; onClose: () => void }) {
  const { token, expiresAt, scopes } = props.made
  const { account, organization } = useMe()
  const example = exampleCall(token, scopes, {
    ofOrganization: props.organizationId !== null,
    organizationId: organization?.id ?? null,
    admin: organization?.can.seeTokens ?? false,
    operator: account.operator,
  })
  return (
    <SecretWindow
      title={t('Copy your token')}
      warning={t('This token is shown only now')}
      secret={token}
      label={t('Token')}
      copyLabel={t('Copy token')}
      closeLabel={t('I have saved the token')}
      below={example && <ExampleCommand command={example} />}
      onClose={props.onClose}
    >
      <Message
        text="Copy it and keep it in a safe place, such as a password manager. Anyone who has it can use it. It expires on {date}."
        values={{ date: <Moment at={expiresAt} as="day" /> }}
      />
    </SecretWindow>
  )
}

function ExampleCommand({ command }: { command: string }) {
  return (
    <Stack gap="xs" align="flex-start">
      <Text>{t('To try it, run this command:')}</Text>
      <output className={codeWindow.code} data-command aria-label={t('Example command')}>
        {command}
      </output>
      <CopyButton text={command} label={t('Copy command')} />
    </Stack>
  )
}
