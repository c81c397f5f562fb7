import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getSiteSettings } from '../../../src/identity/site/schema'
import { t } from '../../../src/platform/messages/t'
import { endpointQuery } from '../../endpoint-hooks'
import { DefaultLimitDialog } from './default-limit-dialog'
import { limitInWords } from './limit-in-words'

/** The member limit of organizations without a custom one, and the button to change it. */
export function DefaultLimit() {
  const { data, error } = useQuery(endpointQuery(getSiteSettings, {}))
  const [setting, setSetting] = useState(false)
  return (
    <Group gap="sm">
      <Text c="dimmed">
        {t('Default member limit: {limit}', {
          limit: data ? limitInWords(data.memberLimit) : error ? t('not available') : '…',
        })}
      </Text>
      <Button variant="default" disabled={!data} onClick={() => setSetting(true)}>
        {t('Change default member limit')}
      </Button>
      {setting && data && <DefaultLimitDialog limit={data.memberLimit} onClose={() => setSetting(false)} />}
    </Group>
  )
}
