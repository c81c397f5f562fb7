import { Anchor, Button, Stack, Text } from '@mantine/core'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { t } from '../../src/platform/messages/t'
import { reauthentication } from '../reauthentication'
import { Page } from '../ui/page'
import { Loading } from '../ui/states'
import { ConsentForm } from './consent-form'

/** What the server found when an application sent the person here to sign in. */
export interface SignInState {
  /** The application wants them to confirm their identity. */
  again?: 1
  /** They may not use the application. */
  refused?: string
  /** The id of an application that asks whether they agree to what it wants to learn. */
  asking?: string
  /** What that is, with “+” between. */
  scopes?: string
}

/** Where people go on who are signing in to an application: back to it, or they learn why that is not possible. */
export function ContinuePage() {
  const { uid } = useParams({ from: '/shell/continue/$uid' })
  const { again, refused, asking, scopes = '' } = useSearch({ from: '/shell/continue/$uid' })
  if (uid === 'expired') return <Expired />
  if (refused) return <Refused />
  if (asking) return <ConsentForm clientId={asking} wanted={scopes.split('+')} onDone={(query) => goOn(uid, query)} />
  return again ? <ConfirmIdentity uid={uid} /> : <GoOn uid={uid} />
}

const goOn = (uid: string, query = '') => window.location.replace(`/openid/sign-in/${encodeURIComponent(uid)}${query}`)

function GoOn(props: { uid: string }) {
  useEffect(() => goOn(props.uid), [props.uid])
  return (
    <Page title={t('Signing you in to the application')}>
      <Loading rows={1} />
    </Page>
  )
}

function ConfirmIdentity(props: { uid: string }) {
  return (
    <Page
      title={t('Confirm your identity')}
      lead={t('The application asks you to sign in again before it lets you in.')}
    >
      <div>
        <Button onClick={async () => (await reauthentication.ask()) && goOn(props.uid)}>{t('Continue')}</Button>
      </div>
    </Page>
  )
}

function Refused() {
  return (
    <Page title={t('You can’t use this application')}>
      <Stack gap="xs">
        <Text>{t('To use it, you need an access role and a quota role on its service, and you don’t hold both.')}</Text>
        <Text>
          <Anchor component={Link} to="/active-roles">
            {t('See which roles you hold')}
          </Anchor>
        </Text>
      </Stack>
    </Page>
  )
}

function Expired() {
  return (
    <Page title={t('This sign-in has expired')}>
      <Text>{t('Go back to the application and sign in there once more.')}</Text>
    </Page>
  )
}
