import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Section } from '../../ui/page'
import { DeleteAccountDialog } from './delete-account-dialog'

export function DeleteAccountSection() {
  const [deleting, setDeleting] = useState(false)
  return (
    <Section title="Delete account">
      <Stack className="surface" gap="lg" align="flex-start">
        <Text>Your account ends for good, and with it all access that you have. This cannot be undone.</Text>
        <Button variant="default" onClick={() => setDeleting(true)}>
          Delete account
        </Button>
      </Stack>
      {deleting && <DeleteAccountDialog onClose={() => setDeleting(false)} />}
    </Section>
  )
}
