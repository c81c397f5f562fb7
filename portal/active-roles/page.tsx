import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { Page, Section } from '../ui/page'
import { AsOf } from './as-of'
import { MemberRoles } from './member-roles'
import { memberEntitlementsQuery, myEntitlementsQuery } from './queries'
import { Roles } from './roles'
import { usePastMoment } from './use-past-moment'
import { type Asked, WhyDialog } from './why-dialog'

export function ActiveRolesPage() {
  const { organization } = useMe()
  const [at, setAt] = usePastMoment()
  const query = useQuery(myEntitlementsQuery({ at }))
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <Page
      title={t('Active roles')}
      lead={t('The roles you hold. To use a service, you need an access role and a quota role.')}
    >
      <AsOf at={at} onChange={setAt} problem={query.error}>
        <Roles
          query={query}
          linked={!at}
          past={Boolean(at)}
          empty={t('You hold no roles now. Roles come from your organization and from this site’s defaults.')}
          onAsk={setAsked}
        />
        {organization?.can.manageMembers && <Members organizationId={organization.id} at={at} />}
      </AsOf>
      {asked && <WhyDialog {...asked} onClose={() => setAsked(null)} />}
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
