import { Group, List, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { t } from '../../../src/platform/messages/t'
import { Section } from '../../ui/page'
import { AdoptButton } from './adopt-dialog'
import { CheckButton } from './check-button'
import { ConnectionActions } from './connection-actions'
import { ModeButton } from './mode-dialog'
import { PreviewButton } from './preview-button'

/** What to do before a connection to a system is switched on for the first time. */
export function SetupSection({ connection }: { connection: ConnectionItem }) {
  return (
    <Section title={t('Before you switch it on')} lead={t('Nothing is changed there until you do.')}>
      <div className="surface">
        <List type="ordered" spacing="lg">
          <Step button={<CheckButton connection={connection} />}>
            {t('Check whether this site can reach the system, and whether a right is missing.')}
          </Step>
          <Step button={<PreviewButton connection={connection} />}>
            {t('See how many people would get an entry there, and what is there already.')}
          </Step>
          <Step button={<AdoptButton connection={connection} />}>
            {t(
              'If people have entries there already, say which entry belongs to which account. Names alone decide nothing.',
            )}
          </Step>
          <Step button={<ModeButton connection={connection} />}>{t('Choose what it may do at first.')}</Step>
          <Step button={<ConnectionActions connection={connection} />}>{t('Switch it on.')}</Step>
        </List>
      </div>
    </Section>
  )
}

function Step(props: { children: string; button: ReactNode }) {
  return (
    <List.Item>
      <Stack gap={6}>
        <Text>{props.children}</Text>
        <Group>{props.button}</Group>
      </Stack>
    </List.Item>
  )
}
