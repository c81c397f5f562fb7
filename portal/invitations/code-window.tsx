import { Group, Stack, Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import { CopyButton } from '../ui/copy-button'
import { InfoDialog } from '../ui/info-dialog'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import classes from './code-window.module.css'
import { LinkPicture } from './link-picture'
import type { ShownCode } from './queries'
import { ThisComputerNotice } from './this-computer-notice'

/** A code and the people who can use it. */
export interface Shown extends ShownCode {
  boundTo: string | null
  needsApproval: boolean
}

/** An invitation to share: its code, its link and the link's QR code. */
export function CodeWindow(props: { shown: Shown; onClose: () => void }) {
  const { code, link, expiresAt } = props.shown
  return (
    <InfoDialog title={t('Share this invitation')} size="lg" closeLabel={t('Close')} onClose={props.onClose}>
      <Text>
        {t('Send the code, link or QR code to the person you’re inviting.')} {whoCanUse(props.shown)}{' '}
        <Message text="It is valid until {date}." values={{ date: <Moment at={expiresAt} as="exact" /> }} />
      </Text>
      <Stack gap="xs" align="flex-start">
        <output className={classes.code} aria-label={t('Invitation code')}>
          {code}
        </output>
        <CopyButton text={code} label={t('Copy code')} primary />
      </Stack>
      <ThisComputerNotice link={link} />
      <Group gap="lg" align="center">
        <LinkPicture link={link} />
        <Stack gap="xs" align="flex-start" flex="1 1 220px" miw={0}>
          <Text className={classes.link}>{link}</Text>
          <CopyButton text={link} label={t('Copy link')} />
        </Stack>
      </Group>
    </InfoDialog>
  )
}

function whoCanUse({ boundTo, needsApproval }: Shown): string {
  const who = !boundTo
    ? t('Anyone who has it can use it.')
    : boundTo.startsWith('@')
      ? t('Only people with a confirmed e-mail address at {domain} can use it.', { domain: boundTo.slice(1) })
      : t('Only the account with the confirmed e-mail address {address} can use it.', { address: boundTo })
  return needsApproval ? `${who} ${t('An admin then has to approve them.')}` : who
}
