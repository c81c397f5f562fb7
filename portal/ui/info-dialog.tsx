import { Button, Stack } from '@mantine/core'
import { Dialog, type DialogProps } from './dialog'

/** A dialog that only shows something, with a button that closes it. */
export function InfoDialog({ closeLabel, children, ...props }: DialogProps & { closeLabel: string }) {
  return (
    <Dialog {...props}>
      <Stack gap="lg">
        {children}
        <Button variant="default" onClick={props.onClose} style={{ alignSelf: 'flex-end' }}>
          {closeLabel}
        </Button>
      </Stack>
    </Dialog>
  )
}
