import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { carried } from '../carried'
import { Callout } from '../ui/callout'

/** The address was confirmed in a window that knows nothing of the invitation that somebody registered with. */
export function ConfirmedNotice() {
  const [there, setThere] = useState(() => carried.confirmed.get() !== null && carried.code.get() === null)
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
          carried.confirmed.drop()
          setThere(false)
        }}
      >
        Dismiss
      </Button>
    </Callout>
  )
}
