import { IconBell } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { mostUnread } from '../../src/messaging/notifications/schema'
import { formatNumber } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import classes from './bell.module.css'

/** A link to the notifications, with the number of unread ones. */
export function Bell() {
  const { unreadNotifications: unread } = useMe()
  const number = unread >= mostUnread ? `${formatNumber(mostUnread - 1)}+` : formatNumber(unread)
  return (
    <Link
      to="/notifications"
      className={classes.bell}
      aria-label={unread > 0 ? t('Notifications, {count} unread', { count: number }) : t('Notifications')}
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
