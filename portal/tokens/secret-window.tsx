import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import codeWindow from '../invitations/code-window.module.css'
import { Callout } from '../ui/callout'
import { CopyButton } from '../ui/copy-button'
import { InfoDialog } from '../ui/info-dialog'

/** A new secret. It is shown only once and cannot be looked up again. */
export function SecretWindow(props: {
  title: string
  /** That it is shown only now; the children say what to do with it. */
  warning: string
  children: ReactNode
  secret: string
  label: string
  copyLabel: string
  closeLabel: string
  below?: ReactNode
  onClose: () => void
}) {
  return (
    <InfoDialog title={props.title} size="lg" stays closeLabel={props.closeLabel} onClose={props.onClose}>
      <Callout title={props.warning}>{props.children}</Callout>
      <Stack gap="xs" align="flex-start">
        <output className={codeWindow.code} data-long aria-label={props.label}>
          {props.secret}
        </output>
        <CopyButton text={props.secret} label={props.copyLabel} primary />
      </Stack>
      {props.below}
    </InfoDialog>
  )
}
