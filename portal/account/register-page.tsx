import { Text } from '@mantine/core'
import { Navigate, useSearch } from '@tanstack/react-router'
import { useMeQuery } from '../session'
import { TextLink } from '../ui/link'
import { Page } from '../ui/page'
import { SignedOutFrame } from '../ui/signed-out-frame'
import { InvitationNotice } from './invitation-notice'
import { RegisterForm } from './register-form'

export function RegisterPage() {
  const { next } = useSearch({ from: '/register' })
  const { data: me } = useMeQuery()
  if (me) return <Navigate to={next ?? '/organization'} replace />
  return (
    <SignedOutFrame>
      <Page title="Register">
        <InvitationNotice />
        <RegisterForm />
        <Text>
          Registered already?{' '}
          <TextLink to="/sign-in" search={{ next }}>
            Sign in
          </TextLink>
        </Text>
      </Page>
    </SignedOutFrame>
  )
}
