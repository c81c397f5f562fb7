import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { siteSettingsQuery } from '../queries'
import { DefaultLimitDialog } from './default-limit-dialog'
import { limitInWords } from './limit-in-words'

/** How many members an organization may have that has no limit of its own, and the way to change it. */
export function DefaultLimit() {
  const { data, error } = useQuery(siteSettingsQuery())
  const [setting, setSetting] = useState(false)
  return (
    <Group gap="sm">
      <Text c="dimmed">
        Default users limit: {data ? limitInWords(data.memberLimit) : error ? 'not available' : '…'}
      </Text>
      <Button variant="default" disabled={!data} onClick={() => setSetting(true)}>
        Set default users limit
      </Button>
      {setting && data && <DefaultLimitDialog limit={data.memberLimit} onClose={() => setSetting(false)} />}
    </Group>
  )
}
