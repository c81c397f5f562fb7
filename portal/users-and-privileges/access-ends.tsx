import { CloseButton, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AccessEnd } from '../../src/connections/delivery-status/schema'
import { isolated } from '../../src/platform/input/isolated'
import { formatMessage } from '../../src/platform/messages/format-message'
import { formatDuration } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import { Detail } from '../ui/detail'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { accessEndQuery, type Gone } from './access-queries'

/** Follows the end of former members’ access until every service has confirmed it. */
export function AccessEnds(props: { organizationId: string; gone: Gone[]; onClose: (one: Gone) => void }) {
  return (
    // Always there, so that screen readers announce what comes into it; empty, it takes no room.
    <Stack gap="sm" role="status" mb={props.gone.length === 0 ? 'calc(-1 * var(--mantine-spacing-xl))' : 0}>
      {props.gone.map((one) => (
        <EndOfAccess
          key={one.membershipId}
          organizationId={props.organizationId}
          gone={one}
          onClose={() => props.onClose(one)}
        />
      ))}
    </Stack>
  )
}

function EndOfAccess(props: { organizationId: string; gone: Gone; onClose: () => void }) {
  const { membershipId, name } = props.gone
  // Whoever is still a member is refused: their row has gone for another reason.
  const { data } = useQuery(accessEndQuery(props.organizationId, membershipId))
  if (!data || data.services.length === 0) return null
  const open = data.services.filter(({ confirmedAt }) => confirmedAt === null)
  return (
    <Group className="surface" justify="space-between" align="flex-start" wrap="nowrap" gap="md" py="sm">
      <Stack gap={2} miw={0}>
        <Text fw={600}>{open.length === 0 ? confirmed(name, data.services) : ended(name, data.services.length)}</Text>
        {open.map((end) => (
          <Detail key={end.service.key}>
            <NotConfirmed end={end} />
          </Detail>
        ))}
      </Stack>
      <CloseButton aria-label={t('Close the message about {name}', { name: isolated(name) })} onClick={props.onClose} />
    </Group>
  )
}

const ended = (name: string, count: number) =>
  formatMessage('{name}: access on {count, plural, one {# service} other {# services}} ended', {
    name: isolated(name),
    count,
  })

function confirmed(name: string, services: AccessEnd[]): string {
  const delays = services.map(({ endedAt, confirmedAt }) => Date.parse(confirmedAt ?? endedAt) - Date.parse(endedAt))
  return formatMessage(
    '{name}: access on {count, plural, one {# service} other {# services}} ended; confirmed {duration} later',
    { name: isolated(name), count: services.length, duration: inWords(Math.max(...delays, 0) / 1000) },
  )
}

/** “0.8 seconds”, “3 minutes”. */
function inWords(seconds: number): string {
  if (seconds < 10) return formatDuration(Math.round(seconds * 10) / 10, 'second')
  if (seconds < 120) return formatDuration(Math.round(seconds), 'second')
  return seconds < 7200
    ? formatDuration(Math.round(seconds / 60), 'minute')
    : formatDuration(Math.round(seconds / 3600), 'hour')
}

function NotConfirmed({ end: { service, failingSince } }: { end: AccessEnd }) {
  if (!failingSince) return t('Not yet confirmed by {service}.', { service: isolated(service.name) })
  return (
    <Message
      text="Not yet confirmed by {service}, which has not answered since {time}. This site keeps trying."
      values={{ service: service.name, time: <Moment at={failingSince} as="time" /> }}
    />
  )
}
