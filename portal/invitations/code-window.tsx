import { Button, Group, Stack, Text } from '@mantine/core'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { Moment } from '../ui/moment'
import classes from './code-window.module.css'
import { LinkPicture } from './link-picture'
import type { ShownCode } from './queries'
import { ThisComputerNotice } from './this-computer-notice'

/** One invitation, three carriers: the code, the link, the picture of the link. */
export function CodeWindow(props: { shown: ShownCode; onClose: () => void }) {
  const { code, link, expiresAt } = props.shown
  return (
    <Dialog title="Pass this on" size="lg" onClose={props.onClose}>
      <Stack gap="lg">
        <Text>
          Give the code, the link or the picture to whom you invite. Whoever has it can use it. It is valid until{' '}
          <Moment at={expiresAt} as="exact" />.
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
