import { Text, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { NotificationItem } from '../../src/messaging/notifications/schema'
import { notificationSentence } from '../../src/messaging/notifications/sentence'
import { Moment } from '../ui/moment'
import classes from './notification-list.module.css'
import { useMarkNotificationRead } from './queries'

/** Each is a sentence, and a link to the page on which there is more. Following it marks it as read. */
export function NotificationList(props: { notifications: NotificationItem[]; stale?: boolean }) {
  const mark = useMarkNotificationRead()
  return (
    <ol className={classes.list} aria-label="Notifications" data-stale={props.stale || undefined}>
      {props.notifications.map((notice) => {
        const { sentence, path } = notificationSentence(notice)
        return (
          <li key={notice.id} className={classes.notice} data-unread={!notice.read || undefined}>
            <div className={classes.words}>
              <Link
                to={path}
                className={classes.sentence}
                onClick={() => !notice.read && mark.mutate({ notificationId: notice.id })}
              >
                {!notice.read && <VisuallyHidden>Unread: </VisuallyHidden>}
                {sentence}
              </Link>
              {notice.reason && (
                <Text size="sm" c="dimmed" className="prose">
                  {notice.reason}
                </Text>
              )}
            </div>
            <Text size="sm" c="dimmed" className={classes.time}>
              <Moment at={notice.at} />
            </Text>
          </li>
        )
      })}
    </ol>
  )
}
