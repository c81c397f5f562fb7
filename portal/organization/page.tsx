import { useMe } from '../session'
import { Page } from '../ui/page'
import { CarriedCodeNotice } from './carried-code-notice'
import { Details } from './details'
import { Rejected } from './rejected'
import { StartChoices } from './start-choices'
import { Waiting } from './waiting'

/** What this page is, is what one's standing is: member, waiting, or free to create and to join. */
export function OrganizationPage() {
  const { organization, waiting, rejected } = useMe()
  if (organization) {
    return (
      <Page title="Organization">
        <CarriedCodeNotice>
          You are in an organization already. Leave it first; an account is in one organization at a time.
        </CarriedCodeNotice>
        <Details organization={organization} />
      </Page>
    )
  }
  if (waiting) {
    return (
      <Page title="Organization">
        <CarriedCodeNotice>You wait for an organization’s approval already. Withdraw that first.</CarriedCodeNotice>
        <Waiting waiting={waiting} />
        <Rejected organizations={rejected} />
      </Page>
    )
  }
  return (
    <Page title="Organization" lead="You are in no organization. Create one, or join one with an invitation code.">
      <StartChoices />
      <Rejected organizations={rejected} />
    </Page>
  )
}
