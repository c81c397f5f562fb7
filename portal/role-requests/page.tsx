import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { offered, servicesQuery } from '../services'
import { WithOrganization } from '../session'
import { Page } from '../ui/page'
import { Empty, Failed, Loading } from '../ui/states'
import { History } from './history'
import { organizationEntitlementsQuery, pendingOfOrganizationQuery } from './queries'
import { RequestDialog } from './request-dialog'
import { type Askable, ServicesTable } from './services-table'

export function RoleRequestsPage() {
  return <WithOrganization>{(organization) => <RoleRequests organization={organization} />}</WithOrganization>
}

function RoleRequests(props: { organization: Organization }) {
  const { organization } = props
  const [asking, setAsking] = useState<Askable | null>(null)
  return (
    <Page
      title={t('Role requests')}
      lead={t(
        'The roles that your organization holds and has requested on each service. Every member gets the roles that an operator accepts.',
      )}
    >
      <Services organization={organization} onAsk={setAsking} />
      <History organization={organization} />
      {asking && <RequestDialog organization={organization} askable={asking} onClose={() => setAsking(null)} />}
    </Page>
  )
}

/** Why no roles can be requested here. */
function whyNot({ state }: Organization): string {
  if (state === 'suspended')
    return t('Your organization is suspended. You can request roles again once it is reinstated.')
  if (state !== 'accepted') return t('You can request roles here once an operator accepts your organization.')
  return t('Only members with admin privileges can request roles.')
}

function Services(props: { organization: Organization; onAsk: (askable: Askable) => void }) {
  const { organization } = props
  const services = useQuery(servicesQuery())
  const held = useQuery(organizationEntitlementsQuery(organization.id))
  const pending = useQuery(pendingOfOrganizationQuery(organization.id))
  const problem = services.error ?? held.error ?? pending.error
  if (!services.data || !held.data || !pending.data) {
    const retry = () => Promise.all([services.refetch(), held.refetch(), pending.refetch()])
    return problem ? <Failed problem={problem} onRetry={retry} /> : <Loading />
  }
  const rows = offered(services.data.services).map((service): Askable => {
    const entitlement = held.data.entitlements.find((one) => one.service.id === service.id)
    return {
      id: service.id,
      service,
      held: { access: entitlement?.access ?? null, quota: entitlement?.quota ?? null },
      pending: pending.data.items
        .filter((request) => request.service.id === service.id)
        .flatMap(({ parts }) => parts.filter(({ state }) => state === 'pending')),
    }
  })
  if (rows.length === 0)
    return <Empty title={t('No services yet')}>{t('The operators of this site haven’t added any services.')}</Empty>
  if (organization.can.requestRoles) return <ServicesTable rows={rows} onAsk={props.onAsk} />
  return (
    <>
      <Text>{whyNot(organization)}</Text>
      <ServicesTable rows={rows} />
    </>
  )
}
