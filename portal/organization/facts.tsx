import { Anchor } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { formatCountry } from '../../src/platform/messages/intl'
import { Facts } from '../ui/facts'
import { Moment } from '../ui/moment'
import { personName } from '../ui/person-name'

/** What is known about an organization; what was not filled in is left out. */
export function OrganizationFacts(props: { organization: Organization }) {
  const { organization } = props
  return (
    <Facts
      facts={[
        ['Description of planned activities', organization.description],
        ['Country', formatCountry(organization.country)],
        ['Address', organization.address],
        ['Postal code', organization.postalCode],
        ['City', organization.city],
        ['Website', organization.website && <Website key="website" address={organization.website} />],
        ['Tax id', organization.taxId],
        ['Asked for', <AskedFor key="asked" organization={organization} />],
      ]}
    />
  )
}

function AskedFor(props: { organization: Organization }) {
  const { author, createdAt } = props.organization
  return (
    <>
      by {personName(author)}, <Moment at={createdAt} as="day" />
    </>
  )
}

function Website(props: { address: string }) {
  return (
    <Anchor href={props.address} target="_blank" rel="noopener noreferrer nofollow" underline="always">
      {props.address}
    </Anchor>
  )
}
