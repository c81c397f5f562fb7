import { Box, Group } from '@mantine/core'
import type { ComponentProps, ReactNode } from 'react'
import { Page } from '../ui/page'
import { SchemeSwitch } from './scheme-switch'
import { Wordmark } from './wordmark'

/** The layout of pages for people who are not signed in: one sheet in the middle. */
export function SignedOutFrame(props: { children: ReactNode }) {
  return (
    <Box mih="100dvh" px="md" pb="xl">
      <Group component="header" justify="space-between" maw={460} mx="auto" py="lg">
        <Wordmark />
        <SchemeSwitch />
      </Group>
      <Box component="main" id="main" className="surface" maw={460} mx="auto">
        {props.children}
      </Box>
    </Box>
  )
}

/** A page for people who are not signed in. */
export const SignedOutPage = (props: ComponentProps<typeof Page>) => (
  <SignedOutFrame>
    <Page {...props} />
  </SignedOutFrame>
)
