import { Button, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { carried } from '../carried'
import { Callout } from '../ui/callout'

/** An invitation link was opened by somebody who cannot use it now: why, instead of silence. */
export function CarriedCodeNotice(props: { children: ReactNode }) {
  const [there, setThere] = useState(() => carried.code.get() !== null)
  if (!there) return null
  return (
    <Callout title="You opened an invitation link">
      <Text>{props.children}</Text>
      <Button
        variant="default"
        size="xs"
        mt="sm"
        onClick={() => {
          carried.code.drop()
          setThere(false)
        }}
      >
        Forget the invitation
      </Button>
    </Callout>
  )
}
