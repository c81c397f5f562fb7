import { MailChoice } from '../notifications/mail-choice'
import { useMe } from '../session'
import { Page } from '../ui/page'
import { AddressSection } from './address-section'
import { DeleteAccountSection } from './delete-account-section'
import { DevicesSection } from './devices-section'
import { ExportSection } from './export-section'
import { FirstDo } from './first-do'
import { PasskeysSection } from './passkeys-section'
import { PasswordSection } from './password-section'
import { PersonalInfoSection } from './personal-info-section'
import { SignInMethodsSection } from './sign-in-methods-section'
import { TwoFactorSection } from './two-factor-section'

/** Each section is a file of its own. */
export function AccountPage() {
  const { todo } = useMe()
  return (
    <Page title="Account" lead={todo.length > 0 && 'Something has to be done before you can go on.'}>
      {todo.length > 0 && <FirstDo />}
      <PersonalInfoSection />
      <AddressSection />
      <SignInMethodsSection />
      <PasswordSection />
      <TwoFactorSection />
      <PasskeysSection />
      <DevicesSection />
      {todo.length === 0 && <MailChoice />}
      <ExportSection />
      <DeleteAccountSection />
    </Page>
  )
}
