import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useMe } from '../../session'
import { Page } from '../../ui/page'
import { somethingUnsaved } from '../../ui/unsaved'
import { FirstDo } from './first-do'

/**
 * While something has to be done first, every page but Account is that. Afterwards it is the page that was wanted, and
 * what was half written on it is still there.
 */
export function Gate(props: { children: ReactNode }) {
  const { todo } = useMe()
  const path = useLocation({ select: ({ pathname }) => pathname })
  const open = todo.length === 0 || path === '/account'
  const [gate, setGate] = useState<{ open: boolean; keeps: string | null }>({ open, keeps: null })
  if (gate.open !== open) setGate({ open, keeps: !open && somethingUnsaved() ? path : null })
  return (
    <>
      {!open && (
        <Page title="Before you go on" lead="Until this is done, only your account can be reached.">
          <FirstDo />
        </Page>
      )}
      {(open || gate.keeps === path) && <div hidden={!open}>{props.children}</div>}
    </>
  )
}
