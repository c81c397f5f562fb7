import { type ReactNode, useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { Dialog } from '../ui/dialog'
import { type Asked, WhyDialog } from './why-dialog'

/** Another person's roles in a window. The reason for one of them opens on top of it. */
export function RolesDialog(props: {
  name: string
  onClose: () => void
  children: (onAsk: (asked: Asked) => void) => ReactNode
}) {
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <>
      <Dialog title={t('Active roles of {name}', { name: props.name })} size="56rem" onClose={props.onClose}>
        {props.children(setAsked)}
      </Dialog>
      {asked && <WhyDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  )
}
