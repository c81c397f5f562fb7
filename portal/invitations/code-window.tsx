import { Button, Group, Stack, Text } from '@mantine/core'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { Moment } from '../ui/moment'
import classes from './code-window.module.css'
import { LinkPicture } from './link-picture'
import type { ShownCode } from './queries'
import { ThisComputerNotice } from './this-computer-notice'

/** A code that is shown, and whom it lets in. */
export interface Shown extends ShownCode {
  boundTo: string | null
  needsApproval: boolean
}

/** One invitation, three carriers: the code, the link, the picture of the link. */
export function CodeWindow(props: { shown: Shown; onClose: () => void }) {
  const { code, link, expiresAt } = props.shown
  return (
    <Dialog title="Pass this on" size="lg" onClose={props.onClose}>
      <Stack gap="lg">
        <Text>
          Give the code, the link or the picture to the person you want to invite. {whoCanUse(props.shown)} It is valid
          until <Moment at={expiresAt} as="exact" />.
        </Text>
        <Stack gap="xs" align="flex-start">
          <output className={classes.code} aria-label="Invitation code">
            {code}
          </output>
          <CopyButton text={code} label="Copy code" primary />
        </Stack>
        <ThisComputerNotice link={link} />
        <Group gap="lg" align="center">
          <LinkPicture link={link} />
          <Stack gap="xs" align="flex-start" flex="1 1 220px" miw={0}>
            <Text className={classes.link}>{link}</Text>
            <CopyButton text={link} label="Copy link" />
          </Stack>
        </Group>
        <Button variant="default" onClick={props.onClose} style={{ alignSelf: 'flex-end' }}>
          Close
        </Button>
      </Stack>
    </Dialog>
  )
}

function whoCanUse({ boundTo, needsApproval }: Shown): string {
  const who = !boundTo
    ? 'Whoever has it can use it'
    : boundTo.startsWith('@')
      ? `Only people with a confirmed address at ${boundTo.slice(1)} can use it`
      : `Only the account with the confirmed address ${boundTo} can use it`
  return needsApproval ? `${who}, and an admin has to approve them.` : `${who}.`
}
