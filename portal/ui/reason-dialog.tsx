import { type ReactNode, useState } from 'react'
import type { ApiError } from '../api'
import { ConfirmDialog } from './dialog'
import { useRefusal } from './field-errors'
import { ReasonField } from './reason-field'

/** A change that needs a reason. */
export function ReasonDialog(props: {
  title: string
  danger?: boolean
  children: ReactNode
  /** Describes the field, where the usual text does not apply. */
  description?: string
  onConfirm: (reason: string) => Promise<unknown>
  onChanged?: () => void
  /** False where another dialog follows. */
  closes?: boolean
  /** What to show below the fields after a refusal. */
  onRefused?: (refusal: ApiError) => ReactNode
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      title={props.title}
      danger={props.danger}
      onClose={props.onClose}
      onChanged={props.onChanged}
      closes={props.closes}
      onConfirm={() => props.onConfirm(reason)}
    >
      {props.children}
      <ReasonField description={props.description} value={reason} onChange={setReason} />
      {props.onRefused && <AfterRefusal show={props.onRefused} />}
    </ConfirmDialog>
  )
}

function AfterRefusal(props: { show: (refusal: ApiError) => ReactNode }) {
  const refusal = useRefusal()
  return refusal && props.show(refusal)
}
