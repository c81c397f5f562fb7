import { Stack, Text } from '@mantine/core'
import { t } from '../../../src/platform/messages/t'
import codeWindow from '../../invitations/code-window.module.css'
import { CopyButton } from '../../ui/copy-button'
import { InfoDialog } from '../../ui/info-dialog'

/** The link is shown only once and cannot be looked up again. */
export function OneTimeLinkWindow(props: { name: string; link: string; onClose: () => void }) {
  return (
    <InfoDialog
      title={t('Share this link')}
      size="lg"
      stays
      closeLabel={t('I have saved the link')}
      onClose={props.onClose}
    >
      <Text>
        {t(
          'Send this link only to {name}. It works once, is valid for one day, and won’t be shown again. Resetting the password keeps two-factor authentication. It removes passkeys and a linked identity provider, unless the address was confirmed with an e-mailed link.',
          { name: props.name },
        )}
      </Text>
      <Stack gap="xs" align="flex-start">
        <output className={codeWindow.code} data-long aria-label={t('One-time link')}>
          {props.link}
        </output>
        <CopyButton text={props.link} label={t('Copy link')} primary />
      </Stack>
    </InfoDialog>
  )
}
