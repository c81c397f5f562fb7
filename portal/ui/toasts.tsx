import '@mantine/notifications/styles.css'
import { Notifications } from '@mantine/notifications'

/** Where toasts appear: below dialogs, whose buttons they would cover. */
export function Toasts() {
  return <Notifications position="bottom-right" autoClose={6000} containerWidth={380} limit={4} zIndex={150} />
}
