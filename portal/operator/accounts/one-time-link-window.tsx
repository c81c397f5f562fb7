import { Button, Stack, Text } from '@mantine/core'
import codeWindow from '../../invitations/code-window.module.css'
import { CopyButton } from '../../ui/copy-button'
import { Dialog } from '../../ui/dialog'

/** The link is shown this once: nobody can look it up again. */
export function OneTimeLinkWindow(props: { name: string; link: string; onClose: () => void }) {
  return (
    <Dialog title="Hand this over" size="lg" stays onClose={props.onClose}>
      <Stack gap="lg">
        <Text>
          Give the link to {props.name} and to nobody else. It works once, for a day, and is not shown again. A second
          factor stays as it is; passkeys and a linked identity provider stay only where a mailed link has proved the
          address.
        </Text>
        <Stack gap="xs" align="flex-start">
          <output className={codeWindow.code} data-long aria-label="One-time link">
            {props.link}
          </output>
          <CopyButton text={props.link} label="Copy link" primary />
        </Stack>
        <Button variant="default" onClick={props.onClose} style={{ alignSelf: 'flex-end' }}>
          I have saved the link
        </Button>
      </Stack>
    </Dialog>
  )
}
