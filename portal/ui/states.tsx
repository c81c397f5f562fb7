import { Button, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../../src/platform/messages/t'
import type { ApiError } from '../api'
import { ProblemAlert } from './callout'

/** A placeholder while something loads. */
export function Loading(props: { rows?: number }) {
  return (
    <Stack gap="sm" aria-busy="true">
      <VisuallyHidden>{t('Loading…')}</VisuallyHidden>
      {Array.from({ length: props.rows ?? 4 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={row} height={44} radius="md" />
      ))}
    </Stack>
  )
}

/** Says why something could not be loaded, and retries. */
export function Failed(props: { problem: ApiError; onRetry: () => unknown }) {
  return (
    <Stack gap="md" align="flex-start">
      <ProblemAlert problem={props.problem} />
      <Button variant="default" onClick={() => void props.onRetry()}>
        {t('Try again')}
      </Button>
    </Stack>
  )
}

/** An empty list, and what to do about it. */
export function Empty(props: { title: string; children?: ReactNode }) {
  return (
    <Stack className="surface" align="center" gap="xs" ta="center" py={48}>
      <Text fw={600} fz="lg">
        {props.title}
      </Text>
      {props.children && (
        <Text c="dimmed" maw="46ch">
          {props.children}
        </Text>
      )}
    </Stack>
  )
}
