import { notifications } from '@mantine/notifications'

/** Says what happened, in the bottom right corner. */
export function toast(message: string) {
  notifications.show({
    message,
    role: 'status',
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close this message' },
  })
}
