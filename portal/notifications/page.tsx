import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
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
      // Up to what is on the screen: what comes meanwhile stays unread.
      onClick={() => mark.mutate({ until: newest.at }, { onSuccess: () => toast('All are marked as read.') })}
    >
      Mark all as read
    </Button>
  )
  return (
    <Page title="Notifications" lead="What others did that concerns you, newest first." action={markAll}>
      <ProblemAlert problem={mark.error} />
      <List
        query={query}
        empty={
          <Empty title="Nothing yet">
            When an operator decides about your organization, somebody accepts your invitation, or your privileges
            change, you read it here.
          </Empty>
        }
      >
        {(notifications, stale) => <NotificationList notifications={notifications} stale={stale} />}
      </List>
    </Page>
  )
}
