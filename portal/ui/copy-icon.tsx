import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react'
import { t } from '../../src/platform/messages/t'
import { useCopying } from './use-copying'

/** Copies a short text that stands beside it. */
export function CopyIcon(props: { text: string; label: string }) {
  const { outcome, copy } = useCopying(props.text)
  const Icon = outcome === 'copied' ? IconCheck : outcome === 'blocked' ? IconAlertTriangle : IconCopy
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={props.label} title={props.label} onClick={copy}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
      <VisuallyHidden aria-live="polite">
        {outcome === 'copied' && t('Copied.')}
        {outcome === 'blocked' && t('Your browser blocked copying. Select the text and copy it yourself.')}
      </VisuallyHidden>
    </>
  )
}
