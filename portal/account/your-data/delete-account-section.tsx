import { Stack, Text } from '@mantine/core'
import { t } from '../../../src/platform/messages/t'
import { DialogButton } from '../../ui/dialog-button'
import { Section } from '../../ui/page'
import { DeleteAccountDialog } from './delete-account-dialog'

export function DeleteAccountSection() {
  return (
    <Section title={t('Delete account')}>
      <Stack className="surface" gap="lg" align="flex-start">
        <Text>{t('Permanently delete your account and end all your access. This can’t be undone.')}</Text>
        <DialogButton dialog={(onClose) => <DeleteAccountDialog onClose={onClose} />}>
          {t('Delete account')}
        </DialogButton>
      </Stack>
    </Section>
  )
}
