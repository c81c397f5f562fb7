import { Text } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { LimitChoice, type LimitValue, limitToSend } from '../../ui/limit-field'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { limitInWords } from './limit-in-words'
import { useSetDefaultLimit } from './queries'

export function DefaultLimitDialog(props: { limit: number | null; onClose: () => void }) {
  const { seen, changed, lookAgain } = useSnapshot(props.limit)
  const [limit, setLimit] = useState<LimitValue>(props.limit)
  const change = useSetDefaultLimit()
  return (
    <ConfirmDialog
      title={t('Change default member limit')}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await change.mutateAsync({ limit: limitToSend(limit), seen })
        toast(t('Default member limit changed.'))
      }}
    >
      {changed && <Text>{t('Current default member limit: {limit}', { limit: limitInWords(seen) })}</Text>}
      <LimitChoice
        label={t('Default member limit')}
        description={t('For organizations without a custom member limit. Existing members are not affected.')}
        choices={[
          { kind: 'none', label: t('No limit') },
          { kind: 'number', label: t('Maximum number of members') },
        ]}
        value={limit}
        onChange={setLimit}
      />
    </ConfirmDialog>
  )
}
