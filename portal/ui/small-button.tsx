import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentProps } from 'react'

/** A button in a row of a table, or in a card. */
export const SmallButton = (props: ButtonProps & Omit<ComponentProps<'button'>, keyof ButtonProps>) => (
  <Button variant="default" size="xs" {...props} />
)
