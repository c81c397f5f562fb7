import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { Page } from '../ui/page'
import { ConfirmedNotice } from './confirmed-notice'
import { OrganizationDetailsSection } from './details'
import { CarriedCodeOfMember, PendingCodeNotice } from './pending-code-notice'
import { Rejected } from './rejected'
import { StartChoices } from './start-choices'
import { Waiting } from './waiting'

/** Shows the organization, a pending request to join one, or the ways to create and join one. */
export function OrganizationPage() {
  const { organization, waiting, rejected } = useMe()
  if (organization) {
    return (
      <Page key="member" title={t('Organization')}>
        <CarriedCodeOfMember organization={organization} />
        <OrganizationDetailsSection organization={organization} />
      </Page>
    )
  }
  if (waiting) {
    return (
      <Page key="waiting" title={t('Organization')}>
        <PendingCodeNotice>
          {t(
            'You are waiting for {organization} to approve you. To accept another invitation, withdraw this request first.',
            { organization: waiting.organizationName },
          )}
        </PendingCodeNotice>
        <Waiting waiting={waiting} />
        <Rejected organizations={rejected} />
      </Page>
    )
  }
  return (
    <Page
      key="free"
      title={t('Organization')}
      lead={t('You’re not in an organization. Create one, or join one with an invitation code.')}
    >
      <ConfirmedNotice />
      <StartChoices />
      <Rejected organizations={rejected} />
    </Page>
  )
}
