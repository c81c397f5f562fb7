import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { t } from '../../src/platform/messages/t'
import { loadedRows } from '../query-client'
import { useMe } from '../session'
import { ProblemAlert } from '../ui/callout'
import { List } from '../ui/list'
import { Page } from '../ui/page'
import { Empty } from '../ui/states'
import { toast } from '../ui/toast'
import { NotificationList } from './notification-list'
import { notificationsQuery, useMarkNotificationsRead } from './queries'

export function NotificationsPage() {
  const { unreadNotifications } = useMe()
  const query = useInfiniteQuery(notificationsQuery())
  const mark = useMarkNotificationsRead()
  const newest = loadedRows(query.data)[0]
  const markAll = newest && unreadNotifications > 0 && (
    <Button
      variant="default"
      loading={mark.isPending}
      // Only what is on the screen: notifications that arrive in the meantime stay unread.
      onClick={() =>
        mark.mutate({ until: newest.at }, { onSuccess: () => toast(t('All notifications marked as read.')) })
      }
    >
      {t('Mark all as read')}
    </Button>
  )
  return (
    <Page title={t('Notifications')} lead={t('What happened that affects you, newest first.')} action={markAll}>
      <ProblemAlert problem={mark.error} />
      <List
        query={query}
        empty={
          <Empty title={t('No notifications yet')}>
            {t(
              'We’ll notify you here when an operator decides on your organization, someone accepts your invitation, your privileges change, or a token expires soon.',
            )}
          </Empty>
        }
      >
        {(notifications, stale) => <NotificationList notifications={notifications} stale={stale} />}
      </List>
    </Page>
  )
}
