import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRef } from 'react'
import { exportEvents, exportOrganizationEvents } from '../../src/messaging/events/schema'
import { callOf } from '../../src/platform/http/client'
import type { InputOf } from '../../src/platform/http/endpoint'
import { ProblemAlert } from '../ui/callout'
import { counted } from '../ui/person-name'
import { Spoken } from '../ui/spoken'
import { useDownload } from './use-download'

interface DownloadProps {
  organizationId?: string | undefined
  filters: InputOf<typeof exportEvents>
}

/** All that the filters let through, as a file. A long one says how far it is, and can be called off. */
export function DownloadButton(props: DownloadProps) {
  const button = useRef<HTMLButtonElement>(null)
  const cancelButton = useRef<HTMLButtonElement>(null)
  const { busy, rows, problem, start, cancel } = useDownload(urlOf(props), () => {
    // It goes away, and must not take the keyboard with it.
    if (document.activeElement === cancelButton.current) button.current?.focus()
  })
  const progress = rows === null ? '' : rows === 0 ? 'Downloading…' : `${counted(rows, 'row')} so far`
  return (
    <Stack gap="sm" align="flex-end" maw="32rem">
      <Group gap="sm" justify="flex-end">
        {progress && (
          <>
            <Text c="dimmed" aria-hidden style={{ fontVariantNumeric: 'tabular-nums' }}>
              {progress}
            </Text>
            <Button ref={cancelButton} variant="default" onClick={cancel}>
              Cancel download
            </Button>
          </>
        )}
        <Button
          ref={button}
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          // It keeps the focus meanwhile, which a disabled button does not.
          aria-disabled={busy}
          data-disabled={busy || undefined}
          onClick={() => void start()}
        >
          Download CSV
        </Button>
      </Group>
      <Spoken text={progress} />
      <ProblemAlert problem={problem} />
    </Stack>
  )
}

const urlOf = ({ organizationId, filters }: DownloadProps): string =>
  organizationId
    ? callOf(exportOrganizationEvents, { organizationId, ...filters }).path
    : callOf(exportEvents, filters).path
