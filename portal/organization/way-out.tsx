import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** Something that the only admin can do instead of leaving, or why they can’t. */
export function WayOut(props: { title: string; children: string; button: ReactNode }) {
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3}>{props.title}</Title>
      <Text>{props.children}</Text>
      {props.button}
    </Stack>
  )
}
