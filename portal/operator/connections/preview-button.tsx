import { Text } from '@mantine/core'
import { useState } from 'react'
import type { previewSystem } from '../../../src/connections/connected-systems/schema'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { isolated } from '../../../src/platform/input/isolated'
import { formatNumber } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { Facts } from '../../ui/facts'
import { InfoDialog } from '../../ui/info-dialog'
import { SmallButton } from '../../ui/small-button'
import { toast } from '../../ui/toast'
import { usePreviewSystem } from './queries'

type Preview = AnswerOf<typeof previewSystem>

/** Finds out what would change in a system. */
export function PreviewButton({ connection: { id, name } }: { connection: ConnectionItem }) {
  const [shown, setShown] = useState<Preview | null>(null)
  const preview = usePreviewSystem()
  const ask = () =>
    preview.mutate({ connectionId: id }, { onSuccess: setShown, onError: (refusal) => toast(refusal.message, 'bad') })
  return (
    <>
      <SmallButton aria-label={t('Preview {name}', { name: isolated(name) })} loading={preview.isPending} onClick={ask}>
        {t('Preview')}
      </SmallButton>
      {shown && <PreviewWindow preview={shown} onClose={() => setShown(null)} />}
    </>
  )
}

function PreviewWindow({ preview, onClose }: { preview: Preview; onClose: () => void }) {
  const { accounts, known, missing, ending, strangers, names } = preview
  return (
    <InfoDialog title={t('What would change')} closeLabel={t('Close')} onClose={onClose}>
      <Facts
        facts={[
          [t('Accounts with access'), formatNumber(accounts)],
          [t('They have an entry already'), formatNumber(known)],
          [t('Entries that would be made'), formatNumber(missing)],
          [t('Entries that would be switched off'), formatNumber(ending)],
          [t('Other entries there'), formatNumber(strangers)],
        ]}
      />
      {strangers > 0 && (
        <Text size="sm" c="dimmed">
          {strangers > names.length
            ? t('{names} and more. They are left alone.', { names: names.join(', ') })
            : t('{names}. They are left alone.', { names: names.join(', ') })}
        </Text>
      )}
    </InfoDialog>
  )
}
