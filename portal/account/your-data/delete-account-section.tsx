import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { Section } from '../../ui/page'
import { DeleteAccountDialog } from './delete-account-dialog'

export function DeleteAccountSection() {
  const [deleting, setDeleting] = useState(false)
  return (
    <Section title={t('Delete account')}>
      <Stack className="surface" gap="lg" align="flex-start">
        <Text>{t('Permanently delete your account and end all your access. This can’t be undone.')}</Text>
        <Button variant="default" onClick={() => setDeleting(true)}>
          {t('Delete account')}
        </Button>
      </Stack>
      {deleting && <DeleteAccountDialog onClose={() => setDeleting(false)} />}
    </Section>
  )
}
