import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { copyText } from './copy-text'

/** Copies a short text that stands beside it. */
export function CopyIcon(props: { text: string; label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'blocked' | null>(null)
  async function copy() {
    setOutcome((await copyText(props.text)) ? 'copied' : 'blocked')
    setTimeout(() => setOutcome(null), 4000)
  }
  const Icon = outcome === 'copied' ? IconCheck : outcome === 'blocked' ? IconAlertTriangle : IconCopy
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={props.label}
        title={props.label}
        onClick={() => void copy()}
      >
        <Icon size={16} aria-hidden />
      </ActionIcon>
      <VisuallyHidden aria-live="polite">
        {outcome === 'copied' && t('Copied.')}
        {outcome === 'blocked' && t('Your browser blocked copying. Select the text and copy it yourself.')}
      </VisuallyHidden>
    </>
  )
}
