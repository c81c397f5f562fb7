import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { pendingLinks } from '../pending-links'
import { Callout } from '../ui/callout'

/** The address was confirmed in a window that knows nothing of the invitation that somebody registered with. */
export function ConfirmedNotice() {
  const [there, setThere] = useState(() => pendingLinks.confirmed.get() !== null && pendingLinks.code.get() === null)
  if (!there) return null
  return (
    <Callout title="Your address is confirmed">
      <Text>
        Did you register with an invitation? Go back to the window where you registered, or open your invitation link
        again.
      </Text>
      <Button
        variant="default"
        size="xs"
        mt="sm"
        onClick={() => {
          pendingLinks.confirmed.drop()
          setThere(false)
        }}
      >
        Dismiss
      </Button>
    </Callout>
  )
}
