import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { loadedRows } from '../query-client'
import { useMe } from '../session'
import { ProblemAlert } from '../ui/callout'
import { List } from '../ui/list'
import { Page } from '../ui/page'
import { Empty } from '../ui/states'
import { toast } from '../ui/toast'
import { NoticeList } from './notice-list'
import { noticesQuery, useMarkNoticesRead } from './queries'

export function NotificationsPage() {
  const { unreadNotices } = useMe()
  const query = useInfiniteQuery(noticesQuery())
  const mark = useMarkNoticesRead()
  const newest = loadedRows(query.data)[0]
  const markAll = newest && unreadNotices > 0 && (
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
        {(notices, stale) => <NoticeList notices={notices} stale={stale} />}
      </List>
    </Page>
  )
}
