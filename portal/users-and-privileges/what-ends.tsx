import { Skeleton, Text } from '@mantine/core'
import type { useWhatEnds } from './queries'

/** In a dialog: the invitations and tokens that end with what it is about. */
export function WhatEnds(props: ReturnType<typeof useWhatEnds>) {
  if (props.isPending) return <Skeleton height={22} />
  return props.sentences.map((sentence) => <Text key={sentence}>{sentence}</Text>)
}
