import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type AnchorAttributes = ComponentPropsWithRef<'a'>

/** Mantine’s components with the router’s links. */
export const LinkButton = createLink((props: ButtonProps & Omit<AnchorAttributes, keyof ButtonProps>) => (
  <Button component="a" {...props} />
))
export const TextLink = createLink((props: AnchorProps & Omit<AnchorAttributes, keyof AnchorProps>) => (
  <Anchor {...props} />
))
