import { Stack, Text } from '@mantine/core'
import {
  IconActivity,
  IconApi,
  IconApps,
  IconBuilding,
  IconBuildings,
  IconDatabase,
  IconHistory,
  IconInbox,
  IconKey,
  IconMail,
  IconMailForward,
  IconPlugConnected,
  IconSend,
  IconServer,
  IconShieldCog,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { t } from '../../src/platform/messages/t'
import { s3KeysQuery } from '../s3-keys/queries'
import { useMe } from '../session'
import classes from './navigation.module.css'

/** The menu: your own organization first, then, for operators, the operator area. */
export function Navigation(props: { onChoose: () => void }) {
  const { account, organization, todo } = useMe()
  // Nothing but the account is reachable until that is done.
  const free = todo.length === 0
  const { data: s3 } = useQuery({ ...s3KeysQuery(), enabled: free, refetchInterval: false })
  return (
    <Stack gap="xl" onClick={props.onChoose}>
      <nav aria-label={t('Main')} className={classes.list}>
        {free && <Item to="/organization" icon={<IconBuilding {...icon} />} label={t('Organization')} />}
        {free && organization?.can.seeInvitations && (
          <Item to="/invitations" icon={<IconMail {...icon} />} label={t('Invitations')} />
        )}
        {free && organization && <Item to="/users" icon={<IconUsers {...icon} />} label={t('Users & privileges')} />}
        {free && <Item to="/active-roles" icon={<IconKey {...icon} />} label={t('Active roles')} />}
        {free && s3 && s3.services.length > 0 && (
          <Item to="/s3-keys" icon={<IconDatabase {...icon} />} label={t('S3 keys')} />
        )}
        {free && <Item to="/applications" icon={<IconApps {...icon} />} label={t('Applications')} />}
        {free && organization && <Item to="/role-requests" icon={<IconSend {...icon} />} label={t('Role requests')} />}
        {free && organization?.can.seeActivity && (
          <Item to="/activity" icon={<IconActivity {...icon} />} label={t('Activity')} />
        )}
        {free && organization?.can.seeTokens && <Item to="/tokens" icon={<IconApi {...icon} />} label={t('Tokens')} />}
        <Item to="/account" icon={<IconUser {...icon} />} label={t('Account')} />
      </nav>
      {free && account.operator && (
        <nav aria-labelledby="operator-menu" className={classes.list}>
          <Text id="operator-menu" size="sm" fw={600} c="dimmed" px={12} pb={4}>
            {t('Operator')}
          </Text>
          <Item to="/operator/organizations" icon={<IconBuildings {...icon} />} label={t('Organizations')} />
          <Item to="/operator/role-requests" icon={<IconInbox {...icon} />} label={t('Role requests')} />
          <Item to="/operator/services" icon={<IconServer {...icon} />} label={t('Services and roles')} />
          <Item to="/operator/connections" icon={<IconPlugConnected {...icon} />} label={t('Connections')} />
          <Item to="/operator/applications" icon={<IconApps {...icon} />} label={t('Applications')} />
          <Item to="/operator/accounts" icon={<IconUsersGroup {...icon} />} label={t('Accounts')} />
          <Item to="/operator/mails" icon={<IconMailForward {...icon} />} label={t('E-mails')} />
          <Item to="/operator/policy" icon={<IconShieldCog {...icon} />} label={t('Site policy')} />
          <Item to="/operator/activity" icon={<IconHistory {...icon} />} label={t('Activity')} />
        </nav>
      )}
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
