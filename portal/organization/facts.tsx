import { Anchor } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { personName } from '../../src/platform/input/names'
import { formatCountry } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import { Facts } from '../ui/facts'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'

/** An organization's details, without those that were left empty. */
export function OrganizationFacts(props: { organization: Organization }) {
  const { organization } = props
  return (
    <Facts
      facts={[
        [t('Description of planned activities'), organization.description],
        [t('Country'), formatCountry(organization.country)],
        [t('Address'), organization.address],
        [t('Postal code'), organization.postalCode],
        [t('City'), organization.city],
        [t('Website'), organization.website && <Website key="website" address={organization.website} />],
        [t('Tax ID'), organization.taxId],
        [t('Requested by'), <RequestedBy key="requested" organization={organization} />],
      ]}
    />
  )
}

function RequestedBy(props: { organization: Organization }) {
  const { author, createdAt } = props.organization
  return (
    <Message
      text="{person}, {date}"
      values={{ person: personName(author), date: <Moment at={createdAt} as="day" /> }}
    />
  )
}

function Website(props: { address: string }) {
  return (
    <Anchor href={props.address} target="_blank" rel="noopener noreferrer nofollow" underline="always">
      {props.address}
    </Anchor>
  )
}
