import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconLogout, IconUser, IconUserCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { useAskedSignOut } from '../sign-in/sign-out'
import { EmailAddress } from '../ui/email-address'
import { toast } from '../ui/toast'
import classes from './person-menu.module.css'

/** Who is signed in, and signing out. */
export function PersonMenu() {
  const { account } = useMe()
  const { signOut, question } = useAskedSignOut((message) => toast(message, 'bad'))
  const name = personName(account)
  return (
    <>
      <Menu
        position="bottom-end"
        width={240}
        shadow="md"
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        // Reopening a menu while it fades out can lose the focus.
        transitionProps={{ duration: 0 }}
      >
        <Menu.Target>
          <UnstyledButton className={classes.person} aria-label={name}>
            <IconUserCircle size={22} stroke={1.6} aria-hidden />
            <span className={classes.name}>{name}</span>
            <IconChevronDown size={16} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown aria-label={name}>
          <Menu.Label>
            <EmailAddress address={account.email} />
          </Menu.Label>
          <Menu.Item component={Link} to="/account" leftSection={<IconUser {...icon} />}>
            {t('Account')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout {...icon} />} onClick={signOut}>
            {t('Sign out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {question}
    </>
  )
}

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true }
