import { Stack, Text } from '@mantine/core'
import {
  IconActivity,
  IconBuilding,
  IconBuildings,
  IconHistory,
  IconInbox,
  IconKey,
  IconMail,
  IconMailForward,
  IconSend,
  IconServer,
  IconShieldCog,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../session'
import classes from './navigation.module.css'

/** The menu: one's own organization first, the operators' area for operators. */
export function Navigation(props: { onChoose: () => void }) {
  const { account, organization, todo } = useMe()
  // Nothing else can be reached before that is done.
  if (todo.length > 0) return <OnlyAccount {...props} />
  return (
    <Stack gap="xl" onClick={props.onChoose}>
      <nav aria-label="Main" className={classes.list}>
        <Item to="/organization" icon={<IconBuilding {...icon} />} label="Organization" />
        {organization?.can.seeInvitations && (
          <Item to="/invitations" icon={<IconMail {...icon} />} label="Invitations" />
        )}
        {organization && <Item to="/users" icon={<IconUsers {...icon} />} label="Users & privileges" />}
        <Item to="/active-roles" icon={<IconKey {...icon} />} label="Active roles" />
        {organization && <Item to="/role-requests" icon={<IconSend {...icon} />} label="Role requests" />}
        {organization?.can.seeActivity && <Item to="/activity" icon={<IconActivity {...icon} />} label="Activity" />}
        <Item to="/account" icon={<IconUser {...icon} />} label="Account" />
      </nav>
      {account.operator && (
        <nav aria-labelledby="operator-menu" className={classes.list}>
          <Text id="operator-menu" size="sm" fw={600} c="dimmed" px={12} pb={4}>
            Operator
          </Text>
          <Item to="/operator/organizations" icon={<IconBuildings {...icon} />} label="Organizations" />
          <Item to="/operator/role-requests" icon={<IconInbox {...icon} />} label="Role requests" />
          <Item to="/operator/services" icon={<IconServer {...icon} />} label="Services and roles" />
          <Item to="/operator/accounts" icon={<IconUsersGroup {...icon} />} label="Accounts" />
          <Item to="/operator/mails" icon={<IconMailForward {...icon} />} label="Mails" />
          <Item to="/operator/policy" icon={<IconShieldCog {...icon} />} label="Site policy" />
          <Item to="/operator/activity" icon={<IconHistory {...icon} />} label="Activity" />
        </nav>
      )}
    </Stack>
  )
}

function OnlyAccount(props: { onChoose: () => void }) {
  return (
    <Stack onClick={props.onChoose}>
      <nav aria-label="Main" className={classes.list}>
        <Item to="/account" icon={<IconUser {...icon} />} label="Account" />
      </nav>
    </Stack>
  )
}

const icon = { size: 20, stroke: 1.6, 'aria-hidden': true }

function Item(props: { to: string; icon: ReactNode; label: string }) {
  return (
    <Link to={props.to} className={classes.item}>
      {props.icon}
      {props.label}
    </Link>
  )
}
