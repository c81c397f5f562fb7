import { Text, type TextProps } from '@mantine/core'
import type { ReactNode } from 'react'

/** A line in small grey letters below what it is about. */
export const Detail = (props: TextProps & { children: ReactNode }) => <Text size="sm" c="dimmed" {...props} />
