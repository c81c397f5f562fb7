import { Code, Stack, Text } from '@mantine/core'
import type { Delivery } from '../../../src/connections/webhooks/schema'
import { t } from '../../../src/platform/messages/t'
import { Detail } from '../../ui/detail'
import { Facts } from '../../ui/facts'
import { InfoDialog } from '../../ui/info-dialog'
import { Moment } from '../../ui/moment'
import { Person } from '../../ui/person'
import { outcomeInWords } from '../connections/outcome-in-words'
import { durationInWords } from './duration-in-words'

/** One attempt: what was sent and what the service answered. */
export function DeliveryDialog(props: { delivery: Delivery; onClose: () => void }) {
  const { at, outcome, status, milliseconds, request, answer } = props.delivery
  return (
    <InfoDialog title={t('Delivery')} size="lg" closeLabel={t('Close')} onClose={props.onClose}>
      <Facts
        narrow
        facts={[
          [t('Time'), <Moment key="time" at={at} as="seconds" />],
          [t('Account'), <Addressee key="account" delivery={props.delivery} />],
          [t('Outcome'), outcome === 'applied' ? t('Delivered') : outcomeInWords(outcome)],
          [t('HTTP status'), status],
          [t('Duration'), durationInWords(milliseconds)],
        ]}
      />
      {request && <Exchanged title={t('Request')} text={JSON.stringify(request, null, 2)} />}
      {answer && <Exchanged title={t('Answer')} text={answer} />}
    </InfoDialog>
  )
}

function Addressee({ delivery: { accountId, person } }: { delivery: Delivery }) {
  if (!accountId) return t('None (test)')
  return (
    <>
      {person ? <Person account={person} /> : t('Deleted account')}
      <Detail ff="monospace">{accountId}</Detail>
    </>
  )
}

function Exchanged(props: { title: string; text: string }) {
  return (
    <Stack gap={4}>
      <Text fw={600}>{props.title}</Text>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {props.text}
      </Code>
    </Stack>
  )
}
