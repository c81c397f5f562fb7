import { type ReactNode, useState } from 'react'
import type { ApiError } from '../api'
import { ConfirmDialog } from './dialog'
import { ReasonField } from './reason-field'

/** A change that is confirmed with its reason. */
export function ReasonDialog(props: {
  title: string
  danger?: boolean
  children: ReactNode
  /** About the reason, where it is not only for the people concerned. */
  description?: string
  onConfirm: (reason: string) => Promise<unknown>
  onChanged?: () => void
  /** False where another window follows this one. */
  closes?: boolean
  /** What else helps after a refusal. */
  onRefused?: (refusal: ApiError) => ReactNode
  onClose: () => void
}) {
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const error = refusal?.errorAt('reason')
  return (
    <ConfirmDialog
      title={props.title}
      danger={props.danger}
      onClose={props.onClose}
      onChanged={props.onChanged}
      closes={props.closes}
      onConfirm={() => {
        setRefusal(null)
        return props.onConfirm(reason)
      }}
      onRefusal={(refusal) => {
        setRefusal(refusal)
        return refusal.errorAt('reason') !== undefined
      }}
    >
      {props.children}
      <ReasonField description={props.description} value={reason} onChange={setReason} error={error} />
      {refusal && props.onRefused?.(refusal)}
    </ConfirmDialog>
  )
}
