import { Button, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { getMe } from '../../src/membership/me/schema'
import { call } from '../api'
import { signingInAgain } from '../reauthentication'
import { useMe } from '../session'
import type { Me } from '../standing-changes'
import { Dialog } from '../ui/dialog'
import { Failed, Loading } from '../ui/states'
import { giveUpUnsaved } from '../ui/unsaved'
import { noteWhosePage } from '../whose-page'
import { CodeForm } from './code-form'
import { OtherWays } from './other-ways'
import { PasswordForm } from './password-form'
import { useSiteInfo } from './queries'

interface Asked {
  onSignedIn: () => void
  /** Whose page it is. */
  account: Me['account']
}

/** The session ended under something unsaved: signing in happens over the page, which then goes on where it was. */
export function SignInAgain() {
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
    <Dialog title={codeWanted ? 'Enter your code' : 'Your session has ended.'} stays onClose={giveUp}>
      <Stack gap="md">
        {!codeWanted && <Text>Sign in again to continue. What you have entered is still here.</Text>}
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
        {/* Not before what it is the other choice to: it would have the focus, and the next space would press it. */}
        {(site.data || site.error) && (
          <Button variant="subtle" style={{ alignSelf: 'center' }} onClick={giveUp}>
            Discard my changes
          </Button>
        )}
      </Stack>
    </Dialog>
  )
}

/** To the sign-in page, and back here from it. The page is loaded anew: nothing of the old one stays in memory. */
function giveUp() {
  giveUpUnsaved()
  const { pathname, search } = window.location
  window.location.assign(`/sign-in?${new URLSearchParams({ next: pathname + search })}`)
}

/** Goes on once somebody is signed in, be it in another tab, if it is who the page is of. */
function useGoOn(onSignedIn: () => void) {
  const client = useQueryClient()
  const goOn = useCallback(async () => {
    const me = await call(getMe, {}).catch(() => null)
    if (!me) return
    await noteWhosePage(me.account.id)
    onSignedIn()
    await client.invalidateQueries()
  }, [client, onSignedIn])
  useEffect(() => {
    const look = () => void goOn()
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [goOn])
  return () => void goOn()
}
