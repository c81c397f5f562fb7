// biome-ignore-all lint/a11y/useValidAnchor: the skip link does lead to a place on the page, but not through the router.

import { AppShell, Burger, Container, Group } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { Link, Navigate, Outlet, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { useLiveUpdates } from '../live'
import { Bell } from '../notifications/bell'
import { type Me, MeContext, pageAfterSignIn, useMeQuery } from '../session'
import { ReauthenticateDialog } from '../sign-in/reauthenticate-dialog'
import { RequiredActionsGate } from '../sign-in/required-actions/required-actions-gate'
import { SignInAgainDialog } from '../sign-in/sign-in-again-dialog'
import { tabStorage } from '../tab-storage'
import { BusyBar } from './busy-bar'
import { SessionPendingPage } from './fallback-pages'
import { Navigation } from './navigation'
import classes from './navigation.module.css'
import { PersonMenu } from './person-menu'
import { SchemeSwitch } from './scheme-switch'
import { Wordmark } from './wordmark'

/** Everything behind the sign-in. People who are not signed in sign in first and return to the page they wanted. */
export function Shell() {
  const { data: me, error, refetch } = useMeQuery()
  if (me) return <SignedInShell me={me} />
  if (me === null) return <GoToSignIn />
  return <SessionPendingPage problem={error} onRetry={refetch} />
}

/** Reads the address once: it changes during the navigation, and following it would loop. */
function GoToSignIn() {
  const router = useRouter()
  const [next] = useState(() => pageAfterSignIn(router.latestLocation.href))
  return <Navigate to="/sign-in" search={{ next }} replace />
}

function SignedInShell(props: { me: Me }) {
  const [open, burger] = useDisclosure()
  useLiveUpdates()
  useEffect(() => tabStorage.signedIn.put('yes'), [])
  useHotkeys([['Escape', burger.close]])
  return (
    <MeContext value={props.me}>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {t('Skip to content')}
      </a>
      <AppShell
        header={{ height: 60 }}
        navbar={{ width: 264, breakpoint: 'sm', collapsed: { mobile: !open } }}
        padding={{ base: 'md', sm: 'xl' }}
      >
        <AppShell.Header px="md" bg="var(--surface)" style={{ borderColor: 'var(--line)' }}>
          <BusyBar />
          <Group h="100%" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger
                opened={open}
                onClick={burger.toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={t('Menu')}
                aria-expanded={open}
              />
              <Link to="/organization" aria-label="Guildhall" className={classes.home}>
                <Wordmark />
              </Link>
            </Group>
            <Group gap={4} wrap="nowrap" miw={0}>
              {props.me.todo.length === 0 && <Bell />}
              <PersonMenu />
              <SchemeSwitch />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar
          className={open ? undefined : classes.closed}
          p="md"
          bg="var(--mantine-color-body)"
          style={{ borderColor: 'var(--line)', overflowY: 'auto' }}
          component="div"
        >
          <Navigation onChoose={burger.close} />
        </AppShell.Navbar>
        <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }}>
          <Container size={1040} px={0} pb={64} mx={{ base: 0, xl: 'auto' }}>
            <RequiredActionsGate>
              <Outlet />
            </RequiredActionsGate>
          </Container>
        </AppShell.Main>
      </AppShell>
      <ReauthenticateDialog />
      <SignInAgainDialog />
    </MeContext>
  )
}
