import { useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../session'
import { Page } from '../ui/page'
import { FirstDo } from './first-do'

/** While something has to be done first, every page but Account is that. Afterwards it is the page that was wanted. */
export function Gate(props: { children: ReactNode }) {
  const { todo } = useMe()
  const onAccount = useLocation({ select: ({ pathname }) => pathname === '/account' })
  if (todo.length === 0 || onAccount) return props.children
  return (
    <Page title="Before you go on" lead="Until this is done, only your account can be reached.">
      <FirstDo />
    </Page>
  )
}
