import { Text } from '@mantine/core'
import type { checkConnection } from '../../../src/connections/connection-settings/schema'
import type { sendTest } from '../../../src/connections/webhooks/schema'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { t } from '../../../src/platform/messages/t'
import { Facts } from '../../ui/facts'
import { InfoDialog } from '../../ui/info-dialog'
import { outcomeInWords } from '../connections/outcome-in-words'
import { durationInWords } from './duration-in-words'

export type AttemptOutcome = AnswerOf<typeof sendTest> & Partial<AnswerOf<typeof checkConnection>>

/** How an attempt that was made just now ended. */
export function OutcomeDialog(props: { title: string; outcome: AttemptOutcome; onClose: () => void }) {
  const { outcome, status, milliseconds, detail } = props.outcome
  return (
    <InfoDialog title={props.title} closeLabel={t('Close')} onClose={props.onClose}>
      <Text fw={600}>
        {outcome === 'applied' && detail !== undefined ? t('The service accepts this site.') : outcomeInWords(outcome)}
      </Text>
      <Facts
        narrow
        facts={[
          [t('What is missing'), detail],
          [t('HTTP status'), status],
          [t('Duration'), durationInWords(milliseconds)],
        ]}
      />
    </InfoDialog>
  )
}
