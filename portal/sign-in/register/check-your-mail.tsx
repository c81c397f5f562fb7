import { Stack, Text } from '@mantine/core'
import { pendingLinks } from '../../pending-links'
import { EmailAddress } from '../../ui/email-address'
import { LinkButton } from '../../ui/link'
import { Page } from '../../ui/page'

/**
 * What whoever registers sees on a site that sends mail, and the same where the address has an account already: that
 * one is told by a mail, and nobody else is.
 */
export function CheckYourMail(props: { email: string; next?: string | undefined }) {
  return (
    <Page title="Check your mail">
      <Stack gap="md" align="flex-start">
        <Text>
          A mail is on its way to{' '}
          <b>
            <EmailAddress address={props.email} />
          </b>
          . Open the link in it to go on.
        </Text>
        <Text>
          This page continues once the address is confirmed, here or on another device.
          {pendingLinks.code.get() && ' Your invitation is kept in this window.'}
        </Text>
        <Text>Nothing came? Look among unwanted mail, or sign in and have it sent again.</Text>
        <LinkButton to="/sign-in" search={{ next: props.next }} variant="default">
          Sign in
        </LinkButton>
      </Stack>
    </Page>
  )
}
