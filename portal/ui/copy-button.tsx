import { Button, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { t } from '../../src/platform/messages/t'
import { useCopying } from './use-copying'

/** Copies a text. Success shows as an icon and is announced; the label stays. */
export function CopyButton(props: { text: string; label: string; primary?: boolean }) {
  const { outcome, copy } = useCopying(props.text)
  return (
    <>
      <Button
        variant={props.primary ? 'filled' : 'default'}
        data-autofocus={props.primary}
        leftSection={outcome === 'copied' ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
        onClick={copy}
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
