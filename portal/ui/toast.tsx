import { notifications } from '@mantine/notifications'
import { t } from '../../src/platform/messages/t'

export type Tone = 'good' | 'neutral' | 'bad'
const colors: Record<Tone, string | undefined> = { good: undefined, neutral: 'gray', bad: 'red' }

/** Says what happened, in the bottom right corner. The tone tells success, an end and a refusal apart. */
export function toast(message: string, tone: Tone = 'good') {
  notifications.show({
    message,
    role: 'status',
    withBorder: true,
    color: colors[tone],
    'data-tone': tone,
    closeButtonProps: { 'aria-label': t('Close this message') },
  } as Parameters<typeof notifications.show>[0])
}
