import { IconBell } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { mostUnread } from '../../src/messaging/notifications/schema'
import { useMe } from '../session'
import classes from './bell.module.css'

/** The way to the notifications, and how many are unread. */
export function Bell() {
  const { unreadNotifications: unread } = useMe()
  const number = unread >= mostUnread ? `${mostUnread - 1}+` : String(unread)
  return (
    <Link
      to="/notifications"
      className={classes.bell}
      aria-label={unread > 0 ? `Notifications, ${number} unread` : 'Notifications'}
    >
      <IconBell size={22} stroke={1.6} aria-hidden />
      {unread > 0 && (
        <span className={classes.number} aria-hidden>
          {number}
        </span>
      )}
    </Link>
  )
}
