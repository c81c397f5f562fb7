import { t } from '../../src/platform/messages/t'
import { MailChoice } from '../notifications/mail-choice'
import { useMe } from '../session'
import { RequiredActions } from '../sign-in/required-actions/required-actions'
import { Page } from '../ui/page'
import { DevicesSection } from './devices/section'
import { PasswordSection } from './password/section'
import { AddressSection } from './personal-info/address-section'
import { PersonalInfoSection } from './personal-info/section'
import { PasskeysSection } from './sign-in-methods/passkeys-section'
import { SignInMethodsSection } from './sign-in-methods/section'
import { TokensSection } from './tokens/section'
import { TwoFactorSection } from './two-factor/section'
import { DeleteAccountSection } from './your-data/delete-account-section'
import { ExportSection } from './your-data/export-section'

export function AccountPage() {
  const { todo } = useMe()
  return (
    <Page title={t('Account')} lead={todo.length > 0 && t('Complete the steps below to continue.')}>
      {todo.length > 0 && <RequiredActions />}
      <PersonalInfoSection />
      <AddressSection />
      <SignInMethodsSection />
      <PasswordSection />
      <TwoFactorSection />
      <PasskeysSection />
      <DevicesSection />
      {todo.length === 0 && <TokensSection />}
      {todo.length === 0 && <MailChoice />}
      <ExportSection />
      <DeleteAccountSection />
    </Page>
  )
}
