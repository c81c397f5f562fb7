import { Button, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { copyText } from './copy-text'

/** Its name stays; that it worked is seen, and heard. */
export function CopyButton(props: { text: string; label: string; primary?: boolean }) {
  const [outcome, setOutcome] = useState('')
  async function copy() {
    const copied = await copyText(props.text)
    setOutcome(copied ? 'Copied.' : 'The browser did not allow it. Select the text and copy it yourself.')
    setTimeout(() => setOutcome(''), 4000)
  }
  const done = outcome === 'Copied.'
  return (
    <>
      <Button
        variant={props.primary ? 'filled' : 'default'}
        data-autofocus={props.primary}
        leftSection={done ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
        onClick={() => void copy()}
      >
        {props.label}
      </Button>
      {outcome && !done ? (
        <span role="alert">{outcome}</span>
      ) : (
        <VisuallyHidden aria-live="polite">{outcome}</VisuallyHidden>
      )}
    </>
  )
}
