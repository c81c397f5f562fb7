import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../src/platform/messages/t'
import type { Entitlement } from '../../src/roles/entitlements/schema'
import { useMe } from '../session'
import { Page, Section } from '../ui/page'
import { AsOf } from './as-of'
import { myDeliveryStatusQuery } from './delivery-queries'
import { MemberRoles } from './member-roles'
import { OwnAccess } from './own-access'
import { memberEntitlementsQuery, myEntitlementsQuery } from './queries'
import { Roles } from './roles'
import { ServicesWithoutAccess } from './services-without-access'
import { usePastMoment } from './use-past-moment'
import { type Asked, WhyDialog } from './why-dialog'
import { WhyNotDialog } from './why-not-dialog'

export function ActiveRolesPage() {
  const { organization } = useMe()
  const [at, setAt] = usePastMoment()
  const query = useQuery(myEntitlementsQuery({ at }))
  const { data: known } = useQuery({ ...myDeliveryStatusQuery(), enabled: !at })
  const [asked, setAsked] = useState<Asked | null>(null)
  const [lacked, setLacked] = useState<string | null>(null)
  const services = at ? [] : (known?.services ?? [])
  const heldKeys = query.data?.entitlements.map(({ service }) => service.key)
  const lackedStatus = known?.services.find(({ service }) => service.key === lacked)
  const askWhyNot = ({ service }: { service: { key: string } }) => setLacked(service.key)
  const ofNow = (entitlement: Entitlement) => (
    <OwnAccess
      entitlement={entitlement}
      status={services.find(({ service }) => service.key === entitlement.service.key)}
      onWhyNot={askWhyNot}
    />
  )
  return (
    <Page
      title={t('Active roles')}
      lead={t('The roles you hold. To use a service, you need an access role and a quota role.')}
    >
      <AsOf at={at} onChange={setAt} problem={query.error}>
        <Roles
          query={query}
          past={Boolean(at)}
          empty={t('You hold no roles now. Roles come from your organization and from this site’s defaults.')}
          below={at ? undefined : ofNow}
          onAsk={setAsked}
        />
        {heldKeys && (
          <ServicesWithoutAccess
            services={services.filter(({ service: { key } }) => !heldKeys.includes(key))}
            onWhyNot={askWhyNot}
          />
        )}
        {organization?.can.manageMembers && <Members organizationId={organization.id} at={at} />}
      </AsOf>
      {asked && <WhyDialog {...asked} onClose={() => setAsked(null)} />}
      {known && lackedStatus && (
        <WhyNotDialog organization={known.organization} status={lackedStatus} onClose={() => setLacked(null)} />
      )}
    </Page>
  )
}

function Members(props: { organizationId: string; at: string | undefined }) {
  const query = useInfiniteQuery(memberEntitlementsQuery(props))
  return (
    <Section title={t('Members')} lead={t('The roles that each member of your organization holds.')}>
      <MemberRoles query={query} past={Boolean(props.at)} />
    </Section>
  )
}
