import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRef } from 'react'
import { exportEvents, exportOrganizationEvents } from '../../src/messaging/events/schema'
import { callOf } from '../../src/platform/http/client'
import type { InputOf } from '../../src/platform/http/endpoint'
import { formatMessage } from '../../src/platform/messages/format-message'
import { t } from '../../src/platform/messages/t'
import { ProblemAlert } from '../ui/callout'
import { LiveRegion } from '../ui/live-region'
import { useDownload } from './use-download'

interface DownloadProps {
  organizationId?: string | undefined
  filters: InputOf<typeof exportEvents>
}

/** Downloads everything that the filters match. A long download shows its progress and can be cancelled. */
export function DownloadButton(props: DownloadProps) {
  const button = useRef<HTMLButtonElement>(null)
  const cancelButton = useRef<HTMLButtonElement>(null)
  const { busy, rows, problem, start, cancel } = useDownload(urlOf(props), () => {
    // The button disappears and must not take the focus with it.
    if (document.activeElement === cancelButton.current) button.current?.focus()
  })
  const progress = rows === null ? '' : progressOf(rows)
  return (
    <Stack gap="sm" align="flex-end" maw="32rem">
      <Group gap="sm" justify="flex-end">
        {progress && (
          <>
            <Text c="dimmed" aria-hidden style={{ fontVariantNumeric: 'tabular-nums' }}>
              {progress}
            </Text>
            <Button ref={cancelButton} variant="default" onClick={cancel}>
              {t('Cancel download')}
            </Button>
          </>
        )}
        <Button
          ref={button}
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          // A disabled button would lose the focus.
          aria-disabled={busy}
          data-disabled={busy || undefined}
          onClick={() => void start()}
        >
          {t('Download CSV')}
        </Button>
      </Group>
      <LiveRegion text={progress} />
      <ProblemAlert problem={problem} />
    </Stack>
  )
}

const progressOf = (count: number) =>
  count === 0
    ? t('Downloading…')
    : formatMessage('{count, plural, one {# row so far} other {# rows so far}}', { count })

const urlOf = ({ organizationId, filters }: DownloadProps): string =>
  organizationId
    ? callOf(exportOrganizationEvents, { organizationId, ...filters }).path
    : callOf(exportEvents, filters).path
