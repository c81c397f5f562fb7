import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { pendingLinks } from '../pending-links'
import { tabStorage } from '../tab-storage'
import { Callout } from '../ui/callout'

/** The address was confirmed in a window that does not have the invitation code that the person registered with. */
export function ConfirmedNotice() {
  const [there, setThere] = useState(() => tabStorage.confirmed.get() !== null && pendingLinks.code.get() === null)
  if (!there) return null
  return (
    <Callout title={t('E-mail address confirmed')}>
      <Text>
        {t(
          'Did you register with an invitation? Return to the window where you registered, or open your invitation link again.',
        )}
      </Text>
      <Button
        variant="default"
        size="xs"
        mt="sm"
        onClick={() => {
          tabStorage.confirmed.drop()
          setThere(false)
        }}
      >
        {t('Dismiss')}
      </Button>
    </Callout>
  )
}
