import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { useMe } from '../../session'
import { Page } from '../../ui/page'
import { somethingUnsaved } from '../../ui/unsaved'
import { RequiredActions } from './required-actions'

/**
 * While something has to be done first, it replaces every page but Account. Afterwards the page that was wanted appears,
 * with the unsaved changes that it had.
 */
export function RequiredActionsGate(props: { children: ReactNode }) {
  const { todo } = useMe()
  const path = useLocation({ select: ({ pathname }) => pathname })
  const open = todo.length === 0 || path === '/account'
  const [gate, setGate] = useState<{ open: boolean; keeps: string | null }>({ open, keeps: null })
  if (gate.open !== open) setGate({ open, keeps: !open && somethingUnsaved() ? path : null })
  return (
    <>
      {!open && (
        <Page title={t('Before you continue')} lead={t('Until this is done, you can only open your account.')}>
          <RequiredActions />
        </Page>
      )}
      {(open || gate.keeps === path) && <div hidden={!open}>{props.children}</div>}
    </>
  )
}
