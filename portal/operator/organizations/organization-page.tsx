import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
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
import { Moment } from '../../ui/moment'
import { Page, Section } from '../../ui/page'
import { counted } from '../../ui/person-name'
import { StateBadge } from '../../ui/state-badge'
import { Empty, Failed, Loading } from '../../ui/states'
import { MembersTable } from '../../users-and-privileges/members-table'
import { membershipsQuery } from '../../users-and-privileges/queries'
import { organizationQuery, pendingRequestsQuery } from '../queries'
import { DecidableIdentityChange } from './identity-change-actions'
import { OrganizationActions } from './organization-actions'
import { RoleAssignments } from './role-assignments'
import { OperatorUsersLimit } from './users-limit'

export function OperatorOrganizationPage() {
  const { organizationId } = useParams({ from: '/shell/operator/organizations/$organizationId' })
  const { data: organization, error, refetch } = useQuery(organizationQuery(organizationId))
  const back = <TextLink to="/operator/organizations">All organizations</TextLink>
  return (
    <Page
      title={organization?.name ?? 'Organization'}
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
  return (
    <Stack gap="sm">
      <Text c="dimmed">
        In this state since <Moment at={stateSince} as="exact" />
        {author.email && (
          <>
            , asked for by <EmailAddress address={author.email} />
          </>
        )}
      </Text>
      {stateReason && (
        <Callout title="Reason">
          <Text className="prose">{stateReason}</Text>
        </Callout>
      )}
    </Stack>
  )
}

/** A name can be written with letters of another script that look the same. */
function LookAlikes(props: { organizations: { id: string; name: string }[] }) {
  if (props.organizations.length === 0) return null
  return (
    <Callout title="This name looks like another one">
      It is easily mistaken for{' '}
      {props.organizations.map(({ id, name }, place) => (
        <Fragment key={id}>
          {place > 0 && ', '}
          <TextLink to="/operator/organizations/$organizationId" params={{ organizationId: id }}>
            <bdi>{name}</bdi>
          </TextLink>
        </Fragment>
      ))}
      . Make sure that they are different organizations.
    </Callout>
  )
}

/** Where an accepted organization's requests wait, the way to them. */
function PendingRequests(props: { organization: Organization }) {
  const { id: organizationId, state } = props.organization
  const { data } = useInfiniteQuery(pendingRequestsQuery({ organizationId, limit: 20 }))
  const requests = loadedRows(data)
  if (state !== 'accepted' || requests.length === 0) return null
  return (
    <Section title="Role requests">
      <Callout title={`${counted(requests.length, 'role request')} waiting for your decision`}>
        <Text>{requests.map(({ service }) => service.name).join(', ')}</Text>
        <LinkButton mt="sm" size="xs" to="/operator/role-requests">
          Review role requests
        </LinkButton>
      </Callout>
    </Section>
  )
}

function Members(props: { organizationId: string }) {
  const query = useInfiniteQuery(membershipsQuery(props))
  return (
    <Section title="Members">
      <List query={query} empty={<Empty title="No members">Nobody is in this organization.</Empty>}>
        {(members) => <MembersTable members={members} />}
      </List>
    </Section>
  )
}

function ActiveRoles(props: { organizationId: string }) {
  const [at, setAt] = usePastMoment()
  const query = useInfiniteQuery(memberEntitlementsQuery({ ...props, at }))
  return (
    <Section title="Active roles" lead="What each of its members holds.">
      <AsOf at={at} onChange={setAt} problem={query.error}>
        <MemberRoles query={query} past={Boolean(at)} />
      </AsOf>
    </Section>
  )
}

function History(props: { organizationId: string }) {
  const query = useInfiniteQuery(organizationEventsQuery({ ...props, limit: 20 }))
  return (
    <Section title="Activity">
      <List query={query} empty={<Empty title="Nothing yet">Nothing has happened here.</Empty>}>
        {(events) => <EventList events={events} />}
      </List>
    </Section>
  )
}
