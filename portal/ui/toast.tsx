import { notifications } from '@mantine/notifications'

export type Tone = 'good' | 'neutral' | 'bad'
const colors: Record<Tone, string | undefined> = { good: undefined, neutral: 'gray', bad: 'red' }

/** Says what happened, in the bottom right corner: what went well, what ended, what was refused. */
export function toast(message: string, tone: Tone = 'good') {
  notifications.show({
    message,
    role: 'status',
    withBorder: true,
    color: colors[tone],
    'data-tone': tone,
    closeButtonProps: { 'aria-label': 'Close this message' },
  } as Parameters<typeof notifications.show>[0])
}
