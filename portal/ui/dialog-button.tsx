import { Button, type ButtonProps } from '@mantine/core'
import { type ReactNode, useState } from 'react'

interface DialogButtonProps extends ButtonProps {
  'aria-label'?: string
  /** False hides the button, but not its dialog: what was entered there stays. */
  offered?: boolean
  dialog: (onClose: () => void) => ReactNode
}

/** A button and the dialog that it opens. */
export function DialogButton({ offered = true, dialog, ...props }: DialogButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      {offered && <Button variant="default" {...props} onClick={() => setOpen(true)} />}
      {open && dialog(() => setOpen(false))}
    </>
  )
}
