import { useMe } from '../session'
import { Page } from '../ui/page'
import { ConfirmedNotice } from './confirmed-notice'
import { OrganizationDetailsSection } from './details'
import { CarriedCodeOfMember, PendingCodeNotice } from './pending-code-notice'
import { Rejected } from './rejected'
import { StartChoices } from './start-choices'
import { Waiting } from './waiting'

/** What this page is, is what one's standing is: member, waiting, or free to create and to join. */
export function OrganizationPage() {
  const { organization, waiting, rejected } = useMe()
  if (organization) {
    return (
      <Page key="member" title="Organization">
        <CarriedCodeOfMember organization={organization} />
        <OrganizationDetailsSection organization={organization} />
      </Page>
    )
  }
  if (waiting) {
    return (
      <Page key="waiting" title="Organization">
        <PendingCodeNotice>
          You are waiting for {waiting.organizationName} to approve you. To accept another invitation, withdraw from{' '}
          {waiting.organizationName} first.
        </PendingCodeNotice>
        <Waiting waiting={waiting} />
        <Rejected organizations={rejected} />
      </Page>
    )
  }
  return (
    <Page
      key="free"
      title="Organization"
      lead="You are in no organization. Create one, or join one with an invitation code."
    >
      <ConfirmedNotice />
      <StartChoices />
      <Rejected organizations={rejected} />
    </Page>
  )
}
