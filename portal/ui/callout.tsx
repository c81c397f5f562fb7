import { Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ApiError } from '../api'
import classes from './callout.module.css'

/** Something to know before you continue. */
export function Callout(props: { title?: ReactNode; children?: ReactNode }) {
  return (
    <Group className={classes.notice} gap="sm" align="flex-start" wrap="nowrap">
      <IconInfoCircle className={classes.icon} size={20} aria-hidden />
      <Stack gap={4} style={{ minWidth: 0 }}>
        {props.title && <Text fw={600}>{props.title}</Text>}
        {props.children && <div>{props.children}</div>}
      </Stack>
    </Group>
  )
}

/** Why something failed: the server’s message and its field errors. Announced at once. */
export function ProblemAlert(props: { problem: ApiError | null | undefined }) {
  if (!props.problem) return null
  return (
    <Group role="alert" className={classes.problem} gap="sm" align="flex-start" wrap="nowrap">
      <IconAlertTriangle className={classes.icon} size={20} aria-hidden />
      <div style={{ minWidth: 0 }}>
        <Text>{props.problem.message}</Text>
        {props.problem.errors.length > 0 && (
          <ul className={classes.errors}>
            {props.problem.errors.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{message}</li>
            ))}
          </ul>
        )}
      </div>
    </Group>
  )
}
