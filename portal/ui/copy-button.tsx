import { Button, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { copyText } from './copy-text'

/** Copies a text. Success shows as an icon and is announced; the label stays. */
export function CopyButton(props: { text: string; label: string; primary?: boolean }) {
  const [outcome, setOutcome] = useState<'copied' | 'blocked' | null>(null)
  async function copy() {
    setOutcome((await copyText(props.text)) ? 'copied' : 'blocked')
    setTimeout(() => setOutcome(null), 4000)
  }
  return (
    <>
      <Button
        variant={props.primary ? 'filled' : 'default'}
        data-autofocus={props.primary}
        leftSection={outcome === 'copied' ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
        onClick={() => void copy()}
      >
        {props.label}
      </Button>
      {outcome === 'blocked' ? (
        <span role="alert">{t('Your browser blocked copying. Select the text and copy it yourself.')}</span>
      ) : (
        <VisuallyHidden aria-live="polite">{outcome && t('Copied.')}</VisuallyHidden>
      )}
    </>
  )
}
