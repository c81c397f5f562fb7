import { VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { NotificationItem } from '../../src/messaging/notifications/schema'
import { notificationSentence } from '../../src/messaging/notifications/sentence'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { Detail } from '../ui/detail'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import classes from './notification-list.module.css'
import { useMarkNotificationRead } from './queries'

/** Each notification links to the page with the details. Following the link marks it as read. */
export function NotificationList(props: { notifications: NotificationItem[]; stale?: boolean }) {
  const mark = useMarkNotificationRead()
  return (
    <ol className={classes.list} aria-label={t('Notifications')} data-stale={props.stale || undefined}>
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
                {notice.read ? (
                  sentence
                ) : (
                  <Message text="<mark>Unread:</mark> {sentence}" values={{ sentence, mark: <VisuallyHidden /> }} />
                )}
              </Link>
              {notice.token && <Detail>{t('With the token {name}', { name: isolated(notice.token.name) })}</Detail>}
              {notice.reason && <Detail className="prose">{notice.reason}</Detail>}
            </div>
            <Detail className={classes.time}>
              <Moment at={notice.at} />
            </Detail>
          </li>
        )
      })}
    </ol>
  )
}
