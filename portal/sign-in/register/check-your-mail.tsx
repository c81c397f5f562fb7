import { Stack, Text } from '@mantine/core'
import { t } from '../../../src/platform/messages/t'
import { pendingLinks } from '../../pending-links'
import { SignedOutPage } from '../../shell/signed-out-frame'
import { EmailAddress } from '../../ui/email-address'
import { LinkButton } from '../../ui/link'
import { Message } from '../../ui/message'

/**
 * Shown after registering on a site that sends mail. An address that already has an account gets the same page: only the
 * mail says so.
 */
export function CheckYourMail(props: { email: string; next?: string | undefined }) {
  return (
    <SignedOutPage title={t('Check your e-mail')}>
      <Stack gap="md" align="flex-start">
        <Text>
          <Message
            text="We sent an e-mail to {email}. Open the link in it to continue."
            values={{ email: <EmailAddress address={props.email} strong /> }}
          />
        </Text>
        <Text>
          {pendingLinks.code.get()
            ? t(
                'This page continues once the address is confirmed, here or on another device. Your invitation is kept in this window.',
              )
            : t('This page continues once the address is confirmed, here or on another device.')}
        </Text>
        <Text>{t('Didn’t get it? Check your spam folder, or sign in to resend it.')}</Text>
        <LinkButton to="/sign-in" search={{ next: props.next }} variant="default">
          {t('Sign in')}
        </LinkButton>
      </Stack>
    </SignedOutPage>
  )
}
