import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { formatList } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { AsOf } from '../../active-roles/as-of'
import { MemberRoles } from '../../active-roles/member-roles'
import { memberEntitlementsQuery } from '../../active-roles/queries'
import { usePastMoment } from '../../active-roles/use-past-moment'
import { EventList } from '../../activity/event-list'
import { organizationEventsQuery } from '../../activity/queries'
import { OrganizationFacts } from '../../organization/facts'
import { ServicesWantedList } from '../../organization/services-wanted-list'
import { loadedRows } from '../../query-client'
import { Callout } from '../../ui/callout'
import { EmailAddress } from '../../ui/email-address'
import { LinkButton, TextLink } from '../../ui/link'
import { List } from '../../ui/list'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { Page, Section } from '../../ui/page'
import { StateBadge } from '../../ui/state-badge'
import { Empty, Failed, Loading } from '../../ui/states'
import { MembersTable } from '../../users-and-privileges/members-table'
import { membershipsQuery } from '../../users-and-privileges/queries'
import { pendingRequestsQuery } from '../role-requests/queries'
import { DecidableIdentityChange } from './identity-change-actions'
import { OrganizationActions } from './organization-actions'
import { organizationQuery } from './queries'
import { RoleAssignments } from './role-assignments'
import { OperatorUsersLimit } from './users-limit'

export function OperatorOrganizationPage() {
  const { organizationId } = useParams({ from: '/shell/operator/organizations/$organizationId' })
  const { data: organization, error, refetch } = useQuery(organizationQuery(organizationId))
  const back = <TextLink to="/operator/organizations">{t('All organizations')}</TextLink>
  return (
    <Page
      title={organization?.name ?? t('Organization')}
      lead={back}
      action={organization && <StateBadge state={organization.state} />}
    >
      {!organization && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {organization && (
        <>
          <Stack className="surface" gap="lg">
            <State organization={organization} />
            <LookAlikes organizations={organization.lookAlikes} />
            <DecidableIdentityChange organization={organization} />
            <OrganizationFacts organization={organization} />
            <ServicesWantedList organization={organization} />
            <OrganizationActions organization={organization} />
          </Stack>
          <PendingRequests organization={organization} />
          <OperatorUsersLimit organization={organization} />
          <Members organizationId={organization.id} />
          <RoleAssignments organization={organization} />
          <ActiveRoles organizationId={organization.id} />
          <History organizationId={organization.id} />
        </>
      )}
    </Page>
  )
}

function State(props: { organization: Organization }) {
  const { author, stateReason, stateSince } = props.organization
  const since = <Moment at={stateSince} as="exact" />
  return (
    <Stack gap="sm">
      <Text c="dimmed">
        {author.email ? (
          <Message
            text="Since {moment}, requested by {email}"
            values={{ moment: since, email: <EmailAddress address={author.email} /> }}
          />
        ) : (
          <Message text="Since {moment}" values={{ moment: since }} />
        )}
      </Text>
      {stateReason && (
        <Callout title={t('Reason')}>
          <Text className="prose">{stateReason}</Text>
        </Callout>
      )}
    </Stack>
  )
}

/** Warns of a name that uses look-alike letters of another script. */
function LookAlikes(props: { organizations: { id: string; name: string }[] }) {
  if (props.organizations.length === 0) return null
  return (
    <Callout title={t('This name looks like another one')}>
      <Message
        text="It looks similar to {organizations}. Make sure that they are different organizations."
        values={{
          organizations: props.organizations.map(({ id, name }, place) => (
            <Fragment key={id}>
              {place > 0 && ', '}
              <TextLink to="/operator/organizations/$organizationId" params={{ organizationId: id }}>
                <bdi>{name}</bdi>
              </TextLink>
            </Fragment>
          )),
        }}
      />
    </Callout>
  )
}

/** Leads to the pending role requests of an accepted organization. */
function PendingRequests(props: { organization: Organization }) {
  const { id: organizationId, state } = props.organization
  const { data } = useInfiniteQuery(pendingRequestsQuery({ organizationId, limit: 20 }))
  const requests = loadedRows(data)
  if (state !== 'accepted' || requests.length === 0) return null
  return (
    <Section title={t('Role requests')}>
      <Callout
        title={formatMessage(
          '{count, plural, one {# role request is waiting for your decision} other {# role requests are waiting for your decision}}',
          { count: requests.length },
        )}
      >
        <Text>{formatList(requests.map(({ service }) => service.name))}</Text>
        <LinkButton mt="sm" size="xs" to="/operator/role-requests">
          {t('Review role requests')}
        </LinkButton>
      </Callout>
    </Section>
  )
}

function Members(props: { organizationId: string }) {
  const query = useInfiniteQuery(membershipsQuery(props))
  return (
    <Section title={t('Members')}>
      <List query={query} empty={<Empty title={t('No members')}>{t('This organization has no members.')}</Empty>}>
        {(members) => <MembersTable members={members} />}
      </List>
    </Section>
  )
}

function ActiveRoles(props: { organizationId: string }) {
  const [at, setAt] = usePastMoment()
  const query = useInfiniteQuery(memberEntitlementsQuery({ ...props, at }))
  return (
    <Section title={t('Active roles')} lead={t('What each member holds.')}>
      <AsOf at={at} onChange={setAt} problem={query.error}>
        <MemberRoles query={query} past={Boolean(at)} />
      </AsOf>
    </Section>
  )
}

function History(props: { organizationId: string }) {
  const query = useInfiniteQuery(organizationEventsQuery({ ...props, limit: 20 }))
  return (
    <Section title={t('Activity')}>
      <List query={query} empty={<Empty title={t('No activity yet')} />}>
        {(events) => <EventList events={events} />}
      </List>
    </Section>
  )
}
