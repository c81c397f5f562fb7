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
      title={t('Set default users limit')}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await change.mutateAsync({ limit: limitToSend(limit), seen })
        toast(t('Default users limit set.'))
      }}
    >
      {changed && <Text>{t('Current default users limit: {limit}', { limit: limitInWords(seen) })}</Text>}
      <LimitChoice
        label={t('Default users limit')}
        description={t('For organizations without a users limit of their own. Existing members stay.')}
        choices={[
          { kind: 'none', label: t('No limit') },
          { kind: 'number', label: t('At most this many members') },
        ]}
        value={limit}
        onChange={setLimit}
      />
    </ConfirmDialog>
  )
}
