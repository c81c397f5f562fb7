import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { meQuery } from '../../session'
import { SignedOutPage } from '../../shell/signed-out-frame'
import { TextLink } from '../../ui/link'
import { Message } from '../../ui/message'
import { InvitationNotice } from '../invitation-notice'
import { CheckYourMail } from './check-your-mail'
import { RegisterForm } from './register-form'

export function RegisterPage() {
  const { next } = useSearch({ from: '/register' })
  const { data: me } = useQuery({
    ...meQuery,
    // The link may be opened on another device. This page continues when the address is confirmed.
    refetchInterval: ({ state }) => (state.data?.todo.includes('confirm_address') ? 3000 : false),
  })
  const [typed, setTyped] = useState<string | null>(null)
  const mailed = me ? me.todo.includes('confirm_address') && me.account.email : typed
  if (mailed) return <CheckYourMail email={mailed} next={next} />
  if (me) return <Navigate to={next ?? '/organization'} replace />
  return (
    <SignedOutPage title={t('Register')}>
      <InvitationNotice />
      <RegisterForm onNotSignedIn={setTyped} />
      <Text>
        <Message
          text="Already have an account? <a>Sign in</a>"
          values={{ a: <TextLink to="/sign-in" search={{ next }} /> }}
        />
      </Text>
    </SignedOutPage>
  )
}
