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
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import classes from './navigation.module.css'

/** The menu: your own organization first, then, for operators, the operator area. */
export function Navigation(props: { onChoose: () => void }) {
  const { account, organization, todo } = useMe()
  // Nothing else is reachable until that is done.
  if (todo.length > 0) return <OnlyAccount {...props} />
  return (
    <Stack gap="xl" onClick={props.onChoose}>
      <nav aria-label={t('Main')} className={classes.list}>
        <Item to="/organization" icon={<IconBuilding {...icon} />} label={t('Organization')} />
        {organization?.can.seeInvitations && (
          <Item to="/invitations" icon={<IconMail {...icon} />} label={t('Invitations')} />
        )}
        {organization && <Item to="/users" icon={<IconUsers {...icon} />} label={t('Users & privileges')} />}
        <Item to="/active-roles" icon={<IconKey {...icon} />} label={t('Active roles')} />
        {organization && <Item to="/role-requests" icon={<IconSend {...icon} />} label={t('Role requests')} />}
        {organization?.can.seeActivity && (
          <Item to="/activity" icon={<IconActivity {...icon} />} label={t('Activity')} />
        )}
        <Item to="/account" icon={<IconUser {...icon} />} label={t('Account')} />
      </nav>
      {account.operator && (
        <nav aria-labelledby="operator-menu" className={classes.list}>
          <Text id="operator-menu" size="sm" fw={600} c="dimmed" px={12} pb={4}>
            {t('Operator')}
          </Text>
          <Item to="/operator/organizations" icon={<IconBuildings {...icon} />} label={t('Organizations')} />
          <Item to="/operator/role-requests" icon={<IconInbox {...icon} />} label={t('Role requests')} />
          <Item to="/operator/services" icon={<IconServer {...icon} />} label={t('Services and roles')} />
          <Item to="/operator/accounts" icon={<IconUsersGroup {...icon} />} label={t('Accounts')} />
          <Item to="/operator/mails" icon={<IconMailForward {...icon} />} label={t('E-mails')} />
          <Item to="/operator/policy" icon={<IconShieldCog {...icon} />} label={t('Site policy')} />
          <Item to="/operator/activity" icon={<IconHistory {...icon} />} label={t('Activity')} />
        </nav>
      )}
    </Stack>
  )
}

function OnlyAccount(props: { onChoose: () => void }) {
  return (
    <Stack onClick={props.onChoose}>
      <nav aria-label={t('Main')} className={classes.list}>
        <Item to="/account" icon={<IconUser {...icon} />} label={t('Account')} />
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
