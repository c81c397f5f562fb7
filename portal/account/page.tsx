import { MailChoice } from '../notifications/mail-choice'
import { useMe } from '../session'
import { Page } from '../ui/page'
import { AddressSection } from './address-section'
import { DeleteAccountSection } from './delete-account-section'
import { DevicesSection } from './devices-section'
import { ExportSection } from './export-section'
import { FirstDo } from './first-do'
import { PasswordSection } from './password-section'
import { PersonalInfoSection } from './personal-info-section'

/** Each section is a file of its own. */
export function AccountPage() {
  const { todo } = useMe()
  return (
    <Page title="Account" lead={todo.length > 0 && 'Something has to be done before you can go on.'}>
      {todo.length > 0 && <FirstDo />}
      <PersonalInfoSection />
      <AddressSection />
      <PasswordSection />
      {todo.length === 0 && <MailChoice />}
      <DevicesSection />
      <ExportSection />
      <DeleteAccountSection />
    </Page>
  )
}
