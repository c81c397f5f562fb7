import { Text } from '@mantine/core'
import type { DeliveryOfService } from '../../src/connections/delivery-status/schema'
import { message } from '../../src/platform/messages/t'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'

const sentences = {
  ready: message('Ready since {since}'),
  pending: message('On its way (asked {ago})'),
  silent: message('{service} has not answered since {failing}.'),
  silentUntil: message('{service} has not answered since {failing}; next try {next}.'),
  failed: message('{service} could not be told yet.'),
  failedUntil: message('{service} could not be told yet; next try {next}.'),
}

function sentenceFor({ state, failingSince, nextAttemptAt }: DeliveryOfService): string {
  if (state !== 'delayed') return sentences[state]
  // A time that has passed says nothing: the next attempt is being made.
  const ahead = nextAttemptAt !== null && Date.parse(nextAttemptAt) > Date.now()
  if (failingSince) return ahead ? sentences.silentUntil : sentences.silent
  return ahead ? sentences.failedUntil : sentences.failed
}

/** Whether a service knows what the reader holds, and since when. */
export function DeliveryLine({ service, delivery }: { service: string; delivery: DeliveryOfService }) {
  const { since, failingSince, nextAttemptAt } = delivery
  return (
    <Text size="sm">
      <Message
        text={sentenceFor(delivery)}
        values={{
          service,
          since: <Moment at={since} as="time" />,
          ago: <Moment at={since} as="counted" />,
          failing: failingSince && <Moment at={failingSince} as="time" />,
          next: nextAttemptAt && <Moment at={nextAttemptAt} as="time" />,
        }}
      />
    </Text>
  )
}
