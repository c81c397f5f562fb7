import { Button, Stack } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '../../src/platform/messages/t'
import type { ApiError } from '../api'
import { loadedRows } from '../query-client'
import { Failed, Loading } from './states'

export type Pages<Row> = UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>, Error>

/** A list in any of its states: loading, failed, empty, or its rows and a button for more. */
export function List<Row>(props: {
  query: Pages<Row>
  empty: ReactNode
  children: (rows: Row[], stale: boolean) => ReactNode
}) {
  const { query } = props
  if (query.isPending) return <Loading />
  if (query.isError && !query.data) return <Failed problem={query.error as ApiError} onRetry={query.refetch} />
  const rows = loadedRows(query.data)
  if (rows.length === 0) return props.empty
  return (
    <Stack gap="md">
      {props.children(rows, query.isPlaceholderData)}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
          style={{ alignSelf: 'center' }}
        >
          {t('Load more')}
        </Button>
      )}
    </Stack>
  )
}
