import { type ReactNode, useState } from 'react'
import { ConfirmDialog, type ConfirmDialogProps } from './dialog'
import { ReasonField } from './reason-field'

interface ReasonDialogProps extends Omit<ConfirmDialogProps, 'onConfirm'> {
  /** Describes the field, where the usual text does not apply. */
  description?: string
  onConfirm: (reason: string) => Promise<unknown>
  /** What to show below the field. */
  below?: ReactNode
}

/** A change that needs a reason. */
export function ReasonDialog({ description, onConfirm, below, children, ...props }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog {...props} onConfirm={() => onConfirm(reason)}>
      {children}
      <ReasonField description={description} value={reason} onChange={setReason} />
      {below}
    </ConfirmDialog>
  )
}
