import { Button, Text } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { MailChoice } from '../notifications/mail-choice'
import { useMe } from '../session'
import { Callout, ProblemAlert } from '../ui/callout'
import { countryName } from '../ui/countries'
import { EmailAddress } from '../ui/email-address'
import { Facts } from '../ui/facts'
import { Moment } from '../ui/moment'
import { Page, Section } from '../ui/page'
import { personName } from '../ui/person-name'
import { PasskeysSection } from './passkeys-section'
import { useSignOut } from './queries'
import { SignInMethodsSection } from './sign-in-methods-section'
import { TwoFactorSection } from './two-factor-section'

export function AccountPage() {
  const { account } = useMe()
  const signOut = useSignOut()
  return (
    <Page title="Account">
      <Section title="Personal info">
        <div className="surface">
          <Facts
            facts={[
              ['Name', personName(account)],
              ['E-mail', <EmailAddress key="email" address={account.email} />],
              ['Address confirmed', account.emailConfirmed ? 'Yes' : 'Not yet'],
              ['Country', countryName(account.country)],
              ['Registered', <Moment key="since" at={account.createdAt} as="day" />],
            ]}
          />
        </div>
        {!account.emailConfirmed && (
          <Callout title="Your e-mail address is not confirmed yet">
            <Text>
              You can use the site as it is. Only an invitation made for one e-mail address or domain needs a confirmed
              address: ask an operator of this site to confirm yours.
            </Text>
          </Callout>
        )}
      </Section>
      <SignInMethodsSection />
      <TwoFactorSection />
      <PasskeysSection />
      <MailChoice />
      <Section title="This device">
        <Text>Signing out ends your session in this browser only.</Text>
        <ProblemAlert problem={signOut.error} />
        <div>
          <Button
            variant="default"
            leftSection={<IconLogout size={18} aria-hidden />}
            loading={signOut.isPending}
            onClick={() => signOut.mutate()}
          >
            Sign out
          </Button>
        </div>
      </Section>
    </Page>
  )
}
