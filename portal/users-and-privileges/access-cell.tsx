import { Stack } from '@mantine/core'
import { formatList } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import { Detail } from '../ui/detail'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { Badge } from '../ui/state-badge'
import type { AccessOfMembers } from './access-queries'

/** At this many the server stops, and says nothing about the others. */
const mostPending = 500

/** Whether every service knows what a member holds. */
export function AccessCell({ access, accountId }: { access: AccessOfMembers; accountId: string }) {
  const waiting = access.pending.filter((one) => one.accountId === accountId)
  const [oldest] = waiting
  if (!oldest) return access.pending.length < mostPending && <Badge tone="green">{t('Ready')}</Badge>
  const delayed = waiting.some(({ failingSince }) => failingSince)
  return (
    <Stack gap={4} align="flex-start">
      <Badge tone="amber">{delayed ? t('Delayed') : t('On its way')}</Badge>
      <Detail>
        {delayed && <Message text="Since {time}: " values={{ time: <Moment at={oldest.since} as="time" /> }} />}
        {formatList(waiting.map(({ service }) => service.name))}
      </Detail>
    </Stack>
  )
}
