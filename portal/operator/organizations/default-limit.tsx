import { Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../../src/platform/messages/t'
import { DialogButton } from '../../ui/dialog-button'
import { siteSettingsQuery } from '../policy/queries'
import { DefaultLimitDialog } from './default-limit-dialog'
import { limitInWords } from './limit-in-words'

/** The member limit of organizations without a custom one, and the button to change it. */
export function DefaultLimit() {
  const { data, error } = useQuery(siteSettingsQuery())
  return (
    <Group gap="sm">
      <Text c="dimmed">
        {t('Default member limit: {limit}', {
          limit: data ? limitInWords(data.memberLimit) : error ? t('not available') : '…',
        })}
      </Text>
      <DialogButton
        disabled={!data}
        dialog={(onClose) => data && <DefaultLimitDialog limit={data.memberLimit} onClose={onClose} />}
      >
        {t('Change default member limit')}
      </DialogButton>
    </Group>
  )
}
