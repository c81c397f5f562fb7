import { type ReactNode, useState } from 'react'
import { Dialog } from '../ui/dialog'
import { type Asked, WhyDialog } from './why-dialog'

/** Somebody else's roles, in a window; the reason for one of them opens over it. */
export function RolesDialog(props: {
  name: string
  onClose: () => void
  children: (onAsk: (asked: Asked) => void) => ReactNode
}) {
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <>
      <Dialog title={`Active roles of ${props.name}`} size="56rem" onClose={props.onClose}>
        {props.children(setAsked)}
      </Dialog>
      {asked && <WhyDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  )
}
