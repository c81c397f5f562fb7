import { Text, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Notice } from '../../src/messaging/notifications/schema'
import { noticeSentence } from '../../src/messaging/notifications/sentence'
import { Moment } from '../ui/moment'
import classes from './notice-list.module.css'
import { useMarkNoticeRead } from './queries'

/** Each is a sentence, and a link to the page on which there is more. Following it marks it as read. */
export function NoticeList(props: { notices: Notice[]; stale?: boolean }) {
  const mark = useMarkNoticeRead()
  return (
    <ol className={classes.list} aria-label="Notifications" data-stale={props.stale || undefined}>
      {props.notices.map((notice) => {
        const { sentence, path } = noticeSentence(notice)
        return (
          <li key={notice.id} className={classes.notice} data-unread={!notice.read || undefined}>
            <div className={classes.words}>
              <Link
                to={path}
                className={classes.sentence}
                onClick={() => !notice.read && mark.mutate({ noticeId: notice.id })}
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
