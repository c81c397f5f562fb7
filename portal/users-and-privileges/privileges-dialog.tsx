import { Skeleton, Text } from '@mantine/core'
import type { Membership } from '../../src/membership/memberships/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { Callout } from '../ui/callout'
import { ConfirmDialog } from '../ui/dialog'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { usePendingInvitations, useSetAdminPrivileges } from './queries'

/** Grants admin privileges to who has none, and revokes them from who has. */
export function PrivilegesDialog(props: { organization: Organization; member: Membership; onClose: () => void }) {
  const { organization, member } = props
  const name = personName(member.account)
  const grant = !member.admin
  const soleAdmin = !grant && organization.admins === 1
  const setPrivileges = useSetAdminPrivileges()
  const pending = usePendingInvitations(organization.id, grant ? null : member.id, member.me ? 'you' : name)
  return (
    <ConfirmDialog
      title={grant ? `Grant admin privileges to ${name}?` : `Revoke the admin privileges of ${name}?`}
      danger={!grant}
      disabled={soleAdmin}
      onClose={props.onClose}
      onConfirm={async () => {
        await setPrivileges.mutateAsync({ organizationId: organization.id, membershipId: member.id, admin: grant })
        toast(
          grant ? `${name} now has admin privileges.` : `${name} no longer has admin privileges.`,
          grant ? 'good' : 'bad',
        )
      }}
    >
      {grant && <Text>{name} may then invite and remove people, and grant or revoke admin privileges, yours too.</Text>}
      {!grant && !soleAdmin && !member.me && (
        <Text>{name} stays a member, but can no longer invite or remove people.</Text>
      )}
      {soleAdmin && (
        <Callout title={member.me ? 'You are the only admin' : `${name} is the only admin`}>
          An organization always has one. Grant admin privileges to another member first
          {organization.members === 1 ? ', or dissolve the organization under Organization → Leave' : ''}.
        </Callout>
      )}
      {!grant && !soleAdmin && member.me && (
        <Callout title="These are your own admin privileges">
          You stay a member. Only another admin can give them back to you.
        </Callout>
      )}
      {pending.isPending && <Skeleton height={22} />}
      {!soleAdmin && pending.sentence && <Text>{pending.sentence}</Text>}
    </ConfirmDialog>
  )
}
