import { Text } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { LimitChoice, type LimitValue, limitToSend } from '../../ui/limit-field'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { useSetDefaultLimit } from '../queries'
import { limitInWords } from './limit-in-words'

export function DefaultLimitDialog(props: { limit: number | null; onClose: () => void }) {
  const { seen, changed, lookAgain } = useSeen(props.limit)
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
