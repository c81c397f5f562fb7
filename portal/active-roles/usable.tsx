import { Stack, Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import type { Entitlement } from '../../src/roles/entitlements/schema'
import { Badge } from '../ui/state-badge'

/** Whether a person’s roles are enough to use a service. */
export function Usable(props: { entitlement: Entitlement }) {
  if (props.entitlement.usable) return <Badge tone="green">{t('Usable')}</Badge>
  return (
    <Stack gap={4} align="flex-start">
      <Badge tone="amber">{t('Not usable')}</Badge>
      <Text size="sm">{props.entitlement.access ? t('Needs a quota role.') : t('Needs an access role.')}</Text>
    </Stack>
  )
}
