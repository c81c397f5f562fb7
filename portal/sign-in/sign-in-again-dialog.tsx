import { Button, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { getMe } from '../../src/membership/me/schema'
import { t } from '../../src/platform/messages/t'
import { call } from '../api'
import { notePageAccount } from '../page-account'
import { signingInAgain } from '../reauthentication'
import { refetch } from '../refetch'
import { type Me, useMe } from '../session'
import { Dialog } from '../ui/dialog'
import { Failed, Loading } from '../ui/states'
import { giveUpUnsaved } from '../ui/unsaved'
import { CodeForm } from './code-form'
import { OtherWays } from './other-ways'
import { PasswordForm } from './password-form'
import { useSiteInfo } from './queries'

interface Asked {
  onSignedIn: () => void
  /** The account that the page belongs to. */
  account: Me['account']
}

/** The session ended while something was unsaved: a dialog over the page signs in again, and the page stays as it was. */
export function SignInAgainDialog() {
  const { account } = useMe()
  const [asked, setAsked] = useState<Asked | null>(null)
  const open = (give: (signedIn: boolean) => void) => {
    const onSignedIn = () => {
      setAsked(null)
      give(true)
    }
    setAsked({ onSignedIn, account })
  }
  const latest = useRef(open)
  latest.current = open
  useEffect(() => signingInAgain.registerPrompt((give) => latest.current(give)), [])
  return asked && <SessionEnded {...asked} />
}

function SessionEnded(props: Asked) {
  const [codeWanted, setCodeWanted] = useState(false)
  const site = useSiteInfo()
  const goOn = useGoOn(props.onSignedIn)
  return (
    <Dialog title={codeWanted ? t('Enter your code') : t('Your session has ended')} stays onClose={giveUp}>
      <Stack gap="md">
        {!codeWanted && <Text>{t('Sign in again to continue. What you entered is still here.')}</Text>}
        {!site.data && (site.error ? <Failed problem={site.error} onRetry={site.refetch} /> : <Loading rows={3} />)}
        {codeWanted && <CodeForm onStartAgain={() => setCodeWanted(false)} onSignedIn={goOn} />}
        {site.data && !codeWanted && (
          <>
            {site.data.passwords && (
              <PasswordForm email={props.account.email} onCodeWanted={() => setCodeWanted(true)} onSignedIn={goOn} />
            )}
            <OtherWays site={site.data} next={undefined} inNewTab onSignedIn={goOn} />
          </>
        )}
        {/* Not before the fields are there: it would have the focus, and the next space would press it. */}
        {(site.data || site.error) && (
          <Button variant="subtle" style={{ alignSelf: 'center' }} onClick={giveUp}>
            {t('Discard my changes')}
          </Button>
        )}
      </Stack>
    </Dialog>
  )
}

/** To the sign-in page, and back here afterwards. It is a page load, so nothing stays in memory. */
function giveUp() {
  giveUpUnsaved()
  const { pathname, search } = window.location
  window.location.assign(`/sign-in?${new URLSearchParams({ next: pathname + search })}`)
}

/** Continues once the account that the page belongs to is signed in, also from another tab. */
function useGoOn(onSignedIn: () => void) {
  const client = useQueryClient()
  const goOn = useCallback(async () => {
    const me = await call(getMe, {}).catch(() => null)
    if (!me) return
    await notePageAccount(me.account.id)
    onSignedIn()
    await refetch(client)
  }, [client, onSignedIn])
  useEffect(() => {
    const look = () => void goOn()
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [goOn])
  return () => void goOn()
}
